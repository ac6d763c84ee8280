"""The paths and basic shapes of SVG as lines, with their curves cut into straight pieces."""

import re
from collections.abc import Callable, Iterable, Iterator
from math import sqrt
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np

from revanim.engine.parameter import Floats

Measure = Callable[[str], float]  # the length that an attribute gives, in pixels

UNITS = {"pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "em": 16.0, "ex": 8.0}  # in pixels
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
LENGTH = re.compile(rf"\s*({NUMBER.pattern})\s*(%|[a-z]*)")
T = np.linspace(0.0, 1.0, 17)[1:, None]  # where a curve is cut


def lines_of(tag: str, element: Element, size: tuple[float, float]) -> list[Floats]:
    """Return the lines of an element, float64[k, 2] each, y down; `size` is what its percentages are of."""
    from fontTools.pens.recordingPen import RecordingPen  # only who reads a drawing pays for it
    from fontTools.svgLib.path import parse_path

    if tag not in PATHS:
        return []
    pen = RecordingPen()
    parse_path(PATHS[tag](element, _measure(element, size)), pen)
    return list(_cut(pen.value))


def length(text: str | None, default: float, whole: float) -> float:
    """Return a length in pixels; percentages are of `whole`."""
    found = LENGTH.match(text or "")
    if found is None:
        return default
    return float(found[1]) * (whole / 100 if found[2] == "%" else UNITS.get(found[2], 1.0))


def _measure(element: Element, size: tuple[float, float]) -> Measure:
    width, height = size
    wholes = {"x": width, "y": height, "w": width, "h": height, "r": sqrt((width * width + height * height) / 2)}

    def measure(name: str) -> float:
        axis = name.strip("cr12") or "r"
        return length(element.get(name), 0.0, wholes[axis[0]])

    return measure


def _rectangle(element: Element, measure: Measure) -> str:
    x, y, width, height, rx, ry = map(measure, ("x", "y", "width", "height", "rx", "ry"))
    rx, ry = min(rx or ry, width / 2), min(ry or rx, height / 2)
    if not (width > 0 and height > 0):
        return ""
    if not (rx > 0 and ry > 0):
        return f"M{x} {y}h{width}v{height}h{-width}z"
    across, down, arc = width - 2 * rx, height - 2 * ry, f"a{rx} {ry} 0 0 1"
    return (
        f"M{x + rx} {y}h{across}{arc} {rx} {ry}v{down}{arc} {-rx} {ry}"
        f"h{-across}{arc} {-rx} {-ry}v{-down}{arc} {rx} {-ry}z"
    )


def _ellipse(element: Element, measure: Measure) -> str:
    x, y, radius = map(measure, ("cx", "cy", "r"))
    rx, ry = measure("rx") or radius or measure("ry"), measure("ry") or radius or measure("rx")
    if not (rx > 0 and ry > 0):
        return ""
    arc = f"a{rx} {ry} 0 1 1"
    return f"M{x - rx} {y}{arc} {2 * rx} 0{arc} {-2 * rx} 0z"


def _line(element: Element, measure: Measure) -> str:
    return "M{} {}L{} {}".format(*map(measure, ("x1", "y1", "x2", "y2")))


def _corners(element: Element, measure: Measure) -> str:
    points = element.get("points", "").strip()
    return f"M{points}" if points else ""


PATHS: dict[str, Callable[[Element, Measure], str]] = {
    "path": lambda element, measure: element.get("d", ""),
    "rect": _rectangle,
    "circle": _ellipse,
    "ellipse": _ellipse,
    "line": _line,
    "polyline": _corners,
    "polygon": lambda element, measure: f"{_corners(element, measure)}z".removeprefix("z"),
}


def _cut(steps: Iterable[tuple[str, Any]]) -> Iterator[Floats]:
    """Yield the lines that the steps of a pen draw; a closed one ends where it begins."""
    line: list[Floats] = []
    for step, points in steps:
        ends = [np.array([point], np.float64) for point in points]
        if step == "moveTo":
            line = ends
        elif step == "lineTo":
            line += ends
        elif step == "qCurveTo":
            start, (bend, end) = line[-1][-1], ends
            line.append((1 - T) * ((1 - T) * start + 2 * T * bend) + T * T * end)
        elif step == "curveTo":
            start, (leave, arrive, end) = line[-1][-1], ends
            before, after = (1 - T) * start + 3 * T * leave, 3 * (1 - T) * arrive + T * end
            line.append((1 - T) * (1 - T) * before + T * T * after)
        else:
            line = [*line, line[0]] if step == "closePath" else line
            yield np.concatenate(line)
            line = line[-1:]
