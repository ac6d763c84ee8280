"""Where a frame lies on the ruler, and where the ruler puts its ticks."""

from dataclasses import dataclass
from math import ceil, floor

CLOSEST = 80.0  # pixels a frame when zoomed in all the way
FARTHEST = 1e-4
DIVISIONS = (12, 10, 6, 5, 4, 3, 2)  # of the way between two labels, by ticks, as far as there is room
ROUND_SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)


@dataclass(frozen=True)
class Scale:
    """Time laid along x: frame `left` (a fraction) lies at pixel 0, and each frame takes `pixels`."""

    left: float
    pixels: float

    def x(self, frame: float) -> float:
        """Return the pixel of a frame."""
        return (frame - self.left) * self.pixels

    def time(self, x: float) -> float:
        """Return the frame at a pixel, as a fraction."""
        return self.left + x / self.pixels

    def frame(self, x: float) -> int:
        """Return the frame nearest to a pixel."""
        return round(self.time(x))


def fit(first: int, last: int, width: float, margin: float) -> Scale:
    """Show the frames from `first` to `last` with `margin` pixels left free at both ends."""
    pixels = max(width - 2 * margin, 1.0) / max(last - first, 1)
    return Scale(first - margin / pixels, pixels)


def zoom(scale: Scale, factor: float, x: float) -> Scale:
    """Enlarge by `factor`; the frame beneath pixel `x` stays where it is."""
    pixels = min(max(scale.pixels * factor, FARTHEST), CLOSEST)
    return Scale(scale.time(x) - x / pixels, pixels)


def pan(scale: Scale, x: float) -> Scale:
    """Move the ruler `x` pixels to the right."""
    return Scale(scale.left - x / scale.pixels, scale.pixels)


def tick_steps(pixels: float, room: float, second: int = 0) -> tuple[int, int]:
    """Return how many frames lie between labels and between ticks.

    Labels get at least `room` pixels, ticks at least a tenth of it; the first is a multiple of the second. With
    `second`, the frames of one, labels stand on whole seconds and minutes, or divide a second evenly.
    """
    label = time_step(room / pixels, second) if second else round_step(room / pixels)
    ticks = [label // by for by in DIVISIONS if label % by == 0 and label // by * pixels >= room / 10]
    return label, max(1, ticks[0] if ticks else label)


def time_step(least: float, second: int) -> int:
    """Return the smallest part of a second, or round number of seconds, that is not below `least` frames."""
    for frames in range(1, second + 1):
        if second % frames == 0 and frames >= least:
            return frames
    for seconds in ROUND_SECONDS:
        if seconds * second >= least:
            return seconds * second
    return round_step(least / (ROUND_SECONDS[-1] * second)) * ROUND_SECONDS[-1] * second


def round_step(least: float) -> int:
    """Return the smallest of 1, 2, 5, 10, 20, 50, ... that is not below `least`."""
    decade = 1
    while True:
        for step in (1, 2, 5):
            if step * decade >= least:
                return step * decade
        decade *= 10


def ticks(scale: Scale, width: float, step: int) -> range:
    """Return the multiples of `step` that lie on the ruler, one beyond either end included."""
    return range(floor(scale.left / step) * step, ceil(scale.time(width) / step) * step + 1, step)
