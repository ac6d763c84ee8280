"""A table in the layout that the Houdini Niagara plug-in of Unreal reads.

The plug-in finds columns by their titles, takes y for up, skips empty cells, and asks for bodies that are numbered from
0 in the order in which they come (github.com/sideeffects/HoudiniNiagara, HoudiniPointCacheLoaderCSV.cpp).
"""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revanim.export.exporter import Exporter
from revanim.export.film import Film
from revanim.export.points import HIDDEN, Points, light, points, upright, wanted, weighed, with_attributes, written
from revanim.scene.attribute import attributes
from revanim.scene.scene import Index, Scene

CELL = 9  # bytes, about
NOTHING = -1.0  # of a body that has no such number


def write(film: Film, path: Path, values: Mapping[str, Any]) -> None:
    """Write a row for each body and frame; seconds count from the first frame, from where on all bodies live."""
    who, scene = written(film, values), film.scene
    life = film.count * film.every / scene.timing.fps
    still = _still(scene, who, life)
    with path.open("w", newline="", encoding="utf-8") as file:
        for now in points(film, values):
            columns = dict(_moving(now, (now.moment.number - film.first) / scene.timing.fps)) | still
            if now.moment.index == 0:
                file.write(",".join(columns) + "\n")
            cells = [column.astype(np.float32).astype(str).tolist() for column in columns.values()]
            file.writelines(",".join(row) + "\n" for row in zip(*cells, strict=True))


def _moving(now: Points, seconds: float) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield the columns that change over time."""
    for name, vectors in (("P", upright(now.position)), ("v", upright(now.velocity))):
        yield from zip((f"{name}.x", f"{name}.y", f"{name}.z"), vectors.T, strict=True)
    yield from zip(("Cd.r", "Cd.g", "Cd.b"), light(now.color).T, strict=True)
    yield from ((name, np.full(len(now.position), seconds)) for name in ("age", "time"))
    for name, numbers in now.attributes.items():
        yield name.replace("-", "_"), np.nan_to_num(numbers, nan=NOTHING)


def _still(scene: Scene, who: Index, life: float) -> dict[str, NDArray[Any]]:
    """Return the columns that stay; a body's type is 1, 2, ... for the groups, and 0 outside of them."""
    place = scene.bodies.position
    group = attributes()["group"].values(scene, scene.timing.home, place, place)
    return {
        "id": np.arange(who.size),
        "alpha": np.ones(who.size),
        "life": np.full(who.size, life),
        "type": np.nan_to_num(group[who] + 1),
        "impulse": np.zeros(who.size),
        "pscale": scene.bodies.radius[who],
        "mass": scene.bodies.mass[who],
    }


def size(film: Film, values: Mapping[str, Any]) -> int:
    """Return about how many bytes the table takes."""
    return film.count * written(film, values).size * (18 + len(wanted(values))) * CELL


niagara = Exporter(
    name="niagara",
    title="Houdini CSV for Niagara",
    help="Places, velocities, colours, sizes and attributes of the bodies for particles in Unreal.",
    suffixes=(".hcsv",),
    parameters=(HIDDEN, *with_attributes()),
    write=write,
    opens_in="Unreal, with the Houdini Niagara plug-in",
    measure=partial(weighed, size=size),
)
