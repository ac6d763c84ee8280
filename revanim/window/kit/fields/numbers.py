"""What typed numbers mean: each takes a text, and returns its value or refuses it in one sentence."""

import re
from math import isfinite

from revanim.error import RevanimError
from revanim.sentence import Sentence
from revanim.window.kit.fields.arithmetic import WRONG, arithmetic

SPAN = re.compile(r"\s*(-?\d+)\s*(?:to|-|,|\.\.|\s)\s*(-?\d+)\s*")


def number(text: str) -> float:
    """Return any number; it may be typed as a sum or a product."""
    try:
        value = arithmetic(text)
    except WRONG as error:
        raise RevanimError("{text!r} is not a number.", text=text) from error
    if not isfinite(value):
        raise RevanimError("{text!r} leads to no finite number.", text=text)
    return value


def positive(text: str) -> float:
    """Return a number above 0."""
    value = number(text)
    if not value > 0:
        raise RevanimError("{text} is not a number above 0.", text=text)
    return value


def from_zero(text: str) -> float:
    """Return a number from 0 up."""
    value = number(text)
    if not value >= 0:
        raise RevanimError("{text} is not a number from 0 up.", text=text)
    return value


def percent(text: str) -> float:
    """Return the share of a whole that is named in percent, from 0 to 90."""
    value = from_zero(text)
    if value > 90:
        raise RevanimError("{text} percent are too many; allowed are 0 to 90.", text=text)
    return value / 100


def frames(text: str) -> int:
    """Return a whole number from 0 up."""
    return as_whole(from_zero(text))


def frame(text: str) -> int | None:
    """Return a frame, or None where nothing is typed."""
    return as_whole(number(text)) if text.strip() else None


def counted(most: int, what: Sentence, text: str) -> int:
    """Return a whole number from 1 to `most`."""
    value = positive(text)
    if value != int(value) or value > most:
        raise RevanimError("{text} {what} cannot be; allowed are 1 to {most}.", text=text, what=what, most=most)
    return int(value)


def span(text: str) -> tuple[int, int] | None:
    """Return the first and last frame of `40 to 60`, or None where nothing is typed."""
    if not text.strip():
        return None
    typed = SPAN.fullmatch(text)
    if typed is None:
        raise RevanimError("{text!r} is no span of frames; type two frames such as 40 to 60, or nothing.", text=text)
    return int(typed[1]), int(typed[2])


def vector(text: str) -> tuple[float, float, float] | None:
    """Return x, y and z of `1, 0, 0`, or None where nothing is typed."""
    if not text.strip():
        return None
    parts = re.split(";" if ";" in text else ",", text) if re.search(r"[,;]", text) else text.split()
    if len(parts) == 1 and number(text) == 0:
        return 0.0, 0.0, 0.0  # at rest
    if len(parts) != 3:
        raise RevanimError("{text!r} is no vector; type three numbers such as 1, 0, 0, or nothing.", text=text)
    x, y, z = map(number, parts)
    return x, y, z


def limit(text: str) -> float | None:
    """Return a number, or None where nothing is typed."""
    return number(text) if text.strip() else None


def named(text: str) -> str:
    """Return a text that is not blank."""
    if not text.strip():
        raise RevanimError("Type at least one letter.")
    return text.strip()


def as_whole(value: float) -> int:
    """Return a whole number, or refuse what is none."""
    if value != int(value):
        raise RevanimError("{value:g} is not a whole number.", value=value)
    return int(value)
