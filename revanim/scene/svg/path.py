"""Path data: its steps as lines and cubic curves, up to the first error, and all of it as straight pieces."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from math import sqrt

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.parameter import Floats
from revanim.scene.placing import turn
from revanim.scene.scene import Index
from revanim.scene.svg.numbers import BETWEEN, NUMBER, scan

COMMAND = re.compile(r"([MmZzLlHhVvCcSsQqTtAa])")
TAKES = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7}
# Seven numbers, of which nothing need part the two in the midst from what follows; each is as long as it can be.
WORD = rf"((?>{NUMBER.pattern}))"
ARC = re.compile(r"(?>[\s,]*)".join([WORD, WORD, WORD, "([01])", "([01])", WORD, WORD, ""]))
ARC_STEPS = 12  # lines that are drawn while one arc is
PIECES = 16  # of a curve
CUBIC = 6  # numbers of a curve
FAR = 1e100
Point = tuple[float, float]
Step = tuple[float, ...]  # x, y of a line, or x, y of both handles and of the end of a cubic curve


@dataclass(eq=False)
class Run:
    """One stroke of the pen: from where it begins, step by step."""

    start: Point
    steps: list[Step] = field(default_factory=list)
    inner: set[int] = field(default_factory=set)  # steps that end within an arc, where there is no corner of the path
    closed: bool = False


def parse(text: str, count: Callable[[int], None]) -> tuple[list[Run], bool]:
    """Return the runs of path data, and whether it is free of errors; what stands before an error counts.

    `count` hears of so many more steps before they are drawn, and may refuse them.
    """
    begin, *parts = COMMAND.split(text)
    hand = Hand()
    count(len(parts) // 2)
    if begin.strip():
        return [], False
    for command, given in zip(parts[::2], parts[1::2], strict=True):
        kind = command.lower()
        numbers, clean = _flagged(given) if kind == "a" else scan(given)
        takes = TAKES.get(kind, 0)
        many = len(numbers) // takes if takes else 0
        clean = clean and (many * takes == len(numbers) and many > 0 if takes else not numbers)
        if not hand.runs and kind != "m":
            return [], False
        count(many * (ARC_STEPS if kind == "a" else 1) - 1)
        if not takes:
            hand.close()
        for first in range(0, many * takes, takes or 1):
            hand.draw(kind, command.islower(), numbers[first : first + takes])
            kind = "l" if kind == "m" else kind
        if not clean:
            return hand.runs, False
    return hand.runs, True


def _flagged(text: str) -> tuple[list[float], bool]:
    """Return the numbers of arcs, the fourth and fifth of which are single letters that nothing need part."""
    numbers, at = list[float](), BETWEEN.match(text).end()  # type: ignore[union-attr]
    while arc := ARC.match(text, at):
        numbers.extend(map(float, arc.groups()))
        at = arc.end()
    return numbers, at == len(text)


class Hand:
    """Where the pen is, and what it has drawn."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.here: Point = (0.0, 0.0)
        self.handle: Point = (0.0, 0.0)  # of the last curve, which the next one may mirror
        self.last = ""

    def close(self) -> None:
        """Go back to where the run began; what follows begins another there."""
        run = self.runs[-1]
        if run.closed:
            self.runs.append(run := Run(run.start))
        run.closed = True
        self.here, self.last = run.start, "z"

    def draw(self, kind: str, relative: bool, numbers: Sequence[float]) -> None:
        """Draw one step of a kind."""
        x, y = self.here if relative else (0.0, 0.0)
        if kind == "m":
            self.here = (x + numbers[0], y + numbers[1])
            self.runs.append(Run(self.here))
        elif kind == "a":
            self._arc(numbers, (x + numbers[5], y + numbers[6]))
        elif kind in "hvl":
            across, along = {"h": (numbers[0], None), "v": (None, numbers[0])}.get(kind, numbers)
            self._add((self.here[0] if across is None else x + across, self.here[1] if along is None else y + along))
        else:
            places = [(x + a, y + b) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
            self._curve(kind, places)
        self.last = kind

    def _add(self, step: Step, inner: bool = False) -> None:
        if self.runs[-1].closed:
            self.runs.append(Run(self.here))
        run = self.runs[-1]
        if inner:
            run.inner.add(len(run.steps))
        run.steps.append(step)
        self.here = step[-2:]  # type: ignore[assignment]

    def _curve(self, kind: str, places: list[Point]) -> None:
        (x, y), (hx, hy) = self.here, self.handle
        if kind in "st":
            mirrors = self.last in ("cs" if kind == "s" else "qt")
            places = [(2 * x - hx, 2 * y - hy) if mirrors else (x, y), *places]
        self.handle = places[-2]
        if kind in "qt":
            (bx, by), (ex, ey) = places
            places = [(x + 2 / 3 * (bx - x), y + 2 / 3 * (by - y)), (ex + 2 / 3 * (bx - ex), ey + 2 / 3 * (by - ey))]
            places.append((ex, ey))
        self._add(tuple(number for place in places for number in place))

    def _arc(self, numbers: Sequence[float], end: Point) -> None:
        """Draw an arc of an ellipse as curves of at most a right angle each; one without a radius is a line."""
        rx, ry, degrees, large, sweep = numbers[:5]
        if end == self.here:
            return
        if not (rx and ry):
            self._add(end)
            return
        for number, step in enumerate(found := list(arc(self.here, (abs(rx), abs(ry)), degrees, large, sweep, end))):
            self._add(step, number < len(found) - 1)
        self.here = end


def arc(start: Point, radii: Point, degrees: float, large: float, sweep: float, end: Point) -> Iterator[Step]:
    """Yield cubic curves along an arc, by + - * / and roots alone, so that every machine finds the same.

    The ellipse is seen as the circle of radius 1, on which an arc is halved until no part exceeds a right angle.
    """
    cosine, sine = turn(degrees % 360)
    (rx, ry), (x, y) = radii, (end[0] - start[0], end[1] - start[1])
    a, b = (cosine * x + sine * y) / rx, (cosine * y - sine * x) / ry  # the chord on the circle
    chord = sqrt(a * a + b * b)
    if not 0 < chord < FAR:
        yield end
        return
    a, b, half = a / chord, b / chord, min(chord / 2, 1.0)
    rx, ry = rx * max(chord / 2, 1.0), ry * max(chord / 2, 1.0)  # radii that do not reach are made to
    away = sqrt(1 - half * half) * (1 if large != sweep else -1)
    first, last = (away * b - half * a, -half * b - away * a), (half * a + away * b, half * b - away * a)

    def ellipse(p: Point) -> Point:
        return cosine * rx * p[0] - sine * ry * p[1], sine * rx * p[0] + cosine * ry * p[1]

    left, top = ellipse(first)
    x, y = start[0] - left, start[1] - top
    way = 1.0 if sweep else -1.0
    corners = [*_halved(first, last, way, bool(large)), last]
    for one, other in pairwise(corners):
        dot = one[0] * other[0] + one[1] * other[1]
        slope = sqrt(max((1 - dot) / (1 + dot), 0.0))  # the tangent of half the angle
        reach = way * 4 / 3 * slope / (1 + sqrt(1 + slope * slope))
        leave = one[0] - reach * one[1], one[1] + reach * one[0]
        arrive = other[0] + reach * other[1], other[1] - reach * other[0]
        places = [(x + left, y + top) for left, top in map(ellipse, (leave, arrive, other))]
        if other is last:
            places[2] = end
        yield tuple(number for place in places for number in place)


def _halved(one: Point, other: Point, way: float, large: bool) -> list[Point]:
    """Return places on the circle from one to before the other, at most a right angle apart."""
    if not large and one[0] * other[0] + one[1] * other[1] >= 0:
        return [one]
    x, y = other[0] - one[0], other[1] - one[1]
    size = way / sqrt(x * x + y * y)
    middle = (y * size, -x * size)
    return _halved(one, middle, way, False) + _halved(middle, other, way, False)


def lines_of(runs: Sequence[Run]) -> list[Floats]:
    """Return runs as lines, float64[k, 2], their curves cut into straight pieces; a closed one ends where it begins."""
    return [line for run in runs if (line := _line(run)) is not None]


def _line(run: Run) -> Floats | None:
    if not run.steps and not run.closed:
        return None
    steps = [*run.steps, run.start] if run.closed or not run.steps else run.steps
    if run.closed and run.steps and run.steps[-1][-2:] == run.start:
        steps = run.steps
    numbers = np.array([*run.start, *chain.from_iterable(steps)])
    sizes = np.array([len(step) for step in steps])
    line = np.empty((1 + sum(1 if len(step) == 2 else PIECES for step in steps), 2))
    bend(numbers, sizes, line)
    return line


@kernel("void(float64[::1], int64[::1], float64[:,::1])")
def bend(numbers: Floats, sizes: Index, line: Floats) -> None:
    """Cut the curves of a run into pieces: its start stands before its steps, which have 2 or 6 numbers each."""
    line[0] = numbers[:2]
    at, row = 2, 1
    for size in sizes:
        if size == 2:
            line[row] = numbers[at : at + 2]
            row += 1
        else:
            for piece in range(PIECES):
                t = (piece + 1) / PIECES
                for axis in range(2):
                    start, leave = numbers[at - 2 + axis], numbers[at + axis]
                    arrive, end = numbers[at + 2 + axis], numbers[at + 4 + axis]
                    before, after = (1 - t) * start + 3 * t * leave, 3 * (1 - t) * arrive + t * end
                    line[row, axis] = (1 - t) * (1 - t) * before + t * t * after
                row += 1
        at += size
