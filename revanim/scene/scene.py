"""What the artist made: frozen values, so an edit is a new scene and undo is the old one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revanim.engine.alive.lives import Lives
from revanim.engine.grid import ARITHMETIC, Counts, Grid, to_units
from revanim.engine.parameter import Animated, Floats
from revanim.engine.playhead import FARTHEST_FRAME
from revanim.engine.schemes.srkn6b import scheme as srkn6b
from revanim.engine.tape import Words
from revanim.sentence import visible

Index = NDArray[np.int64]
Colors = NDArray[np.uint8]
Value = Floats | Animated | None


def keep_visible(named: Any) -> None:
    """Keep of the names of a scene, or of a part of one, what can be seen, wherever they come from."""
    for field_name in ("name", "take"):
        text = getattr(named, field_name, None)
        if isinstance(text, str) and (seen := visible(text)) != text:  # all else is refused by `check`
            object.__setattr__(named, field_name, seen)


@dataclass(frozen=True, eq=False)
class Bodies:
    """The bodies at the home frame: n of them, each with an exact state and a look."""

    grid: Grid
    state: Counts  # int64[lanes, n]: place, speed, lead where there are flows, then the lanes of the moves
    mass: Floats  # float64[n]
    pinned: NDArray[np.bool_]  # bool[n]
    radius: Floats  # float64[n], scene units
    color: Colors  # uint8[n, 3], sRGB
    tapes: Words | None = None  # uint32[moves, n, c], what was erased before home (engine/tape.py); None: nothing
    born: Index | None = None  # int64[n], the first frame of each, before which it takes no part; None: there is none
    dies: Index | None = None  # int64[n], the last one

    @property
    def count(self) -> int:
        return self.mass.size

    @property
    def position(self) -> Floats:
        """float64[n, 3], scene units."""
        return np.ascontiguousarray(to_units(self.state[:3], self.grid.length_unit).T)

    @property
    def velocity(self) -> Floats:
        """float64[n, 3], scene units per second."""
        return np.ascontiguousarray(to_units(self.state[3:6], self.grid.speed_unit).T)

    @property
    def lives(self) -> Lives | None:
        """From when to when each body takes part; None where all always do."""
        return None if self.born is None and self.dies is None else lives_of(self)

    def alive(self, first: int, last: int | None = None) -> NDArray[np.bool_]:
        """Return bool[n], which bodies take part at a frame, or all the time from it to another."""
        lives, last = self.lives, first if last is None else last
        return np.ones(self.count, np.bool_) if lives is None else lives.alive(first) & lives.alive(last)


def lives_of(bodies: Bodies) -> Lives:
    """Return from when to when each body takes part: as far as anybody walks, where it has no first or last frame."""
    born = np.full(bodies.count, -FARTHEST_FRAME) if bodies.born is None else bodies.born
    return Lives(born, np.full(bodies.count, FARTHEST_FRAME) if bodies.dies is None else bodies.dies)


@dataclass(frozen=True, eq=False)
class Absent:
    """What a file says of a force, a flow or a move that is not installed, beyond what every part has."""

    muted: bool  # in the file; here it rests in any case
    lanes: int = 0
    each: frozenset[str] = frozenset()  # the values that have a row for each body or link
    values: Mapping[str, Any] = field(default_factory=dict)  # that are neither arrays nor curves
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Part:
    """A force, a flow, a move or a cue as the artist set it.

    `kind` names a file of `engine/forces`, `flows` or `moves`, or of `scene/cues`.

    A value is an array (a scalar serves every body or link), a curve over frames, or None where the kind derives it.
    """

    kind: str
    values: Mapping[str, Value]
    links: Index | None = None  # int64[k, 2], only for what acts along links
    bodies: Index | None = None  # int64[k], whom it acts on, or carries beside its links; None means all of them
    muted: bool = False
    text: str = ""  # what it says, of a kind that has words
    absent: Absent | None = None  # only of one that came from a file and is not installed: it rests


@dataclass(frozen=True)
class Timing:
    """Frames are what the artist sees; each is `steps_per_frame` sub-steps of the scheme."""

    fps: float = 24.0
    steps_per_frame: int = 8
    first: int = 1
    last: int = 240
    home: int = 1  # the frame at which the bodies have the state that is stored

    @property
    def step_seconds(self) -> float:
        return 1.0 / (self.fps * self.steps_per_frame)


@dataclass(frozen=True)
class View:
    """Where the camera looks: it orbits `target` (scene units, degrees); flat looks down the z axis."""

    target: tuple[float, float, float] = (0.0, 0.0, 0.0)
    yaw: float = 30.0
    pitch: float = 20.0
    distance: float = 10.0
    flat: bool = False
    lens: float = 1.0  # how many times the picture is magnified


@dataclass(frozen=True)
class Ramp:
    """What a number of each body becomes: at each stop a value, and between stops what lies between.

    A stop is at 0 where the number is lowest, at 1 where it is highest: within the `span`, or else as found around
    home. A value is red, green and blue (sRGB, 0 to 255), or one number, for a size or an opacity.
    """

    at: tuple[float, ...]
    values: tuple[tuple[float, ...], ...]
    span: tuple[float, float] | None = None


@dataclass(frozen=True)
class Look:
    """How the scene is painted and played."""

    style: str = "disc"  # how bodies are painted, one of `draw/styles`
    exposure: float = 1.0  # of the glow
    halo: float = 1.0  # of the glow: how much light the lens spreads
    size: float = 1.0  # bodies are painted so many times as large
    color_by: str = ""  # an attribute, one of `attributes/`; "": each body in its own colour
    color_ramp: Ramp | None = None  # the colours of that attribute; None: viridis
    size_by: str = ""  # an attribute that decides how large each body is painted
    size_ramp: Ramp = Ramp((0.0, 1.0), ((0.4,), (1.6,)))  # times its radius
    opacity_by: str = ""  # an attribute that decides how opaque each body is
    opacity_ramp: Ramp = Ramp((0.0, 1.0), ((0.1,), (1.0,)))
    facing: str = "upright"  # of sprites and figures; "velocity": along their way
    spin: float = 0.0  # turns a second of these, counted from frame 0
    trail: int = 0  # frames of trail behind each body
    ahead: int = 0  # frames of the way before it
    tinted: bool = False  # trails in the colours of past and future, not in those of the bodies
    skins: int = 0  # onion skins on either side in time
    spacing: int = 6  # frames from one skin to the next
    velocities: bool = False  # arrows
    accelerations: bool = False
    centre: bool = False  # of mass
    names: bool = False  # of groups, and numbers of bodies that are in none
    links: bool = True
    surfaces: bool = False  # what links weave is painted as cloth, in a style that is solid
    shadows: bool = False  # soft ones on the floor, in a style that is solid
    grid: bool = True
    axes: bool = True
    background: str = "gradient"  # what lies behind them, one of `draw/backgrounds`
    plain: tuple[int, int, int] = (32, 34, 40)  # red, green, blue of a plain background
    play: str = "loop"  # "once", "loop" or "ping-pong"
    view: View = field(default_factory=View)
    camera: View | None = None  # from where files are made; None: from where the artist looks
    picture: tuple[int, int] = (1920, 1080)  # pixels of those
    stands: int | None = None  # the frame that is shown when the scene is opened; None: home
    plays: tuple[int, int] | None = None  # the part of the frames that plays; None: all


@dataclass(frozen=True, eq=False)
class Sprite:
    """A picture that bodies wear; a sheet of `across` by `down` tiles is worn in turn, row by row."""

    name: str
    pixels: Colors  # uint8[h, w, 4], sRGB and alpha; what is grey takes the colour of the body
    across: int = 1
    down: int = 1


@dataclass(frozen=True, eq=False)
class Figure:
    """A mesh that bodies wear: z is up, and x leads along the way of who faces it."""

    name: str
    corners: Floats  # float64[k, 3]
    faces: Index  # int64[m, 3], counter-clockwise seen from outside


@dataclass(frozen=True, eq=False)
class Keyframe:
    """Where some bodies shall be at a frame, or how fast, or both.

    position and velocity are float64[k, 3] for the k bodies. A shape has targets without names: any of its bodies may
    take any of them, and `assignment` (int64[k], the target of each body) holds a choice the artist has pinned. Targets
    that come from a picture know what colour it has there, uint8[k, 3], sRGB. With a hold they shall stay so, at every
    frame from `frame` to `end`.
    """

    frame: int
    bodies: Index
    position: Floats | None = None
    velocity: Floats | None = None
    weight: float = 1.0
    weights: Floats | None = None  # float64[k], of each body
    axes: tuple[bool, bool, bool] = (True, True, True)
    nail: bool = False  # must be hit to within `tolerance` (scene units), not merely approached
    tolerance: float = 1e-3
    window: tuple[int, int] | None = None  # frames among which the time may be chosen; the hold moves along
    shape: bool = False
    assignment: Index | None = None
    color: Colors | None = None
    hold: int = 0  # so many frames more

    @property
    def end(self) -> int:
        """The last frame at which it is asked for."""
        return self.frame + self.hold


@dataclass(frozen=True, eq=False)
class Group:
    """Bodies under one name; a body may be in several. Hidden ones are not painted, locked ones not picked."""

    name: str
    bodies: Index
    hidden: bool = False
    locked: bool = False

    def __post_init__(self) -> None:
        keep_visible(self)


@dataclass(frozen=True)
class Marker:
    """A name for a frame."""

    frame: int
    name: str = ""

    def __post_init__(self) -> None:
        keep_visible(self)


@dataclass(frozen=True, eq=False)
class Take:
    """A named alternative of the scene, which has no takes of its own."""

    name: str
    scene: "Scene"

    def __post_init__(self) -> None:
        keep_visible(self)


@dataclass(frozen=True, eq=False)
class Scene:
    """Everything that a file holds."""

    name: str
    bodies: Bodies
    forces: tuple[Part, ...] = ()
    moves: tuple[Part, ...] = ()
    keyframes: tuple[Keyframe, ...] = ()  # in the order of their frames
    timing: Timing = Timing()
    scheme: str = srkn6b.name
    planar: bool = False
    look: Look = Look()
    note: str = ""  # one sentence for the gallery
    groups: tuple[Group, ...] = ()
    markers: tuple[Marker, ...] = ()  # in the order of their frames
    take: str = ""  # which of its alternatives the scene is
    takes: tuple[Take, ...] = ()  # the other ones
    arithmetic: int = ARITHMETIC  # by which it was walked when it was stored
    flows: tuple[Part, ...] = ()
    cues: tuple[Part, ...] = ()  # how it is shown: the camera and words
    sprite: Sprite | None = None  # what bodies wear in the styles that show one
    figure: Figure | None = None

    def __post_init__(self) -> None:
        keep_visible(self)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Forces, then flows, then moves."""
        return (*self.forces, *self.flows, *self.moves)

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the parts and cues, also of its takes, that are not installed, each once: they rest."""
        own = [part.kind for part in (*self.parts, *self.cues) if part.absent is not None]
        return tuple(dict.fromkeys([*own, *(name for take in self.takes for name in take.scene.missing)]))
