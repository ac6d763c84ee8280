"""What a keyframe costs, and what that asks of the motion."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from revanim.engine.adjoint import Adjoint
from revanim.engine.alive.acting import acceleration
from revanim.engine.parameter import Floats
from revanim.engine.playhead import Playhead
from revanim.scene.scene import Index, Keyframe

FIRMEST = 1e9  # penalty beyond which a nail that is not in will not go in


@dataclass(frozen=True)
class Verdict:
    """What a motion is worth to a keyframe."""

    cost: float  # as the artist weighs it
    miss: float
    excess: float  # by how much a nail sticks out beyond its tolerance
    unseen: float = 0.0  # what it would cost if all did as those that are held out


@dataclass(eq=False)
class Choice:
    """What a solve may choose of a keyframe, for all frames of its hold together: when, and who goes where."""

    frame: int
    order: Index  # int64[k], the target of each body
    planned: bool = False  # whether that is best for the whole sequence, as far as is known


@dataclass(eq=False)
class Term:
    """One frame of a keyframe while it is solved for: the first one, or one of its hold.

    The cost is the sum of weight * |x - target|^2 over its bodies, and of a hold the mean over its frames. A nail costs
    penalty * |x - target + shift|^2 instead: the augmented Lagrangian, with shift = multiplier / (2 penalty), of each
    frame (Nocedal and Wright 2006, ch. 17.3).
    """

    key: Keyframe
    choice: Choice
    after: int = 0  # frames after the first one
    penalty: float = 1.0
    shift: dict[str, Floats] = field(default_factory=dict)
    kept: Floats | None = None  # float64[k], 1 for each body that counts and 0 for each that is held out; None: all do

    @property
    def frame(self) -> int:
        """The frame at which it is asked for."""
        return self.choice.frame + self.after

    @property
    def order(self) -> Index:
        """int64[k], the target of each body."""
        return self.choice.order

    @property
    def open(self) -> bool:
        """Whether who goes where is still to be found out."""
        return self.key.shape and self.key.assignment is None and self.key.position is not None

    @property
    def root(self) -> Floats:
        """float64[k, 3], the square root of the weight of each residual."""
        return self._root_of(1.0 if self.kept is None else self.kept)

    def _root_of(self, share: Floats | float) -> Floats:
        each = np.ones(self.key.bodies.size) if self.key.weights is None else self.key.weights
        weight = self.penalty * self.key.weight / (1 + self.key.hold)
        return np.sqrt(weight * each * share)[:, None] * np.array(self.key.axes, np.float64)

    def gaps(self, playhead: Playhead) -> dict[str, Floats]:
        """Return float64[k, 3] for "position" and "velocity", as far as they are asked for: how far each is off."""
        asked: dict[str, Floats] = {}
        if self.key.position is not None:
            asked["position"] = playhead.position[self.key.bodies] - self.key.position[self.order]
        if self.key.velocity is not None:
            asked["velocity"] = playhead.velocity[self.key.bodies] - self.key.velocity[self.order]
        return asked

    def residuals(self, playhead: Playhead) -> dict[str, Floats]:
        """Return the gaps as they are squared and summed."""
        return {name: self.root * (gap + self.shift.get(name, 0.0)) for name, gap in self.gaps(playhead).items()}

    def pull(self, playhead: Playhead, adjoint: Adjoint) -> float:
        """Return the cost of this frame, and add its gradient to the adjoint."""
        cost = 0.0
        for name, residual in self.residuals(playhead).items():
            self.push(adjoint, name, 2.0 * residual)
            cost += float(np.sum(residual * residual))
        return cost

    def push(self, adjoint: Adjoint, name: str, weights: Floats) -> None:
        """Add the gradient of the sum of weights * residual to the adjoint."""
        target = adjoint.u if name == "position" else adjoint.w
        target[:, self.key.bodies] += (self.root * weights).T

    def cost(self, playhead: Playhead) -> float:
        """Return the cost as the artist weighs it: without penalty and multipliers."""
        return self._cost_of(self.root, playhead)

    def _cost_of(self, root: Floats, playhead: Playhead) -> float:
        return sum(float(np.sum((root * gap) ** 2)) / self.penalty for gap in self.gaps(playhead).values())

    def unseen(self, playhead: Playhead) -> float:
        """Return what it would cost if all bodies did as those that are held out; 0 where there are none."""
        if self.kept is None or not 0.0 < self.kept.mean() < 1.0:
            return 0.0
        share = self.kept.mean() / (1.0 - self.kept.mean())
        return self._cost_of(self._root_of((1.0 - self.kept) * share), playhead)

    def slope(self, playhead: Playhead) -> float:
        """Return how fast the cost grows with time, per second, with the forces of this frame."""
        system, who = playhead.system, self.key.bodies
        rates = {
            "position": playhead.velocity * system.loose.T,
            "velocity": acceleration(system, playhead.live, playhead.frame),
        }
        weights = self.root**2 / self.penalty
        return sum(2.0 * float(np.sum(weights * gap * rates[name][who])) for name, gap in self.gaps(playhead).items())

    def verdict(self, playhead: Playhead) -> Verdict:
        """Return what the motion is worth to this keyframe."""
        excess = max(0.0, self.farthest(playhead) - self.key.tolerance) if self.key.nail else 0.0
        return Verdict(self.cost(playhead), self.miss(playhead), excess, self.unseen(playhead))

    def miss(self, playhead: Playhead) -> float:
        """Return the root mean square distance from the targets, over the axes that count."""
        return float(np.sqrt(np.mean(self._squares(playhead))))

    def farthest(self, playhead: Playhead) -> float:
        """Return the largest distance from a target."""
        return float(np.sqrt(np.max(self._squares(playhead))))

    def _squares(self, playhead: Playhead) -> Floats:
        gaps = self.gaps(playhead)
        gap = gaps.get("position", gaps.get("velocity"))
        return np.asarray(np.sum((gap * np.array(self.key.axes)) ** 2, axis=1))

    def release(self) -> None:
        """Forget what pressing has taught a nail."""
        self.penalty, self.shift = 1.0, {}

    def tighten(self, playhead: Playhead) -> bool:
        """Move the multipliers of a nail that is not in yet by what is missing, and weigh it more; say if it was so."""
        if self.penalty >= FIRMEST or not self.verdict(playhead).excess:
            return False
        for name, gap in self.gaps(playhead).items():
            self.shift[name] = (self.shift.get(name, 0.0) + gap) / 4.0
        self.penalty *= 4.0
        return True


def terms_of(keyframes: tuple[Keyframe, ...]) -> list[Term]:
    """Return a term for every frame at which something is asked for, in the order of these."""
    terms = list[Term]()
    for key in keyframes:
        order = np.arange(key.bodies.size) if key.assignment is None else key.assignment
        choice = Choice(key.frame, order)
        terms += [Term(key, choice, after) for after in range(key.hold + 1)]
    return sorted(terms, key=lambda term: term.frame)


def by_keyframe(terms: Sequence[Term]) -> list[list[Term]]:
    """Return the terms of each keyframe, in the order of the keyframes' first frames."""
    found = dict[Choice, list[Term]]()
    for term in terms:
        found.setdefault(term.choice, []).append(term)
    return list(found.values())


def together(verdicts: Sequence[Verdict]) -> Verdict:
    """Return what a motion is worth to a keyframe, of its verdicts frame by frame: the miss is root mean square."""
    if len(verdicts) == 1:
        return verdicts[0]
    miss = float(np.sqrt(np.mean([verdict.miss**2 for verdict in verdicts])))
    excess = max(verdict.excess for verdict in verdicts)
    unseen = sum(verdict.unseen for verdict in verdicts)
    return Verdict(sum(verdict.cost for verdict in verdicts), miss, excess, unseen)
