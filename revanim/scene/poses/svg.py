"""Places in the shape of a drawing: what an SVG file paints, filled with points or traced by them."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.passed import Passed
from revanim.scene.placing import PLACING
from revanim.scene.pose import PAINT, Points, PoseKind, existing
from revanim.scene.shapes.area import Area, Layer, around, box_of
from revanim.scene.shapes.cut import cut
from revanim.scene.shapes.outline import FAINT, along, fill_areas
from revanim.scene.svg.color import Paint
from revanim.scene.svg.shape import Shape, areas_of, leaves, moved
from revanim.scene.svg.walk import Drawing, read_svg
from revanim.sentence import NOTHING, Sentence, listed

LARGEST = 16 << 20


def make(source: Any, count: int, values: Mapping[str, Any], passed: Passed) -> Points:
    """Read a drawing, and fill or trace its shapes."""
    path = existing(source, "svg", LARGEST)
    drawing = read_svg(path.read_bytes(), path.name, passed)
    note = _left_out(path.name, drawing)
    shapes = list(leaves(drawing.shapes))
    inked = [shape for shape, covers in shapes if _is_ink(shape, covers)]
    if values["paint"] == "outline":
        lines = [line for shape in inked or [shape for shape, _ in shapes] for line in _edges(shape, passed)]
        left, bottom, right, top = box_of(lines)
        place = along(lines, count)
    else:
        areas = painted(drawing, all_pale=not inked)
        left, bottom, right, top = around(area.box for area in areas if _darkens(area))
        place = fill_areas(areas, count, passed)
    return Points(place, np.array([left, bottom]), np.array([right, top]), path.name, note=note)


def _left_out(name: str, drawing: Drawing) -> Sentence:
    """Return one note on all that a drawing holds besides, or nothing."""
    if not drawing.left:
        return NOTHING
    what = listed((Sentence(word) for word in drawing.left), ", ")
    return Sentence("{name} also holds what is not read: {what}.", name=name, what=what)


def _is_ink(shape: Shape, covers: float) -> bool:
    return any(paint and (1 - paint.paleness) * paint.alpha * covers > FAINT for paint in (shape.fill, shape.stroke))


def _darkens(area: Area | Layer) -> bool:
    if isinstance(area, Layer):
        return area.alpha > FAINT and any(map(_darkens, area.areas))
    return (1 - area.shade) * area.alpha > FAINT


def painted(drawing: Drawing, all_pale: bool) -> list[Area | Layer]:
    """Return what a drawing paints on white paper; one that is pale everywhere is shown as if it were ink."""
    if not all_pale:
        return areas_of(drawing.shapes, _paleness)
    areas = [area for shape, _ in leaves(drawing.shapes) for area in areas_of([shape], _paleness)]
    return [Area(area.outline, area.odd, within=area.within) for area in areas if isinstance(area, Area)]


def _paleness(paint: Paint) -> float:
    return paint.paleness


def _edges(shape: Shape, passed: Passed) -> list[Floats]:
    """Return the lines of a shape as far as they are seen; where only a pen paints, its dashes."""
    lines = shape.lines
    if shape.along and not shape.fill:
        lines = moved(shape.along.lines, shape.along.transform)
    return cut(lines, shape.within, passed)


svg = PoseKind(
    name="svg",
    help="The shapes of a drawing.",
    parameters=(PAINT, *PLACING),
    make=make,
    source="file",
    suffixes=(".svg",),
    words="drawing logo icon vector",
)
