"""A table with a row for each body and frame."""

import csv as text
import math
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from revanim.engine.parameter import Floats
from revanim.export.exporter import Exporter
from revanim.export.film import Film
from revanim.export.points import HIDDEN, points, wanted, weighed, with_attributes, written

PLAIN = ("frame", "time", "body", "x", "y", "z", "vx", "vy", "vz", "radius", "mass", "red", "green", "blue")
CELL = 12  # bytes, about


def write(film: Film, path: Path, values: Mapping[str, Any]) -> None:
    """Write numbers in as many digits as bring back every bit; a cell is empty where a body has no number."""
    who, bodies = written(film, values), film.scene.bodies
    with path.open("w", newline="", encoding="utf-8") as file:
        table = text.writer(file, lineterminator="\n")
        table.writerow(_titles(values))
        for now in points(film, values):
            moment = [[now.moment.number] * who.size, [now.seconds] * who.size, who.tolist()]
            numbers = (now.position, now.velocity, bodies.radius[who], bodies.mass[who], now.color)
            columns = [column for array in numbers for column in np.atleast_2d(array.T).tolist()]
            asked = [_cells(now.attributes[name]) for name in _asked(values)]
            table.writerows(zip(*moment, *columns, *asked, strict=True))


def _titles(values: Mapping[str, Any]) -> list[str]:
    return [*PLAIN, *(name.replace("-", "_") for name in _asked(values))]


def _asked(values: Mapping[str, Any]) -> list[str]:
    return [each.name for each in wanted(values) if each.name not in PLAIN]


def _cells(numbers: Floats) -> list[float | None]:
    return [None if math.isnan(number) else number for number in numbers.tolist()]


def size(film: Film, values: Mapping[str, Any]) -> int:
    """Return about how many bytes the table takes."""
    return film.count * written(film, values).size * len(_titles(values)) * CELL


csv = Exporter(
    name="csv",
    title="CSV table",
    help="Places, velocities, sizes, masses, colours and attributes of the bodies, every bit of them.",
    suffixes=(".csv",),
    parameters=(HIDDEN, *with_attributes()),
    write=write,
    opens_in="spreadsheets, pandas, R, every language",
    measure=partial(weighed, size=size),
)
