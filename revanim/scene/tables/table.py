"""Tables as text, as programs and people write them: where they begin, what their columns are, and their rows."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, dropwhile, islice
from math import isnan
from pathlib import Path

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.passed import Passed
from revanim.scene.tables.numbers import decimal_mark, is_missing, is_number, may_be_number, number, numbers
from revanim.scene.tables.records import COMMENT, Numbered, is_row, parting, split
from revanim.scene.tables.rows import RULE, Reader, Rows, is_count, trimmed
from revanim.scene.tables.text import lines
from revanim.scene.tables.titles import PLACE, read_title, vector
from revanim.scene.tables.units import read_unit
from revanim.sentence import Sentence

SAMPLE, LETTERS = 400, 1 << 19  # lines, and what stands in them, among which a table begins
MOST_TITLES = 1 << 12


@dataclass(frozen=True, eq=False)
class Table:
    """A table, whose rows are read as one asks for them; without a head it has no titles."""

    file: str
    titles: tuple[str, ...]
    units: tuple[str, ...]  # as they are written beside or below the titles
    mark: str  # what parts the fraction of a number
    first: tuple[list[str], ...]  # cells of the first rows
    rows: Iterator[Rows]  # many at once

    def numbers(self, rows: Rows, columns: Sequence[int], whole: bool = False) -> Floats:
        """Return the numbers in some columns of rows, float64[k, c]; NaN says that there is none.

        What is no number is refused, and none too where rows must be `whole`.
        """
        chosen = list(map(rows.column, columns))
        with suppress(ValueError):
            found = np.array([numbers(cells, self.mark) for cells in chosen]).T
            if not (whole and np.isnan(found).any()):
                return found
        return np.array(
            [
                [self._number(line, cell, column, whole) for cell, column in zip(cells, columns, strict=True)]
                for line, *cells in zip(rows.lines, *chosen, strict=True)
            ]
        )

    def _number(self, line: int, cell: str | None, column: int, whole: bool) -> float:
        with suppress(ValueError):
            found = number(cell, self.mark)
            if not (whole and isnan(found)):
                return found
        raise self._refusal(line, cell, column)

    def is_filled(self, cell: str) -> bool:
        """Whether a cell holds a number, or says that there is none."""
        return is_missing(cell) or is_number(cell, self.mark)

    def _refusal(self, line: int, cell: str | None, column: int) -> RevanimError:
        """Return what to say of a cell in which a number is missing."""
        found = Sentence("nothing") if cell is None else repr(cell[:24])
        if column < len(self.titles):
            return RevanimError(
                "Line {line} of {file} has {found} where the number {name} must be.",
                line=line,
                file=self.file,
                found=found,
                name=self.titles[column],
            )
        return RevanimError(
            "Line {line} of {file} has {found} where a number must be.", line=line, file=self.file, found=found
        )


def open_table(path: Path, passed: Passed) -> Table:
    """Return the table of a file, read as far as its first rows; raises RevanimError where it is no text."""
    every = lines(path, passed)
    begin = _sample(every)
    mark = parting(begin)
    head, titles = _head(begin, mark)
    start, units, remarks = _start(begin, mark, head + 1)
    first = [split(text, mark) for _, text in begin[start:] if is_row(text, mark)]
    width = len(trimmed(first[0])) if first else len(titles)
    if titles and width == len(titles) + 1:  # R writes no title over the names of its rows
        titles = ["", *titles]
    read = [read_title(title).unit for title in titles]
    return Table(
        file=path.name,
        titles=tuple(titles),
        units=tuple(below or beside for below, beside in zip([*units, *[""] * len(read)], read, strict=False)),
        mark=decimal_mark((cell for cells in first for cell in cells), "." if mark == "," else ","),
        first=tuple(first),
        rows=Reader(mark, max(width, len(titles)), remarks, path.name).read(chain(begin[start:], every)),
    )


def _sample(every: Iterator[Numbered]) -> list[Numbered]:
    """Return the first lines, fewer where they are long."""
    begin, letters = list[Numbered](), 0
    for line, text in islice(every, SAMPLE):
        begin.append((line, text))
        letters += len(text)
        if letters > LETTERS:
            break
    return begin


def _head(begin: Sequence[Numbered], mark: str) -> tuple[int, list[str]]:
    """Return where the titles of a table are and what they say; -1 and nothing where it has none."""
    for index, (_, text) in enumerate(begin):
        titles = _titles(text, mark)
        if _names_places(titles):
            above = _titles(begin[index - 1][1], mark) if index else []
            if len(set(titles)) < len(titles) == len(above):  # pandas writes some titles in two lines
                titles = [f"{upper} {lower}".strip() for upper, lower in zip(above, titles, strict=True)]
            return index, titles
    start = next((index for index, (_, text) in enumerate(begin) if is_row(text, mark)), 0)
    if begin and _is_range(split(begin[start][1], mark)):
        return start, []
    width = len(trimmed(split(begin[start][1], mark))) if begin else 0
    over = [(index, text) for index, (_, text) in enumerate(begin[:start]) if text.strip()]
    if over:
        index, text = over[-1]
        titles, counted = _titles(text, mark), len(over) > 1 and is_count([over[-2][1].strip()])
        known = all(read_title(title).quantity for title in titles)
        if len(titles) == width and not counted and (known or not COMMENT.match(text)):
            return index, titles
    return -1, []


def _titles(text: str, mark: str) -> list[str]:
    """Return the cells of a line that may be a head, also of a comment, whose cells blanks or commas may part."""
    if not COMMENT.match(text):
        return trimmed(split(text, mark))
    bare = COMMENT.sub("", text, count=1)
    titles = trimmed(split(bare, mark))
    if len(titles) == 1:
        titles = re.split(r"[\s,;]+", bare.strip())
    return list(dropwhile(lambda title: title.endswith(":"), titles))


def _names_places(titles: Sequence[str]) -> bool:
    """Whether some titles are those of places; in doubt which, they are too."""
    try:
        return 1 < len(titles) <= MOST_TITLES and bool(vector(titles, PLACE, ""))
    except RevanimError:
        return True


def _start(begin: Sequence[Numbered], mark: str, start: int) -> tuple[int, list[str], bool]:
    """Return where rows begin at or below a line, the units above them, and whether a remark is between."""
    units, counted = list[str](), False
    for index in range(start, len(begin)):
        text = begin[index][1]
        cells = split(text, mark)
        if counted and _is_remark([split(text, mark) for _, text in begin[index : index + 2]]):
            return index + 1, units, True
        counted = is_count(cells)
        if COMMENT.match(text) or not text.strip(RULE) or not any(cells) or counted:
            continue
        if start and not units and any(map(read_unit, cells)) and not any(map(may_be_number, cells)):
            units = cells
            continue
        if not start and not is_row(text, mark):
            continue
        return index, units, False
    return len(begin), units, False


def _is_remark(cells: Sequence[list[str]]) -> bool:
    """Whether a line below a count is none of the rows that it counts: the next line has numbers elsewhere."""
    one, other = ([may_be_number(cell) for cell in trimmed(some)] for some in (cells[0], cells[-1]))
    return one != other or sum(one) < 2


def _is_range(cells: Sequence[str]) -> bool:
    """Whether a line is how pandas counts columns that have no titles, beside a column that counts the rows."""
    return len(cells) > 2 and list(cells) == ["", *map(str, range(len(cells) - 1))]
