"""Multiple shooting: a long motion is aimed in windows, each from a state of its own, until these are one walk.

The states at the windows' starts (nodes) are unknowns beside the controls, and what is missed is the targets and the
gaps between the end of each window and the next node (Bock and Plitt 1984). No error grows beyond its window, so the
model of a step holds far further than over the whole walk, where chaos leaves it no room. Once the gaps are closed
every second node is dropped, and so on, until one window is left: then the gap is zero, for there is none.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from revanim.engine.grid import RANGE_BITS
from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.solve.objective import Objective
from revanim.solve.reasons import error_growth
from revanim.solve.rods import Rods
from revanim.solve.terms import Term

TIMES = 1.0, 2.0, 4.0  # the usual number of windows: first so many, then so many
FOLDS, FEWEST = 0.5, 8  # e-foldings of an error in a window, and windows, usually
LOOSE, FIRM = 1.0, 10.0  # weights of the gaps, at first and then
MOST, PATIENCE, GAIN = 30, 4, 0.2  # iterations at one weight; a gain below this part in so many ends them
EXACT = 1e-24  # sum of squares over the size squared: nothing more to gain
DAMPING, FAINTEST, STRONGEST = 1e-2, 1e-12, 1e6  # where the columns of the Jacobian have the length 1
FAINT = 1e-6  # of its longest column: what is fainter is not brought to that length
KEEP, SLOWER = 1e-3, 0.2  # part of the promised gain that makes a step worth taking; of the damping, at best
AHEAD, BENT = 0.1, 0.75  # of a step, where its curvature is felt; of its length, how far it may be bent
LARGE = 48  # numbers in a state: each costs a walk back in every Jacobian
CHAOTIC = 2.0  # e-foldings of an error before the last keyframe


@dataclass(frozen=True, eq=False)
class Path:
    """Controls, and a state (see `Rods`) for the start of every window but the first."""

    z: Floats
    nodes: tuple[Floats, ...] = ()


class Windows:
    """An objective cut at `frames`, home first and the last keyframe last, and what a path misses in it.

    A gap counts `weight` times as much as a missed target, and a gap of speeds as much as where it leads in a window.
    """

    def __init__(self, objective: Objective, frames: Sequence[int], weight: float, rods: Rods) -> None:
        timing, grid, playhead = objective.origin.timing, objective.origin.bodies.grid, objective.playhead
        self.objective, self.frames, self.weight = objective, tuple(frames), weight
        self.rods, count = rods, rods.free.size
        seconds = (frames[-1] - frames[0]) / (len(frames) - 1) / timing.fps
        self.weights = weight * np.repeat([1.0, seconds], count)
        self.units = np.repeat([grid.length_unit, grid.speed_unit], count)
        self.lanes = np.concatenate([self.rods.free, playhead.live[:3].size + self.rods.free])
        self.terms = sorted(objective.asked, key=lambda term: term.frame)

    def follow(self, z: Floats) -> Path:
        """Return the path of the walk that z makes; raises RevanimError where it leaves the range of the grid."""
        playhead, nodes = self.objective.at_home(z), []
        with self.objective.coming_home():
            for frame in self.frames[1:-1]:
                playhead.seek(frame)
                nodes.append(self._state())
        return Path(z, tuple(nodes))

    def ends(self, path: Path) -> Path:
        """Return a path whose nodes are the ends of the windows before them; raises as `follow` does."""
        return Path(path.z, tuple(self._state() for _, term in self._stops(path) if term is None))

    def move(self, path: Path, step: Floats) -> Path:
        """Return the path a step further: controls by their scale, then each node by the size along its ways."""
        objective = self.objective
        change, rest = np.split(step, [path.z.size])
        z, nodes = np.clip(path.z + change * objective.scale, objective.low, objective.high), []
        for node in path.nodes:
            ways = self.rods.ways(node)
            along, rest = np.split(rest, [ways.shape[1]])
            nodes.append(self.rods.straighten(node + ways @ along * objective.size))
        return Path(z, tuple(nodes))

    def residuals(self, path: Path) -> Floats:
        """Return float64[r], what is missed: targets and gaps; infinite where a window leaves the range of the grid."""
        parts, playhead = list[Floats](), self.objective.playhead
        try:
            for window, term in self._stops(path):
                if term is None:
                    parts.append(self.weights * (self._state() - path.nodes[window]))
                else:
                    parts += [part[self.objective.moves(term)] for part in term.residuals(playhead).values()]
        except RevanimError:
            return np.full(1, np.inf)
        return np.concatenate(parts)

    def jacobian(self, path: Path) -> Floats:
        """Return float64[r, s], the slope of the residuals along the entries of a step.

        Each window is walked back once for every target in it and every way its end may go.
        """
        ways, controls = [self.rods.ways(node) for node in path.nodes], path.z.size
        places = np.cumsum([controls, *(way.shape[1] for way in ways)])
        spans = [slice(*ends) for ends in pairwise(places)]
        rows = list[Floats]()
        for window, term in self._stops(path):
            slopes = np.array([self._back(window) for _ in self._pushed(term)]).reshape(-1, controls + self.lanes.size)
            some = np.zeros((len(slopes), places[-1]))
            some[:, :controls] = slopes[:, :controls] * self.objective.scale
            if window:
                some[:, spans[window - 1]] = slopes[:, controls:] @ ways[window - 1] * self.objective.size
            if term is None:
                some = self.rods.ways(self._state()) @ some
                some[:, spans[window]] -= ways[window] * self.objective.size
                some *= self.weights[:, None]
            rows.append(some)
        return np.concatenate(rows)

    def _stops(self, path: Path) -> Iterator[tuple[int, Term | None]]:
        """Walk every window; yield it where the playhead stands at a term, and with None at the end of all but one."""
        playhead = self.objective.at_home(path.z)
        home, steps = playhead.state, playhead.system.steps_per_frame
        with self.objective.coming_home():
            for window, (first, last) in enumerate(pairwise(self.frames)):
                playhead.live[:], playhead.now = home, first * steps
                if window:
                    self._place(path.nodes[window - 1])
                for term in self.terms:
                    if first < term.frame <= last:
                        playhead.seek(term.frame)
                        yield window, term
                if window < len(path.nodes):
                    playhead.seek(last)
                    yield window, None

    def _state(self) -> Floats:
        """Return what the playhead's state is without the ringing of rods."""
        return self.rods.straighten(self.objective.playhead.live.ravel()[self.lanes] * self.units)

    def _place(self, node: Floats) -> None:
        """Put a node into the playhead; what cannot move stays as it is."""
        if not (np.abs(node) < np.ldexp(self.units, RANGE_BITS)).all():
            raise RevanimError("A window begins out of range.")
        self.objective.playhead.live.ravel()[self.lanes] = np.rint(node / self.units).astype(np.int64)

    def _pushed(self, term: Term | None) -> Iterator[None]:
        """Let the adjoint say each residual of a term, one after the other, or each way that the end may go."""
        adjoint, playhead = self.objective.adjoint, self.objective.playhead
        if term is None:
            both = self.rods.ways(self._state())
            ways = np.split(np.hsplit(both, 2)[1], 2)[1]  # of the speeds: they are those of the places
            for side in (adjoint.u, adjoint.w):
                for way in ways.T:
                    adjoint.clear()
                    side.ravel()[self.rods.free] = way
                    yield
        else:
            for name in term.gaps(playhead):
                for one in np.argwhere(self.objective.moves(term)):
                    unit = np.zeros((term.key.bodies.size, 3))
                    unit[*one] = 1.0
                    adjoint.clear()
                    term.push(adjoint, name, unit)
                    yield

    def _back(self, window: int) -> Floats:
        """Return what the adjoint says at the start of a window, of the controls and of the state; come back."""
        playhead, adjoint = self.objective.playhead, self.objective.adjoint
        there, now = playhead.state, playhead.now
        adjoint.back(self.frames[window])
        start = np.concatenate([side.ravel()[self.rods.free] for side in (adjoint.u, adjoint.w)])
        playhead.live[:], playhead.now = there, now
        if window:  # places and speeds at home have no part in it
            adjoint.u.fill(0.0)
            adjoint.w.fill(0.0)
        return np.concatenate([self.objective.gather(), start])


def shoot(objective: Objective, z: Floats) -> Iterator[Floats]:
    """Yield controls after each iteration on the way to a motion that hits the targets.

    It is tried with one number of windows after the other; each attempt ends with a single window, so without gaps.
    What is yielded before is seldom better than z: judge each by the walk that it makes. What the controls themselves
    cost is not looked at.
    """
    for times in TIMES:
        yield from _attempt(objective, cut(objective, z, times), z)


def worth_shooting(objective: Objective, z: Floats) -> bool:
    """Return whether windows are likely to hit what walks from home do not, for a motion like that of z.

    They are where there are pushes along the way to close the gaps, few bodies, and errors that grow well before the
    last keyframe. Measured: of fourteen such motions of a few bodies or a chain windows hit all but two, descent four;
    a launch alone they brought home no more often than further starts did.
    """
    pushed = any(handle.rows > 1 for handle in objective.handles)
    small = 2 * int(np.count_nonzero(objective.playhead.system.free)) <= LARGE
    last = max(term.frame for term in objective.asked)
    return pushed and small and float(error_growth(objective, z, last).max(initial=0.0)) > CHAOTIC


def cut(objective: Objective, z: Floats, times: float = 1.0) -> tuple[int, ...]:
    """Return the frames between windows, with home and the last: all keyframes, and more where errors grow fast."""
    home, marks = objective.origin.timing.home, sorted({term.frame for term in objective.asked})
    growth = error_growth(objective, z, marks[-1])
    count, frames = times * max(FEWEST, growth.max(initial=0.0) / FOLDS), [home]
    for first, last in pairwise([home, *marks]):
        pieces = min(max(1, round(count * (last - first) / (marks[-1] - home))), last - first)
        frames += [first + (last - first) * piece // pieces for piece in range(1, pieces + 1)]
    return tuple(frames)


def _attempt(objective: Objective, frames: tuple[int, ...], z: Floats) -> Iterator[Floats]:
    """Close the gaps, let the rods ring, drop every second node, and close the gaps again until no node is left."""
    rods, bare = (Rods(objective.playhead.system, objective.origin.bodies.position, stiff) for stiff in (True, False))
    try:
        path = Windows(objective, frames, LOOSE, rods).follow(z)
        path = yield from _improve(Windows(objective, frames, LOOSE, rods), path)
        path = yield from _improve(Windows(objective, frames, FIRM, rods), path)
        path = yield from _improve(
            Windows(objective, frames, FIRM, bare), Windows(objective, frames, FIRM, bare).ends(path)
        )
    except RevanimError:
        return
    while path.nodes:
        frames, path = (frames[0], *frames[2:-1:2], frames[-1]), Path(path.z, path.nodes[1::2])
        path = yield from _improve(Windows(objective, frames, FIRM, bare), path)


def _improve(windows: Windows, path: Path) -> Generator[Floats, None, Path]:
    """Yield the controls of paths that miss less and less, and return the last path.

    The damping is that of Levenberg and Marquardt, as Nielsen (1999) adapts it, where the columns of the Jacobian have
    the length 1: pushes early on move the end far more than late ones, and chaos makes that a matter of powers of ten.
    """
    missed, slope = windows.residuals(path), np.zeros((0, 0))
    costs, damping, stiffer = [float(missed @ missed)], DAMPING, 2.0
    for _ in range(MOST):
        stalled = len(costs) > PATIENCE and costs[-1] > (1 - GAIN) * costs[-1 - PATIENCE]
        if stalled or damping > STRONGEST or not EXACT * windows.objective.size**2 < costs[-1] < np.inf:
            break
        slope = slope if slope.size else windows.jacobian(path)
        there, promised = _step(windows, path, missed, slope, damping)
        new = windows.residuals(there)
        kept = (costs[-1] - float(new @ new)) / (costs[-1] - promised) if promised < costs[-1] else 0.0
        if kept > KEEP:
            path, missed, slope, stiffer = there, new, np.zeros((0, 0)), 2.0
            damping = max(damping * max(SLOWER, 1 - (2 * kept - 1) ** 3), FAINTEST)
            costs.append(float(new @ new))
            yield path.z
        else:
            damping, stiffer = damping * stiffer, stiffer * 2.0
    return path


def _step(windows: Windows, path: Path, missed: Floats, slope: Floats, damping: float) -> tuple[Path, float]:
    """Return the path a damped step further, bent by the curvature along it, and the cost the linear model promises.

    The bend is the geodesic acceleration of Transtrum and Sethna (2012).
    """
    length = np.linalg.norm(slope, axis=0)
    length = np.maximum(length, FAINT * length.max() or 1.0)
    slope = slope / length
    wide = slope.shape[0] < slope.shape[1]
    gram = slope @ slope.T if wide else slope.T @ slope
    gram[np.diag_indices_from(gram)] += damping

    def solve(r: Floats) -> Floats:
        return np.asarray(-slope.T @ np.linalg.solve(gram, r) if wide else -np.linalg.solve(gram, slope.T @ r))

    step = solve(missed)
    promised = missed + slope @ step
    ahead = windows.residuals(windows.move(path, AHEAD * step / length))
    if np.isfinite(ahead).all():
        bend = solve(ahead - missed - AHEAD * slope @ step) / AHEAD**2
        if np.linalg.norm(bend) < BENT * np.linalg.norm(step):
            step = step + bend
    return windows.move(path, step / length), float(promised @ promised)
