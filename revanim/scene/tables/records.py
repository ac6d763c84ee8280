"""Lines of text as cells: what parts them is found out, and what stands in quotes is one of them."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

from revanim.error import RevanimError
from revanim.scene.tables.numbers import may_be_number

Numbered = tuple[int, str]  # a line and what stands in it
PARTINGS = (";", "\t", "|", ",", " ")  # the likeliest first
SAID = re.compile(r'"?sep=([;,|:\t ])"?', re.IGNORECASE)  # how Excel is told
LOOKED_AT = 256  # cells, to find out what a line is
COMMENTS = "#/%!*$"  # letters of which one begins a comment
COMMENT = re.compile(r"\s*(?:#|//|%|!|\*|\$\$)+")


def parting(lines: Sequence[Numbered]) -> str:
    """Return what parts the cells of some lines: what makes the most of them rows of numbers."""
    for _, text in lines:
        if said := SAID.fullmatch(text.strip(" ")):
            return said[1]
        if text.strip():
            break
    rows = {mark: sum(is_row(text, mark) for _, text in lines) for mark in PARTINGS}
    cells = {mark: max((len(split(text, mark)) for _, text in lines), default=0) for mark in PARTINGS}
    return max(PARTINGS, key=lambda mark: (rows[mark], cells[mark] if not any(rows.values()) else 0))


def is_row(text: str, mark: str) -> bool:
    """Whether a line is a row of numbers where this parts them, and none of its cells is a row itself."""
    if COMMENT.match(text):
        return False
    cells = split(text, mark)[:LOOKED_AT]
    return sum(map(may_be_number, cells)) > 1 and not any(_holds_a_row(cell, mark) for cell in cells)


def _holds_a_row(cell: str, mark: str) -> bool:
    """Whether a cell is numbers alone that something else parts, as 5;2 and 5 2 are between commas."""
    parts = [re.split(other, cell) for other in (";", "\t", " +") if other.strip("+") != mark]
    return any(len(some) > 1 and all(map(may_be_number, some)) for some in parts)


def split(text: str, mark: str) -> list[str]:
    """Return the cells of one line; the whole of it where its quotes are not closed."""
    try:
        return _cleaned(next(csv.reader([_joined(text, mark)], delimiter=mark, skipinitialspace=mark != " "), [""]))
    except csv.Error:
        return [text.strip()]


def records(lines: Iterable[Numbered], mark: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the last line and the cells of each record that is neither empty nor a comment.

    A cell in quotes may hold what parts cells, and ends of lines. Raises RevanimError where quotes are not closed.
    """
    at = 0

    def texts() -> Iterator[str]:
        nonlocal at
        for line, text in lines:
            at = line
            if text.strip() and not COMMENT.match(text):
                yield _joined(text, mark) + "\n"

    try:
        for cells in csv.reader(texts(), delimiter=mark, skipinitialspace=mark != " ", strict=True):
            yield at, _cleaned(cells)
    except csv.Error:
        raise RevanimError("The quotes in line {line} of {name} are not closed.", line=at, name=file) from None


def _joined(text: str, mark: str) -> str:
    """Return a line in which one blank parts cells, where blanks do."""
    return " ".join(text.split()) if mark == " " else text.strip(" ")


def _cleaned(cells: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in cells]
