"""The cost of a motion as a function of its controls, with the gradient from one walk there and one back."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from revanim.engine.adjoint import Adjoint
from revanim.engine.parameter import Floats
from revanim.engine.playhead import Playhead, Stand
from revanim.error import RevanimError
from revanim.scene.build import make_playhead, settle
from revanim.scene.check import check
from revanim.scene.keyframe import check_after_home
from revanim.scene.scene import Keyframe, Scene
from revanim.solve.controls.control import Control
from revanim.solve.controls.nudges import with_nudges
from revanim.solve.controls.own import with_own_values
from revanim.solve.controls.variables import variables_of
from revanim.solve.scale import extent, nonlinear
from revanim.solve.stopping import Stopped, never
from revanim.solve.terms import Term, Verdict, by_keyframe, terms_of, together

KEPT = 100_000  # numbers of the states at all keyframes: so few are remembered of every walk


class Objective:
    """The sum over keyframes and bodies of weight * |x - target|^2, plus the effort of the controls.

    z, float64[c], holds the controls in the order given, each flattened row by row, in the scene's units. One thread at
    a time may use an objective; its playhead stands at home between calls. Before each walk it asks whether it is to
    be `stopped`, and raises Stopped if so. It may walk by another scheme than that of the scenes it gives.
    """

    def __init__(
        self,
        scene: Scene,
        controls: Sequence[Control | str] = ("velocity",),
        stopped: Callable[[], bool] = never,
        scheme: str | None = None,
    ) -> None:
        wishes = [Control(wish) if isinstance(wish, str) else wish for wish in controls]
        if not wishes:
            raise RevanimError("Nothing may change, so nothing can be solved; allow at least one control.")
        if not scene.keyframes:
            raise RevanimError("There is no keyframe to hit; set one first.")
        for key in scene.keyframes:
            check_after_home(key, scene.timing)
        self.last = max(_end(key) for key in scene.keyframes)
        self.horizon = self.last  # keyframes beyond it are not asked for yet
        if any(wish.name == "mass" for wish in wishes):
            scene = settle(scene)
        self.origin = with_own_values(with_nudges(scene, wishes, self.last), wishes)
        self.variables = variables_of(wishes, self.origin, self.last)
        self.handles, self.part_of = self.variables.handles, self.variables.part_of
        self.start, self.scale = self.variables.start, self.variables.scale
        self.low, self.high = self.variables.low, self.variables.high
        self.terms: list[Term] = terms_of(scene.keyframes)
        self.groups = by_keyframe(self.terms)  # the terms of each keyframe
        self.size = extent(scene)
        self.playhead = make_playhead(replace(self.origin, scheme=scheme or self.origin.scheme))
        self._home = self.playhead.stand
        self.adjoint = Adjoint(self.playhead, masses=any(wish.name == "mass" for wish in wishes))
        self.evaluations = 0
        self.stopped = stopped
        self._seen: tuple[Floats, dict[Term, Verdict]] = (np.zeros(0), {})  # the last z, and what was found there
        self._there: tuple[Floats, dict[Term, Stand]] = (np.zeros(0), {})  # the last z, and what is at keyframes

    def value_and_gradient(self, z: Floats) -> tuple[float, Floats]:
        """Return the cost and float64[c]: one walk to the last keyframe and one back.

        Raises RevanimError where the motion leaves the range of the grid.
        """
        cost, gradient = self._sweep(z, self.asked)
        effort, slope = self.variables.effort(z)
        return cost + effort, gradient + slope

    def gradient_of(self, z: Floats, terms: Sequence[Term]) -> Floats:
        """Return float64[c], the gradient of some terms alone, such as those of one keyframe."""
        return self._sweep(z, terms)[1]

    def _sweep(self, z: Floats, terms: Sequence[Term]) -> tuple[float, Floats]:
        home, cost = self.at_home(z).stand, 0.0
        seen: dict[Term, Verdict] = {}
        with self.coming_home():
            self.playhead.seek(max(term.frame for term in terms))
            self.adjoint.clear()
            for term in sorted(terms, key=lambda term: -term.frame):
                self.adjoint.back(term.frame)
                cost += term.pull(self.playhead, self.adjoint)
                seen[term] = term.verdict(self.playhead)
            self.adjoint.back(self.origin.timing.home)
        if not home.is_as(self.playhead.stand):
            raise AssertionError("the walk back did not return to the start")  # the promise of the engine
        self._remember(z, seen)
        return cost, self.gather()

    def judge(self, z: Floats) -> tuple[float, float, tuple[float, ...]]:
        """Return how far nails stick out in all, the cost as the artist weighs it, and the miss of each keyframe."""
        try:
            verdicts = self.verdicts(z)
        except RevanimError:
            return np.inf, np.inf, (np.inf,) * len(self.groups)
        cost = sum(verdict.cost for verdict in verdicts) + self.variables.effort(z)[0]
        return sum(verdict.excess for verdict in verdicts), cost, tuple(verdict.miss for verdict in verdicts)

    def misses(self, z: Floats) -> list[float]:
        """Return, for each keyframe, the root mean square distance of its bodies from their targets, in scene units.

        That of a hold is over all its frames.
        """
        return [verdict.miss for verdict in self.verdicts(z)]

    def verdicts(self, z: Floats) -> list[Verdict]:
        """Return what the motion that z makes is worth to each keyframe."""
        if not (self._seen[1] and np.array_equal(self._seen[0], z)):
            for _ in self.visit(z, self.terms):
                pass
        return [together([self._seen[1][term] for term in group]) for group in self.groups]

    def slopes(self, z: Floats) -> list[float]:
        """Return, for each keyframe, d cost / d time: how much a second later it would cost more, to first order."""
        found = {term: term.slope(self.playhead) for term in self.visit(z, self.terms)}
        return [sum(found[term] for term in group) for group in self.groups]

    @property
    def firsts(self) -> list[Term]:
        """The first term of each keyframe."""
        return [group[0] for group in self.groups]

    @property
    def asked(self) -> list[Term]:
        """The terms within the horizon."""
        return [term for term in self.terms if term.key.frame <= self.horizon]

    def visit(
        self,
        z: Floats,
        terms: Sequence[Term] | None = None,
        stops: Sequence[int] = (),
        look: Callable[[int, Floats], None] | None = None,
    ) -> Iterator[Term]:
        """Walk the motion that z makes, and yield each term (of those asked) when the playhead stands at its frame.

        On the way `look` is shown float64[n, 3], where the bodies are at each of the `stops`, in sub-steps after home.
        """
        home, passed, seen, there = self.at_home(z).now, 0, dict[Term, Verdict](), dict[Term, Stand]()
        with self.coming_home():
            for term in self.asked if terms is None else terms:
                end = term.frame * self.origin.timing.steps_per_frame - home
                while passed < len(stops) and stops[passed] <= end:
                    self.playhead.step(home + stops[passed] - self.playhead.now)
                    if look is not None:
                        look(passed, self.playhead.position)
                    passed += 1
                self.playhead.seek(term.frame)
                seen[term] = term.verdict(self.playhead)
                if self.playhead.live.size * len(self.terms) <= KEPT:
                    there[term] = self.playhead.stand
                yield term
        self._remember(z, seen)
        self._there = z.copy(), there

    def residuals(self, z: Floats) -> Floats:
        """Return float64[r], whose squares add up to the cost, less effort and what can never change."""
        parts = list[Floats]()
        for term in self._revisit(z):
            parts += [part[self.moves(term)] for part in term.residuals(self.playhead).values()]
        return np.concatenate(parts)

    def _remember(self, z: Floats, seen: dict[Term, Verdict]) -> None:
        """Keep the verdicts for `judge`, which is asked for the same z soon, if they are those of all keyframes."""
        if len(seen) == len(self.terms):
            self._seen = z.copy(), seen

    def jacobian(self, z: Floats) -> Floats:
        """Return float64[r, c], the gradient of each residual: one walk there, and one back for each."""
        home = self.origin.timing.home
        rows = [row for term in self._revisit(z) for row in self.slopes_from(term, home)]
        return np.array(rows).reshape(len(rows), z.size)

    def _revisit(self, z: Floats) -> Iterator[Term]:
        """Yield each term that is asked for as `visit` does; without a walk where the last one was that of z."""
        last, there = self._there
        if not np.array_equal(last, z) or list(there) != self.asked:
            yield from self.visit(z)
            return
        self._put(z)
        with self.coming_home():
            for term, stand in there.items():
                self.playhead.return_to(stand)
                yield term

    def slopes_from(self, term: Term, frame: int) -> Iterator[Floats]:
        """Yield the gradient of each residual of a term at whose frame the playhead stands, and leave it there.

        What the controls do before `frame` is left out.
        """
        there = self.playhead.stand
        for name in term.gaps(self.playhead):
            for one in np.argwhere(self.moves(term)):
                unit = np.zeros((term.key.bodies.size, 3))
                unit[*one] = 1.0
                if self.stopped():
                    raise Stopped
                self.adjoint.clear()
                term.push(self.adjoint, name, unit)
                self.adjoint.back(frame)
                self.playhead.return_to(there)
                yield self.gather()

    def moves(self, term: Term) -> NDArray[np.bool_]:
        """bool[k, 3], which of the numbers a term asks for can change at all."""
        return np.asarray(term.root * self.playhead.system.loose[:, term.key.bodies].T != 0)

    def scene(self, z: Floats) -> Scene:
        """Return the scene whose motion z makes."""
        return check(replace(self.variables.edit(self.origin, z), keyframes=self.keyframes))

    def forget(self) -> None:
        """Forget what is known of the last motion: who goes where, or when, has changed."""
        self._seen, self._there = (np.zeros(0), {}), (np.zeros(0), {})

    @property
    def keyframes(self) -> tuple[Keyframe, ...]:
        """The keyframes at the frames chosen for them, in the order of these."""
        keys = [replace(group[0].key, frame=group[0].choice.frame) for group in self.groups]
        return tuple(sorted(keys, key=lambda key: key.frame))

    @property
    def nonlinear(self) -> bool:
        """Whether something acts otherwise elsewhere, so that another start may lead elsewhere."""
        return nonlinear(self.origin)

    def at_home(self, z: Floats) -> Playhead:
        """Return the playhead, at home, with the controls at z."""
        if self.stopped():
            raise Stopped
        self.evaluations += 1
        self._put(z)
        return self.playhead

    def _put(self, z: Floats) -> None:
        self.playhead.return_to(self._home)
        self.variables.put(z, self.playhead)

    @contextmanager
    def coming_home(self) -> Iterator[None]:
        """Let the playhead walk, and put it back to home afterwards, whatever happened."""
        try:
            yield
        finally:
            self.playhead.now = self.origin.timing.home * self.origin.timing.steps_per_frame

    def gather(self) -> Floats:
        """Return float64[c], what the adjoint, back at home, says of the controls."""
        return self.variables.take(self.adjoint.gradient)


def _end(key: Keyframe) -> int:
    return key.hold + (key.frame if key.window is None else key.window[1])
