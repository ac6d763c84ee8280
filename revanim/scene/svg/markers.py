"""Markers: what is drawn again at the corners of a line, such as the head of an arrow."""

from collections.abc import Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from revanim.scene.placing import turn
from revanim.scene.svg.corners import NO_WAY, Corner
from revanim.scene.svg.document import Document
from revanim.scene.svg.numbers import length, numbers_of
from revanim.scene.svg.path import Point
from revanim.scene.svg.shape import Context
from revanim.scene.svg.style import MARKERS, Style
from revanim.scene.svg.transform import IDENTITY, SIDES, Affine, angle, fitted, rotated
from revanim.scene.svg.windows import window


def mark(document: Document, corners: Sequence[Corner], style: Style, width: float, here: Context) -> None:
    """Draw the markers that a style asks for at the corners of a line of some width."""
    start, middle, end = (document.target(style[name], "marker") for name in MARKERS)
    if start is None and middle is None and end is None:
        return
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
