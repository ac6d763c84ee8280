"""A table in the layout that the Houdini Niagara plug-in of Unreal reads.

The plug-in finds columns by their titles, takes y for up, skips empty cells, and asks for bodies that are numbered from
0 in the order in which they come (github.com/sideeffects/HoudiniNiagara, HoudiniPointCacheLoaderCSV.cpp).
"""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from revanim.export.exporter import Exporter
from revanim.export.film import Film
from revanim.export.points import HIDDEN, attributes_option, light, points, upright, weighed, written
from revanim.export.tables import Columns, cells, single, spread_over, table_size, titled, write_rows
from revanim.scene.attribute import Instant, attributes
from revanim.scene.scene import Index, Scene

COLUMNS, CELL = 18, 9  # without attributes, and about how many bytes in each
NOTHING = -1.0  # of a body that has no such number


def write(film: Film, path: Path, values: Mapping[str, Any]) -> None:
    """Write numbers whose digits read back as the same float32."""
    write_rows(path, _moments(film, values))


def _moments(film: Film, values: Mapping[str, Any]) -> Iterator[Columns]:
    """Yield the columns of each moment; seconds count from the first, and all bodies live until after the last.

    Before its first frame and after its own last one a body is not seen: the plug-in asks for all, in their order.
    """
    who, fps = written(film, values), film.scene.timing.fps
    still = _still(film.scene, who, film.count * film.every / fps)
    for now in points(film, values):
        seconds = [single((now.moment.number - film.first) / fps)] * who.size
        numbers = {name: np.nan_to_num(each, nan=NOTHING) for name, each in now.attributes.items()}
        yield {
            **titled(numbers, single),  # first: the plug-in's own columns keep their names
            **spread_over("P.x P.y P.z", upright(now.position).astype(np.float32), single),
            **spread_over("v.x v.y v.z", upright(now.velocity).astype(np.float32), single),
            **spread_over("Cd.r Cd.g Cd.b", light(now.color), single),
            "age": seconds,
            "time": seconds,
            "alpha": cells(now.opacity * now.alive, single),
            "pscale": cells(now.radius, single),
            **still,
        }


def _still(scene: Scene, who: Index, life: float) -> Columns:
    """Return the columns that stay; a body's type is 1, 2, ... for the groups, and 0 outside of them."""
    bodies = scene.bodies
    home = Instant(scene.timing.home, bodies.position, bodies.velocity, np.zeros(bodies.count))
    group = attributes()["group"].values(scene, home)
    return {
        "id": cells(np.arange(who.size), str),
        "life": [single(life)] * who.size,
        "type": cells(np.nan_to_num(group[who] + 1), single),
        "impulse": ["0"] * who.size,
        "mass": cells(scene.bodies.mass[who], single),
    }


niagara = Exporter(
    name="niagara",
    title="Houdini CSV for Niagara",
    help="Places, velocities, colours, sizes and attributes of the bodies for particles in Unreal.",
    suffixes=(".hcsv",),
    parameters=(HIDDEN, attributes_option()),
    write=write,
    opens_in="Unreal, with the Houdini Niagara plug-in",
    measure=partial(weighed, size=partial(table_size, columns=COLUMNS, cell=CELL)),
)
