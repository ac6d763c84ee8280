"""The rows of a table, many at once: a million lines are read within seconds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress, islice, repeat, takewhile, zip_longest
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from revanim.error import RevanimError
from revanim.scene.tables.records import COMMENT, COMMENTS, Numbered, records

AT_ONCE = 4096  # lines
END = "$$EOE"  # of an ephemeris
ROW = "\0"  # between two rows, as a cell
RULE = "-=*_+|: \t"  # of what a line is drawn


class Rows(NamedTuple):
    """Some rows; a file may hold several blocks of rows, each under how many there are."""

    lines: Sequence[int]  # in which each of them is
    columns: Sequence[Sequence[str | None]]  # the cells of all rows in each; None is behind the end of a row
    blocks: Sequence[int]  # in which each of them is

    def column(self, index: int | None) -> Sequence[str | None]:
        """Return the cells of all rows in a column; it may be behind the end of every one, or not there at all."""
        return [None] * len(self.lines) if index is None or index >= len(self.columns) else self.columns[index]

    def only(self, chosen: NDArray[np.bool_]) -> "Rows":
        """Return those that are chosen, bool[k]."""
        if chosen.all():
            return self
        columns = [list(compress(column, chosen)) for column in self.columns]
        return Rows(list(compress(self.lines, chosen)), columns, list(compress(self.blocks, chosen)))


@dataclass(eq=False)
class Reader:
    """How the lines of a table become rows; the last ones say how far it has come."""

    mark: str  # what parts cells
    width: int  # how many cells a row has
    remarks: bool  # whether a remark follows how many rows there are
    file: str
    block: int = 0
    begun: bool = False  # whether the block has rows
    counted: bool = False  # whether the last line said how many there are

    def read(self, lines: Iterator[Numbered]) -> Iterator[Rows]:
        """Yield the rows of all blocks. Lines of which each is a row, and nothing else, are split together."""
        while some := list(islice(lines, AT_ONCE)):
            numbers, texts = zip(*some, strict=True)
            plain = [] if self.counted else _plain(texts, self.mark, self.width)
            if plain:
                self.begun = True
                yield Rows(numbers, plain, [self.block] * len(numbers))
                continue
            goes_on = any(text.count('"') % 2 for text in texts)  # a cell in quotes, in the next lines
            yield from self._together(chain(some, lines) if goes_on else iter(some))
            if goes_on or any(text.strip() == END for text in texts):
                return

    def _together(self, lines: Iterator[Numbered]) -> Iterator[Rows]:
        """Yield rows many at once; what is wrong in the rows before a line that is refused is said first."""
        found = list[tuple[int, list[str], int]]()
        try:
            for row in self._one_by_one(lines):
                found.append(row)
                if len(found) == AT_ONCE:
                    yield _rows(found)
                    found = []
        except RevanimError:
            yield from map(_rows, [found] if found else [])
            raise
        yield from map(_rows, [found] if found else [])

    def _one_by_one(self, lines: Iterator[Numbered]) -> Iterator[tuple[int, list[str], int]]:
        until_end = takewhile(lambda each: each[1].strip() != END, lines)
        for line, cells in records(until_end, self.mark, self.file):
            cells = trimmed(cells, self.width)
            if not "".join(cells).strip(RULE):
                continue
            if is_count(cells) and self.width > 1:
                self.block, self.counted = self.block + self.begun, True
                continue
            if self.counted and self.remarks:
                self.counted = False
                continue
            if len(cells) > self.width:
                raise RevanimError(
                    "Line {line} of {name} has {count} columns; the first one has {needed}.",
                    line=line,
                    name=self.file,
                    count=len(cells),
                    needed=self.width,
                )
            self.begun, self.counted = True, False
            yield line, cells, self.block


def _rows(found: Sequence[tuple[int, list[str], int]]) -> Rows:
    lines, cells, blocks = zip(*found, strict=True)
    return Rows(lines, list(zip_longest(*cells)), blocks)


def _plain(texts: Sequence[str], mark: str, width: int) -> list[list[str]]:
    """Return the columns of lines that are rows of one width, without quotes, comments and rules; else nothing."""
    text = "\n".join(texts)
    if '"' in text or ROW in text or (any(letter in text for letter in COMMENTS) and any(map(COMMENT.match, texts))):
        return []
    if not all(map(str.strip, texts, repeat(RULE + mark))):
        return []
    cells = f"{mark}{ROW}{mark}".join(texts).split(None if mark == " " else mark)
    for wide in (width, width + 1):  # a mark may end each line
        if len(cells) == len(texts) * (wide + 1) - 1 and cells[wide :: wide + 1] == [ROW] * (len(texts) - 1):
            columns = [cells[column :: wide + 1] for column in range(wide)]
            if " " in text or not text.replace("\n", "").replace(mark, "").isprintable():
                columns = [list(map(str.strip, column)) for column in columns]
            return columns[:width] if not any(map(any, columns[width:])) else []
    return []


def is_count(cells: Sequence[str]) -> bool:
    """Whether a line says no more than how many rows there are."""
    return len(cells) == 1 and cells[0].isdecimal()


def trimmed(cells: list[str], width: int = 0) -> list[str]:
    """Return cells without the empty ones that end them, down to a width."""
    while len(cells) > width and not cells[-1]:
        cells = cells[:-1]
    return cells
