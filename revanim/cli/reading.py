"""How the values of options are read; one that cannot be is answered with what is asked for."""

from argparse import ArgumentTypeError
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

T = TypeVar("T")
LARGEST = 16384  # pixels


def reads(wanted: str) -> Callable[[Callable[[str], T]], Callable[[str], T]]:
    """Return a decorator of a function that reads a text and raises ValueError; it says then what was `wanted`."""

    def told(read: Callable[[str], T]) -> Callable[[str], T]:
        @wraps(read)
        def reading(text: str) -> T:
            try:
                return read(text)
            except (ValueError, OverflowError):
                raise ArgumentTypeError(f"{text!r} is not {wanted}.") from None

        return reading

    return told


@reads("a whole number")
def whole(text: str) -> int:
    """Read N."""
    return int(text)


@reads("a whole number from 1 on")
def positive(text: str) -> int:
    """Read N."""
    if int(text) < 1:
        raise ValueError
    return int(text)


@reads("a number")
def decimal(text: str) -> float:
    """Read a number, with a point or a comma."""
    return float(text.replace(",", "."))


@reads("numbers such as 0.5,1,2")
def numbers(text: str) -> list[float]:
    """Read N,N,N."""
    return [float(number) for number in text.split(",")]


@reads("three numbers such as 0,0.5,2")
def vector(text: str) -> list[float]:
    """Read X,Y,Z."""
    x, y, z = map(float, text.split(","))
    return [x, y, z]


@reads("two frames such as 1:240")
def span(text: str) -> tuple[int, int]:
    """Read A:B."""
    first, _, last = text.partition(":")
    return int(first), int(last)


@reads("a list of bodies such as 0,3,10:20")
def bodies(text: str) -> list[int]:
    """Read A,B:C."""
    spans = [part.partition(":") for part in text.split(",")]
    return [body for first, _, last in spans for body in range(int(first), int(last or first) + 1)]


@reads(f"a size in pixels such as 1280x720, at most {LARGEST} each way")
def size(text: str) -> tuple[int, int]:
    """Read WxH."""
    width, _, height = text.partition("x")
    if not (1 <= int(width) <= LARGEST and 1 <= int(height) <= LARGEST):
        raise ValueError
    return int(width), int(height)


def names(text: str) -> list[str]:
    """Read A,B."""
    return [name.strip() for name in text.split(",") if name.strip()]
