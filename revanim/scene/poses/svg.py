"""Places in the shape of a drawing: what an SVG file paints, filled with points or traced by them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from revanim.engine.parameter import Floats
from revanim.scene.passed import Passed
from revanim.scene.placing import PLACING
from revanim.scene.pose import PAINT, Points, PoseKind, existing
from revanim.scene.shapes.outline import Area, along, bounds, fill_areas, thick
from revanim.scene.shapes.svg import Shape, read_svg
from revanim.sentence import NOTHING, Sentence

LARGEST = 16 << 20
TEXT = re.compile(rb"<(\w+:)?text[\s>]")


def make(source: Any, count: int, values: Mapping[str, Any], passed: Passed) -> Points:
    """Read a drawing, and fill or trace its shapes."""
    path = existing(source, "svg", LARGEST)
    data = path.read_bytes()
    shapes = read_svg(data, path.name, passed)
    lost = Sentence("{name} holds text, which is left out; turn it into paths to see it.", name=path.name)
    note = lost if TEXT.search(data) else NOTHING
    if values["paint"] == "outline":
        lines = [line for shape in shapes if _is_ink(shape) for line in shape.lines]
        lines = lines or [line for shape in shapes for line in shape.lines]
        return Points(along(lines, count), *bounds(lines), path.name, note=note)
    areas = _areas(shapes)
    shown = [polygon for area in areas if not area.cut for polygon in area.outline]
    return Points(fill_areas(areas, count, passed), *bounds(shown), path.name, note=note)


def _is_ink(shape: Shape) -> bool:
    return "ink" in (shape.fill, shape.stroke)


def _areas(shapes: Sequence[Shape]) -> list[Area]:
    """Return what the shapes paint. White is paper and cuts away what lies below, unless all is white."""
    all_white = not any(map(_is_ink, shapes))
    areas = []
    for shape in shapes:
        pen: list[Floats] = (
            [piece for line in shape.lines for piece in thick(line, shape.width)] if shape.stroke else []
        )
        for paint, outline, odd in ((shape.fill, shape.lines, shape.odd), (shape.stroke, pen, False)):
            if paint:
                areas.append(Area(outline, odd, cut=paint == "white" and not all_white))
    return areas


svg = PoseKind(
    name="svg",
    help="The shapes of a drawing.",
    parameters=(PAINT, *PLACING),
    make=make,
    source="file",
    suffixes=(".svg",),
    words="drawing logo icon vector",
)
