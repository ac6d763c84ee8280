"""Transforms as attributes and style sheets write them, and boxes fitted into others."""

from collections.abc import Sequence
from typing import NamedTuple

from revanim.scene.placing import turn
from revanim.scene.svg.numbers import length, numbers_of

ANGLES = {"deg": 1.0, "grad": 0.9, "rad": 57.29577951308232, "turn": 360.0}
LARGEST_ANGLE = 1e9  # in degrees: beyond, nobody means one
ALIGNS = {"min": 0.0, "mid": 0.5, "max": 1.0}
SIDES = {"left": "0%", "top": "0%", "center": "50%", "right": "100%", "bottom": "100%"}
Size = tuple[float, float]


class Affine(NamedTuple):
    """The transform from x, y to a x + c y + e, b x + d y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def of(self, inner: "Affine") -> "Affine":
        """Return this one with another inside it."""
        a, b, c, d, e, f = self
        u, v, w, x, y, z = inner
        return Affine(a * u + c * v, b * u + d * v, a * w + c * x, b * w + d * x, a * y + c * z + e, b * y + d * z + f)

    def moved(self, x: float, y: float) -> "Affine":
        """Return this one with a shift inside it."""
        return self.of(Affine(e=x, f=y))

    def scaled(self, x: float, y: float) -> "Affine":
        """Return this one with a change of size inside it."""
        return self.of(Affine(x, 0.0, 0.0, y))

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place is brought."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f


IDENTITY = Affine()


def transformed(transform: Affine, text: str, size: Size) -> Affine:
    """Return a transform with those of a text inside it; from one that is broken on, none counts.

    Percentages are of `size`. The text is cut at its brackets, once and for all.
    """
    for call in text.split(")")[:-1] if text and text != "none" else ():
        name, _, inside = call.partition("(")
        step = _step(name.strip(" \t\r\n\f,").lower(), inside, size)
        if step is None:
            break
        transform = transform.of(step)
    return transform


def _step(name: str, inside: str, size: Size) -> Affine | None:
    """Return one step, or None where there is no such thing."""
    words = inside.replace(",", " ").split()
    if name.startswith(("rotate", "skew")):
        return _angled(name, words)
    if name.startswith("translate"):
        sides = size if name != "translatey" else size[::-1]
        ways = [length(word, 0.0, side) for word, side in zip(words, sides, strict=False)]
        match name, ways:
            case "translate" | "translate3d", [x, *rest]:
                return Affine(e=x, f=rest[0] if rest else 0.0)
            case "translatex", [x]:
                return Affine(e=x)
            case "translatey", [y]:
                return Affine(f=y)
        return None
    numbers = [number / 100 if word.endswith("%") else number for word in words for number in numbers_of(word)]
    match name, numbers:
        case "matrix", [_, _, _, _, _, _]:
            return Affine(*numbers)
        case "scale" | "scale3d", [x, *rest]:
            return Affine(a=x, d=rest[0] if rest else x)
        case "scalex", [x]:
            return Affine(a=x)
        case "scaley", [y]:
            return Affine(d=y)
    return None


def _angled(name: str, words: Sequence[str]) -> Affine | None:
    angles = [angle(word) for word in words]
    match name, angles:
        case "rotate" | "rotatez", [degrees]:
            return rotated(*turn(degrees))
        case "rotate", [degrees, x, y]:
            return about(IDENTITY, rotated(*turn(degrees)), (x, y))
        case "skewx", [degrees]:
            return Affine(c=tangent(degrees))
        case "skewy", [degrees]:
            return Affine(b=tangent(degrees))
        case "skew", [x, *rest]:
            return Affine(b=tangent(rest[0]) if rest else 0.0, c=tangent(x))
    return None


def angle(text: str) -> float:
    """Return an angle in degrees, 0 where it is none or larger than anybody means."""
    number = (numbers_of(text) or [0.0])[0]
    unit = text.lstrip("+-.0123456789").lower()
    degrees = number * ANGLES.get(unit, 1.0)
    return degrees if abs(degrees) < LARGEST_ANGLE else 0.0


def rotated(cosine: float, sine: float) -> Affine:
    """Return a turn."""
    return Affine(cosine, sine, -sine, cosine)


def tangent(degrees: float) -> float:
    """Return the slope of an angle."""
    cosine, sine = turn(degrees)
    return sine / cosine if cosine else 0.0


def about(transform: Affine, step: Affine, origin: Sequence[float]) -> Affine:
    """Return a transform with another inside it, which leaves the origin where it is."""
    x, y = origin
    return transform.moved(x, y).of(step).moved(-x, -y)


def origin(text: str, low: Sequence[float], size: Size) -> tuple[float, float]:
    """Return the place that a transform origin names in a box."""
    words = [SIDES.get(word, word) for word in text.lower().split()[:2]]
    if text.lower().split()[:1] in (["top"], ["bottom"]):  # then the height comes first
        words = [*words[1:], "50%"][:1] + words[:1]
    x, y = [*words, "50%"][:2]
    return low[0] + length(x, 0.0, size[0]), low[1] + length(y, 0.0, size[1])


def fitted(transform: Affine, box: Sequence[float], size: Size, ratio: str) -> Affine:
    """Return the transform inside a window of a size, into which a box is fitted as preserveAspectRatio asks."""
    x, y, width, height = box
    words = ratio.split()
    align = next((word.lower() for word in words if word.startswith(("x", "none"))), "xmidymid")
    across, down = size[0] / width, size[1] / height
    if align != "none":
        across = down = max(across, down) if "slice" in words else min(across, down)
    part_x, part_y = ALIGNS.get(align[1:4], 0.5), ALIGNS.get(align[5:8], 0.5)
    if align == "none":
        part_x = part_y = 0.0
    left, top = (size[0] - across * width) * part_x, (size[1] - down * height) * part_y
    return transform.of(Affine(across, 0.0, 0.0, down, left - across * x, top - down * y))
