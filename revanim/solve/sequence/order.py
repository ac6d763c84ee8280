"""Who goes where in shapes, so that the pushes along the whole sequence are least.

The cost of a sequence is a quadratic form Q of the gaps, so for the places of one keyframe, all others given, it is
least at -sum_l Q_kl gap_l / Q_kk beyond the free flight: a linear assignment to those places.
"""

import numpy as np

from revanim.engine.parameter import Floats
from revanim.solve.assignment import assign
from revanim.solve.sequence.levers import FAINT, Levers
from revanim.solve.sequence.steering import Mask
from revanim.solve.terms import Term

SWEEPS, WORTH = 4, 0.02  # over the keyframes, and the part of the pushes that one must save to be followed by another


def put_in_order(levers: Levers) -> None:
    """Give each body its places in the shapes of all keyframes, unless that has been done."""
    wishes = levers.steering.wishes
    firsts = levers.steering.objective.firsts
    still_open = [term for term in firsts if term.open and not term.choice.planned]
    costs = list[float]()
    for sweep in range(SWEEPS if still_open else 0):
        for term in still_open:
            known = np.array([sweep > 0 or wish.term.frame < term.frame for wish in wishes])
            near, axes = _cheapest(levers, term, known), np.array(term.key.axes)
            assert term.key.position is not None
            term.choice.order = assign(near[term.key.bodies] * axes, term.key.position * axes)
        costs.append(float(np.sum(levers.closing(levers.gaps)[1:] ** 2)))
        if len(still_open) == 1 or (sweep and costs[-1] > (1 - WORTH) * costs[-2]):
            break
    for term in still_open:
        term.choice.planned = True


def _cheapest(levers: Levers, term: Term, known: Mask) -> Floats:
    """Return float64[n, 3], where each body would be at a keyframe with the least pushes, other targets given."""
    mine = np.array([wish.term.key is term.key and wish.name == "position" for wish in levers.steering.wishes])
    gaps, free = (field.reshape(mine.size, -1) for field in (levers.gaps, levers.free))
    found = free[np.flatnonzero(mine)[0]].copy()
    for alike in levers.alike:
        used = known[alike.wishes] | mine[alike.wishes]
        some, lever = alike.wishes[used], alike.lever[used]
        block = mine[some]
        if block.any():
            push = np.linalg.pinv(lever, rcond=np.sqrt(FAINT))
            q = push.T[block] @ push
            here, rest = free[np.ix_(some[block], alike.who)], gaps[np.ix_(some[~block], alike.who)]
            found[alike.who] = (q[:, block] @ here - q[:, ~block] @ rest).sum(axis=0) / q[:, block].sum()
    return np.asarray(found.reshape(levers.x0.shape))
