"""SVG drawings as shapes: groups, uses, transforms, and as much of the styles as says what is painted."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from math import radians, sqrt
from typing import Any
from xml.parsers import expat

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.passed import Passed
from revanim.scene.shapes.svg_lines import NUMBER, length, lines_of

Element = ElementTree.Element
Style = Mapping[str, str]

MOST_ELEMENTS, DEEPEST = 200_000, 100
LONGEST_ENTITY = 100  # letters: those that drawing programs declare are shorter
FAR = 1e12

GROUPS = {"svg", "g", "a", "switch"}
INHERITED = {"fill": "black", "stroke": "none", "stroke-width": "1", "fill-rule": "nonzero", "visibility": "visible"}
OWN = {"display": "inline", "opacity": "1", "fill-opacity": "1", "stroke-opacity": "1"}
NOTHING = {"none", "transparent"}
XLINK = "{http://www.w3.org/1999/xlink}href"
WHITE = {"white", "#fff", "#ffffff", "rgb(255,255,255)", "rgb(100%,100%,100%)"}

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
CALL = re.compile(r"([a-zA-Z]+)\s*\(([^()]*)\)")


@dataclass(frozen=True, eq=False)
class Shape:
    """Lines of a drawing, float64[k, 2] each, y up; a closed one ends where it begins."""

    lines: list[Floats]
    fill: str  # "ink", "white" or "" where nothing is painted
    stroke: str
    width: float  # of the stroke
    odd: bool  # whether inside is where the lines wind around an odd number of times


@dataclass(frozen=True, eq=False)
class Document:
    """What the elements of a drawing refer to."""

    name: str  # under which faults are reported
    size: tuple[float, float]  # what percentages are of
    named: Mapping[str, Element]
    rules: list[tuple[str, Style]]  # a selector (tag, .name or #name), and what it sets
    passed: Passed
    seen: Iterator[int] = field(default_factory=count)


def read_svg(data: bytes, name: str, passed: Passed) -> list[Shape]:
    """Return the shapes of a drawing that can be seen, the lowest first."""
    from fontTools.misc.transform import Identity  # only who reads a drawing pays for it

    root = _parse(data, name)
    if _tag(root) != "svg":
        raise RevanimError("{name} is XML, but no drawing: it begins with <{tag}>.", name=name, tag=_tag(root))
    box = _numbers(root.get("viewBox", ""))
    width, height = (length(root.get(side), 100.0, 100.0) for side in ("width", "height"))
    size = (box[2], box[3]) if len(box) == 4 else (width, height)
    named = {element.attrib["id"]: element for element in root.iter() if "id" in element.attrib}
    document = Document(name, size, named, _rules(root), passed)
    shapes = list(_walk(document, root, Identity.scale(1, -1), INHERITED, 0))
    if not shapes:
        raise RevanimError(
            "{name} shows nothing: it holds no path and no shape (text must be turned into paths).", name=name
        )
    return shapes


def _parse(data: bytes, name: str) -> Element:
    """Return the tree of an XML file, unless it declares entities that could grow."""

    def refuse_growth(entity: str, of_the_declaration: bool, value: str | None, *rest: Any) -> None:
        if of_the_declaration or value is None or len(value) > LONGEST_ENTITY or "&" in value or "%" in value:
            raise RevanimError(
                "{name} declares the entity {entity!r}, which could grow without end; it is not read.",
                name=name,
                entity=entity,
            )

    guard = expat.ParserCreate()
    guard.EntityDeclHandler = refuse_growth
    try:
        guard.Parse(data, True)
        return ElementTree.fromstring(data)
    except (expat.ExpatError, ElementTree.ParseError, ValueError, LookupError) as error:
        raise RevanimError("{name} is not SVG: {why}.", name=name, why=error) from None


def _walk(document: Document, element: Element, transform: Any, inherited: Style, depth: int) -> Iterator[Shape]:
    """Yield the shapes of an element and of all below it."""
    number = next(document.seen)
    if depth > DEEPEST or number > MOST_ELEMENTS:
        raise RevanimError(
            "{name} is nested without end, or shows more than {most} elements.",
            name=document.name,
            most=MOST_ELEMENTS,
        )
    if number % 256 == 0:
        document.passed(0.0)
    style = _style(document, element, inherited)
    if style["display"] == "none" or _is_zero(style["opacity"]):
        return
    transform = _transformed(transform, element.get("transform", ""))
    if _tag(element) in GROUPS:
        yield from _walk_all(document, element, transform, style, depth)
    elif _tag(element) == "use":
        x, y = (length(element.get(axis), 0.0, whole) for axis, whole in zip("xy", document.size, strict=True))
        target = document.named.get((element.get("href") or element.get(XLINK) or "").removeprefix("#"))
        if target is not None and _tag(target) == "symbol":
            yield from _walk_all(document, target, transform.translate(x, y), style, depth)
        elif target is not None:
            yield from _walk(document, target, transform.translate(x, y), _inherited(style), depth + 1)
    elif style["visibility"] == "visible":
        yield from _shape(document, element, transform, style)


def _walk_all(document: Document, group: Element, transform: Any, style: Style, depth: int) -> Iterator[Shape]:
    """Yield the shapes below a group, in the window that it may open."""
    if depth > 0 and _tag(group) in ("svg", "symbol"):
        transform = _windowed(document, group, transform)
    for child in group:
        yield from _walk(document, child, transform, _inherited(style), depth + 1)


def _shape(document: Document, element: Element, transform: Any, style: Style) -> Iterator[Shape]:
    """Yield what a path or basic shape paints, if it paints anything."""
    fill, stroke = _paint(style, "fill"), _paint(style, "stroke")
    if not (fill or stroke):
        return
    a, b, c, d, e, f = transform
    try:
        with np.errstate(all="ignore"):  # what is not finite is refused below
            drawn = [line.T for line in lines_of(_tag(element), element, document.size)]
            lines = [np.stack([a * x + c * y + e, b * x + d * y + f], axis=1) for x, y in drawn]
    # What a broken path can raise depends on where it breaks.
    except Exception:
        start = " ".join((element.get("d") or element.get("points") or "").split())[:24]
        raise RevanimError(
            "{name} holds a <{tag}> that cannot be read: {start!r}.", name=document.name, tag=_tag(element), start=start
        ) from None
    width = length(style["stroke-width"], 1.0, document.size[0]) * sqrt(abs(a * d - b * c))
    if not (width < FAR and all((np.abs(line) < FAR).all() for line in lines)):
        raise RevanimError("{name} reaches farther than {most:g}; that cannot be drawn.", name=document.name, most=FAR)
    if lines:
        yield Shape(lines, fill, stroke if width > 0 else "", width, style["fill-rule"] == "evenodd")


def _windowed(document: Document, element: Element, transform: Any) -> Any:
    """Return the transform inside a nested drawing: its viewBox is fitted, centred, into its width and height."""
    across, down = document.size
    x, y = length(element.get("x"), 0.0, across), length(element.get("y"), 0.0, down)
    width, height = length(element.get("width"), across, across), length(element.get("height"), down, down)
    box = _numbers(element.get("viewBox", ""))
    if len(box) != 4 or not (box[2] > 0 and box[3] > 0):
        return transform.translate(x, y)
    scale = min(width / box[2], height / box[3])
    middle = transform.translate(x + width / 2, y + height / 2)
    return middle.scale(scale).translate(-box[0] - box[2] / 2, -box[1] - box[3] / 2)


def _transformed(transform: Any, text: str) -> Any:
    """Return a transform with those of an attribute inside it; what is no transform is passed over, as browsers do."""
    for name, arguments in CALL.findall(text):
        numbers = _numbers(arguments)
        match name, numbers:
            case "matrix", [_, _, _, _, _, _]:
                transform = transform.transform(tuple(numbers))
            case "translate", [x, *rest]:
                transform = transform.translate(x, *rest[:1])
            case "scale", [x, *rest]:
                transform = transform.scale(x, *rest[:1])
            case "rotate", [angle, x, y]:
                transform = transform.translate(x, y).rotate(radians(angle)).translate(-x, -y)
            case "rotate", [angle]:
                transform = transform.rotate(radians(angle))
            case "skewX", [angle]:
                transform = transform.skew(radians(angle), 0.0)
            case "skewY", [angle]:
                transform = transform.skew(0.0, radians(angle))
    return transform


def _style(document: Document, element: Element, inherited: Style) -> dict[str, str]:
    """Return the properties of an element: its attributes, then the rules that select it, then its own style."""
    known = {**inherited, **OWN}
    selected = {_tag(element), *(f".{name}" for name in element.get("class", "").split()), f"#{element.get('id')}"}
    matching = [sets for selector, sets in document.rules if selector in selected]
    for source in (element.attrib, *matching, _declared(element.get("style", ""))):
        known |= {name: value.strip() for name, value in source.items() if name in known and value.strip() != "inherit"}
    return known


def _rules(root: Element) -> list[tuple[str, Style]]:
    """Return the rules of the style sheets in a drawing: those for tags first, those for single elements last."""
    sheets = [element.text or "" for element in root.iter() if _tag(element) == "style"]
    found = [
        (selector.strip(), _declared(body))
        for sheet in sheets
        for selectors, body in RULE.findall(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL))
        for selector in selectors.split(",")
    ]
    return sorted(found, key=lambda rule: (rule[0][:1] == "#", rule[0][:1] == "."))


def _declared(text: str) -> Style:
    pairs = (declaration.partition(":") for declaration in text.replace("!important", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _inherited(style: Style) -> Style:
    return {name: style[name] for name in INHERITED}


def _paint(style: Style, what: str) -> str:
    color = "".join(style[what].lower().split())
    if color in NOTHING or _is_zero(style[f"{what}-opacity"]):
        return ""
    return "white" if color in WHITE else "ink"


def _is_zero(opacity: str) -> bool:
    return length(opacity, 1.0, 1.0) <= 0


def _numbers(text: str) -> list[float]:
    return [float(number) for number in NUMBER.findall(text)]


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
