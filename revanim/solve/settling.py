"""What a solve may choose of the keyframes themselves: who goes where, when, and how firmly a nail is pressed in."""

from collections.abc import Sequence

import numpy as np

from revanim.engine.parameter import Floats
from revanim.engine.playhead import Playhead
from revanim.solve.assignment import assign
from revanim.solve.objective import Objective
from revanim.solve.terms import Term


def unsettled(objective: Objective) -> bool:
    """Return whether any keyframe leaves open who goes where, or when."""
    return any(term.key.window or (term.key.shape and term.key.assignment is None) for term in objective.terms)


def settle(objective: Objective, z: Floats) -> bool:
    """Choose who goes where and when, as far as that is open, for the motion that z makes; say if that is new."""
    if not unsettled(objective):
        return False
    places = {term: objective.playhead.position for term in objective.visit(z) if term.open}
    shapes = [group for group in objective.groups if group[0] in places]
    changed = [_reassign(group, [places[term] for term in group]) for group in shapes]
    later = retime(objective, z)
    objective.forget()
    return later or any(changed)


def adopt(objective: Objective, other: Objective) -> None:
    """Choose as another objective of the same keyframes has chosen."""
    for mine, theirs in zip(objective.firsts, other.firsts, strict=True):
        mine.choice.order, mine.choice.planned = theirs.choice.order, theirs.choice.planned
        mine.choice.frame = theirs.choice.frame


def retime(objective: Objective, z: Floats) -> bool:
    """Give keyframes with a window the frame at which the motion comes closest; return whether any changed.

    One walk tries them all, and none is passed over as a step along `slopes` might.
    """
    before = [term.frame for term in objective.terms]
    for group in objective.groups:
        if group[0].key.window is not None and group[0].key.frame <= objective.horizon:
            objective.at_home(z)
            with objective.coming_home():
                _retime(group, objective.playhead)
    return before != [term.frame for term in objective.terms]


def tighten(objective: Objective, z: Floats) -> bool:
    """Press the nails that are not in yet; return whether there were any."""
    pressed = [term.tighten(objective.playhead) for term in objective.visit(z)]
    return any(pressed)


def release(objective: Objective) -> None:
    """Let nails be as they were before they were pressed: elsewhere, other forces work against them."""
    for term in objective.terms:
        term.release()


def _reassign(terms: Sequence[Term], places: Sequence[Floats]) -> bool:
    """Give each body of a shape the target that makes the sum of squared distances least; say if any changed.

    `places`, float64[n, 3], are those of all bodies at each of the keyframe's terms: the sum over a hold is least where
    that of the mean place is.
    """
    term, before = terms[0], terms[0].order
    assert term.key.position is not None
    axes = np.array(term.key.axes)
    place = places[0] if len(places) == 1 else np.mean(places, axis=0)
    term.choice.order = assign(place[term.key.bodies] * axes, term.key.position * axes)
    return not np.array_equal(before, term.order)


def _retime(terms: Sequence[Term], playhead: Playhead) -> None:
    """Walk through the frames of a keyframe's window, and take the one from which it costs least, with its hold."""
    key, choice = terms[0].key, terms[0].choice
    first, last = key.window or (choice.frame, choice.frame)
    costs = np.zeros(last + 1 - first)
    for frame in range(first, last + 1 + key.hold):
        playhead.seek(frame)
        for term in terms:
            if 0 <= frame - term.after - first < costs.size:
                costs[frame - term.after - first] += term.cost(playhead)
    choice.frame = first + int(np.argmin(costs))
