"""How far rods let a body go: no farther than the shortest way over rods from what holds it, and no nearer either."""

from heapq import heappop, heappush

import numpy as np

from revanim.engine.parameter import Floats
from revanim.sentence import Sentence
from revanim.solve.advice.advice import Advice
from revanim.solve.advice.remedies import bring_near
from revanim.solve.objective import Objective
from revanim.solve.rods import Rods
from revanim.solve.terms import Term

STRETCH = 1.03  # times its length: rods give a little
WITHIN = 0.97  # of the reach: a chain that is quite straight has no way to become shorter

Links = dict[int, list[tuple[int, float]]]
Ways = dict[int, tuple[float, float]]  # by body: the length of the way to it, and of the longest rod on that


def out_of_reach(objective: Objective) -> Advice | None:
    """Name a target that rods cannot reach, or two that are not as far apart as the rod between them is long."""
    rods = Rods(objective.playhead.system, objective.origin.bodies.position)
    if not len(rods.links) or any("." in handle.control.name for handle in objective.handles):
        return None
    settled = [(i, term) for i, term in enumerate(objective.firsts) if term.key.position is not None and not term.open]
    pins = np.intersect1d(np.flatnonzero(objective.origin.bodies.pinned), rods.links)
    ways = {int(pin): _ways(_links(rods), int(pin)) for pin in pins}
    for index, term in settled:
        advice = _far_from_pins(objective, index, term, ways) or _torn(objective, index, term, rods)
        if advice is not None:
            return advice
    return None


def _links(rods: Rods) -> Links:
    found: Links = {}
    for (one, other), length in zip(rods.links.tolist(), rods.lengths.tolist(), strict=True):
        found.setdefault(one, []).append((other, length))
        found.setdefault(other, []).append((one, length))
    return found


def _ways(links: Links, start: int) -> Ways:
    """Return the shortest way over rods from a body to each that it is joined to (Dijkstra 1959)."""
    found, waiting = Ways(), [(0.0, start, 0.0)]
    while waiting:
        length, body, longest = heappop(waiting)
        if body not in found:
            found[body] = length, longest
            for other, more in links[body]:
                heappush(waiting, (length + more, other, max(longest, more)))
    return found


def _far_from_pins(objective: Objective, index: int, term: Term, ways: dict[int, Ways]) -> Advice | None:
    """Name the target that is missed by most, however the rods turn."""
    assert term.key.position is not None
    axes, place = np.array(term.key.axes), objective.origin.bodies.position
    targets, worst = term.key.position.copy(), (1.0, 0.0, 0.0)  # how many times too far or near, length, distance
    for pin, found in ways.items():
        for row, body in enumerate(term.key.bodies.tolist()):
            if body not in found or body == pin:
                continue
            length, longest = found[body]
            apart = np.where(axes, targets[term.order[row]] - place[pin], 0.0)
            distance = float(np.linalg.norm(apart))
            least = 2.0 * longest - length if _whole(objective, term) else 0.0
            times, end = max((distance / length, WITHIN * length), (least / max(distance, 1e-9), least / WITHIN))
            if times > STRETCH:
                worst = max(worst, (times, length, distance))
                targets[term.order[row]] -= apart * (1.0 - end / distance) if distance else 0.0
    if worst[0] == 1.0:
        return None
    sentence = Sentence(
        "The chain is {length:.2g} long, the target at frame {frame} {distance:.2g} away from where it is pinned.",
        length=worst[1],
        distance=worst[2],
        frame=term.frame,
    )
    return Advice(sentence, bring_near(index, targets))


def _torn(objective: Objective, index: int, term: Term, rods: Rods) -> Advice | None:
    """Name a rod whose ends are asked to be nearer or farther than it is long."""
    assert term.key.position is not None
    row = np.full(objective.origin.bodies.count, -1)
    row[term.key.bodies] = term.order
    ends = row[rods.links]
    both = (ends >= 0).all(axis=1)
    if not both.any() or not _whole(objective, term):
        return None
    apart = np.linalg.norm(term.key.position[ends[both, 0]] - term.key.position[ends[both, 1]], axis=1)
    length = rods.lengths[both]
    times = np.maximum(apart, length) / np.maximum(np.minimum(apart, length), 1e-9)
    if times.max() < STRETCH:
        return None
    rod = int(times.argmax())
    one, other = rods.links[both][rod]
    sentence = Sentence(
        "Bodies {one} and {other} shall be {distance:.2g} apart at frame {frame}, but their rod is {length:.2g} long.",
        one=one,
        other=other,
        distance=apart[rod],
        frame=term.frame,
        length=length[rod],
    )
    return Advice(sentence, bring_near(index, _straightened(objective, term, rods)))


def _straightened(objective: Objective, term: Term, rods: Rods) -> Floats:
    """Return the nearest targets that leave rods as long as they are."""
    assert term.key.position is not None
    place = objective.origin.bodies.position.copy()
    place[term.key.bodies] = term.key.position[term.order]
    whole = place.T.ravel()
    free = whole[rods.free]
    whole[rods.free] = rods.straighten(np.concatenate([free, 0.0 * free]))[: free.size]
    targets = term.key.position.copy()
    targets[term.order] = whole.reshape(3, -1).T[term.key.bodies]
    return targets


def _whole(objective: Objective, term: Term) -> bool:
    """Whether a key says all there is to say of a place."""
    return all(term.key.axes[: 2 if objective.origin.planar else 3])
