"""A scene from plain arrays."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from revanim.collect import choose
from revanim.engine.grid import Counts, Grid, fit_grid, to_counts
from revanim.engine.parameter import Floats
from revanim.engine.scheme import schemes
from revanim.engine.schemes.srkn6b import scheme as srkn6b
from revanim.error import RevanimError
from revanim.scene.attribute import check_color_by
from revanim.scene.check import check, check_timing
from revanim.scene.given import colors, flags, frozen, given_as, record, sealed, whole_numbers, words, yes_or_no
from revanim.scene.looks.named import check_names
from revanim.scene.part import in_order, kind_of
from revanim.scene.parts.carried import carried_by, first_lane
from revanim.scene.scene import Bodies, Look, Part, Scene, Timing
from revanim.sentence import Sentence, Text

COLOR = (126, 172, 232)
FARTHEST = 1e200


def make_scene(
    position: ArrayLike,
    velocity: ArrayLike,
    mass: ArrayLike,
    forces: Sequence[Part] = (),
    moves: Sequence[Part] = (),
    pinned: ArrayLike | None = None,
    fps: float = 24.0,
    steps_per_frame: int = 8,
    frames: tuple[int, int] = (1, 240),
    home: int = 1,
    scheme: str = srkn6b.name,
    planar: bool = False,
    name: str = "",
    *,
    radius: ArrayLike | None = None,
    color: ArrayLike | None = None,
    look: Look | None = None,
    flows: Sequence[Part] = (),
    cues: Sequence[Part] = (),
    note: str = "",
    born: ArrayLike | None = None,
    dies: ArrayLike | None = None,
) -> Scene:
    """Make a scene whose bodies have this state at the frame `home`.

    position and velocity are float64[n, 3] in length and length/s, mass float64[n], pinned bool[n]; a single mass,
    radius (length) or color (sRGB, 0 to 255) serves all bodies. What a flow carries has no speed of its own. born and
    dies, int64[n], are the first and the last frame of each body, before and after which it keeps its state and takes
    no part. The grid is chosen as fine as the extent allows.
    """
    place, speed = _rows(position, Sentence("The positions")), _rows(velocity, Sentence("The velocities"))
    still = _spread(False if pinned is None else pinned, (len(place),), Sentence("The pins"), flags)
    _check_motion(place, speed)
    first, last = given_as(tuple[int, int], frames, "The first and the last frame")
    timing = record(
        Timing, {"fps": fps, "steps_per_frame": steps_per_frame, "first": first, "last": last, "home": home}
    )
    check_timing(timing)
    painted = given_as(Look, Look() if look is None else look, Sentence("look"))
    check_color_by(painted)
    forces, moves = parts(forces, Sentence("The forces")), parts(moves, Sentence("The moves"))
    flows = parts(flows, Sentence("The flows"))
    rests = still | carried_by(flows, still)
    n, size = len(place), float(np.abs(place).max(initial=0.0)) or 1.0
    grid, state = _counts(place, np.where(rests[:, None], 0.0, speed), size, timing.fps)
    lanes = first_lane(flows) - 6 + sum(len(kind_of(part).lanes) for part in moves)
    bodies = Bodies(
        grid=grid,
        state=sealed(np.vstack([state, np.zeros((lanes, n), np.int64)])),
        mass=_spread(mass, (n,), Sentence("The masses")),
        pinned=still,
        radius=_spread(0.03 * size / max(n, 1) ** (1 / 3) if radius is None else radius, (n,), Sentence("The radii")),
        color=_spread(COLOR if color is None else color, (n, 3), Sentence("The colors"), colors),
        born=None if born is None else _spread(born, (n,), Sentence("The births"), whole_numbers),
        dies=None if dies is None else _spread(dies, (n,), Sentence("The ends"), whole_numbers),
    )
    scene = Scene(
        name=words(name, Sentence("The name of the scene")),
        bodies=bodies,
        forces=tuple(as_drawn(part, bodies) for part in forces),
        moves=moves,
        flows=flows,
        cues=parts(cues, Sentence("The cues")),
        timing=timing,
        scheme=choose(schemes(), scheme, Sentence("scheme")).name,
        planar=yes_or_no(planar, Sentence("planar")),
        look=check_names(painted),
        note=words(note, Sentence("The note of the scene")),
    )
    return check(scene)


def parts(given: Any, what: Text) -> tuple[Part, ...]:
    """Return forces, flows or moves as a tuple, or refuse what is no list of them."""
    if not isinstance(given, Sequence) or not all(isinstance(part, Part) for part in given):
        raise RevanimError('{what} must be a list, as in [force("gravity")].', what=what)
    return tuple(map(in_order, given))


def _check_motion(place: Floats, speed: Floats) -> None:
    if len(place) != len(speed):
        raise RevanimError(
            "There are {positions} positions and {velocities} velocities; there must be as many of each.",
            positions=len(place),
            velocities=len(speed),
        )
    finite = (np.abs(place) < FARTHEST) & np.isfinite(speed)
    if not finite.all():
        bad = np.flatnonzero(~finite.all(axis=1))[0]
        raise RevanimError(
            "Body {body} has a position or velocity that is not a finite number below {most:g}.",
            body=bad,
            most=FARTHEST,
        )


def _counts(place: Floats, speed: Floats, size: float, fps: float) -> tuple[Grid, Counts]:
    """Return the finest grid that holds these bodies, and their state on it, int64[6, n]."""
    fastest = float(np.abs(speed).max(initial=0.0))
    grid = fit_grid(size, fps, fastest)
    if fastest >= grid.speed_range:
        raise RevanimError(
            "The speeds must stay below {most:.6g} along each axis, for bodies within {size:g}.",
            most=grid.speed_range,
            size=size,
        )
    return grid, np.vstack([to_counts(place.T, grid.length_unit), to_counts(speed.T, grid.speed_unit)])


def as_drawn(part: Part, bodies: Bodies) -> Part:
    """Give the links that have no length the distance that their bodies have now."""
    kind = kind_of(part)
    missing = [p.name for p in kind.parameters if p.default == "drawn" and part.values.get(p.name) is None]
    if not missing or part.links is None:
        return part
    place = bodies.position
    first, second = part.links.clip(0, len(place)).T  # a link to nowhere is refused later
    ends = np.vstack([place, np.zeros(3)])
    lengths = frozen(np.linalg.norm(ends.take(second, axis=0) - ends.take(first, axis=0), axis=1), part.kind)
    return replace(part, values={**part.values, **dict.fromkeys(missing, lengths)})


def _rows(values: ArrayLike, what: Text) -> Floats:
    rows = frozen(values, what)
    if rows.size == 0:
        rows = rows.reshape(0, 3)
    if rows.ndim != 2 or rows.shape[1] != 3:
        raise RevanimError("{what} have the shape {shape}; they must be rows of x, y, z.", what=what, shape=rows.shape)
    return rows


def _spread(values: Any, shape: tuple[int, ...], what: Text, kind: Callable[[Any, Text], Any] = frozen) -> Any:
    array = kind(values, what)
    try:
        return sealed(np.broadcast_to(array, shape).copy())
    except ValueError:
        raise RevanimError(
            "{what} have the shape {shape}; allowed is {allowed}, or one value for all.",
            what=what,
            shape=array.shape,
            allowed=shape,
        ) from None
