"""Markers: what is drawn again at the corners of a line, such as the head of an arrow."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import sqrt
from xml.etree.ElementTree import Element

from revanim.scene.placing import turn
from revanim.scene.svg.document import Document
from revanim.scene.svg.numbers import length, numbers_of
from revanim.scene.svg.path import CUBIC, Point, Run
from revanim.scene.svg.shape import Context
from revanim.scene.svg.style import MARKERS, Style
from revanim.scene.svg.transform import IDENTITY, SIDES, Affine, angle, fitted, rotated
from revanim.scene.svg.windows import window

NO_WAY = (0.0, 0.0)


def mark(document: Document, runs: Sequence[Run], style: Style, width: float, here: Context) -> None:
    """Draw the markers that a style asks for at the corners of a line of some width."""
    start, middle, end = (document.target(style[name], "marker") for name in MARKERS)
    if start is None and middle is None and end is None:
        return
    corners = [corner for run in runs for corner in _corners(run)]
    for number, (place, way) in enumerate(corners):
        for marker, is_here in (
            (start, number == 0),
            (middle, 0 < number < len(corners) - 1),
            (end, number == len(corners) - 1),
        ):
            if marker is not None and is_here:
                back = marker is start and number == 0 and marker.get("orient") == "auto-start-reverse"
                _draw(document, marker, place, (-way[0], -way[1]) if back else way, width, here)


def _draw(document: Document, marker: Element, place: Point, way: Point, width: float, here: Context) -> None:
    """Draw a marker: its reference point comes to lie at a place, and its x axis along a way."""
    document.count_element(here.depth)
    style = document.style_apart(marker)
    transform = here.transform.moved(*place).of(_turned(marker.get("orient", "0"), way))
    if marker.get("markerUnits") != "userSpaceOnUse":
        transform = transform.scaled(width, width)
    size = (length(marker.get("markerWidth"), 3.0, here.size[0]), length(marker.get("markerHeight"), 3.0, here.size[1]))
    box, ratio = numbers_of(marker.get("viewBox")), marker.get("preserveAspectRatio", "")
    has_box = len(box) == len("xywh") and box[2] > 0 and box[3] > 0
    wholes = box[2:] if has_box else size
    at = [
        length(SIDES.get(text or "", text), 0.0, whole)
        for text, whole in zip((marker.get("refX"), marker.get("refY")), wholes, strict=True)
    ]
    left, top = fitted(IDENTITY, box, size, ratio).at(*at) if has_box else at
    inside = window(
        replace(here, transform=transform.moved(-left, -top)), size, box, ratio, style["overflow"] or "hidden"
    )
    if inside is not None:
        for child in marker:
            document.draw(document, child, inside.below(style))


def _turned(orient: str, way: Point) -> Affine:
    """Return the transform that turns a marker along a way, or by an angle that stays."""
    cosine, sine = way if orient.startswith("auto") and way != NO_WAY else turn(angle(orient))
    return rotated(cosine, sine)


def _corners(run: Run) -> Iterator[tuple[Point, Point]]:
    """Yield each corner of a run and the way of the line there, midway between how it arrives and how it leaves."""
    ends: list[Point] = [run.start, *((step[-2], step[-1]) for step in run.steps)]
    arrives, leaves = list[Point](), list[Point]()
    for (start, end), step in zip(pairwise(ends), run.steps, strict=True):
        handles = [start, *zip(step[::2], step[1::2], strict=True)] if len(step) == CUBIC else [start, end]
        leaves.append(_way(handles))
        arrives.append(tuple(-part for part in _way(handles[::-1])))  # type: ignore[arg-type]
    closing = _way([ends[-1], run.start]) if run.closed else NO_WAY
    for number, (place, before, after) in enumerate(zip(ends, [NO_WAY, *arrives], [*leaves, closing], strict=True)):
        if number - 1 not in run.inner:
            yield place, _middle(before, after)
    if run.closed:
        yield run.start, closing if closing != NO_WAY or not arrives else arrives[-1]


def _way(places: Sequence[Point]) -> Point:
    """Return the direction from the first place to the next one that differs, of length 1."""
    for x, y in places[1:]:
        x, y = x - places[0][0], y - places[0][1]
        size = sqrt(x * x + y * y)
        if size > 0:
            return x / size, y / size
    return NO_WAY


def _middle(one: Point, other: Point) -> Point:
    """Return the direction midway between two; where they are opposed, across both."""
    if one == NO_WAY or other == NO_WAY:
        return other if one == NO_WAY else one
    found = _way([NO_WAY, (one[0] + other[0], one[1] + other[1])])
    return found if found != NO_WAY else (-one[1], one[0])
