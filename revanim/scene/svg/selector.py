"""Selectors of style sheets: which elements a rule is for."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

Specificity = tuple[int, int, int]
TESTS: dict[str, Callable[[str, str], bool]] = {
    "=": lambda held, wanted: held == wanted,
    "~=": lambda held, wanted: wanted in held.split(),
    "|=": lambda held, wanted: held == wanted or held.startswith(f"{wanted}-"),
    "^=": lambda held, wanted: bool(wanted) and held.startswith(wanted),
    "$=": lambda held, wanted: bool(wanted) and held.endswith(wanted),
    "*=": lambda held, wanted: bool(wanted) and wanted in held,
}


@dataclass(eq=False)
class Node:
    """An element, and where it stands."""

    element: Element
    tag: str
    parent: "Node | None"
    previous: "Node | None"
    is_last: bool

    @cached_property
    def classes(self) -> frozenset[str]:
        """The names of its classes."""
        return frozenset(self.element.get("class", "").split())


Test = Callable[[Node], bool]


@dataclass(frozen=True, eq=False)
class Compound:
    """What one element must be."""

    tag: str = "*"
    id: str = ""
    classes: frozenset[str] = frozenset()
    tests: tuple[Test, ...] = ()
    specificity: Specificity = (0, 0, 0)

    def fits(self, node: Node) -> bool:
        """Tell whether an element is so."""
        return (
            self.tag in ("*", node.tag)
            and (not self.id or node.element.get("id") == self.id)
            and self.classes <= node.classes
            and all(test(node) for test in self.tests)
        )


@dataclass(frozen=True, eq=False)
class Selector:
    """What the last of some elements must be, and then those before it, each reached by a sign."""

    last: Compound
    before: tuple[tuple[str, Compound], ...] = field(default=())

    @property
    def specificity(self) -> Specificity:
        """How much it counts against others."""
        parts = [self.last, *(compound for _, compound in self.before)]
        a, b, c = (sum(part.specificity[level] for part in parts) for level in range(3))
        return a, b, c

    def fits(self, node: Node, count: Callable[[int], None]) -> bool:
        """Tell whether an element is selected; `count` hears how many elements were looked at.

        From sign to sign go all elements that fit so far, the nearest first: they never are more than there are.
        """
        reached = [node] if self.last.fits(node) else []
        for sign, compound in self.before:
            if not reached:
                break
            # All that are reached have the same ancestors as the nearest, or are among these.
            candidates = [found for one in (reached[:1] if sign == " " else reached) for found in WAYS[sign](one)]
            count(len(candidates))
            reached = [found for found in dict.fromkeys(candidates) if compound.fits(found)]
        return bool(reached)


def _ancestors(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _elder(node: Node) -> Iterator[Node]:
    while node.previous is not None:
        node = node.previous
        yield node


WAYS: dict[str, Callable[[Node], Iterator[Node]]] = {
    " ": _ancestors,
    ">": lambda node: iter([node.parent] if node.parent else []),
    "+": lambda node: iter([node.previous] if node.previous else []),
    "~": _elder,
}


def selectors(tokens: Sequence[Any]) -> list[Selector]:
    """Return the selectors of a rule; those with something unknown are left out, as browsers do."""
    lists: list[list[Any]] = [[]]
    for token in tokens:
        if token == ",":
            lists.append([])
        else:
            lists[-1].append(token)
    return [selector for part in lists if (selector := _selector(part)) is not None]


def _selector(tokens: Sequence[Any]) -> Selector | None:
    """Return one selector, or None."""
    parts: list[tuple[str, list[Any]]] = [("", [])]
    sign = ""
    for token in tokens:
        if token.type == "whitespace":
            sign = sign or " "
        elif token.type == "literal" and token.value in WAYS:
            if sign.strip():
                return None
            sign = token.value
        elif token.type != "comment":
            if sign and parts[-1][1]:
                parts.append((sign, []))
            elif sign.strip():
                return None
            sign = ""
            parts[-1][1].append(token)
    compounds = [_compound(run) for _, run in parts]
    found = [compound for compound in compounds if compound is not None]
    if sign.strip() or len(found) < len(parts):
        return None
    signs = [sign for sign, _ in parts[1:]]
    return Selector(found[-1], tuple(zip(signs[::-1], found[-2::-1], strict=True)))


def _compound(tokens: Sequence[Any]) -> Compound | None:
    """Return what an element must be, or None where it cannot be told."""
    tag, own, classes, tests = "*", "", set[str](), list[Test]()
    a = b = c = 0
    waiting = deque(tokens)
    if not waiting:
        return None
    while waiting:
        token = waiting.popleft()
        if token.type == "ident":
            tag, c = token.value, c + 1
        elif token.type == "hash":
            own, a = token.value, a + 1
        elif token == "*":
            pass
        elif token == "." and waiting and waiting[0].type == "ident":
            classes.add(waiting.popleft().value)
            b += 1
        elif token == "|" and waiting:  # of any name space: all of a drawing are one
            tag = "*"
        elif token.type == "[] block" and (test := _attribute(token.content)):
            tests.append(test)
            b += 1
        elif token == ":" and waiting and (found := _pseudo(waiting.popleft())):
            test, more = found
            tests.append(test)
            a, b, c = a + more[0], b + more[1], c + more[2]
        else:
            return None
    return Compound(tag, own, frozenset(classes), tuple(tests), (a, b, c))


def _attribute(tokens: Sequence[Any]) -> Test | None:
    """Return the test of `[name]` or `[name=value]`."""
    words = [token for token in tokens if token.type != "whitespace"]
    if not words or words[0].type != "ident":
        return None
    name, signs = words[0].value, "".join(token.value for token in words[1:] if token.type == "literal")
    if len(words) == 1:
        return lambda node: name in node.element.attrib
    if signs not in TESTS or words[-1].type not in ("ident", "string"):
        return None
    wanted, test = words[-1].value, TESTS[signs]
    return lambda node: name in node.element.attrib and test(node.element.attrib[name], wanted)


def _pseudo(token: Any) -> tuple[Test, Specificity] | None:
    """Return the test of what stands behind a colon, and how much it counts."""
    if token.type == "ident" and token.lower_value in SIMPLE:
        return SIMPLE[token.lower_value], (0, 1, 0)
    if token.type == "function" and token.lower_name in ("not", "is", "where"):
        inside = selectors(token.arguments)
        if not inside or any(selector.before for selector in inside):
            return None
        compounds, wanted = [selector.last for selector in inside], token.lower_name != "not"
        counts = max(compound.specificity for compound in compounds)
        return (
            lambda node: any(compound.fits(node) for compound in compounds) == wanted,
            counts if token.lower_name != "where" else (0, 0, 0),
        )
    return None


SIMPLE: dict[str, Test] = {
    "root": lambda node: node.parent is None,
    "first-child": lambda node: node.previous is None,
    "last-child": lambda node: node.is_last,
    "only-child": lambda node: node.previous is None and node.is_last,
    "link": lambda node: node.tag == "a",
}
