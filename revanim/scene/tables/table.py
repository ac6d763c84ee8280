"""Tables as text: the cells of each line, whatever parts them."""

from collections.abc import Iterator
from functools import partial
from math import isfinite
from pathlib import Path

from revanim.scene.passed import Passed

OFTEN = 4096  # lines between two reports
LONGEST = 1 << 20  # letters of a line: no table has more, and a file of another kind may be one line


def rows(path: Path, passed: Passed) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the cells of each line that is neither empty nor a comment."""
    mark, done, size = None, 0, path.stat().st_size
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for line, text in enumerate(iter(partial(file.readline, LONGEST), ""), start=1):
            done += len(text)
            if line % OFTEN == 0:
                passed(min(done / size, 1.0))
            text = text.strip("\r\n")
            if text.strip() and not text.lstrip().startswith("#"):
                mark = mark or next((mark for mark in ";\t," if mark in text), " ")
                yield line, [cell.strip().strip('"') for cell in (text.split() if mark == " " else text.split(mark))]


def is_number(cell: str) -> bool:
    """Whether a cell holds a finite number."""
    try:
        return isfinite(float(cell))
    except ValueError:
        return False
