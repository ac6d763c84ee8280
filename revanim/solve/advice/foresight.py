"""What cannot be had, seen before anything is solved: by counting, by lengths, and by a few walks.

Each check returns advice or nothing; the first that has something to say is the one whose remedy helps most.
"""

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np

from revanim.engine.force import no_pairs
from revanim.engine.grid import Counts
from revanim.error import RevanimError
from revanim.scene.scene import Keyframe, Scene
from revanim.sentence import Sentence
from revanim.solve.advice.advice import Advice, Wishes
from revanim.solve.advice.reach import out_of_reach
from revanim.solve.advice.remedies import (
    allow_pushes,
    choose_freely,
    leave_out,
    push_oftener,
    start_earlier,
    take_off_nail,
    unpin,
)
from revanim.solve.controls.control import LINKED_EVERY, NUDGE_EVERY
from revanim.solve.horizon import aim_of
from revanim.solve.judging import asks_once
from revanim.solve.objective import Objective
from revanim.solve.rods import Rods
from revanim.solve.sequence.levers import Levers
from revanim.solve.sequence.linkage import linkage_of
from revanim.solve.sequence.steering import Steering, can_steer

FAIR = 1e-2  # miss over size: less needs no explanation
LAUNCH = "velocity"


def refused(scene: Scene, wishes: Wishes) -> Advice | None:
    """Return why there is nothing to begin with, where something is known that would help."""
    home = scene.timing.home
    first = min((first_frame(key) for key in scene.keyframes), default=home + 1)
    if first <= home:
        sentence = Sentence(
            "The key at frame {frame} comes before the bodies start, at frame {home}.", frame=first, home=home
        )
        return Advice(sentence, start_earlier(min(first - 1, scene.timing.first)))
    if wishes != "auto" and not wishes and scene.keyframes:
        return Advice(Sentence("Nothing may change, so nothing can be solved."), choose_freely())
    return None


def first_frame(key: Keyframe) -> int:
    """Return the first frame at which a key may be hit."""
    return key.frame if key.window is None else key.window[0]


def foreseen(objective: Objective) -> Advice | None:
    """Return what cannot be had, by counting and by lengths, and by a walk to the first key that is missed at most."""
    advice = impossible(objective)
    if advice is None and (advice := _launch_alone(objective) or _too_close(objective)) and not _misses(objective):
        return None
    return advice


def impossible(objective: Objective) -> Advice | None:
    """Return what cannot be had, whatever pushes there are."""
    return _pinned(objective) or _at_two_places(objective) or out_of_reach(objective)


def _misses(objective: Objective) -> bool:
    """Whether the motion as it is misses a key: then it is not as it shall be already."""
    try:
        walked = objective.visit(objective.start, objective.terms)
        return any(term.miss(objective.playhead) > FAIR * objective.size for term in walked)
    except RevanimError:
        return True


def _launched(objective: Objective) -> bool:
    """Whether there is nothing but a launch."""
    return all(handle.control.name == LAUNCH for handle in objective.handles)


def pushed(objective: Objective) -> bool:
    """Whether there are pushes along the way."""
    return any(handle.pushes for handle in objective.handles)


def push_frames(objective: Objective) -> int:
    """Return for how many frames a push had best last: there must be some between every two keys."""
    marks = [objective.origin.timing.home, *sorted({term.key.frame for term in objective.terms})]
    most = LINKED_EVERY if len(Rods(objective.playhead.system, objective.origin.bodies.position).links) else NUDGE_EVERY
    return max(1, min([most, int(np.diff(marks).min()) // 2, *(way // 4 for way in _ways_of_holds(objective))]))


def pushes_after(objective: Objective, frame: int) -> int | None:
    """Return after which frame pushes are enough; None where they had best begin at once.

    Up to that frame a launch has to do: nothing may be asked twice there, and forces must let a launch lead anywhere.
    Springs do not: on their way back no launch matters. Measured on swarms of 30 with two keys, pushes after the first
    hit none of five on springs and three of five under gravity, those from home all ten, with half the effort.
    """
    early = [term for term in objective.terms if term.frame <= frame]
    twice = len(early) > 1 or any(term.key.position is not None and term.key.velocity is not None for term in early)
    return None if twice or objective.nonlinear else frame


def allowing(after: int | None) -> Sentence:
    """Return what is proposed, in words."""
    if after is None:
        return Sentence("allow pushes")
    return Sentence("allow pushes after frame {frame}", frame=after)


def _ways_of_holds(objective: Objective) -> list[int]:
    """Return how many frames there are before and after each hold.

    Bodies rest through every push that a hold touches, and to go from one rest to another takes two pushes between.
    """
    home, keys = objective.origin.timing.home, objective.origin.keyframes
    rests = [(home, home, 0), *((key.frame, key.end, key.hold) for key in keys)]
    return [later[0] - before[1] for before, later in pairwise(rests) if before[2] or later[2]]


def _pinned(objective: Objective) -> Advice | None:
    """Name a pinned body that is asked to be elsewhere."""
    pinned, place = objective.origin.bodies.pinned, objective.origin.bodies.position
    for term in objective.firsts:
        held = pinned[term.key.bodies]
        if not held.any() or term.key.position is None or term.open:
            continue
        gap = (term.key.position[term.order] - place[term.key.bodies]) * np.array(term.key.axes)
        off = held & (np.linalg.norm(gap, axis=1) > FAIR * objective.size)
        if off.any():
            who = term.key.bodies[off]
            sentence = Sentence(
                "{count} of the bodies asked for at frame {frame} are pinned, and stay where they are.",
                count=who.size, frame=term.frame,
            )  # fmt: skip
            one = Sentence(
                "Body {body} is pinned, and stays where it is at frame {frame}.", body=who[0], frame=term.frame
            )
            return Advice(one if who.size == 1 else sentence, unpin(who))
    return None


def _at_two_places(objective: Objective) -> Advice | None:
    """Name two keys that want bodies at two places at once."""
    settled = [(i, term) for i, term in enumerate(objective.firsts) if not (term.open or term.key.window)]
    for (_, one), (index, other) in combinations(settled, 2):
        apart_in_time = max(one.frame, other.frame) > min(one.key.end, other.key.end)
        if apart_in_time or one.key.position is None or other.key.position is None:
            continue
        both, mine, theirs = np.intersect1d(one.key.bodies, other.key.bodies, return_indices=True)
        gap = one.key.position[one.order][mine] - other.key.position[other.order][theirs]
        apart = np.linalg.norm(gap * np.logical_and(one.key.axes, other.key.axes), axis=1)
        if apart.max(initial=0.0) > FAIR * objective.size:
            sentence = Sentence(
                "Two keys at frame {frame} want body {body} at two places, {distance:.2g} apart.",
                frame=max(one.frame, other.frame), body=both[apart.argmax()], distance=apart.max(),
            )  # fmt: skip
            remedy = take_off_nail(index) if other.key.nail else leave_out(index, both)
            return Advice(sentence, remedy)
    return None


def _launch_alone(objective: Objective) -> Advice | None:
    """Say so where a launch has fewer numbers than the keys ask for."""
    if not _launched(objective) or asks_once(objective):
        return None
    frames = sorted({term.frame for term in objective.firsts})
    remedy = allow_pushes(push_frames(objective))
    held = [term.frame for term in objective.firsts if term.key.hold]
    if held:
        return Advice(
            Sentence("A launch alone cannot hold the key at frame {frame}: allow pushes.", frame=held[0]), remedy
        )
    if len(frames) == 1:
        sentence = Sentence(
            "A launch alone cannot decide where bodies are and also how fast at frame {frame}: allow pushes.",
            frame=frames[0],
        )
        return Advice(sentence, remedy)
    after = pushes_after(objective, frames[0])
    remedy, how = allow_pushes(push_frames(objective), after), allowing(after)
    if _overdetermined(objective):
        return Advice(Sentence("A launch alone cannot hit {count} keys: {how}.", count=len(frames), how=how), remedy)
    seldom = Sentence("A launch alone seldom hits {count} keys: {how}.", count=len(frames), how=how)
    return Advice(seldom, remedy, certain=False)


def _overdetermined(objective: Objective) -> bool:
    """Whether somewhere among bodies that feel each other more is asked than a launch has numbers."""
    system, launch = objective.playhead.system, objective.handles[0]
    free = np.zeros(system.free.shape, bool)
    free[:, launch.bodies] = system.free[:, launch.bodies] > 0
    asked = np.zeros(system.m.size, np.int64)
    for term in objective.terms:
        times = (term.key.position is not None) + (term.key.velocity is not None)
        np.add.at(asked, term.key.bodies, times * objective.moves(term).sum(axis=1))
    group, rods = _together(objective), Rods(system, objective.origin.bodies.position).links
    numbers = np.bincount(group, free.sum(axis=0)) - np.bincount(group[rods[:, 0]], minlength=group.max() + 1)
    return bool((np.bincount(group, asked) > numbers).any())


def _together(objective: Objective) -> Counts:
    """Return int64[n], a number for each body, the same for those that feel each other."""
    from scipy.sparse import coo_array  # slow to load, and needed only to count what cannot be had
    from scipy.sparse.csgraph import connected_components

    system, ends = objective.playhead.system, [np.zeros((0, 2), np.int64)]
    for item in system.items:
        kernels, who = item.kind.kernels, np.asarray(item.who)
        if item.kind.linked:
            ends.append(who.reshape(-1, 2))
        elif getattr(kernels, "pairs", no_pairs) is not no_pairs and who.size:
            ends.append(np.stack([np.full_like(who, who[0]), who], axis=1))
    one, other = np.concatenate(ends).T
    net = coo_array((np.ones(one.size, np.bool_), (one, other)), shape=(system.m.size, system.m.size))
    return np.asarray(connected_components(net, directed=False)[1], np.int64)


def beyond_aim(objective: Objective, off: float = 1.0) -> Advice | None:
    """Return a key that only a launch could hit, and before which an error at home has grown beyond aim: two walks.

    `off` is by how many sizes of the scene the motion misses its keys, where that is known.
    """
    if not _launched(objective) or not objective.nonlinear:
        return None
    lost = aim_of(objective, objective.start, objective.last, off)
    late = [term.frame for term in objective.firsts if lost is not None and term.frame > lost]
    return replace(out_of_aim(objective, late[-1]), certain=False) if late else None


def out_of_aim(objective: Objective, frame: int) -> Advice:
    """Say that an error at home has grown beyond aim before a key."""
    sentence = Sentence("Frame {frame} is beyond what a launch alone can aim: allow pushes.", frame=frame)
    return Advice(sentence, allow_pushes(push_frames(objective)))


def _too_close(objective: Objective) -> Advice | None:
    """Name two keys between which pushes come too seldom: what the plan cannot close is known without a walk."""
    if not can_steer(objective) or any(term.open for term in objective.terms):
        return None
    curve, best = next(handle.curve for handle in objective.handles if handle.pushes), push_frames(objective)
    if curve is None or best >= curve.every or linkage_of(objective) is not None:
        return None
    steering = Steering(objective)
    levers = Levers(steering)
    left = np.abs(steering.asked * (levers.gaps - levers.within_reach(levers.gaps))).max(axis=(1, 2))
    left[levers.moving] *= steering.interval
    if left.max(initial=0.0) < FAIR * objective.size:
        return None
    frame = steering.wishes[int(left.argmax())].term.frame
    sentence = Sentence(
        "Pushes every {every} frames are too few for the key at frame {frame}.", every=curve.every, frame=frame
    )
    return Advice(sentence, push_oftener(best))
