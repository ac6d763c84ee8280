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
    """Some rows of one block; a file may hold several blocks of rows, each under how many there are."""

    lines: Sequence[int]  # in which each of them is
    columns: Sequence[Sequence[str | None]]  # the cells of all rows in each; None is behind the end of a row
    block: int

    def column(self, index: int | None) -> Sequence[str | None]:
        """Return the cells of all rows in a column; it may be behind the end of every one, or not there at all."""
        return [None] * len(self.lines) if index is None or index >= len(self.columns) else self.columns[index]

    def only(self, chosen: NDArray[np.bool_]) -> "Rows":
        """Return those that are chosen, bool[k]."""
        if chosen.all():
            return self
        columns = [list(compress(column, chosen)) for column in self.columns]
        return Rows(list(compress(self.lines, chosen)), columns, self.block)


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
                yield Rows(numbers, plain, self.block)
                continue
            goes_on = any(text.count('"') % 2 for text in texts)  # a cell in quotes, in the next lines
            yield from self._together(chain(some, lines) if goes_on else iter(some))
            if goes_on or any(text.strip() == END for text in texts):
                return

    def _together(self, lines: Iterator[Numbered]) -> Iterator[Rows]:
        """Yield rows many at once; what is wrong in the rows before a line that is refused is said first."""
        numbers, cells, block = list[int](), list[list[str]](), self.block
        try:
            for line, row in self._one_by_one(lines):
                if cells and (block != self.block or len(cells) == AT_ONCE):
                    yield Rows(numbers, list(zip_longest(*cells)), block)
                    numbers, cells, block = [], [], self.block
                numbers.append(line)
                cells.append(row)
        except RevanimError:
            if cells:
                yield Rows(numbers, list(zip_longest(*cells)), block)
            raise
        if cells:
            yield Rows(numbers, list(zip_longest(*cells)), block)

    def _one_by_one(self, lines: Iterator[Numbered]) -> Iterator[tuple[int, list[str]]]:
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
            yield line, cells


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
