"""Why a solve fell short, in plain words."""

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.sentence import N_, NOTHING, Sentence, listed
from revanim.solve.objective import Objective
from revanim.solve.terms import Choice

FAIR = 1e-2  # miss over size: less needs no explanation
LOST = 9.0  # e-foldings of an error that a launch can still aim through
TINY = 1e-7  # of the size of the scene: the error whose growth is measured
AGAINST = -0.8  # cosine between what two keyframes want
EAGER = 0.05  # part of its cost that a keyframe would save a frame earlier or later, to first order


def reasons(objective: Objective, z: Floats, misses: tuple[float, ...]) -> Sentence:
    """Return a sentence that says what stands in the way of a better result, or nothing where it is good."""
    nails = _nails(objective, z)
    if max(misses) < FAIR * objective.size and not nails:
        return NOTHING
    worst = objective.groups[int(np.argmax(misses))][0].frame
    found = [*nails, *_at_bounds(objective, z), *_chaos(objective, z, worst), *_conflict(objective, z)]
    found += _timing(objective, z)
    if not found:
        return Sentence(
            "No better motion towards frame {frame} was found from here: try more iterations or controls.", frame=worst
        )
    return listed(found)


def _nails(objective: Objective, z: Floats) -> list[Sentence]:
    """Name the nails that are not in."""
    away = dict[Choice, tuple[float, int]]()  # of a hold, at the frame where it is farthest
    for term in objective.visit(z):
        if term.verdict(objective.playhead).excess:
            farthest = term.farthest(objective.playhead), term.frame
            away[term.choice] = max(farthest, away.get(term.choice, farthest))
    return [
        Sentence("The nail at frame {frame} is still {distance:.2g} away.", frame=frame, distance=distance)
        for distance, frame in away.values()
    ]


def _at_bounds(objective: Objective, z: Floats) -> list[Sentence]:
    held = int(np.sum((z <= objective.low) | (z >= objective.high)))
    told = Sentence("{held} of {count} values lie at their bounds: widen them.", held=held, count=z.size)
    return [told] if held > z.size / 20 else []


def _chaos(objective: Objective, z: Floats, worst: int) -> list[Sentence]:
    """Say so when an error at home has grown beyond aim before the worst keyframe."""
    if any(handle.rows > 1 for handle in objective.handles):
        return []
    growth, home = error_growth(objective, z, worst), objective.origin.timing.home
    lost = np.flatnonzero(growth > LOST)
    if not lost.size:
        return []
    fps, when = objective.origin.timing.fps, home + int(lost[0])
    seconds = len(growth) / (growth[-1] * fps)
    sentence = Sentence(
        "Frame {frame} is beyond what a launch alone can aim, since errors grow {factor:.2g}-fold every"
        " {seconds:.2g} s: allow nudges after frame {last}.",
        frame=worst,
        factor=np.e,
        seconds=seconds,
        last=when,
    )
    return [sentence]


def error_growth(objective: Objective, z: Floats, last: int) -> Floats:
    """Return float64[frames], the logarithm of how much a tiny error at home has grown, frame by frame."""
    home = objective.origin.timing.home
    random = np.random.default_rng(0)
    ways = [walk_positions(objective, z, last, None), walk_positions(objective, z, last, random)]
    apart = np.array([np.abs(one - other).max() for one, other in zip(*ways, strict=True)])
    return np.asarray(np.log(np.maximum(apart, 1e-300) / (TINY * objective.size))[: last - home])


def walk_positions(objective: Objective, z: Floats, last: int, random: np.random.Generator | None) -> list[Floats]:
    """Return the positions at every frame after home, from a start that is off by TINY when `random` is given."""
    playhead, places = objective.at_home(z), []
    with objective.coming_home():
        if random is not None:
            off = TINY * objective.size / objective.origin.bodies.grid.length_unit
            playhead.live[:3] += np.rint(off * random.uniform(-1, 1, playhead.live[:3].shape)).astype(np.int64)
        for frame in range(playhead.frame + 1, last + 1):
            try:
                playhead.seek(frame)
            except RevanimError:
                break
            places.append(playhead.position)
    return places


def _conflict(objective: Objective, z: Floats) -> list[Sentence]:
    """Name two keyframes that want opposite changes."""
    wants = [objective.gradient_of(z, group) for group in objective.groups]
    for i, one in enumerate(wants):
        for j, other in enumerate(wants[:i]):
            size = np.linalg.norm(one) * np.linalg.norm(other)
            if size > 0 and one @ other < AGAINST * size:
                sentence = Sentence(
                    "The keyframes at frames {first} and {second} pull against each other: weigh one less, or allow"
                    " nudges.",
                    first=objective.groups[j][0].frame,
                    second=objective.groups[i][0].frame,
                )
                return [sentence]
    return []


def _timing(objective: Objective, z: Floats) -> list[Sentence]:
    """Name the keyframes that would be hit better a little earlier or later than they may be."""
    found, timing = list[Sentence](), objective.origin.timing
    for group, verdict, slope in zip(objective.groups, objective.verdicts(z), objective.slopes(z), strict=True):
        key, frame, gain = group[0].key, group[0].frame, -slope / timing.fps
        first, last = key.window or (frame, frame)
        stuck = frame == last if gain > 0 else frame == first > timing.home + 1
        if stuck and abs(gain) > EAGER * verdict.cost and verdict.miss > FAIR * objective.size:
            when = Sentence("later") if gain > 0 else Sentence("earlier")
            how = Sentence("widen its") if key.window else Sentence("give it a")
            sentence = N_("The keyframe at frame {frame} would be hit better {when}: {how} window.")
            found.append(Sentence(sentence, frame=frame, when=when, how=how))
    return found
