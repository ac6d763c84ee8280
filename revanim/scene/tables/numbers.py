"""Numbers as programs and people write them: with a point or a comma, with groups of thousands, and as Fortran does."""

import re
from collections.abc import Iterable, Sequence
from math import isfinite, isinf, nan

LONGEST = 64  # letters of a number
PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
GROUPED = {
    ".": re.compile(r"[+-]?[0-9]{1,3}(?:[,'\u2019 ][0-9]{3})+(?:\.[0-9]*)?"),
    ",": re.compile(r"[+-]?[0-9]{1,3}(?:[.'\u2019 ][0-9]{3})+(?:,[0-9]*)?"),
}
UNGROUPED = {mark: str.maketrans("", "", "".join({".", ",", "'", "\u2019", " "} - {mark})) for mark in GROUPED}
UNSURE = re.compile(r"[+-]?[1-9][0-9]{0,2}([.,])[0-9]{3}(?:\1[0-9]{3})*")  # 1,500 may be one and a half, or more
DASHES, BLANKS = "\u2212\u2013\ufe63\uff0d", "\xa0\u2009\u202f"  # as typesetters and word processors write them
LETTERS = str.maketrans(DASHES + BLANKS, "-" * len(DASHES) + " " * len(BLANKS))
POWER = re.compile(r"(?<=[0-9.])(?:[dD]|\*\^|[·×x*]10\^)(?=[+-]?[0-9])")  # of Fortran, Mathematica and people
FIGURES = "0123456789+-.eE"
MISSING = {"", "nan", "na", "n/a", "#n/a", "null", "none", "nil", "-", "--", "---", "?", "missing"}


def is_missing(cell: str) -> bool:
    """Whether a cell says that there is no number."""
    return cell.lower() in MISSING


def number(cell: str | None, mark: str = ".") -> float:
    """Return the number in a cell, NaN where it says that there is none; `mark` parts its fraction.

    Raises ValueError where there is no cell, something else is in it, or a number that is not finite.
    """
    if cell is None:
        raise ValueError
    if mark == "." and len(cell) <= LONGEST and PLAIN.fullmatch(cell) and isfinite(value := float(cell)):
        return value  # as nearly all of them are
    if is_missing(cell):
        return nan
    text = cell[:LONGEST] if cell.isascii() else cell[:LONGEST].translate(LETTERS)
    if text.strip(FIGURES) or mark == ",":
        if GROUPED[mark].fullmatch(text):
            text = text.translate(UNGROUPED[mark])
        if mark == ",":
            text = text.replace(".", "?").replace(",", ".") if text[-1] != "," else "?"
        text = text if not text.strip(FIGURES) else POWER.sub("e", text)
    if len(cell) > LONGEST or not PLAIN.fullmatch(text) or not isfinite(float(text)):
        raise ValueError(cell)
    return float(text)


def numbers(cells: Sequence[str | None], mark: str = ".") -> list[float]:
    """Return the numbers in many cells, as `number` does for each; raises ValueError where one holds something else."""
    written = ["!" if cell is None or len(cell) > LONGEST else cell for cell in cells]
    text = "\n".join(written)
    is_plain = not text.strip(f"{FIGURES}{mark}\n") and ",\n" not in f"{text}\n"
    plain = text.replace(",", ".").split("\n") if mark == "," else written
    if is_plain and "" not in plain and len(plain) == len(cells):
        found = list(map(float, plain))
    else:
        found = [
            float(cell) if cell and mark == "." and not cell.strip(FIGURES) else number(cell, mark) for cell in written
        ]
    if any(map(isinf, found)):
        raise ValueError(cells)
    return found


def is_number(cell: str, mark: str = ".") -> bool:
    """Whether a cell holds a finite number."""
    try:
        return isfinite(number(cell, mark))
    except ValueError:
        return False


def may_be_number(cell: str) -> bool:
    """Whether a cell holds a number with either mark."""
    return is_number(cell) or is_number(cell, ",")


def decimal_mark(cells: Iterable[str], usual: str) -> str:
    """Return what parts the fractions of the numbers in some cells.

    A cell such as 1,500 can be read in two ways: it goes by the others, and where these do not say either by what is
    `usual`.
    """
    seen, sure = set[str](), set[str]()
    for cell in cells:
        unsure = UNSURE.fullmatch(cell)
        for mark in (".", ","):
            if mark in cell and is_number(cell, mark):
                seen.add(mark)
                sure |= set() if unsure else {mark}
    if sure:
        return "," if sure == {","} else "."
    return usual if seen == {","} else "."
