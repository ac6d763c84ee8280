"""How much the keyframes of an objective ask, and whether a motion is good enough for them."""

from collections.abc import Sequence
from contextlib import ExitStack

import numpy as np

from revanim.engine.alive.acting import acceleration
from revanim.engine.forces.nudge import nudge
from revanim.solve.objective import Objective
from revanim.solve.terms import Term

EXACT, EVEN = 1e-10, 1e-4  # miss over size, of named places and of shapes: nothing more to gain


def hits(objective: Objective, misses: Sequence[float]) -> bool:
    """Return whether every keyframe is hit as well as anyone could see."""
    pushed = any(handle.pushes for handle in objective.handles)
    enough = [EVEN if group[0].open and not pushed else EXACT for group in objective.groups]
    return all(miss < part * objective.size for miss, part in zip(misses, enough, strict=True))


def forced(objective: Objective) -> bool:
    """Return whether forces act that pushes can be compared with."""
    return any(not part.muted and part.kind != nudge.name for part in objective.origin.forces)


def force_at_home(objective: Objective) -> float:
    """Return the root mean square of what forces do at home, length / s², by which pushes are measured."""
    timing, playhead = objective.origin.timing, objective.playhead
    with ExitStack() as stack:
        for handle in objective.handles:
            if handle.pushes:
                stack.enter_context(handle.resting(playhead))
        force = acceleration(playhead.system, objective.origin.bodies.state, timing.home)
    seconds = (objective.last - timing.home) / timing.fps
    return float(np.sqrt(np.mean(np.sum(force * force, axis=1)))) or objective.size / seconds**2


def residual_count(objective: Objective) -> int:
    """Return how many residuals there are, of all keyframes."""
    return sum(int(objective.moves(term).sum()) * _times(term) for term in objective.terms)


def asks_once(objective: Objective) -> bool:
    """Return whether nothing is asked of any body twice along an axis, so that a launch may do."""
    asked = np.zeros(objective.origin.bodies.position.shape, np.int64)
    for term in objective.terms:
        asked[term.key.bodies] += _times(term) * objective.moves(term)
    return int(asked.max(initial=0)) <= 1


def _times(term: Term) -> int:
    """Return 2 where a term asks for places and speeds, else 1."""
    return (term.key.position is not None) + (term.key.velocity is not None)
