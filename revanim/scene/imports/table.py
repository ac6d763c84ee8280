"""A table of bodies as text: names, masses, places and speeds, each perhaps with its unit at the head of its column."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.importer import Importer
from revanim.scene.passed import Passed, silent
from revanim.scene.scene import Scene
from revanim.scene.tables.celestial import GRAVITY, PACE, SOFTENING, Bodies, scene_of
from revanim.scene.tables.table import is_number, rows
from revanim.scene.tables.units import LENGTHS, MASSES, TIMES, gravity, speed, split_name
from revanim.sentence import Sentence

PLACES, SPEEDS = ("x", "y", "z"), ("vx", "vy", "vz")
ATTRACTION = ("gm", "mu")  # the product of mass and the constant of gravitation
MASS = ("m", "mass", *ATTRACTION)
NAMES = ("name", "body", "object")


@dataclass(frozen=True)
class Head:
    """Which column is what, and in which unit."""

    column: dict[str, int]
    unit: dict[str, str]

    def first(self, names: tuple[str, ...]) -> str | None:
        """Return the first of some names that has a column."""
        return next((name for name in names if name in self.column), None)


def head_of(cells: list[str]) -> Head:
    """Read the names at the head of a table."""
    found = [split_name(cell) for cell in cells]
    column = {name: index for index, (name, _) in reversed(list(enumerate(found)))}
    return Head(column, dict(reversed(found)))


def takes(path: Path) -> bool:
    """Whether a table has speeds or masses beside places; places alone are points of a pose."""
    try:
        _, cells = next(rows(path, silent))
    except (OSError, StopIteration):
        return False
    head = head_of(cells)
    return set(PLACES[:2]) <= set(head.column) and (set(SPEEDS[:2]) <= set(head.column) or bool(head.first(MASS)))


def read(path: Path, values: Mapping[str, Any], passed: Passed) -> Scene:
    """Read every body of the table."""
    lines = rows(path, passed)
    head = head_of(next(lines, (0, [""]))[1])
    for name in PLACES[:2]:
        if name not in head.column:
            raise RevanimError(
                "{file} has no column called {column}; a table of bodies has x, y, z, vx, vy, vz.",
                file=path.name,
                column=name,
            )
    wanted = [name for name in (*PLACES, *SPEEDS, *MASS) if name in head.column]
    numbers, names, title = list[list[float]](), list[str](), head.first(NAMES)
    for line, cells in lines:
        numbers.append([_number(cells, head, name, line, path.name) for name in wanted])
        names.append(cells[head.column[title]] if title and len(cells) > head.column[title] else "")
    table = dict(zip(wanted, np.array(numbers).reshape(-1, len(wanted)).T, strict=True))
    bodies = _bodies(table, head, values[GRAVITY.name], tuple(names), path.name)
    return scene_of(bodies, path.stem.replace("_", " "), values["pace"], values["softening"])


def _number(cells: list[str], head: Head, name: str, line: int, file: str) -> float:
    place = head.column[name]
    if place >= len(cells) or not is_number(cells[place]):
        found = repr(cells[place][:24]) if place < len(cells) else Sentence("nothing")
        raise RevanimError(
            "Line {line} of {file} has {found} where the number {name} must be.",
            line=line,
            file=file,
            found=found,
            name=name,
        )
    return float(cells[place])


def _bodies(table: Mapping[str, Floats], head: Head, given: float, names: tuple[str, ...], file: str) -> Bodies:
    """Return the bodies in one unit of length and one of time."""
    count = len(table["x"])
    place, drift = (np.stack([table.get(name, np.zeros(count)) for name in axes], axis=1) for axes in (PLACES, SPEEDS))
    length, rate = _known(head, PLACES, LENGTHS, file), _speed(head, file)
    time = rate[1] if rate else ""
    if length and rate:
        drift = drift * (LENGTHS[rate[0]] / LENGTHS[length])
    attraction = head.first(ATTRACTION)
    if attraction:
        strength = float(table[attraction].max()) or 1.0
        return Bodies(table[attraction] / strength, place, drift, strength, time, names)
    heading = head.first(MASS)
    mass = table[heading] if heading else np.ones(count)
    unit = _known(head, MASS, MASSES, file)
    strength = gravity(length, time, unit) if length and time and unit else given
    return Bodies(mass, place, drift, strength, time, names)


def _known(head: Head, names: tuple[str, ...], units: Mapping[str, float], file: str) -> str:
    """Return the unit that some columns share, or nothing where they have none."""
    found = {head.unit[name] for name in names if name in head.column} - {""}
    for unit in found:
        if unit not in units:
            raise RevanimError(
                "{file} has the unit {unit!r}; known are {units}.", file=file, unit=unit, units=", ".join(units)
            )
    if len(found) > 1:
        raise RevanimError(
            "{file} has {units} side by side; give {names} one unit.",
            file=file,
            units=" and ".join(sorted(found)),
            names=", ".join(names),
        )
    return found.pop() if found else ""


def _speed(head: Head, file: str) -> tuple[str, str] | None:
    found = {head.unit[name] for name in SPEEDS if name in head.column} - {""}
    for unit in found:
        if speed(unit) is None:
            raise RevanimError(
                "{file} has the speed {unit!r}; write such as km/s or au/day, of {units}.",
                file=file,
                unit=unit,
                units=", ".join(TIMES),
            )
    if len(found) > 1:
        raise RevanimError(
            "{file} has {units} side by side; give all speeds one unit.", file=file, units=" and ".join(sorted(found))
        )
    return speed(found.pop()) if found else None


table = Importer(
    name="table",
    title="Table of bodies",
    help="Names, masses, places and speeds as text, with or without units.",
    suffixes=(".csv", ".tsv", ".txt", ".dat"),
    parameters=(PACE, SOFTENING, GRAVITY),
    read=read,
    takes=takes,
)
