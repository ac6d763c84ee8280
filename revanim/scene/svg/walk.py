"""The way through a drawing: groups, uses, windows, and what each shape paints."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from revanim.error import RevanimError
from revanim.scene.passed import Passed
from revanim.scene.svg.clips import bounds, seen_through
from revanim.scene.svg.color import opacity
from revanim.scene.svg.document import Document, parse, reference, tag
from revanim.scene.svg.figure import draw_figure
from revanim.scene.svg.figures import FIGURES
from revanim.scene.svg.numbers import length, numbers_of
from revanim.scene.svg.shape import Context, Group, Shape
from revanim.scene.svg.style import Style, computed
from revanim.scene.svg.transform import IDENTITY, Affine, about, origin, transformed
from revanim.scene.svg.windows import window
from revanim.sentence import N_

FAR = 1e12
USUAL = 100.0  # pixels of a side that no drawing says
LANGUAGE = "en"
SIDES = ("width", "height")


@dataclass(frozen=True, eq=False)
class Drawing:
    """The shapes that can be seen, the lowest first, and what else the file holds."""

    shapes: list[Shape | Group]
    left: list[str]


def read_svg(data: bytes, name: str, passed: Passed) -> Drawing:
    """Return what a drawing shows; raises RevanimError where that is nothing, or more than is read."""
    document = Document(name, parse(data, name), passed, draw, contents)
    shapes = list[Shape | Group]()
    draw(document, document.root, Context(IDENTITY.scaled(1.0, -1.0), (USUAL, USUAL), shapes))
    if not shapes:
        raise RevanimError(
            "{name} shows nothing: on its page there is no path and no shape (text must be turned into paths).",
            name=name,
        )
    return Drawing(shapes, list(document.left))


def draw(document: Document, element: Element, context: Context) -> None:
    """Draw an element and all below it, if it can be seen."""
    kind = tag(element)
    if kind not in DRAWN or not _is_for_us(element):
        return
    document.count_element(context.depth)
    style = computed(document.sets(element), context.style, context.inherited)
    here = _entered(document, element, style, context)
    if here is not None:
        DRAWN[kind](document, element, style, here)
        _covered(style, here, context)


def _entered(document: Document, element: Element, style: Style, context: Context) -> Context | None:
    """Return the context of what an element draws; None if that cannot be seen."""
    if style["display"] == "none" or not opacity(style["opacity"]):
        return None
    if style["filter"] != "none" and not context.outlines:
        document.left[N_("filters")] = None
    here = context if style["opacity"] == "1" else replace(context, onto=[])
    if style["transform"] not in ("", "none"):
        here = replace(here, transform=_transform(document, element, style, here))
    if tag(element) == "use":  # where it is counts for its clip path, too
        here = replace(here, transform=here.transform.moved(*_corner(element, here)))
    if style["clip-path"] != "none" or style["mask"] != "none":
        here = replace(here, within=seen_through(document, element, style, here))
    return here


def _covered(style: Style, here: Context, context: Context) -> None:
    """Hand what an element has drawn by itself to the one above it."""
    if here.onto is context.onto:
        return
    covers = 1.0 if here.outlines else opacity(style["opacity"])
    context.onto.extend(here.onto if covers == 1 else [Group(here.onto, covers)] if here.onto else [])


def contents(document: Document, element: Element, context: Context) -> None:
    """Draw an element without its own transform, clip path and mask."""
    style = computed(document.sets(element), context.style, context.inherited)
    DRAWN[tag(element)](document, element, style, context)


def _is_for_us(element: Element) -> bool:
    """Tell whether an element is for readers like this one: some are for one program, or for one language."""
    if "requiredExtensions" in element.attrib:
        return False
    spoken = element.get("systemLanguage")
    return spoken is None or any(word.strip().lower().startswith(LANGUAGE) for word in spoken.split(","))


def _transform(document: Document, element: Element, style: Style, here: Context) -> Affine:
    """Return the transform inside an element."""
    low, size = (0.0, 0.0), here.size
    if style["transform-box"] in ("fill-box", "stroke-box", "content-box"):
        left, top, right, bottom = bounds(document, element, here)
        low, size = (left, top), (right - left, bottom - top)
    own = transformed(IDENTITY, style["transform"], size)
    return about(here.transform, own, origin(style["transform-origin"] or "0 0", low, size))


def _group(document: Document, element: Element, style: Style, here: Context) -> None:
    inside = here.below(style)
    for child in element:
        draw(document, child, inside)


def _switch(document: Document, element: Element, style: Style, here: Context) -> None:
    """Draw the first child that is for us."""
    chosen = next((child for child in element if tag(child) in DRAWN and _is_for_us(child)), None)
    if chosen is not None:
        draw(document, chosen, here.below(style))


def _use(document: Document, element: Element, style: Style, here: Context) -> None:
    """Draw what an element refers to; a window is as large as the one who uses it says."""
    target = document.target(reference(element))
    if target is None or tag(target) not in (*DRAWN, "symbol"):
        return
    inside = here.below(style)
    if tag(target) not in ("svg", "symbol"):
        draw(document, target, inside)
        return
    own = computed(document.sets(target), inside.style, inside.inherited)
    entered = _entered(document, target, own, inside)
    if entered is not None:
        sides = {side: element.get(side) or (target.get(side) if tag(target) == "svg" else None) for side in SIDES}
        _window(document, target, own, entered, sides)
        _covered(own, entered, inside)


def _corner(element: Element, here: Context) -> tuple[float, float]:
    """Return where an element is put by its x and y."""
    return length(element.get("x"), 0.0, here.size[0]), length(element.get("y"), 0.0, here.size[1])


def _svg(document: Document, element: Element, style: Style, here: Context) -> None:
    """Draw a window: the whole page, or one in it."""
    if here.depth == 0:
        _page(document, element, style, here)
    else:
        moved_there = replace(here, transform=here.transform.moved(*_corner(element, here)))
        _window(document, element, style, moved_there, {side: element.get(side) for side in SIDES})


def _window(document: Document, element: Element, style: Style, here: Context, sides: dict[str, str | None]) -> None:
    across, down = (length(sides[side], whole, whole) for side, whole in zip(SIDES, here.size, strict=True))
    box, ratio = numbers_of(element.get("viewBox")), element.get("preserveAspectRatio", "")
    inside = window(here, (across, down), box, ratio, style["overflow"] or "hidden")
    if inside is not None:
        _group(document, element, style, inside)


def _page(document: Document, element: Element, style: Style, here: Context) -> None:
    """Draw the whole page, which shows nothing beside it, whatever it says; its sides may lack."""
    box = numbers_of(element.get("viewBox"))
    has_box = len(box) == len("xywh") and box[2] > 0 and box[3] > 0
    sides = [element.get(side) for side in SIDES]
    given = [None if side is None or "%" in side else length(side, USUAL, USUAL) for side in sides]
    width, height = given
    if has_box:
        width = width or (height * box[2] / box[3] if height else box[2])
        height = height or width * box[3] / box[2]
    size = (width or USUAL, height or USUAL)
    overflow = "hidden" if width and height else "visible"
    inside = window(here, size, box if has_box else (), element.get("preserveAspectRatio", ""), overflow)
    if inside is not None:
        _group(document, element, style, inside)


def _leave_out(document: Document, element: Element, style: Style, here: Context) -> None:
    """Note what is not read."""
    document.left[LEFT_OUT[tag(element)]] = None


LEFT_OUT = {"text": N_("text"), "image": N_("pictures"), "foreignObject": N_("web pages")}
DRAWN: dict[str, Callable[[Document, Element, Style, Context], None]] = {
    **dict.fromkeys(("g", "a"), _group),
    **dict.fromkeys(FIGURES, draw_figure),
    **dict.fromkeys(LEFT_OUT, _leave_out),
    "svg": _svg,
    "switch": _switch,
    "use": _use,
}
