"""What a force, a flow and a move have in common: the declaration in which each of their files ends.

What only one of them has, such as its kernels, is in `force.py`, `flow.py` and `move.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Generic, Literal, Protocol, TypeAlias, TypeVar

from revanim.engine.grid import Counts
from revanim.engine.parameter import Animated, Floats, Parameter
from revanim.error import RevanimError

Role = Literal["force", "flow", "move", "cue"]  # a cue says how a scene is shown (scene/parts/cue.py)
Plane = Callable[[Mapping[str, Floats]], tuple[Floats, Floats]]
Shell = Callable[[Mapping[str, Floats]], tuple[Floats, Counts]]
Values = Mapping[str, Floats | Animated | None]
Derive = Callable[[Floats, Values, Counts, float], Floats]


class Kernels(Protocol):
    """The compiled functions of a kind, and in which rows of `slot` (force.py) they look for each parameter.

    In the row `clock` they find how many seconds after frame 0 the middle of a step is, in the row `beside` where in
    `who` those begin and end whom a flow along links carries; 0 where they do not ask. In the rows `rates` they find by
    how much parameters with keys change in a second, and what they are when a step begins, and when it ends.
    """

    role: ClassVar[Role]

    @property
    def rows(self) -> Mapping[str, int]: ...

    @property
    def clock(self) -> int: ...

    @property
    def beside(self) -> int: ...

    @property
    def rates(self) -> Mapping[str, int]: ...

    @property
    def goes_inside(self) -> bool: ...


K_co = TypeVar("K_co", bound=Kernels, covariant=True)


@dataclass(frozen=True)
class Lane:
    """An integer that each body carries beside its place and its speed.

    `unit` is that of what it stands for: "length/s" for what was taken from a speed, "" for a plain number.
    """

    name: str
    unit: str = ""


@dataclass(frozen=True, eq=False)
class Kind(Generic[K_co]):
    """What a file of `forces/`, `flows/` or `moves/` declares.

    `derive(masses, values, who, seconds)` gives the parameter whose default is "derived", for a sub-step of `seconds`
    and bodies `who`, int64[k], or links, int64[l, 2], from the other values.
    `title` is what a person reads instead of the name, `words` what else it is looked for by, and `order` places it in
    its menu, where each ten is a group.
    Raises RevanimError where the kernels read other parameters than those that are declared.
    """

    name: str
    help: str
    parameters: tuple[Parameter, ...]
    kernels: K_co
    lanes: tuple[Lane, ...] = ()
    linked: bool = False  # acts along links between two bodies
    divides_by_mass: bool = False  # so a body without mass is refused
    derive: Derive | None = None
    couples: bool = False  # what it does to one body depends on the others
    drives: bool = False  # of a force: gives and takes energy, as what has a potential does not
    alike_everywhere: bool = False  # does the same wherever the bodies are, so that it makes no motion chaotic
    retraces: bool = False  # of a move: takes bodies back the way they came, once their speeds are turned
    planar: bool | None = None  # acts in planar scenes alone, or in all others alone
    plane: Plane | None = None  # a point and the normal of the plane that it keeps bodies before, from its values
    shell: Shell | None = None  # the corners and faces of what bodies bounce off, from its values
    around: bool = False  # is laid around the bodies when it is added
    span: tuple[str, str] = ("", "")  # the parameters that say when it begins, after frame 0, and how long it lasts, s
    layers: str = ""  # the parameter that says into how many equal parts that time is cut
    holds: str = ""  # the parameter that says whether it holds its pinned bodies, or lets them go
    keeps: str = ""  # the parameter with the length that its links keep, where they are that stiff
    firmness: str = ""  # the parameter with the stiffness of its links, where that decides how stiff they are
    says: bool = False  # each part has words of its own
    gain: str = ""  # what an artist has of it that no other gives, said in its form
    title: str = ""
    words: str = ""
    order: int = 99
    presets: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # values that go together, by name
    quick: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # such with which many bodies take less time

    def __post_init__(self) -> None:
        rows, names = self.kernels.rows, [parameter.name for parameter in self.parameters]
        asked = {"the time": self.kernels.clock, "whom it carries": self.kernels.beside}
        asked |= {f"the change of {name}": row for name, row in self.kernels.rates.items()}
        read = {**rows, **{name: row for name, row in asked.items() if row}}
        if sorted(rows) != sorted(names) or len(set(read.values())) < len(read) or min(read.values(), default=1) < 1:
            raise RevanimError(
                "The kernels of {name} must read each of its parameters in a row of its own, from row 1 on: "
                "declared are {names}, read are {rows}.",
                name=self.name,
                names=", ".join(names) or "none",
                rows=", ".join(f"{name} in row {row}" for name, row in read.items()) or "none",
            )

    @property
    def role(self) -> Role:
        """Among which things of a scene it stands."""
        return self.kernels.role

    def derived(self, masses: Floats, values: Values, who: Counts, seconds: float) -> Floats:
        """Return what `derive` gives; a kind may be somebody else's, so whatever goes wrong there is refused."""
        assert self.derive is not None
        try:
            return self.derive(masses, values, who.reshape(-1, 2) if self.linked else who, seconds)
        except Exception as error:
            why = f"{type(error).__name__}: {error}"
            raise RevanimError("The force {name} cannot derive a value ({why}).", name=self.name, why=why) from error


AnyKind: TypeAlias = Kind[Kernels]
