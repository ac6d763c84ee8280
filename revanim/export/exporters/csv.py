"""A table with a row for each body and frame."""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import compress
from pathlib import Path
from typing import Any

from revanim.export.exporter import Exporter
from revanim.export.film import Film
from revanim.export.points import HIDDEN, attributes_option, points, weighed, written
from revanim.export.tables import Columns, cells, double, spread_over, table_size, titled, write_rows

COLUMNS, CELL = 14, 12  # without attributes, and about how many bytes in each


def write(film: Film, path: Path, values: Mapping[str, Any]) -> None:
    """Write numbers whose digits read back bit for bit; a cell is empty where a body has no number.

    A body has no row before its first frame and after its last.
    """
    write_rows(path, _moments(film, values))


def _moments(film: Film, values: Mapping[str, Any]) -> Iterator[Columns]:
    who, bodies = written(film, values), film.scene.bodies
    body = cells(who, str)
    mass, fades = cells(bodies.mass[who], double), film.scene.look.opacity_by
    for now in points(film, values):
        rows = {
            "frame": [str(now.moment.number)] * who.size,
            "time": [double(now.seconds)] * who.size,
            "body": body,
            **spread_over("x y z", now.position, double),
            **spread_over("vx vy vz", now.velocity, double),
            "radius": cells(now.radius, double),
            "mass": mass,
            **spread_over("red green blue", now.color, str),
            **({"opacity": cells(now.opacity, double)} if fades else {}),
            **titled(now.attributes, double),
        }
        yield rows if now.alive.all() else {title: [*compress(column, now.alive)] for title, column in rows.items()}


csv = Exporter(
    name="csv",
    title="CSV table",
    help="Places, velocities, sizes, masses, colours and attributes of the bodies, every bit of them.",
    suffixes=(".csv",),
    parameters=(HIDDEN, attributes_option()),
    write=write,
    opens_in="spreadsheets, pandas, R, every language",
    measure=partial(weighed, size=partial(table_size, columns=COLUMNS, cell=CELL)),
)
