"""A drawing as it is read: its elements, what they are called, and how much of it was met."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element
from xml.parsers import expat

from revanim.error import RevanimError
from revanim.scene.passed import Passed
from revanim.scene.svg.color import Paint
from revanim.scene.svg.drawn import Drawn
from revanim.scene.svg.figures import FIGURES
from revanim.scene.svg.selector import Node
from revanim.scene.svg.style import INITIAL, MOST_SIGNS, Sheet, Style, computed, inherited, own, sheet_of

# Each of these many takes some seconds.
MOST_ELEMENTS, MOST_CORNERS, MOST_STEPS, MOST_TESTS = 30_000, 4_000_000, 800_000, 1_000_000
MOST_READ = 200_000  # elements of a file that are no figures, many of which draw nothing
LONGEST_ENTITY = 100  # letters: those that drawing programs declare are shorter
DEEPEST = 100  # groups in groups
OFTEN = 256  # elements between two looks at the way
Size = tuple[float, float]

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
ALNUM = dict.fromkeys(map(ord, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))


@dataclass(eq=False)
class Document:
    """The elements of a drawing by name, its rules, and what has been met on the way through it."""

    name: str  # of the file, under which faults are reported
    root: Element
    passed: Passed
    draw: Callable[..., None]  # an element of this document in a context, with its transform and all it is seen through
    contents: Callable[..., None]  # the same without them
    left: dict[str, None] = field(default_factory=dict)  # what is not read, in the order in which it was met
    drawn: dict[tuple[Element, Size], Drawn] = field(default_factory=dict)  # figures in their own units
    apart: dict[Element, Style] = field(default_factory=dict)  # styles of what is drawn elsewhere
    gradients: dict[Element, Paint | None] = field(default_factory=dict)  # their means
    elements: int = 0
    corners: int = 0
    steps: int = 0  # of paths, by how long they take
    tests: int = 0

    @cached_property
    def nodes(self) -> dict[Element, Node]:
        """Where each element stands."""
        found = {self.root: Node(self.root, tag(self.root), None, None, True)}
        for element in self.root.iter():
            parent, before = found[element], None
            for child in element:
                before = found[child] = Node(child, tag(child), parent, before, False)
            if before is not None:
                before.is_last = True
        return found

    @cached_property
    def named(self) -> Mapping[str, Element]:
        """The elements that have a name; of two with the same one, the first counts."""
        return {element.attrib["id"]: element for element in reversed([*self.root.iter()]) if "id" in element.attrib}

    @cached_property
    def sheet(self) -> Sheet:
        """The rules of all its style sheets."""
        texts = ["".join(element.itertext()) for element in self.root.iter() if tag(element) == "style"]
        if sum(len(text.translate(ALNUM)) for text in texts) > MOST_SIGNS:
            raise RevanimError("{name} has longer style sheets than are read.", name=self.name)
        return sheet_of(text.replace("<!--", " ").replace("-->", " ") for text in texts)

    def sets(self, element: Element) -> dict[str, str]:
        """Return what an element itself sets."""
        rules = self.sheet.of(self.nodes[element], self._count_tests) if self.sheet.rules else []
        return own(element, rules)

    def style_apart(self, element: Element) -> Style:
        """Return the style of an element that is drawn elsewhere, such as a marker: it comes from where it stands."""
        below, node = list[Element](), self.nodes[element]
        while node.element not in self.apart and node.parent is not None:
            below.append(node.element)
            node = node.parent
        if node.element not in self.apart:  # the root
            self.apart[node.element] = computed(self.sets(node.element), INITIAL, inherited(INITIAL))
        style = self.apart[node.element]
        for each in reversed(below):
            style = self.apart[each] = computed(self.sets(each), style, inherited(style))
        return style

    def target(self, reference: str | None, kind: str = "") -> Element | None:
        """Return the element that `#name` or `url(#name)` points to, if there is one of that kind."""
        found = (reference or "").strip()
        if found.startswith("url("):
            found = found[4:].partition(")")[0].strip(" \t\r\n\"'")
        element = self.named.get(found[1:]) if found.startswith("#") else None
        return element if element is not None and kind in ("", tag(element)) else None

    def count_element(self, depth: int) -> None:
        """Hear that an element is drawn; raises RevanimError where there are too many."""
        self.elements += 1
        if self.elements > MOST_ELEMENTS or depth > DEEPEST:
            raise RevanimError(
                "{name} is nested without end, or shows more than {most} elements.", name=self.name, most=MOST_ELEMENTS
            )
        if self.elements % OFTEN == 0:
            self.passed(0.0)

    def count_corners(self, many: int) -> None:
        """Hear that lines are drawn."""
        self.corners += many
        if self.corners > MOST_CORNERS:
            raise RevanimError("{name} has more than {most} corners; simplify it.", name=self.name, most=MOST_CORNERS)

    def count_steps(self, many: int) -> None:
        """Hear that so many steps of paths are drawn."""
        self.steps += many
        if self.steps > MOST_STEPS:
            raise RevanimError("{name} has longer paths than are read; simplify it.", name=self.name)

    def _count_tests(self, many: int) -> None:
        self.tests += many
        if self.tests > MOST_TESTS:
            raise RevanimError("{name} has style rules for more elements than are looked at.", name=self.name)


def tag(element: Element) -> str:
    """Return what an element is called, or nothing where it is not SVG's."""
    whole = str(element.tag)
    return whole.removeprefix(SVG) if whole.startswith(SVG) or not whole.startswith("{") else ""


def reference(element: Element) -> str:
    """Return what an element refers to."""
    return element.get("href") or element.get(XLINK) or ""


def parse(data: bytes, name: str) -> Element:
    """Return the tree of an XML file, unless it declares entities that could grow, or has too many elements."""
    many = {True: 0, False: 0}  # of figures, and of other elements

    def refuse_growth(entity: str, of_the_declaration: bool, value: str | None, *rest: Any) -> None:
        if of_the_declaration or value is None or len(value) > LONGEST_ENTITY or "&" in value or "%" in value:
            raise RevanimError(
                "{name} declares the entity {entity!r}, which could grow without end; it is not read.",
                name=name,
                entity=entity,
            )

    def count(kind: str, attributes: Any) -> None:
        is_figure = kind.rpartition(":")[2] in FIGURES
        many[is_figure] += 1
        most = MOST_ELEMENTS if is_figure else MOST_READ
        if many[is_figure] > most:
            raise RevanimError("{name} has more than {most} elements; simplify it.", name=name, most=most)

    guard = expat.ParserCreate()
    guard.EntityDeclHandler = refuse_growth
    guard.StartElementHandler = count
    try:
        guard.Parse(data, True)
        root = ElementTree.fromstring(data)
    except (expat.ExpatError, ElementTree.ParseError, ValueError, LookupError) as error:
        raise RevanimError("{name} is not SVG: {why}.", name=name, why=error) from None
    if tag(root) != "svg":
        kind = str(root.tag).rpartition("}")[2]
        raise RevanimError("{name} is XML, but no drawing: it begins with <{tag}>.", name=name, tag=kind)
    return root
