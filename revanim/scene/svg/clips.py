"""Through what an element is seen: clip paths and masks."""

from dataclasses import replace
from xml.etree.ElementTree import Element

from revanim.scene.shapes.area import Area, Box, Region, box_of, is_empty
from revanim.scene.svg.color import Paint
from revanim.scene.svg.document import Document
from revanim.scene.svg.numbers import length
from revanim.scene.svg.shape import Context, areas_of, leaves
from revanim.scene.svg.style import Style
from revanim.scene.svg.transform import IDENTITY, Affine, transformed
from revanim.scene.svg.windows import rectangle
from revanim.sentence import N_

OF_THE_BOX = "objectBoundingBox"
MASK = {"x": "-10%", "y": "-10%", "width": "120%", "height": "120%"}


def seen_through(document: Document, element: Element, style: Style, here: Context) -> tuple[Region, ...]:
    """Return all that an element is seen through: what the one above it is, its clip path and its mask."""
    found = here.within
    clip = document.target(style["clip-path"], "clipPath")
    if clip is not None:
        found = (*found, _clip(document, clip, element, here))
    elif style["clip-path"] != "none" and "(" in style["clip-path"] and not style["clip-path"].startswith("url("):
        document.left[N_("clip paths without a path")] = None
    mask = document.target(style["mask"], "mask")
    if mask is not None:
        found = (*found, *_mask(document, mask, element, here))
    return found


def bounds(document: Document, element: Element, here: Context) -> Box:
    """Return the box around what an element draws, in its own units."""
    alone = Context(IDENTITY, here.size, [], here.style, here.inherited, depth=here.depth + 1, outlines=True)
    document.contents(document, element, alone)
    return box_of(line for shape, _ in leaves(alone.onto) for line in shape.lines)


def _units(document: Document, of: Element, attribute: str, usual: str, element: Element, here: Context) -> Affine:
    """Return the transform of what is measured in parts of the box around an element, or in its units."""
    if of.get(attribute, usual) != OF_THE_BOX:
        return here.transform
    left, top, right, bottom = bounds(document, element, here)
    if is_empty((left, top, right, bottom)):
        return here.transform.scaled(0.0, 0.0)
    return here.transform.of(Affine(right - left, 0.0, 0.0, bottom - top, left, top))


def _below(
    document: Document, target: Element, transform: Affine, here: Context, outlines: bool
) -> tuple[Context, Style]:
    """Return the context of what is in a clip path or mask, and its own style."""
    document.count_element(here.depth)
    style = document.style_apart(target)
    context = replace(here, transform=transform, onto=[], within=(), outlines=outlines)
    return context.below(style), style


def _clip(document: Document, clip: Element, element: Element, here: Context) -> Region:
    """Return what a clip path leaves: all that its children fill, seen through its own clip path."""
    units = _units(document, clip, "clipPathUnits", "userSpaceOnUse", element, here)
    inside, style = _below(document, clip, units, here, outlines=True)
    inside = replace(inside, transform=transformed(units, style["transform"], here.size))
    for child in clip:
        document.draw(document, child, inside)
    through = seen_through(document, element, {**style, "mask": "none"}, replace(here, within=(), depth=inside.depth))
    shapes = [shape for shape, _ in leaves(inside.onto)]
    return Region(tuple(Area(each.lines, each.odd, shade=1.0, within=(*each.within, *through)) for each in shapes))


def _mask(document: Document, mask: Element, element: Element, here: Context) -> list[Region]:
    """Return what a mask leaves: where its children are bright, and inside of its window."""
    inside, style = _below(document, mask, _units(document, mask, "maskContentUnits", "", element, here), here, False)
    for child in mask:
        document.draw(document, child, inside)
    shade = _full if style["mask-type"] == "alpha" else _bright
    regions = [Region(tuple(areas_of(inside.onto, shade)))]
    units = _units(document, mask, "maskUnits", OF_THE_BOX, element, here)
    wholes = (1.0, 1.0) if mask.get("maskUnits", OF_THE_BOX) == OF_THE_BOX else here.size
    sides = [length(mask.get(name, usual), 0.0, wholes[n % 2]) for n, (name, usual) in enumerate(MASK.items())]
    return [*regions, rectangle(units, *sides)]


def _full(paint: Paint) -> float:
    return 1.0


def _bright(paint: Paint) -> float:
    return paint.luminance
