"""A scene from plain arrays."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from revanim.engine.force import ForceKind
from revanim.engine.grid import fit_grid, to_counts
from revanim.engine.move import MoveKind
from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.check import check
from revanim.scene.part import frozen, kind_of
from revanim.scene.scene import Bodies, Look, Part, Scene, Timing

COLOR = (126, 172, 232)


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
    scheme: str = "srkn6b",
    planar: bool = False,
    name: str = "",
    *,
    radius: ArrayLike | None = None,
    color: ArrayLike | None = None,
    look: Look | None = None,
    note: str = "",
) -> Scene:
    """Make a scene whose bodies have this state at the frame `home`.

    position and velocity are float64[n, 3] in length and length/s, mass float64[n], pinned bool[n]; a single mass,
    radius (length) or color (sRGB, 0 to 255) serves all bodies. The grid is chosen as fine as the extent allows.
    """
    place = _rows(position, "The positions")
    speed = _rows(velocity, "The velocities")
    n = len(place)
    still = _spread(False if pinned is None else pinned, (n,), "The pins").astype(np.bool_)
    if len(speed) == n:
        speed = np.where(still[:, None], 0.0, speed)
    mass_ = _spread(mass, (n,), "The masses")
    size = float(np.abs(place).max(initial=0.0)) or 1.0
    timing = Timing(float(fps), int(steps_per_frame), int(frames[0]), int(frames[1]), int(home))
    if len(speed) != n:
        raise RevanimError(f"There are {n} positions and {len(speed)} velocities; there must be as many of each.")
    if not (np.isfinite(place).all() and np.isfinite(speed).all()):
        bad = np.flatnonzero(~(np.isfinite(place) & np.isfinite(speed)).all(axis=1))[0]
        raise RevanimError(f"Body {bad} has a position or velocity that is not a finite number.")
    grid = fit_grid(size, timing.fps)
    if np.abs(speed).max(initial=0.0) >= grid.speed_range or not 1e-200 < size < 1e200:
        raise RevanimError(
            f"The speeds must stay below {grid.speed_range:.6g} along each axis, for bodies within {size:g}."
        )
    lanes = sum(kind.lanes for part in moves if isinstance(kind := kind_of(part), MoveKind))
    state = np.vstack([to_counts(place.T, grid.length_unit), to_counts(speed.T, grid.speed_unit), np.zeros((lanes, n))])
    bodies = Bodies(
        grid=grid,
        state=state.astype(np.int64),
        mass=mass_,
        pinned=still,
        radius=_spread(0.03 * size / max(n, 1) ** (1 / 3) if radius is None else radius, (n,), "The radii"),
        color=_spread(COLOR if color is None else color, (n, 3), "The colors").clip(0, 255).astype(np.uint8),
    )
    for array in (bodies.state, bodies.pinned, bodies.color):
        array.setflags(write=False)
    drawn = tuple(as_drawn(part, bodies.position) for part in forces)
    scene = Scene(
        name=name,
        bodies=bodies,
        forces=drawn,
        moves=tuple(moves),
        timing=timing,
        scheme=scheme,
        planar=planar,
        look=look or Look(),
        note=note,
    )
    return check(scene)


def as_drawn(part: Part, place: Floats) -> Part:
    """Give the links that have no length the distance that their bodies have now."""
    kind = kind_of(part)
    missing = [p.name for p in kind.parameters if p.default == "drawn" and part.values.get(p.name) is None]
    if not (isinstance(kind, ForceKind) and missing and part.links is not None):
        return part
    links = part.links.clip(0, max(len(place) - 1, 0))  # a link to nowhere is refused later, with its name
    if not len(place):
        return part
    lengths = frozen(np.linalg.norm(place[links[:, 1]] - place[links[:, 0]], axis=1), part.kind)
    return Part(part.kind, {**part.values, **dict.fromkeys(missing, lengths)}, part.links, part.bodies, part.muted)


def _rows(values: ArrayLike, what: str) -> Floats:
    rows = frozen(values, what)
    if rows.size == 0:
        rows = rows.reshape(0, 3)
    if rows.ndim != 2 or rows.shape[1] != 3:
        raise RevanimError(f"{what} have the shape {rows.shape}; they must be rows of x, y, z.")
    return rows


def _spread(values: Any, shape: tuple[int, ...], what: str) -> Floats:
    array = frozen(values, what)
    try:
        spread = np.broadcast_to(array, shape).copy()
    except ValueError:
        raise RevanimError(f"{what} have the shape {array.shape}; allowed is {shape}, or one value for all.") from None
    spread.setflags(write=False)
    return spread
