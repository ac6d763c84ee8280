"""A solve under way: what it has tried, the best of that, and what it tells."""

import time
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.scene import Index, Keyframe, Scene
from revanim.sentence import NOTHING, Sentence
from revanim.solve.bend import Bend
from revanim.solve.objective import Objective

GOOD = 1e-6  # miss over size: worth no further start


@dataclass(frozen=True)
class Progress:
    """Where a solve stands: the best so far, which is also what a cancelled solve leaves."""

    iteration: int
    cost: float
    misses: tuple[float, ...]  # of each keyframe, root mean square, scene units
    evaluations: int  # walks to the last keyframe, most of them also back
    seconds: float
    z: Floats = field(repr=False)
    keyframes: tuple[Keyframe, ...] = field(repr=False)  # at the frames chosen for them
    objective: Objective = field(repr=False)
    reasons: Sentence = NOTHING  # in the last one: what stands in the way of a better result
    effort: float = 0.0  # root mean square of the pushes, over that of the forces at home
    excess: float = 0.0  # by how much nails stick out beyond their tolerances, in all
    bend: Bend | None = field(default=None, repr=False)  # where only some frames may change
    seam: Sentence = NOTHING  # of these, in the last one: how near the motion comes to the one before at their ends

    @property
    def why(self) -> str:
        """What stands in the way of a better result, in plain English."""
        return str(self.reasons)

    @property
    def miss(self) -> float:
        """The largest miss of a keyframe."""
        return max(self.misses)

    @property
    def orders(self) -> tuple[Index, ...]:
        """int64[k] for each keyframe, the target of each of its bodies."""
        if self.bend is not None:
            return self.bend.orders(self.objective)
        return tuple(group[0].order for group in self.objective.groups)

    def of_whole(self, bend: Bend) -> "Progress":
        """Return what this, of a part, says of the whole scene."""
        keys, misses = bend.keyframes(self.keyframes), bend.misses(self.objective, self.misses)
        return replace(self, keyframes=keys, misses=misses, bend=bend)

    def counted(self, other: "Progress") -> "Progress":
        """Return the same as late as another."""
        return replace(self, iteration=other.iteration, evaluations=other.evaluations, seconds=other.seconds)

    @cached_property
    def scene(self) -> Scene:
        """The scene that moves this way."""
        if self.bend is not None:
            return self.bend.scene(self.objective.scene(self.z), self.keyframes)
        return replace(self.objective.scene(self.z), keyframes=self.keyframes)


@dataclass(eq=False)
class Run:
    """A solve under way: counts the iterations and keeps the best."""

    objective: Objective
    iterations: int
    iteration: int = 0
    best: Floats = field(init=False)
    keyframes: tuple[Keyframe, ...] = ()
    excess: float = np.inf
    cost: float = np.inf
    misses: tuple[float, ...] = ()
    effort: float = np.inf
    started: float = field(default_factory=time.perf_counter)

    def note(self, z: Floats) -> Progress:
        """Count z in, keep it if it is the best, nails first, and say where things stand."""
        excess, cost, misses = self.objective.judge(z)
        effort = self.objective.push_of(z)
        if self._rank(excess, cost, misses, effort) <= self._rank(self.excess, self.cost, self.misses, self.effort):
            self.best, self.keyframes = z, self.objective.keyframes
            self.excess, self.cost, self.misses, self.effort = excess, cost, misses, effort
        return self.progress()

    def _rank(self, excess: float, cost: float, misses: tuple[float, ...], effort: float) -> tuple[float, float, float]:
        """Nails first, then the cost; of motions that hit as well as anyone could see, the one that pushes least."""
        free = bool(misses) and self.objective.effortless and self.objective.hits(misses)
        return excess, 0.0 if free else cost, effort

    def progress(self, reasons: Sentence = NOTHING) -> Progress:
        """Say where things stand."""
        seconds, evaluations = time.perf_counter() - self.started, self.objective.evaluations
        best = (self.best, self.keyframes, self.objective)
        effort = self.effort / self.objective.force_at_home
        return Progress(
            self.iteration, self.cost, self.misses, evaluations, seconds, *best, reasons, effort, self.excess
        )  # fmt: skip

    @property
    def miss(self) -> float:
        """The largest miss of the best, over the size of the scene."""
        return max(self.misses) / self.objective.size

    @property
    def good(self) -> bool:
        """Whether no further start is worth its time."""
        return self.miss < GOOD and not self.excess

    @property
    def over(self) -> bool:
        """Whether to stop: all is hit, or the iterations are used up."""
        return self.iteration >= self.iterations or (self.hit and not self.excess)

    @property
    def hit(self) -> bool:
        """Whether every keyframe is hit as well as anyone could see, and there is no effort to spare."""
        return self.objective.effortless and self.objective.hits(self.misses)
