"""What a path or a basic shape paints."""

from math import sqrt
from xml.etree.ElementTree import Element

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.shapes.area import Box, Region, box_of, holds, is_empty, meet
from revanim.scene.svg.color import BLACK
from revanim.scene.svg.document import Document, tag
from revanim.scene.svg.drawn import Drawn
from revanim.scene.svg.figures import path_data
from revanim.scene.svg.markers import mark
from revanim.scene.svg.numbers import diagonal, length, lengths
from revanim.scene.svg.paints import paint
from revanim.scene.svg.path import parse
from revanim.scene.svg.pen import Pen, dashed
from revanim.scene.svg.shape import Context, Shape, Stroke, moved
from revanim.scene.svg.style import MARKERS, PLACES, Style
from revanim.scene.svg.transform import IDENTITY
from revanim.sentence import N_

FAR = 1e12
LETTERS = 24  # of a path, which take as long to find as a step takes to draw


def draw_figure(document: Document, element: Element, style: Style, here: Context) -> None:
    """Draw a figure where its style makes it visible, and the markers at its corners."""
    if style["visibility"] != "visible":
        return
    drawn = _drawn(document, element, style, here)
    own = drawn.lines
    document.count_corners(sum(map(len, own)))
    fill = BLACK if here.outlines else paint(document, style, "fill")
    stroke = None if here.outlines else paint(document, style, "stroke")
    along = _stroke(style, element, own, here) if stroke and own else None
    if own and (fill or along):
        lines = moved(own, here.transform)
        within = _within(document.name, here, lines, along)
        if within is not None:
            odd = style["clip-rule" if here.outlines else "fill-rule"] == "evenodd"
            order = style["paint-order"].split()
            stroke_first = order[0] == "stroke" or order[:2] == ["markers", "stroke"]
            here.onto.append(Shape(lines, fill, odd, stroke if along else None, along, stroke_first, within))
    if not here.outlines and any(style[name] != "none" for name in MARKERS):
        mark(document, drawn.corners, style, length(style["stroke-width"], 1.0, diagonal(here.size)), here)


def _drawn(document: Document, element: Element, style: Style, here: Context) -> Drawn:
    """Return a figure in its own units; it is drawn once, however often it is used."""
    key = element, here.size
    if key not in document.drawn:
        places = {name: style[name] for name in PLACES & style.keys()}
        data = path_data(tag(element), {**element.attrib, **places}, here.size)
        document.count_steps(len(data) // LETTERS)
        runs, is_clean = parse(data, document.count_steps)
        document.drawn[key] = Drawn(runs)
        if not is_clean:
            document.left[N_("paths behind an error")] = None
    return document.drawn[key]


def _stroke(style: Style, element: Element, own: list[Floats], here: Context) -> Stroke | None:
    """Return how a figure is drawn along, or None where the pen has no width."""
    whole = diagonal(here.size)
    width = length(style["stroke-width"], 1.0, whole)
    if not 0 < width < FAR:
        return None
    dashes, offset = _dashes(style, element, own, whole)
    limit = length(style["stroke-miterlimit"], 4.0, 1.0)
    pen = Pen(width, style["stroke-linecap"], style["stroke-linejoin"], limit, dashes, offset)
    if style["vector-effect"] == "non-scaling-stroke":
        return Stroke(dashed(moved(own, here.transform), pen), pen, IDENTITY)
    return Stroke(dashed(own, pen), pen, here.transform)


def _dashes(style: Style, element: Element, own: list[Floats], whole: float) -> tuple[tuple[float, ...], float]:
    """Return dashes, none where they make no sense, and where in them a line begins."""
    dashes = [] if style["stroke-dasharray"] == "none" else lengths(style["stroke-dasharray"], whole)
    if not dashes or min(dashes) < 0 or not 0 < sum(dashes) < FAR:
        return (), 0.0
    offset, said = length(style["stroke-dashoffset"], 0.0, whole), length(element.get("pathLength"), 0.0, 0.0)
    if said > 0:
        real = sum(float(np.sqrt((np.diff(line, axis=0) ** 2).sum(axis=1)).sum()) for line in own)
        dashes, offset = [dash * real / said for dash in dashes], offset * real / said
    return tuple(dashes), offset


def _within(name: str, here: Context, lines: list[Floats], along: Stroke | None) -> tuple[Region, ...] | None:
    """Return the windows that do not show all of a figure; None if one of them shows nothing of it."""
    box = _reached(box_of(lines), along)
    if not (min(box[:2]) > -FAR and max(box[2:]) < FAR):
        raise RevanimError("{name} reaches farther than {most:g}; that cannot be drawn.", name=name, most=FAR)
    if any(is_empty(meet(region.box, box)) for region in here.within):
        return None
    return tuple(region for region in here.within if not (region.is_box and holds(region.box, box)))


def _reached(box: Box, along: Stroke | None) -> Box:
    """Return the box around lines and all that a pen may paint along them."""
    if along is None:
        return box
    a, b, c, d, _, _ = along.transform
    reach = along.pen.width * max(along.pen.limit, 1.5) * sqrt(a * a + b * b + c * c + d * d)
    return box[0] - reach, box[1] - reach, box[2] + reach, box[3] + reach
