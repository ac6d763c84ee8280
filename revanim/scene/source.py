"""Where bodies with links or speeds of their own come from; each file of `sources/` declares one kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from revanim.collect import choose, collect
from revanim.engine.flow import FlowKind
from revanim.engine.forces.uniform import uniform
from revanim.engine.parameter import Floats, Keyed, Parameter
from revanim.error import RevanimError
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.parts.settings import plain_settings
from revanim.scene.passed import Passed, silent
from revanim.scene.placing import Lies
from revanim.scene.scene import Colors, Part, Scene
from revanim.scene.shapes.jet import GRAIN, Births, jet, led
from revanim.sentence import Sentence, named

MOST = 200_000  # bodies
GOLDEN = 0.618034
THICK = 0.2  # radius of a body of a cloud, of the room that each has
FLAT = Sentence(
    "A {kind} needs a flat scene: tick “all in one plane” in the properties of this one, or begin a new one."
)
DEEP = Sentence(
    "A {kind} needs all of space: untick “all in one plane” in the properties of the scene, or begin a new one."
)

MASS = Parameter("mass", 1.0, "mass", 0.0, 1e9, "Of each body.")
SEED = Parameter("seed", 1.0, "", 0.0, 1e9, "Another number, another cloud.", whole=True)
CLOUD = (MASS, SEED)


@dataclass(frozen=True, eq=False)
class Assembly:
    """Bodies around the origin that belong together; flat ones lie in the plane of x and y."""

    position: Floats  # float64[n, 3], length
    mass: Floats  # float64[n]
    radius: Floats  # float64[n], length
    velocity: Floats | None = None  # float64[n, 3], length/s
    pinned: Sequence[int] = ()
    color: Colors | None = None  # uint8[n, 3], sRGB
    share: Floats | None = None  # float64[n], 0 to 1, along a gradient of colours; None: along the longest side
    forces: tuple[Part, ...] = ()
    flows: tuple[Part, ...] = ()
    births: Births | None = None
    falls: bool = False  # is pulled down, as things on the ground are


def shares(assembly: Assembly) -> Floats:
    """Return where each body lies along a gradient of colours, float64[n], 0 to 1."""
    if assembly.share is not None:
        return assembly.share
    low, sides = assembly.position.min(axis=0), np.ptp(assembly.position, axis=0)
    longest = int(sides.argmax())
    return np.asarray((assembly.position[:, longest] - low[longest]) / (sides[longest] or 1.0))


@dataclass(frozen=True)
class SourceKind:
    """What a file of `sources/` declares.

    `make(count, values, passed)` returns exactly `count` bodies, always the same. `passed` hears which part is done,
    and may raise to end the work. It lies in the plane that `lies` names where nobody says which, and `stands` on the
    floor or not. One that brings a `flow` goes where that acts, and `look` is that of a scene that begins with it.
    """

    name: str
    help: str
    parameters: tuple[Parameter, ...]
    make: Callable[[int, Mapping[str, Any], Passed], Assembly]
    least: int = 1  # bodies
    usual: int = 300  # bodies, where nobody says how many
    words: str = ""  # what else it is looked for by
    lies: Lies = "front"
    stands: bool = False
    loose: bool = False  # nothing holds its bodies together
    flow: FlowKind | None = None
    room: float = 1.0  # how large it is, where nobody says, of the room that the picture has for something new
    look: Mapping[str, Any] = field(default_factory=dict)  # fields of the look


@cache
def source_kinds() -> dict[str, SourceKind]:
    """Return every source by name."""
    return collect("revanim.scene.sources", SourceKind)


def make_assembly(kind: str, count: int, *, passed: Passed = silent, **values: Any) -> Assembly:
    """Return `count` bodies; every other argument is a parameter of the kind. Raises RevanimError with one sentence."""
    chosen = choose(source_kinds(), kind, Sentence("source"))
    if not chosen.least <= count <= MOST:
        raise RevanimError(
            "A {kind} of {count} bodies cannot be; it has {least} to {most}.",
            kind=named(kind),
            count=count,
            least=chosen.least,
            most=MOST,
        )
    return chosen.make(count, plain_settings(kind, chosen.parameters, values), passed)


def is_planar_with(scene: Scene, kind: SourceKind) -> bool:
    """Return whether a scene is planar once bodies of a source are in it, or refuse one that these do not fit into."""
    asked = None if kind.flow is None else kind.flow.planar
    if asked is None or asked == scene.planar:
        return scene.planar
    if not scene.bodies.count:
        return asked
    raise RevanimError(FLAT if asked else DEEP, kind=named(kind.name))


def cloud(place: Floats, values: Mapping[str, Any]) -> Assembly:
    """Return bodies at places between -1 and 1, float64[n, 3], as large and heavy as SIZE and CLOUD ask."""
    count, size = len(place), values["size"]
    return Assembly(
        position=place * (size / 2),
        mass=np.full(count, values["mass"]),
        radius=np.full(count, THICK * size / count ** (1 / 3)),
    )


def spray(count: int, values: Mapping[str, Any]) -> Assembly:
    """Return bodies that come out one after another, as JET and MASS ask, and fall."""
    place, speed, births = jet(count, values)
    return Assembly(
        position=place,
        velocity=speed,
        mass=np.full(count, values["mass"]),
        radius=np.full(count, GRAIN * (values["speed"] * values["life"] + values["size"])),
        share=np.mod(GOLDEN * np.arange(count, dtype=np.float64), 1.0),  # all colours at any time
        births=births,
        falls=True,
    )


def weight(planar: bool) -> Part:
    """Return what pulls things down."""
    (acceleration,) = uniform.parameters
    return force(uniform.name, **({acceleration.name: acceleration.planar} if planar else {}))


def scene_of(
    assembly: Assembly,
    facing: Floats,
    centre: Floats,
    *,
    fps: float,
    planar: bool,
    color: ArrayLike | None = None,
    stands: bool = False,
    follows: Keyed | None = None,
) -> Scene:
    """Return an assembly as a scene, its middle at float64[3], or as low as bodies stand on the floor, z = 0.

    The rows of `facing`, float64[3, 3], are what x, y and z of the assembly become. `color` is for bodies without one.
    What is born comes out of where the path is that it `follows`, in place of `centre`, and goes along with it.
    """
    speed = (np.zeros_like(assembly.position) if assembly.velocity is None else assembly.velocity) @ facing
    place, born, dies = assembly.position @ facing + centre, None, None
    if assembly.births is not None:
        exact, born, dies = assembly.births.frames(fps)
        if follows is not None:
            there, along = led(follows, exact, fps)
            place, speed = place - centre + there, speed + along
        place = place + speed * ((born - exact) / fps)[:, None]
    if stands and len(place):
        place[:, 2] -= (place[:, 2] - assembly.radius).min()
    return make_scene(
        place,
        speed,
        assembly.mass,
        forces=(*assembly.forces, *((weight(planar),) if assembly.falls else ())),
        flows=assembly.flows,
        pinned=np.isin(np.arange(len(speed)), assembly.pinned),
        radius=assembly.radius,
        fps=fps,
        planar=planar,
        color=color if assembly.color is None else assembly.color,
        born=born,
        dies=dies,
    )
