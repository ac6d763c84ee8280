"""Frames, frame rates and speeds as a person types them."""

import re

from revanim.engine.playhead import FARTHEST_FRAME
from revanim.error import RevanimError
from revanim.session.clock import nominal
from revanim.window.kit.fields.arithmetic import WRONG, arithmetic

MEASURED = re.compile(r"(\d+[.,]?\d*|[.,]\d+)\s*([sf])\b")
TIMECODE = re.compile(r"[+-]?\d+([:;]\d+){1,3}")
SLOWEST, FASTEST = 0.1, 10.0  # times real time


def typed_frame(text: str, here: int, fps: float, unit: str = "frames") -> int:
    """Return the frame meant by `120`, `+24`, `-10` (from here), `=-10`, `2*24 + 1`, `1.5s` or `00:00:04:00`.

    Where the unit is seconds a bare number is seconds, and `120f` is frames.
    """
    text = text.strip().replace("−", "-")
    relative = text.startswith(("+", "-"))
    try:
        number = _timecode(text, fps) if TIMECODE.fullmatch(text) else _sum(text.removeprefix("="), fps, unit)
        frame = round(number) + (here if relative else 0)
    except WRONG as error:
        raise RevanimError(
            "{text!r} is not a frame; type a number, or +24, -10, 2*24+1, 1.5s, 00:00:04:00.", text=text
        ) from error
    if abs(frame) > FARTHEST_FRAME:
        raise RevanimError(
            "Frame {frame} is too far; frames lie between {first} and {last}.",
            frame=frame,
            first=-FARTHEST_FRAME,
            last=FARTHEST_FRAME,
        )
    return frame


def _timecode(text: str, fps: float) -> float:
    *seconds, frames = re.split("[:;]", text.lstrip("+-"))
    whole = 0
    for figure in seconds:
        whole = 60 * whole + int(figure)
    return (-1 if text.startswith("-") else 1) * (whole * nominal(fps) + int(frames))


def _sum(text: str, fps: float, unit: str) -> float:
    measured = MEASURED.sub(lambda found: f"({found[1]}*{fps!r})" if found[2] == "s" else f"({found[1]})", text)
    return arithmetic(measured) * (fps if unit == "seconds" and measured == text else 1)


def typed_rate(text: str) -> float:
    """Return the frames a second meant by `24`, `24 fps` or `24000/1001`."""
    try:
        return arithmetic(text.lower().removesuffix("fps"))
    except WRONG as error:
        raise RevanimError("{text!r} is not a frame rate; type a number like 24 or 24000/1001.", text=text) from error


def typed_speed(text: str) -> float:
    """Return how many times real time is meant by `2`, `0.5×`, `2x` or `1/4`."""
    try:
        speed = arithmetic(text.lower().strip().rstrip("x×"))
    except WRONG as error:
        raise RevanimError("{text!r} is not a speed; type a number like 0.5 or 2.", text=text) from error
    if not SLOWEST <= speed <= FASTEST:
        raise RevanimError(
            "{speed:g} times real time cannot be; allowed are {slowest:g} to {fastest:g}.",
            speed=speed,
            slowest=SLOWEST,
            fastest=FASTEST,
        )
    return speed
