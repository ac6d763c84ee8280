"""What a typed frame means."""

import re

from revanim.app.arithmetic import WRONG, arithmetic
from revanim.engine.playhead import FARTHEST_FRAME
from revanim.error import RevanimError


def typed_frame(text: str, here: int, fps: float) -> int:
    """Return the frame meant by `120`, `+24`, `-10` (from here), `=-10`, `2*24 + 1` or `1.5s` (that many seconds)."""
    text = text.strip()
    relative = text.startswith(("+", "-"))
    try:
        number = arithmetic(re.sub(r"(\d+\.?\d*|\.\d+)\s*s\b", rf"(\1*{fps!r})", text.removeprefix("=")))
        frame = round(number) + (here if relative else 0)
    except WRONG as error:
        raise RevanimError(f"{text!r} is not a frame; type a number, or +24, -10, 2*24+1, 1.5s.") from error
    if abs(frame) > FARTHEST_FRAME:
        raise RevanimError(f"Frame {frame} is too far; frames lie between {-FARTHEST_FRAME} and {FARTHEST_FRAME}.")
    return frame


def typed_rate(text: str) -> float:
    """Return the frames a second meant by `24`, `24 fps` or `24000/1001`."""
    try:
        return arithmetic(text.lower().removesuffix("fps"))
    except WRONG as error:
        raise RevanimError(f"{text!r} is not a frame rate; type a number like 24 or 24000/1001.") from error
