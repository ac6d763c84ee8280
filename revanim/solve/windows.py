"""A motion cut into windows, each of which walks from a state of its own, and what such a path misses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from revanim.engine.grid import RANGE_BITS
from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.solve.objective import Objective
from revanim.solve.rods import Rods
from revanim.solve.terms import Term


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
        return Path(path.z, tuple(self._state() for _, term in self.stops(path) if term is None))

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
            for window, term in self.stops(path):
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
        for window, term in self.stops(path):
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

    def stops(self, path: Path) -> Iterator[tuple[int, Term | None]]:
        """Walk every window; yield it where the playhead stands at a term, and with None at the end of all but one."""
        playhead = self.objective.at_home(path.z)
        home, steps = playhead.stand, playhead.system.steps_per_frame
        with self.objective.coming_home():
            for window, (first, last) in enumerate(pairwise(self.frames)):
                playhead.return_to(replace(home, now=first * steps))
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
        there = playhead.stand
        adjoint.back(self.frames[window])
        start = np.concatenate([side.ravel()[self.rods.free] for side in (adjoint.u, adjoint.w)])
        playhead.return_to(there)
        if window:  # places and speeds at home have no part in it
            adjoint.u.fill(0.0)
            adjoint.w.fill(0.0)
        return np.concatenate([self.objective.gather(), start])
