"""How a frame is written: as its number, in seconds or as a timecode; frame 0 is second 0, as in tools around us."""

from math import floor, log10

from revanim.session.words import figures

UNITS = ("frames", "seconds", "timecode")


def nominal(fps: float) -> int:
    """Return how many frames a second of a timecode has."""
    return max(1, round(fps))


def written(frame: int, unit: str, fps: float) -> str:
    """Return a frame as a person reads it, and may type it again."""
    if unit == "seconds":
        return figures(f"{frame / fps:.{decimals(fps)}f} s")
    return timecode(frame, fps) if unit == "timecode" else str(frame)


def decimals(fps: float) -> int:
    """Return how many decimals of a second tell every frame from its neighbours."""
    return max(2, floor(log10(fps)) + 1)


def timecode(frame: int, fps: float) -> str:
    """Return hours, minutes, seconds and frames; no frame number is dropped."""
    rate = nominal(fps)
    seconds, frames = divmod(abs(frame), rate)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    width = max(2, len(str(rate - 1)))
    return f"{'-' if frame < 0 else ''}{hours:02}:{minutes:02}:{seconds:02}:{frames:0{width}}"


def tick_label(frame: int, unit: str, fps: float) -> str:
    """Return what the ruler writes over a tick."""
    if unit != "seconds":
        return written(frame, unit, fps)
    return figures(f"{frame / fps:.{decimals(fps)}f}".rstrip("0").rstrip(".") + " s")
