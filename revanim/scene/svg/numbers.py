"""Numbers and lengths as SVG writes them, read in one pass."""

import re
from collections.abc import Sequence
from math import hypot, sqrt

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
LENGTH = re.compile(rf"\s*({NUMBER.pattern})\s*(%|[a-zA-Z]*)")
BETWEEN = re.compile(r"[\s,]*")
SEPARATORS = dict.fromkeys(map(ord, " \t\r\n\f\v,"))
UNITS = {
    "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "q": 96 / 101.6, "in": 96.0,
    "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0,
}  # fmt: skip
# of a pixel; those of fonts are of the usual size


def scan(text: str) -> tuple[list[float], bool]:
    """Return the numbers of a text up to the first thing that is none, and whether there is no such thing."""
    found = NUMBER.findall(text)
    if "".join(found) == text.translate(SEPARATORS):
        return [float(number) for number in found], True
    numbers, at = list[float](), BETWEEN.match(text).end()  # type: ignore[union-attr]
    while word := NUMBER.match(text, at):
        numbers.append(float(word[0]))
        at = BETWEEN.match(text, word.end()).end()  # type: ignore[union-attr]
    return numbers, False


def numbers_of(text: str | None) -> list[float]:
    """Return the numbers of a text up to the first thing that is none."""
    return scan(text or "")[0]


def length(text: str | None, default: float, whole: float) -> float:
    """Return a length in pixels; percentages are of `whole`."""
    found = LENGTH.match(text or "")
    if found is None:
        return default
    unit = found[2].lower()
    return float(found[1]) * (whole / 100 if unit == "%" else UNITS.get(unit, 1.0))


def lengths(text: str, whole: float) -> list[float]:
    """Return a list of lengths in pixels."""
    words = text.replace(",", " ").split()
    return [length(word, 0.0, whole) for word in words]


def diagonal(size: Sequence[float]) -> float:
    """Return what percentages are of that lie along neither axis."""
    return hypot(*size) / sqrt(2)
