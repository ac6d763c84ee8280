"""What an artist leaves to the solver: what may change, of whom, how far, in which frames, and how physical it is."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from revanim.engine.forces.nudge import nudge
from revanim.scene.scene import Scene
from revanim.session.session import Session
from revanim.solve.advice.advice import Wishes
from revanim.solve.controls.control import Control, learns, names

ITERATIONS = 200
HELD_OUT = 0.1  # of the bodies, while weights are learnt: what they do tells how it serves those that were not there


class Choices(QObject):
    """The settings of a solve; those that name bodies or forces go with them."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.automatic = True  # the solver chooses what changes; else `controls` do
        self.controls: tuple[str, ...] = ("velocity",)
        self._wishes: dict[str, Control] = {}  # by name: of whom and within which bounds, where an artist has said so
        self.iterations = ITERATIONS
        self.only_range = False  # whether only the frames that play may change, by pushes
        self.physical = 1.0  # from 0, guided, the share of the forces that is kept where there are pushes
        session.opened.connect(self._begin)
        session.scene_changed.connect(self._compare)

    def allow(self, name: str, allowed: bool) -> None:
        """Let the solver change something, or keep it."""
        others = tuple(control for control in self.controls if control != name)
        self.automatic = False
        self.controls = (*others, name) if allowed else others
        self.changed.emit()

    def choose(self, automatic: bool) -> None:
        """Let the solver choose what changes, or a person."""
        self.automatic = automatic
        self.changed.emit()

    @property
    def can_push(self) -> bool:
        """Whether pushes may come of a solve, so that it matters how physical it is."""
        return self.automatic or self.only_range or nudge.name in self.controls

    def set_physical(self, physical: float) -> None:
        """Keep that share of the forces in what is solved next."""
        self.physical = physical
        self.changed.emit()

    def take(self, wishes: Wishes) -> None:
        """Take over what may change."""
        self.automatic = wishes == "auto"
        if wishes != "auto":
            chosen = [Control(wish) if isinstance(wish, str) else wish for wish in wishes]
            self.controls = tuple(wish.name for wish in chosen)
            self._wishes.update((wish.name, wish) for wish in chosen)
        self.changed.emit()

    def wish(self, name: str) -> Control:
        """Return of whom, and within which bounds, something may change."""
        held_out = HELD_OUT if learns(name, self.session.scene) else 0.0
        return self._wishes.get(name, Control(name, held_out=held_out))

    def refine(self, name: str, **fields: object) -> None:
        """Set fields of such a wish; a solve that is under way goes on with the old one."""
        self._wishes[name] = replace(self.wish(name), **fields)  # type: ignore[arg-type]
        self.changed.emit()

    def set_only_range(self, only: bool) -> None:
        """Let only pushes in the frames that play change, so that all other motion stays; or what is ticked."""
        self.only_range = only
        self.changed.emit()

    @property
    def between(self) -> tuple[int, int] | None:
        """The only frames that may change, if not all may."""
        return self.session.range if self.only_range else None

    @property
    def wishes(self) -> Wishes:
        """What the solver may change."""
        return "auto" if self.automatic else tuple(self.wish(name) for name in self.controls)

    def _begin(self) -> None:
        self._wishes.clear()
        self.changed.emit()

    def _compare(self, before: Scene, scene: Scene) -> None:
        """Forget bodies and forces that are gone."""
        if before.bodies.count != scene.bodies.count:
            self._wishes = {name: replace(wish, bodies=None) for name, wish in self._wishes.items()}
        if before.forces is not scene.forces:
            there = set(names(scene))
            self.controls = tuple(control for control in self.controls if control in there)
            self.changed.emit()
