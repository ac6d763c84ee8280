"""Why a solve fell short: of what stands in the way, the one thing that helps most to change."""

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.parts.carried import carried
from revanim.sentence import Sentence
from revanim.solve.advice.advice import Advice
from revanim.solve.advice.foresight import FAIR, out_of_aim, push_frames, pushed, pushes_after
from revanim.solve.advice.remedies import allow_pushes, give_way, give_window, open_bounds, push_at_once, take_off_nail
from revanim.solve.horizon import aim_of
from revanim.solve.objective import Objective
from revanim.solve.terms import Term

AGAINST = -0.8  # cosine between what two keyframes want
EAGER = 0.05  # part of its cost that a keyframe would save a frame earlier or later, to first order
LATER = 12  # frames of a window that is offered


def advise(objective: Objective, z: Floats, misses: tuple[float, ...]) -> Advice | None:
    """Return what stands in the way of a better result, or nothing where it is good."""
    nail = _nail(objective, z)
    if max(misses) < FAIR * objective.size:
        return nail
    if objective.variables.learns:
        sentence = Sentence("It can come nearer: solve again to go on from here, or give it more layers.")
        return _at_bounds(objective, z) or nail or Advice(sentence)
    worst = int(np.argmax(misses))
    return (
        _at_bounds(objective, z)
        or _late(objective, objective.firsts[worst])
        or _chaos(objective, z, objective.firsts[worst].frame)
        or nail
        or _timing(objective, z)
        or _conflict(objective, z)
        or _otherwise(objective, worst)
    )


def _nail(objective: Objective, z: Floats) -> Advice | None:
    """Name the nail that is farthest from being in."""
    found = [
        (term.farthest(objective.playhead), term)
        for term in objective.visit(z, objective.terms)
        if term.verdict(objective.playhead).excess
    ]
    if not found:
        return None
    distance, term = max(found, key=lambda one: one[0])
    sentence = Sentence("The nail at frame {frame} is still {distance:.2g} away.", frame=term.frame, distance=distance)
    return Advice(sentence, take_off_nail(_number(objective, term)))


def _number(objective: Objective, term: Term) -> int:
    """Return which keyframe a term is of."""
    return next(number for number, group in enumerate(objective.groups) if group[0].choice is term.choice)


def _at_bounds(objective: Objective, z: Floats) -> Advice | None:
    held = (z <= objective.low) | (z >= objective.high)
    if held.sum() <= z.size / 20:
        return None
    names = [h.control.name for h in objective.handles if held[objective.part_of(h.control.name)].any()]
    told = Sentence("{held} of {count} values lie at their bounds: widen them.", held=int(held.sum()), count=z.size)
    return Advice(told, open_bounds(names))


def _chaos(objective: Objective, z: Floats, worst: int) -> Advice | None:
    """Say so when an error at home has grown beyond aim before the worst keyframe."""
    if any(handle.rows > 1 for handle in objective.handles):
        return None
    return out_of_aim(objective, worst) if aim_of(objective, z, worst) else None


def _late(objective: Objective, worst: Term) -> Advice | None:
    """Say so where a launch was to reach a key before any push begins, and did not."""
    curves = [handle.curve for handle in objective.handles if handle.pushes and handle.curve is not None]
    first = min((curve.first for curve in curves), default=objective.origin.timing.home)
    if first <= objective.origin.timing.home:
        return None
    sentence = Sentence(
        "Pushes that begin after frame {first} come too late for the key at frame {frame}: push from the start.",
        first=first, frame=worst.frame,
    )  # fmt: skip
    return Advice(sentence, push_at_once(push_frames(objective)))


def _conflict(objective: Objective, z: Floats) -> Advice | None:
    """Name two keyframes that want opposite changes."""
    wants = [objective.gradient_of(z, group) for group in objective.groups]
    for i, one in enumerate(wants):
        for j, other in enumerate(wants[:i]):
            size = np.linalg.norm(one) * np.linalg.norm(other)
            if size > 0 and one @ other < AGAINST * size:
                first, second = objective.firsts[j].frame, objective.firsts[i].frame
                if not pushed(objective):
                    sentence = Sentence(
                        "The keys at frames {first} and {second} pull against each other: allow pushes between them.",
                        first=first,
                        second=second,
                    )
                    remedy = allow_pushes(push_frames(objective), pushes_after(objective, first))
                    return Advice(sentence, remedy)
                sentence = Sentence(
                    "The keys at frames {first} and {second} pull against each other: weigh one less.",
                    first=first,
                    second=second,
                )
                return Advice(sentence, give_way(i))
    return None


def _timing(objective: Objective, z: Floats) -> Advice | None:
    """Name the keyframe that would be hit better a little earlier or later than it may be."""
    timing = objective.origin.timing
    found, verdicts, slopes = list[tuple[float, int, bool]](), objective.verdicts(z), objective.slopes(z)
    for index, term in enumerate(objective.firsts):
        verdict, gain = verdicts[index], -slopes[index] / timing.fps
        first, last = term.key.window or (term.frame, term.frame)
        stuck = term.frame == last if gain > 0 else term.frame == first > timing.home + 1
        if stuck and abs(gain) > EAGER * verdict.cost and verdict.miss > FAIR * objective.size:
            found.append((verdict.cost, index, gain > 0))
    if not found:
        return None
    _, index, later = max(found)
    term = objective.firsts[index]
    first, last = term.key.window or (term.frame, term.frame)
    wider = (first, last + LATER) if later else (max(timing.home + 1, first - LATER), last)
    sentence = Sentence(
        "The key at frame {frame} would be hit better {when}: {how} window.",
        frame=term.frame,
        when=Sentence("later") if later else Sentence("earlier"),
        how=Sentence("widen its") if term.key.window else Sentence("give it a"),
    )
    return Advice(sentence, give_window(index, *wider))


def _otherwise(objective: Objective, worst: int) -> Advice:
    """Say what may help when nothing better is known."""
    term = objective.firsts[worst]
    if carried(objective.origin)[term.key.bodies].all():  # whom no push reaches
        sentence = Sentence(
            "The flow comes no nearer to frame {frame}: add vortices around what it carries.", frame=term.frame
        )
        return Advice(sentence)
    if not pushed(objective):
        sentence = Sentence("No launch was found that leads to frame {frame}: allow pushes.", frame=term.frame)
        return Advice(sentence, allow_pushes(push_frames(objective)))
    first, last = term.key.window or (term.frame, term.frame)
    sentence = Sentence("The key at frame {frame} was not quite reached: let it come a little later.", frame=term.frame)
    return Advice(sentence, give_window(worst, first, last + LATER))
