"""Places in a table as text: which columns they are in, in which unit, and at which moment."""

import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.passed import Passed
from revanim.scene.tables.moments import moment_of
from revanim.scene.tables.numbers import is_number
from revanim.scene.tables.rows import Rows
from revanim.scene.tables.table import Table, open_table
from revanim.scene.tables.titles import MOMENT, PLACE, read_title, vector
from revanim.scene.tables.units import LENGTH, read_unit
from revanim.sentence import NOTHING, Sentence

COUNTED = re.compile(r"(?P<word>(?:var|col|column|field|spalte)_?)(?P<number>[1-3])", re.IGNORECASE)
SAID = 12  # titles at most, in a sentence


def read_rows(path: Path, frame: float, passed: Passed) -> tuple[Floats, tuple[Sentence, ...]]:
    """Return the places of one moment in a table, float64[n, 2 or 3], and what to say about them.

    They are in the columns that are called x, y and perhaps z, or in the first ones where none is called anything.
    Raises RevanimError where the titles name no places, and where something else than a number is in a row.
    """
    table = open_table(path, passed)
    columns = _columns(table)
    moment = moment_column(table)
    found, moments, missing = [np.zeros((0, len(columns)))], [np.zeros(0)], 0
    for rows in table.rows:
        numbers = table.numbers(rows, columns)
        there = np.asarray(~np.isnan(numbers).any(axis=1))
        found.append(numbers[there])
        moments.append(moments_of(table, rows.only(there), moment))
        missing += int(np.count_nonzero(~there))
    places = np.concatenate(found) * _scale(table, columns)
    places, note = _of_moment(places, np.concatenate(moments), frame, path.name)
    return places, (note, left_out(missing, path.name))


def moments_of(table: Table, rows: Rows, column: int | None) -> Floats:
    """Return the moment of each of some rows, float64[k]: what a column says, or the number of the block."""
    if column is None or not rows.lines:
        return np.array(rows.blocks, np.float64)
    return table.numbers(rows, [column])[:, 0]


def moment_column(table: Table) -> int | None:
    """Return which column says when, if one does with numbers."""
    for column, title in enumerate(table.titles):
        if read_title(title).quantity == MOMENT and all(
            column < len(row) and is_number(row[column], table.mark) for row in table.first
        ):
            return column
    return None


def _columns(table: Table) -> list[int]:
    """Return which columns are x, y and perhaps z."""
    if table.titles:
        named = vector(table.titles, PLACE, table.file) or _counted_through(table.titles)
        if not named:
            raise RevanimError(
                "{name} has no columns that are called x and y; it has {titles}.",
                name=table.file,
                titles=", ".join(title for title in table.titles[:SAID] if title),
            )
        return named
    if not table.first:
        raise RevanimError("{name} holds no points: no line of it is two numbers, or three.", name=table.file)
    return _unnamed(table)


def _counted_through(titles: Sequence[str]) -> list[int]:
    """Return all columns where a program has but counted them: Var1, Var2, Var3."""
    found = list(filter(None, map(COUNTED.fullmatch, titles)))
    alike = len({each["word"] for each in found}) == 1 and len(found) == len(titles)
    counted = [int(each["number"]) for each in found]
    return [*range(len(titles))] if alike and counted in ([1, 2], [1, 2, 3]) else []


def _unnamed(table: Table) -> list[int]:
    """Return the first two or three columns of the longest run of numbers; what merely counts the rows is no place."""
    width = max(map(len, table.first))
    cells = [[row[column] if column < len(row) else "" for row in table.first] for column in range(width)]
    numeric = [
        2 * sum(map(table.is_filled, column)) >= len(column) for column in cells
    ]  # one bad cell is refused later
    runs = [list(run) for is_so, run in groupby(range(width), lambda column: numeric[column]) if is_so]
    if not runs or len(max(runs, key=len)) < 2:
        raise RevanimError("{name} has one column of numbers; points need two or three.", name=table.file)
    run = max(runs, key=len)
    return run[1:4] if len(run) > 3 and _counts(cells[run[0]]) else run[:3]


def _counts(cells: Sequence[str]) -> bool:
    """Whether whole numbers go up by one from row to row."""
    return len(cells) > 1 and all(
        cell.isdecimal() and int(cell) == int(cells[0]) + row for row, cell in enumerate(cells)
    )


def _scale(table: Table, columns: Sequence[int]) -> Floats:
    """Return what to multiply the columns by where their units differ: they all come to that of the first."""
    written = [table.units[column] if column < len(table.units) else "" for column in columns]
    if len(set(written)) == 1:
        return np.ones(len(columns))
    units = [read_unit(unit) for unit in written]
    sizes = [unit.size for unit in units if unit and unit.powers == LENGTH]
    if len(sizes) < len(columns):
        raise RevanimError(
            "{file} has {units} side by side; give x, y and z one unit.", file=table.file, units=", ".join(written)
        )
    return np.array(sizes) / sizes[0]


def _of_moment(places: Floats, moments: Floats, frame: float, file: str) -> tuple[Floats, Sentence]:
    """Return the places of one moment; where every one has a moment of its own, they are a way, and all are taken."""
    several = np.unique(moments).size
    if not len(places) or (several == len(places) and not frame):
        return places, NOTHING
    chosen, note = moment_of(moments, frame, file)
    return places[moments == chosen], note


def left_out(missing: int, file: str) -> Sentence:
    """Return what to say of rows that have no place, or nothing where there are none."""
    if not missing:
        return NOTHING
    return Sentence("Rows of {name} without a place are left out: {count}.", count=missing, name=file)
