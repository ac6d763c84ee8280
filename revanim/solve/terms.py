"""What a keyframe costs, and what that asks of the motion."""

from dataclasses import dataclass, field

import numpy as np

from revanim.engine.adjoint import Adjoint
from revanim.engine.parameter import Floats
from revanim.engine.playhead import Playhead
from revanim.engine.system import acceleration
from revanim.scene.scene import Index, Keyframe
from revanim.solve.assignment import assign

FIRMEST = 1e9  # penalty beyond which a nail that is not in will not go in


@dataclass(frozen=True)
class Verdict:
    """What a motion is worth to a keyframe."""

    cost: float  # as the artist weighs it
    miss: float
    excess: float  # by how much a nail sticks out beyond its tolerance


@dataclass(eq=False)
class Term:
    """A keyframe while it is solved for: its frame and its assignment may change, and a nail learns its multipliers.

    The cost is the sum of weight * |x - target|^2 over its bodies. A nail costs penalty * |x - target + shift|^2
    instead: the augmented Lagrangian, with shift = multiplier / (2 penalty) (Nocedal and Wright 2006, ch. 17.3).
    """

    key: Keyframe
    frame: int
    order: Index  # int64[k], the target of each body
    penalty: float = 1.0
    shift: dict[str, Floats] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether who goes where is still to be found out."""
        return self.key.shape and self.key.assignment is None and self.key.position is not None

    @property
    def root(self) -> Floats:
        """float64[k, 3], the square root of the weight of each residual."""
        each = np.ones(self.key.bodies.size) if self.key.weights is None else self.key.weights
        return np.sqrt(self.penalty * self.key.weight * each)[:, None] * np.array(self.key.axes, np.float64)

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
        root = self.root / np.sqrt(self.penalty)
        return sum(float(np.sum((root * gap) ** 2)) for gap in self.gaps(playhead).values())

    def slope(self, playhead: Playhead) -> float:
        """Return how fast the cost grows with time, per second, with the forces of this frame."""
        system, who = playhead.system, self.key.bodies
        rates = {
            "position": playhead.velocity * system.free.T,
            "velocity": acceleration(system, playhead.live, playhead.frame),
        }
        weights = self.root**2 / self.penalty
        return sum(2.0 * float(np.sum(weights * gap * rates[name][who])) for name, gap in self.gaps(playhead).items())

    def verdict(self, playhead: Playhead) -> Verdict:
        """Return what the motion is worth to this keyframe."""
        excess = max(0.0, self.farthest(playhead) - self.key.tolerance) if self.key.nail else 0.0
        return Verdict(self.cost(playhead), self.miss(playhead), excess)

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

    def reassign(self, playhead: Playhead) -> bool:
        """Give each body of a shape the target that makes the sum of squared distances least; say if any changed."""
        before = self.order
        if self.open:
            assert self.key.position is not None
            axes = np.array(self.key.axes)
            self.order = assign(playhead.position[self.key.bodies] * axes, self.key.position * axes)
        return not np.array_equal(before, self.order)

    def retime(self, playhead: Playhead) -> None:
        """Walk through the frames of the window, and take the one that costs least."""
        first, last = self.key.window or (self.frame, self.frame)
        costs = []
        for frame in range(first, last + 1):
            playhead.seek(frame)
            costs.append(self.cost(playhead))
        self.frame = first + int(np.argmin(costs))

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
    """Return the terms of a scene's keyframes, in the order of their frames."""
    return [
        Term(key, key.frame, np.arange(key.bodies.size) if key.assignment is None else key.assignment)
        for key in keyframes
    ]
