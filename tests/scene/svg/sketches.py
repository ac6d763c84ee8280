"""Drawings by chance, of what resvg and we both read in the same way."""

from dataclasses import dataclass, field
from random import Random

STYLES = "<style>.a{fill:none;stroke:#000} g>.b,rect.b{display:none} svg .c{fill:#333!important}</style>"
MARKERS = (
    '<marker id="m0" markerWidth="4" markerHeight="3" refX="1" refY="1.5" orient="auto"><path d="M0 0L4 1.5L0 3z"/>'
    '</marker><marker id="m1" viewBox="0 0 10 10" markerUnits="userSpaceOnUse" markerWidth="12" markerHeight="9" '
    'refX="5" refY="5" orient="30"><circle cx="5" cy="5" r="6"/></marker>'
)
COMMANDS = {"l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "z": 0, "a": 7}
COLORS = (
    "none",
    "black",
    "red",
    "#fff",
    "white",
    "rgba(0,0,0,0)",
    "currentColor",
    "rgb(10%,20%,30%)",
    "hsl(120,50%,50%)",
)
ALIGNS = "none", "xMinYMax", "xMidYMid slice", "xMaxYMin meet"


@dataclass
class Hand:
    """Who draws, and what is referred to."""

    chance: Random
    defined: list[str] = field(default_factory=list)

    def number(self, low: float = 0.0, high: float = 100.0) -> str:
        return f"{self.chance.uniform(low, high):.2f}"

    def numbers(self, many: int, low: float = 0.0, high: float = 100.0) -> str:
        return " ".join(self.number(low, high) for _ in range(many))

    def often(self, part: float, text: str) -> str:
        return text if self.chance.random() < part else ""

    def define(self, element: str, attributes: str, inside: str) -> str:
        name = f"d{len(self.defined)}"
        self.defined.append(f'<{element} id="{name}" {attributes}>{inside}</{element}>')
        return name


def sketch(chance: Random) -> str:
    """Return what is inside a page of 100 by 100."""
    hand = Hand(chance)
    inside = "".join(element(hand) for _ in range(chance.randint(2, 5)))
    return f"{STYLES}<defs>{MARKERS}{''.join(hand.defined)}</defs>{inside}"


def path(hand: Hand) -> str:
    data = f"M{hand.numbers(2)}"
    for _ in range(hand.chance.randint(1, 6)):
        command, is_near = hand.chance.choice([*COMMANDS]), hand.chance.random() < 0.5
        span = (-40, 40) if is_near else (0, 100)
        if command == "a":
            flags = f"{hand.chance.randint(0, 1)} {hand.chance.randint(0, 1)}"
            given = f"{hand.numbers(2, 1, 40)} {hand.number(0, 360)} {flags} {hand.numbers(2, *span)}"
        else:
            given = hand.numbers(COMMANDS[command], *span)
        data += (command if is_near else command.upper()) + given
    return f'<path d="{data}"'


def figure(hand: Hand) -> str:
    corners = hand.numbers(2 * hand.chance.randint(3, 6))
    x, y = hand.number(), hand.number()
    return hand.chance.choice(
        [
            path(hand),
            f'<rect x="{x}" y="{y}" width="{hand.number(5, 60)}" height="{hand.number(5, 60)}"',
            f'<circle cx="{x}" cy="{y}" r="{hand.number(3, 30)}"',
            f'<ellipse cx="{x}" cy="{y}" rx="{hand.number(3, 40)}" ry="{hand.number(3, 30)}"',
            f'<line x1="{x}" y1="{y}" x2="{hand.number()}" y2="{hand.number()}"',
            f'<polyline points="{corners}"',
            f'<polygon points="{corners}"',
        ]
    )


def transform(hand: Hand) -> str:
    return hand.chance.choice(
        [
            f"translate({hand.number(-30, 30)},{hand.number(-30, 30)})",
            f"rotate({hand.number(-180, 180)} 50 50)",
            f"scale({hand.numbers(2, 0.4, 1.6)})",
            f"skewX({hand.number(-40, 40)})",
            f"matrix({hand.number(0.5, 1)} {hand.numbers(2, -0.5, 0.5)} {hand.number(-1, -0.5)} 20 60)",
            f"rotate({hand.number(-90, 90)}) translate({hand.number(-20, 20)})",
        ]
    )


def style(hand: Hand) -> str:
    choose = hand.chance.choice
    stroke = (
        f' stroke="{choose(["black", "blue", "#fff", "#123"])}" stroke-width="{hand.number(1, 12)}"'
        f' stroke-linecap="{choose(["butt", "round", "square"])}"'
        f' stroke-linejoin="{choose(["miter", "round", "bevel"])}"'
    )
    dashes = f' stroke-dasharray="{hand.numbers(2, 2, 20)}" stroke-dashoffset="{hand.number(-30, 30)}"'
    return (
        hand.often(0.6, f' fill="{choose(COLORS)}"')
        + hand.often(0.5, stroke)
        + hand.often(0.2, dashes)
        + hand.often(0.2, ' fill-rule="evenodd"')
        + hand.often(0.2, f' style="opacity:{hand.number(0.2, 1)};stroke-miterlimit:{hand.number(1, 8)}"')
        + hand.often(0.3, f' transform="{transform(hand)}"')
        + hand.often(0.15, f' class="{choose("abc")}"')
        + hand.often(0.1, ' paint-order="stroke"')
    )


def through(hand: Hand) -> str:
    """Return by what an element is cut off."""
    kind = hand.chance.random()
    if kind < 0.15:
        inside = f'{figure(hand)} transform="{transform(hand)}"/>{figure(hand)} clip-rule="evenodd"/>'
        return f' clip-path="url(#{hand.define("clipPath", "", inside)})"'
    if kind < 0.25:
        inside = f'{figure(hand)} fill="white"/>{figure(hand)} fill="black"/>'
        size = f'maskUnits="userSpaceOnUse" x="0" y="0" width="{hand.number(50, 100)}" height="100"'
        return f' mask="url(#{hand.define("mask", size, inside)})"'
    return ""


def element(hand: Hand, depth: int = 0) -> str:
    kind = hand.chance.random()
    if depth < 3 and kind < 0.3:
        below = "".join(element(hand, depth + 1) for _ in range(hand.chance.randint(1, 3)))
        return f"<g{style(hand)}{through(hand)}>{below}</g>"
    if depth < 3 and kind < 0.4:
        below = "".join(element(hand, depth + 1) for _ in range(2))
        box = f"{hand.numbers(2, -20, 20)} {hand.numbers(2, 50, 120)}"
        size = f'x="{hand.number()}" y="{hand.number()}" width="{hand.number(20, 60)}" height="{hand.number(20, 60)}"'
        rest = (
            f'preserveAspectRatio="{hand.chance.choice(ALIGNS)}" overflow="{hand.chance.choice(["hidden", "visible"])}"'
        )
        return f'<svg {size} viewBox="{box}" {rest}>{below}</svg>'
    if kind < 0.5:
        name = hand.define("symbol", f'viewBox="0 0 {hand.numbers(2, 50, 120)}"', f"{figure(hand)}{style(hand)}/>")
        size = hand.often(0.6, f'width="{hand.number(20, 80)}" height="{hand.number(20, 80)}"')
        return f'<use href="#{name}" x="{hand.number(-20, 50)}" y="{hand.number(-20, 50)}" {size}{style(hand)}/>'
    if kind < 0.6:
        name = hand.define("g", "", f"{figure(hand)}{style(hand)}/>")
        return (
            f'<use href="#{name}" x="{hand.number(-20, 50)}" y="{hand.number(-20, 50)}"{style(hand)}{through(hand)}/>'
        )
    if kind < 0.65:
        end = hand.chance.choice(["start", "mid", "end"])
        return f'{path(hand)} marker-{end}="url(#m{hand.chance.randint(0, 1)})"{style(hand)}/>'
    return f"{figure(hand)}{style(hand)}{through(hand)}/>"
