"""A solve under way: what it has tried, the best of that, and what it tells."""

import time
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.scene import Index, Keyframe, Scene
from revanim.sentence import N_, NOTHING, Sentence
from revanim.solve.advice.advice import Advice
from revanim.solve.judging import force_at_home, forced, hits
from revanim.solve.objective import Objective
from revanim.solve.sequence.bend import Bend
from revanim.solve.settling import settle

GOOD = 1e-6  # miss over size: worth no further start


@dataclass(frozen=True)
class Progress:
    """Where a solve stands: the best so far, which is also what a cancelled solve leaves."""

    iteration: int
    before: float  # the cost of the scene as it was; infinite until it has been walked, as those below then are
    cost: float
    misses: tuple[float, ...]  # of each keyframe, root mean square, scene units
    evaluations: int  # walks to the last keyframe, most of them also back
    seconds: float
    z: Floats = field(repr=False)
    keyframes: tuple[Keyframe, ...] = field(repr=False)  # at the frames chosen for them
    objective: Objective = field(repr=False)
    orders: tuple[Index, ...] = field(repr=False)  # of each keyframe of the scene, int64[k]: who goes where
    effort: float  # root mean square of the pushes, over that of the forces at home
    excess: float  # by how much nails stick out beyond their tolerances, in all
    hit: bool  # every keyframe, as well as anyone could see
    better: bool  # than the scene as it was, or as good as anyone could see
    advice: Advice | None = None  # what stands in the way of a better result, and what would help
    unseen: float = 0.0  # the cost, if all did as the bodies that are held out; 0 without any
    bend: Bend | None = field(default=None, repr=False)  # where only some frames may change
    seam: Sentence = NOTHING  # of these, in the last one: how near the motion comes to the one before at their ends

    @property
    def why(self) -> str:
        """What stands in the way of a better result, in plain English."""
        return str(self.advice.sentence) if self.advice else ""

    @property
    def used(self) -> Sentence:
        """What of launches and pushes this motion takes; nothing where other things changed too."""
        handles = self.objective.handles
        launched = any(handle.control.name == "velocity" for handle in handles)
        if not all(handle.pushes or handle.control.name == "velocity" for handle in handles):
            return NOTHING
        if not self.effort:
            return Sentence("Launches alone.") if launched else NOTHING
        if not forced(self.objective):
            return Sentence("Launches and pushes.") if launched else Sentence("Pushes alone.")
        said = (
            N_("Launches and pushes, {share:.2g} of the forces.")
            if launched
            else N_("Pushes alone, {share:.2g} of the forces.")
        )
        return Sentence(said, share=self.effort)

    @property
    def miss(self) -> float:
        """The largest miss of a keyframe."""
        return max(self.misses)

    @property
    def unseen_miss(self) -> float | None:
        """How far the bodies that are held out miss, root mean square, in scene units; None without any."""
        return self.objective.unseen_miss(self.unseen) if self.unseen else None

    @property
    def steps(self) -> int:
        """How many steps there are to the last keyframe."""
        timing = self.objective.origin.timing
        return (self.objective.last - timing.home) * timing.steps_per_frame

    def of_whole(self, bend: Bend) -> "Progress":
        """Return what this, of a part, says of the whole scene."""
        keys, misses = bend.keyframes(self.keyframes), bend.misses(self.objective, self.misses)
        orders, advice = bend.orders(self.objective, self.orders), self.advice and replace(self.advice, remedy=None)
        return replace(self, keyframes=keys, misses=misses, orders=orders, advice=advice, bend=bend)

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
    patience: float = np.inf  # walks after which no other place to begin is tried
    best: Floats = field(init=False)
    keyframes: tuple[Keyframe, ...] = field(init=False)
    settled: tuple[tuple[Index, int], ...] = field(init=False)  # of each keyframe: who goes where, and its frame
    first: tuple[float, float] | None = None  # how far nails stick out, and the cost, at the start
    advice: Advice | None = None
    excess: float = np.inf
    cost: float = np.inf
    misses: tuple[float, ...] = field(init=False)
    effort: float = 0.0
    unseen: float = 0.0
    started: float = field(default_factory=time.perf_counter)

    def __post_init__(self) -> None:
        self.misses = (np.inf,) * len(self.objective.groups)
        self._keep(self.objective.start)

    def note(self, z: Floats, anyhow: bool = False) -> Progress:
        """Count z in, keep it if it is the best, nails first, and say where things stand.

        One that hits is kept `anyhow`, even where another pushes less.
        """
        excess, cost, misses = self.objective.judge(z)
        effort = self.objective.variables.push_of(z)
        if self.first is None:
            self.first = excess, cost
        mine, best = (
            self._rank(excess, cost, misses, effort),
            self._rank(self.excess, self.cost, self.misses, self.effort),
        )
        if mine <= best or (anyhow and not excess and hits(self.objective, misses)):
            self._keep(z)
            self.excess, self.cost, self.misses, self.effort = excess, cost, misses, effort
            self.unseen = self.objective.unseen(z) if np.isfinite(cost) else np.inf
        return self.progress()

    def _keep(self, z: Floats) -> None:
        """Remember a motion, with who goes where in it, and when."""
        self.best, self.keyframes = z, self.objective.keyframes
        self.settled = tuple((term.order.copy(), term.frame) for term in self.objective.firsts)

    def look_back(self) -> None:
        """Compare the best with the start once more, whose bodies may now take the targets of shapes that suit them."""
        settle(self.objective, self.objective.start)
        settled = self.objective.judge(self.objective.start)[:2]
        self.first = min(self.first or settled, settled)
        self.note(self.objective.start)

    def stand(self) -> None:
        """Let the objective have who goes where, and when, as the best has it."""
        for term, (order, frame) in zip(self.objective.firsts, self.settled, strict=True):
            term.choice.order, term.choice.frame = order, frame
        self.objective.forget()

    def _rank(self, excess: float, cost: float, misses: tuple[float, ...], effort: float) -> tuple[float, float, float]:
        """Nails first, then the cost; of motions that hit as well as anyone could see, the one that pushes least."""
        free = self.objective.variables.effortless and hits(self.objective, misses)
        return excess, 0.0 if free else cost, effort

    def progress(self) -> Progress:
        """Say where things stand."""
        seconds, evaluations = time.perf_counter() - self.started, self.objective.evaluations
        hit = self.hit and not self.excess
        first = self.first or (np.inf, np.inf)
        better = hit or (self.excess, self.cost) < first
        return Progress(
            self.iteration, first[1], self.cost, self.misses, evaluations, seconds, self.best, self.keyframes,
            self.objective, tuple(order for order, _ in self.settled), self.effort / self.force_at_home, self.excess,
            hit, better, self.advice, self.unseen,
        )  # fmt: skip

    @cached_property
    def force_at_home(self) -> float:
        """The forces by which pushes are measured, length / s²."""
        return force_at_home(self.objective)

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
        return self.objective.variables.effortless and hits(self.objective, self.misses)
