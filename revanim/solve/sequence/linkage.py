"""Bodies that rods join like the branches of a tree: where they are when rods turn, and which turn leads somewhere.

A turn is a rotation vector for each rod, float64[rods, 3], and a shift of each root that is not pinned, in one vector:
the rods of a natural motion are turned by it, so 0 is that motion itself, and every rod keeps its length.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.engine.system import System
from revanim.solve.objective import Objective
from revanim.solve.rods import Rods
from revanim.solve.sequence.net import Net, net_of
from revanim.solve.sequence.steering import Mask

TURNS, BEND = 300, 0.2  # steps towards a target, and by how much a rod may turn in one of them, radians
DAMPING = 1e-3  # of a step, in squares of the mean length: a straight chain has no way to become shorter
ZIGZAG = 0.15  # radians by which a chain is bent before it looks for a way
PATIENCE, STALLED = 20, 0.9  # steps between two looks, and the part of the gap that may be left in the second
CLOSE = 1e-10  # of the mean length: near enough
FAR = 100.0  # radians that are as bad as to end a mean length away


@dataclass(frozen=True, eq=False)
class Linkage:
    """Rods in an order in which each begins where an earlier one ends, or at a root."""

    roots: Counts  # int64[t]
    loose: Counts  # int64[l], the roots that may move
    tails: Counts  # int64[r], where each rod begins
    tips: Counts  # int64[r], and where it ends
    lengths: Floats  # float64[r]
    above: Floats  # float64[n, r], 1 where a body hangs on a rod, directly or not
    under: Floats  # float64[n, l], 1 where a body hangs on a loose root
    axes: tuple[int, ...]  # about which rods turn: (2,) in a plane

    @classmethod
    def of(cls, system: System, links: Counts, lengths: Floats, planar: bool) -> Self | None:
        """Return the linkage of some links; None where they close loops or hold several pinned bodies together."""
        count = system.m.size
        pinned: Mask = np.asarray(~system.free.any(axis=0))
        others: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        for link, (one, other) in enumerate(links):
            others[one].append((link, int(other)))
            others[other].append((link, int(one)))
        seen, roots = np.zeros(count, bool), list[int]()
        order, tails, tips = list[int](), list[int](), list[int]()
        for root in [*np.flatnonzero(pinned), *np.flatnonzero(~pinned)]:
            if seen[root] or not others[root]:
                continue
            roots.append(int(root))
            seen[root] = True
            waiting = [int(root)]
            while waiting:
                tail = waiting.pop(0)
                for link, tip in others[tail]:
                    if link in order:
                        continue
                    if seen[tip] or pinned[tip]:
                        return None
                    seen[tip] = True
                    order.append(link)
                    tails.append(tail)
                    tips.append(tip)
                    waiting.append(tip)
        above, under = np.zeros((count, len(order))), np.zeros((count, len(roots)))
        under[roots, np.arange(len(roots))] = 1.0
        for rod, (tail, tip) in enumerate(zip(tails, tips, strict=True)):
            above[tip], under[tip] = above[tail], under[tail]
            above[tip, rod] = 1.0
        loose = ~pinned[roots]
        whole = np.array(roots, np.int64)
        return cls(
            whole, whole[loose], np.array(tails, np.int64), np.array(tips, np.int64), lengths[order], above,
            under[:, loose], (2,) if planar else (0, 1, 2),
        )  # fmt: skip

    @property
    def bodies(self) -> Counts:
        """int64[b], the bodies that it holds together."""
        return np.union1d(self.roots, self.tips)

    @property
    def size(self) -> int:
        """How many numbers a turn has."""
        return len(self.axes) * self.lengths.size + 3 * self.loose.size

    def directions(self, place: Floats) -> Floats:
        """Return float64[..., rods, 3], the unit vectors of the rods of places, float64[..., n, 3]."""
        apart = place[..., self.tips, :] - place[..., self.tails, :]
        return np.asarray(apart / np.linalg.norm(apart, axis=-1, keepdims=True))

    def turned(self, place: Floats, turn: Floats) -> Floats:
        """Return float64[..., n, 3]: bodies whose rods are turned, from places and turns, float64[..., size]."""
        about, shift = self._split(turn)
        rods = rotate(self.directions(place), about) * self.lengths[:, None]
        found = place.copy()
        start = self._starts(place) + np.einsum("nl,...lc->...nc", self.under, shift)
        held = self.bodies
        found[..., held, :] = (start + np.einsum("nr,...rc->...nc", self.above, rods))[..., held, :]
        return found

    def between(self, place: Floats, other: Floats) -> Floats:
        """Return the turn, float64[size], that leads from places, float64[n, 3], to others."""
        about = turn_between(self.directions(place), self.directions(other))
        return np.concatenate([about[:, self.axes].ravel(), (other - place)[self.loose].ravel()])

    def _starts(self, place: Floats) -> Floats:
        """Return float64[..., n, 3], where the root of each body is."""
        root = np.arange(len(self.above))
        for tail, tip in zip(self.tails, self.tips, strict=True):
            root[tip] = root[tail]
        return np.asarray(place[..., root, :])

    def _split(self, turn: Floats) -> tuple[Floats, Floats]:
        """Return float64[..., rods, 3] rotation vectors and float64[..., loose, 3] shifts."""
        rods = len(self.axes) * self.lengths.size
        about = np.zeros((*turn.shape[:-1], self.lengths.size, 3))
        about[..., self.axes] = turn[..., :rods].reshape(*turn.shape[:-1], -1, len(self.axes))
        return about, turn[..., rods:].reshape(*turn.shape[:-1], -1, 3)

    def reach(self, place: Floats, turn: Floats, asked: Mask, target: Floats) -> Floats:
        """Return a small turn that brings bodies to targets, float64[n, 3], along the axes where `asked` is true.

        It is looked for from `turn` on and, where that is none, from bent ones too: a straight chain has no way to
        become shorter.
        """
        starts = [turn]
        if not turn.any():
            bent = np.zeros_like(turn)
            bent[: len(self.axes) * self.lengths.size : len(self.axes)] = (-1.0) ** np.arange(self.lengths.size)
            starts += [ZIGZAG * bent, -ZIGZAG * bent]
        found = [self._approach(place, start, asked, target) for start in starts]
        return min(found, key=lambda way: way[0] * FAR + float(np.abs(way[1]).sum()))[1]

    def _approach(self, place: Floats, turn: Floats, asked: Mask, target: Floats) -> tuple[float, Floats]:
        """Return how far a turn still is from the targets, in mean lengths, and that turn.

        Damped least squares (Wampler 1986) in short steps: whole ones would whirl the rods around.
        """
        length, found, rows = float(self.lengths.mean()), turn.copy(), np.flatnonzero(asked)
        before = np.inf
        for step_number in range(TURNS):
            gap = (target - self.turned(place, found)).ravel()[rows]
            size = float(np.abs(gap).max())
            if size < CLOSE * length:
                break
            if step_number % PATIENCE == 0:
                if size > STALLED * before:
                    break
                before = size
            slope = self.slope(place, found)[rows]
            gram = slope @ slope.T
            gram[np.diag_indices_from(gram)] += DAMPING * length**2 * min(1.0, size / length)
            step = slope.T @ np.linalg.solve(gram, gap)
            found += step * min(1.0, BEND / max(float(np.abs(step).max()), 1e-300))
        return size / length, found

    def slope(self, place: Floats, turn: Floats) -> Floats:
        """Return float64[3 n, size], how places change with the turn."""
        about, _ = self._split(turn)
        rods = rotate(self.directions(place), about) * self.lengths[:, None]
        columns = np.zeros((len(self.above), 3, self.size))
        for i, axis in enumerate(self.axes):
            unit = left_jacobian(about)[:, :, axis]
            columns[:, :, i : len(self.axes) * self.lengths.size : len(self.axes)] = (
                self.above[:, None, :] * np.cross(unit, rods).T[None]
            )
        shifts = columns[:, :, len(self.axes) * self.lengths.size :].reshape(len(self.above), 3, -1, 3)
        for axis in range(3 if len(self.axes) == 3 else 2):
            shifts[:, axis, :, axis] = self.under
        return columns.reshape(-1, self.size)

    @property
    def unit(self) -> float:
        """What a turn is measured in: radians."""
        return 1.0

    def ahead(self, base: Floats, turns: Floats, here: Floats, steps: Floats) -> Floats:
        """Return float64[size, ..., n, 3]: where bodies are when one number of their turns after the other is more.

        They are turned from base, float64[..., n, 3], to `here` by turns, float64[..., size]; steps is float64[...].
        """
        more = turns + steps[..., None] * np.eye(self.size).reshape(self.size, *(1,) * steps.ndim, self.size)
        return self.turned(np.broadcast_to(base, (self.size, *base.shape)), more)


def turn_between(one: Floats, two: Floats) -> Floats:
    """Return float64[..., 3], the rotation vectors that turn unit vectors into others the shortest way."""
    across = np.cross(one, two)
    sine = np.linalg.norm(across, axis=-1, keepdims=True)
    return np.asarray(across / np.maximum(sine, 1e-300) * np.arctan2(sine, np.sum(one * two, axis=-1, keepdims=True)))


def rotate(vectors: Floats, about: Floats) -> Floats:
    """Return float64[..., 3], vectors turned by rotation vectors (Rodrigues 1840)."""
    angle = np.linalg.norm(about, axis=-1, keepdims=True)
    axis = about / np.maximum(angle, 1e-300)
    along = np.sum(axis * vectors, axis=-1, keepdims=True)
    cos, sin = np.cos(angle), np.sin(angle)
    return np.asarray(vectors * cos + np.cross(axis, vectors) * sin + axis * along * (1.0 - cos))


def left_jacobian(about: Floats) -> Floats:
    """Return float64[..., 3, 3]: by which small rotation a rotation vector's own change turns what it has turned."""
    angle = np.linalg.norm(about, axis=-1)[..., None, None]
    zero = np.zeros(about.shape[:-1])
    x, y, z = np.moveaxis(about, -1, 0)
    cross = np.stack([zero, -z, y, z, zero, -x, -y, x, zero], axis=-1).reshape(*about.shape, 3)
    small = angle < 1e-4
    safe = np.where(small, 1.0, angle)
    once = np.where(small, 0.5, (1.0 - np.cos(safe)) / safe**2)
    twice = np.where(small, 1.0 / 6.0, (safe - np.sin(safe)) / safe**3)
    return np.asarray(np.eye(3) + once * cross + twice * (cross @ cross))


def linkage_of(objective: Objective) -> Linkage | Net | None:
    """Return how rods join the bodies that are asked for; None where none do, or too many close loops."""
    system, scene = objective.playhead.system, objective.origin
    rods = Rods(system, scene.bodies.position)
    if not len(rods.links):
        return None
    linkage = Linkage.of(system, rods.links, rods.lengths, scene.planar) or net_of(rods)
    asked = np.unique(np.concatenate([term.key.bodies for term in objective.terms]))
    there = linkage is not None and np.isin(asked, linkage.bodies).all()
    placed = all(term.key.position is not None for term in objective.terms)
    return linkage if there and placed else None
