"""What the attributes and style sheets of a drawing say of each element, and which of them wins."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

from revanim.scene.svg.selector import Node, Selector, Specificity, selectors

Style = Mapping[str, str]

INHERITED = {
    "fill": "black", "fill-opacity": "1", "fill-rule": "nonzero", "clip-rule": "nonzero", "color": "black",
    "stroke": "none", "stroke-opacity": "1", "stroke-width": "1", "stroke-linecap": "butt",
    "stroke-linejoin": "miter", "stroke-miterlimit": "4", "stroke-dasharray": "none", "stroke-dashoffset": "0",
    "marker-start": "none", "marker-mid": "none", "marker-end": "none", "paint-order": "normal",
    "visibility": "visible",
}  # fmt: skip
OWN = {
    "display": "inline", "opacity": "1", "clip-path": "none", "mask": "none", "filter": "none", "overflow": "",
    "transform": "", "transform-origin": "", "transform-box": "view-box", "vector-effect": "none",
    "stop-color": "black", "stop-opacity": "1", "mask-type": "luminance",
}  # fmt: skip
INITIAL = {**INHERITED, **OWN}
# What says where an element is; a style sheet may say it, too.
PLACES = {"x", "y", "width", "height", "cx", "cy", "r", "rx", "ry"}
MARKERS = "marker-start", "marker-mid", "marker-end"
HARD = frozenset("\"'\\(/{@")  # signs with which a declaration is more than names and values
MOST_SIGNS = 400_000  # that are neither letters nor digits, in all style sheets together
DEEPEST, LONGEST = 8, 1000  # values that stand for values, and letters of one

Declarations = tuple[tuple[str, str, bool], ...]  # name, value, and whether it is important


@dataclass(frozen=True, eq=False)
class Rule:
    """What a selector sets, and how much it counts."""

    rank: tuple[Specificity, int]
    selector: Selector
    sets: Declarations


@dataclass(frozen=True, eq=False)
class Sheet:
    """The rules of a drawing, by what the element itself must be called."""

    rules: Mapping[str, Sequence[Rule]]

    def of(self, node: Node, count: Callable[[int], None]) -> list[Rule]:
        """Return the rules that select an element, the strongest last."""
        names = ["*", node.tag, f"#{node.element.get('id')}", *(f".{name}" for name in node.classes)]
        candidates = [rule for name in names for rule in self.rules.get(name, ())]
        count(len(candidates))
        return sorted((rule for rule in candidates if rule.selector.fits(node, count)), key=lambda rule: rule.rank)


def sheet_of(texts: Iterable[str]) -> Sheet:
    """Return the rules of style sheets; those for a medium, and what cannot be read, are passed over."""
    from tinycss2 import parse_stylesheet  # only who reads a drawing pays for it

    rules, order = defaultdict[str, list[Rule]](list), 0
    for text in texts:
        for part in parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
            if part.type != "qualified-rule":
                continue
            sets = tuple(_declared(part.content))
            for selector in selectors(part.prelude):
                order += 1
                rules[_name(selector)].append(Rule((selector.specificity, order), selector, sets))
    return Sheet(rules)


def _name(selector: Selector) -> str:
    """Return under which name of an element a selector is looked for."""
    last = selector.last
    if last.id:
        return f"#{last.id}"
    return f".{min(last.classes)}" if last.classes else last.tag


@lru_cache(maxsize=4096)
def declarations(text: str) -> Declarations:
    """Return what a style attribute sets."""
    if not HARD.intersection(text):
        pairs = (part.partition(":") for part in text.split(";"))
        return tuple(_declaration(name, value) for name, _, value in pairs)
    from tinycss2 import parse_blocks_contents  # only who meets such a thing pays for it

    return tuple(_declared(parse_blocks_contents(text, skip_comments=True, skip_whitespace=True)))


def _declaration(name: str, value: str) -> tuple[str, str, bool]:
    plain, _, word = value.rpartition("!") if "!" in value else (value, "", "")
    return name.strip().lower(), plain.strip(), word.strip().lower() == "important"


def _declared(parts: Iterable[Any]) -> Iterator[tuple[str, str, bool]]:
    from tinycss2 import parse_blocks_contents, serialize

    listed = list(parts)
    if listed and listed[0].type not in ("declaration", "error", "at-rule", "qualified-rule"):
        listed = parse_blocks_contents(listed, skip_comments=True, skip_whitespace=True)
    for part in listed:
        if part.type == "declaration":
            try:
                name = part.name if part.name.startswith("--") else part.lower_name
                yield name, serialize(part.value).strip(), part.important
            except RecursionError:  # brackets in brackets without end
                continue


def own(element: Element, rules: Sequence[Rule]) -> dict[str, str]:
    """Return what an element itself sets: by attributes, then by rules, then by its style, then what is important."""
    inline = declarations(element.get("style", ""))
    sets = [entry for rule in rules for entry in rule.sets]
    found = {name: value.strip() for name, value in element.attrib.items() if name in INITIAL}
    for is_important in (False, True):
        for source in (sets, inline):
            found |= {name: value for name, value, important in source if important == is_important}
    if "marker" in found:
        found = {**dict.fromkeys(MARKERS, found["marker"]), **found}
    return found


def computed(sets: Style, parent: Style, inherited: Style) -> dict[str, str]:
    """Return all properties of an element below a parent, of which it has what is inherited."""
    style = {**inherited, **OWN}
    for name, value in sets.items():
        word = value.lower()
        if word == "inherit":
            style[name] = parent.get(name, "")
        elif word == "initial":
            style[name] = INITIAL.get(name, "")
        elif value and word not in ("unset", "revert"):
            style[name] = _resolved(value, {**style, **sets}) if "var(" in value else value
    return style


def inherited(style: Style) -> dict[str, str]:
    """Return what goes on to the elements below."""
    return {name: value for name, value in style.items() if name in INHERITED or name.startswith("--")}


def _resolved(value: str, style: Style) -> str:
    """Return a value with the values in place of their names."""
    for _ in range(DEEPEST):
        before, found, rest = value.partition("var(")
        if not found or len(value) > LONGEST:
            break
        inside, _, after = _to_the_bracket(rest)
        name, _, otherwise = inside.partition(",")
        value = before + style.get(name.strip(), otherwise.strip()) + after
    return value


def _to_the_bracket(text: str) -> tuple[str, str, str]:
    """Return what stands before the bracket that closes, the bracket, and what stands behind it."""
    depth = 1
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if not depth:
            return text[:at], ")", text[at + 1 :]
    return text, "", ""
