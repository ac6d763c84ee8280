"""Arrays for NumPy, written frame by frame."""

import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as layout
from numpy.typing import DTypeLike, NDArray

from revanim.draw.seen import colors, opacities, sizes
from revanim.draw.trail import shot_at
from revanim.engine.playhead import Playhead
from revanim.export.exporter import Exporter
from revanim.export.film import Film
from revanim.scene.attribute import asked_for
from revanim.scene.file.arrays import member
from revanim.scene.gauge import Gauge, gauge
from revanim.scene.scene import Scene

Lane = Callable[[Playhead], NDArray[Any]]
LANES: dict[str, Lane] = {
    "position": lambda playhead: playhead.position,
    "velocity": lambda playhead: playhead.velocity,
    "state": lambda playhead: playhead.state,
}


def write(film: Film, path: Path, values: Mapping[str, Any]) -> None:
    """Write frame, mass, radius, color, and position, velocity and the exact state of every frame.

    Where bodies have a first and a last frame, these are written too, as born and dies.
    Where an attribute decides them, also sizes (times the radius), opacities and colours of every frame.

    The arrays of all frames would not fit into memory, and a zip takes one member after the other: so the motion is
    walked once for each.
    """
    bodies = film.scene.bodies
    lives = [] if bodies.lives is None else [("born", bodies.lives.born), ("dies", bodies.lives.dies)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, array in (
            ("frame", np.array([moment.number for moment in film.moments])),
            ("fps", np.array(film.fps)),
            ("mass", bodies.mass),
            ("radius", bodies.radius),
            ("color", bodies.color),
            *lives,
        ):
            with archive.open(member(f"{name}.npy", packed=True), "w") as file:
                layout.write_array(file, np.asarray(array), allow_pickle=False)
        lanes = LANES | _ramped(film)
        for turn, (name, lane) in enumerate(lanes.items()):
            _write_lane(archive, film.part(turn, len(lanes)), name, lane)


def _ramped(film: Film) -> dict[str, Lane]:
    """Return what gives the sizes, opacities and colours of each frame, of those that an attribute decides."""
    scene, found = film.scene, dict[str, Lane]()
    measure = gauge(scene) if asked_for(scene.look) else None
    for field, name, function in (
        ("size_by", "sizes", sizes),
        ("opacity_by", "opacities", opacities),
        ("color_by", "colors", colors),
    ):
        if getattr(scene.look, field):
            found[name] = partial(_of_shot, function, scene, measure)
    return found


def _of_shot(look: Callable[..., NDArray[Any]], scene: Scene, measure: Gauge | None, now: Playhead) -> NDArray[Any]:
    return look(scene, shot_at(now, scene), measure)


def _write_lane(archive: zipfile.ZipFile, film: Film, name: str, lane: Lane) -> None:
    with archive.open(member(f"{name}.npy", packed=True), "w", force_zip64=True) as file:
        for moment, playhead in film.walk():
            rows = np.ascontiguousarray(lane(playhead))
            if moment.index == 0:
                _begin(file, (film.count, *rows.shape), rows.dtype)
            file.write(rows.tobytes())


def _begin(file: Any, shape: tuple[int, ...], kind: DTypeLike) -> None:
    description = layout.dtype_to_descr(np.dtype(kind))
    layout.write_array_header_1_0(file, {"descr": description, "fortran_order": False, "shape": shape})


npz = Exporter(
    name="npz",
    title="NumPy arrays",
    help="position and velocity, float64[frames, bodies, 3], the exact state, masses, radii and colours.",
    suffixes=(".npz",),
    parameters=(),
    write=write,
    opens_in="Python",
)
