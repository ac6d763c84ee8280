"""A table of bodies as text: names, masses, places and speeds, each perhaps with its unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.importer import Importer
from revanim.scene.passed import Passed, silent
from revanim.scene.scene import Scene
from revanim.scene.tables.celestial import GRAVITY, PACE, SOFTENING, Bodies, scene_of
from revanim.scene.tables.moments import FRAME, moment_of
from revanim.scene.tables.places import moment_column, moments_of
from revanim.scene.tables.table import Table, open_table
from revanim.scene.tables.titles import ATTRACTION, MASS, NAME, PLACE, SPEED, read_title, vector
from revanim.scene.tables.units import LENGTH, PULL, TIMES, Powers, Unit, gravity, known, read_unit
from revanim.scene.tables.units import MASS as KILOGRAM
from revanim.scene.tables.units import SPEED as METRE_A_SECOND
from revanim.sentence import NOTHING, Sentence


@dataclass(frozen=True)
class Columns:
    """Which columns of a table say what of the bodies."""

    place: list[int]
    speed: list[int]
    mass: int | None  # or what it attracts with
    attracts: bool  # whether that is mass times the constant of gravitation
    name: int | None

    @property
    def numbers(self) -> list[int]:
        """All in which numbers are."""
        return [*self.place, *self.speed, *([] if self.mass is None else [self.mass])]


def columns_of(table: Table) -> Columns:
    """Return which columns say what, or refuse a table that does not say where bodies are and what moves them."""
    place, speed = (vector(table.titles, quantity, table.file) for quantity in (PLACE, SPEED))
    held = {read_title(title).quantity: index for index, title in reversed(list(enumerate(table.titles)))}
    if not place:
        raise RevanimError(
            "{file} has no columns that are called x and y; a table of bodies has such as name, mass, x, y, z, vx, vy"
            " and vz.",
            file=table.file,
        )
    if not speed and MASS not in held and ATTRACTION not in held:
        raise RevanimError(
            "{file} has places alone, which are points of a pose; a table of bodies has masses (mass or GM) or speeds"
            " (vx, vy, vz) beside them.",
            file=table.file,
        )
    return Columns(place, speed, held.get(ATTRACTION, held.get(MASS)), ATTRACTION in held, held.get(NAME))


def takes(path: Path) -> bool:
    """Whether a table has speeds or masses beside places; places alone are points of a pose."""
    try:
        columns_of(open_table(path, silent))
    except (OSError, RevanimError):
        return False
    return True


def read(path: Path, values: Mapping[str, Any], passed: Passed) -> Scene:
    """Read every body of the table, as it is at one moment."""
    table = open_table(path, passed)
    columns = columns_of(table)
    moment = moment_column(table)
    found, moments, names = list[Floats](), list[Floats](), list[str]()
    for rows in table.rows:
        found.append(table.numbers(rows, columns.numbers, whole=True))
        moments.append(moments_of(table, rows, moment))
        names += [cell or "" for cell in rows.column(columns.name)]
    if not names:
        raise RevanimError("{name} holds no bodies.", name=path.name)
    at, note = _moment(np.concatenate(moments), values["frame"], path.name)
    numbers = np.concatenate(found)[at]
    bodies = _bodies(table, columns, numbers, values[GRAVITY.name])
    notes = (str(note),) if note else ()
    bodies = replace(bodies, names=tuple(name for name, there in zip(names, at, strict=True) if there), notes=notes)
    return scene_of(bodies, path.stem.replace("_", " "), values["pace"], values["softening"])


def _moment(moments: Floats, frame: float, file: str) -> tuple[NDArray[np.bool_], Sentence]:
    """Return which rows are of the moment that is asked for, by default of the first one."""
    several = np.unique(moments).size
    if several == 1 and not frame:
        return np.ones(len(moments), bool), NOTHING
    if several == len(moments) and not frame:
        raise RevanimError(
            "Every row of {file} has a time of its own, so that it is the way of one body; a table of bodies is of one"
            " moment.",
            file=file,
        )
    chosen, note = moment_of(moments, frame, file)
    return moments == chosen, note


def _bodies(table: Table, columns: Columns, numbers: Floats, given: float) -> Bodies:
    """Return the bodies in one unit of length and one of time, those of the first place and the first speed.

    `given` is the constant of gravitation where units do not say it, or 0.
    """
    after = len(columns.place)
    place, drift = numbers[:, :after], numbers[:, after : after + len(columns.speed)]
    amount = np.ones(len(numbers)) if columns.mass is None else numbers[:, -1]
    lengths, rates, (unit, *_) = _all_units(table, columns)
    whole = _is_whole(table, columns, (lengths, rates, unit), given)
    length = lengths[0].size if lengths else 1.0
    time = rates[0].time if rates else (unit and unit.time) or "s"
    if lengths:
        place = place * np.array([each.size / length for each in lengths])
    if lengths and rates:
        drift = drift * np.array([each.size / length * TIMES[time] for each in rates])
    strength = given or 1.0
    if columns.attracts:
        amount = amount * (unit.size * TIMES[time] ** 2 / length**3 if whole and unit else 1.0)
        strength = float(amount.max()) or 1.0
        amount = amount / strength
    elif whole and unit:
        strength = gravity(length, TIMES[time], unit.size)
    return Bodies(
        mass=amount,
        position=_solid(place),
        velocity=_solid(drift),
        gravity=strength,
        time=time if rates or whole else "",
        length=table.units[columns.place[0]],
    )


def _solid(flat: Floats) -> Floats:
    """Return vectors with all three axes, float64[n, 3]."""
    solid = np.zeros((len(flat), 3))
    solid[:, : flat.shape[1]] = flat
    return solid


def _all_units(table: Table, columns: Columns) -> tuple[list[Unit], list[Unit], list[Unit | None]]:
    """Return the units of places, of speeds, and that of what the bodies attract with."""
    of_mass = [] if columns.mass is None else [columns.mass]
    masses = _units(table, of_mass, PULL if columns.attracts else KILOGRAM)
    return _units(table, columns.place, LENGTH), _units(table, columns.speed, METRE_A_SECOND), [*masses, None]


def _units(table: Table, columns: Sequence[int], powers: Powers) -> list[Unit]:
    """Return the units of some columns, or none where they have none; one without has that of the first that has one.

    Raises RevanimError for a unit that is not known, or that measures something else.
    """
    found = list[Unit | None]()
    for column in columns:
        unit = read_unit(table.units[column])
        if table.units[column] and (unit is None or unit.powers != powers):
            raise RevanimError(
                "{file} has the unit {unit!r} for {title}; known are {units}.",
                file=table.file,
                unit=table.units[column],
                title=table.titles[column],
                units=known(powers),
            )
        found.append(unit)
    first = next(filter(None, found), None)
    return [unit or first for unit in found] if first else []


def _is_whole(table: Table, columns: Columns, units: tuple[list[Unit], list[Unit], Unit | None], given: float) -> bool:
    """Whether units say what the constant of gravitation is; a table that gives only some of them is refused."""
    lengths, rates, unit = units
    held = [(columns.place, bool(lengths)), (columns.speed, bool(rates) or not columns.speed)]
    held.append(([] if columns.mass is None else [columns.mass], unit is not None))
    if given or not any((lengths, rates, unit)):
        return bool(lengths and unit and (rates or not columns.speed))
    without = [table.titles[column] for some, has_one in held for column in some if not has_one]
    if without:
        raise RevanimError(
            "{file} gives no unit for {titles}, beside those that have one; write such as x (km), vx (km/s) and mass"
            " (kg), or give the constant of gravitation.",
            file=table.file,
            titles=", ".join(without),
        )
    if columns.mass is None:
        raise RevanimError(
            "{file} has units and no masses; add a column such as mass (kg) or GM (km^3/s^2), or give the constant of"
            " gravitation.",
            file=table.file,
        )
    return True


table = Importer(
    name="table",
    title="Table of bodies",
    help="Names, masses, places and speeds as text, with or without units.",
    suffixes=(".csv", ".tsv", ".txt", ".dat"),
    parameters=(PACE, SOFTENING, GRAVITY, FRAME),
    read=read,
    takes=takes,
)
