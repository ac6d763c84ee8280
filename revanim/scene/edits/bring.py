"""Bringing bodies somewhere with whatever they are joined to, as a hand does that pulls at a chain."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import numpy as np
from numpy.typing import ArrayLike

from revanim.engine.parameter import Curve, Floats
from revanim.scene.edits.bodies import existing, set_motion
from revanim.scene.edits.joints import Joints, Mask
from revanim.scene.part import kind_of
from revanim.scene.scene import Index, Part, Scene

NEAR = 1e-6  # of the longest link: a place that is reached
UNSEEN = 4.0  # frames: a spring that swings through in fewer is a thread, for nobody sees it swing


def bring_bodies(
    scene: Scene, bodies: ArrayLike, *, position: ArrayLike | None = None, velocity: ArrayLike | None = None
) -> Scene:
    """Give some bodies another position or velocity (float64[k, 3]) at home, as far as their links let them go.

    Rods stay as long as they are, to the rounding of the grid, and threads (springs too swift to be seen swinging)
    become no longer. What hangs on them comes along by the least motion, and where a place is out of reach bodies come
    near it. Speeds change by the least with which no rod is stretched faster than before. Pinned bodies stay, unless
    they are named. What is not joined is set as by `set_motion`, and all other bodies keep their bits.
    """
    who = existing(scene, bodies)
    plain = set_motion(scene, who, position=position, velocity=velocity)
    joined = joints_of(scene, scene.bodies.position, who)
    if joined is None:
        return plain
    there, joints = joined
    hand, before, wanted = np.flatnonzero(np.isin(there, who)), scene.bodies, plain.bodies
    place = joints.led(before.position[there], hand, wanted.position[there[hand]])
    rates = joints.rates(before.position[there], before.velocity[there])
    speed = joints.steadied(place, wanted.velocity[there], rates, hand)
    moved, turned = (place != wanted.position[there]).any(axis=1), (speed != wanted.velocity[there]).any(axis=1)
    after = set_motion(plain, there[moved], position=place[moved])
    return set_motion(after, there[turned], velocity=speed[turned])


def led_places(scene: Scene, place: Floats, like: Floats, bodies: Index, target: Floats, others: Index) -> Floats:
    """Return float64[n, 3], where all bodies are when some, int64[k], are led from places as near to theirs as can be.

    Links are as long as they are at `like`, float64[n, 3]. The others that are named stay where that is no hindrance.
    """
    found = place.copy()
    found[bodies] = target
    joined = joints_of(scene, like, bodies)
    if joined is not None:
        there, joints = joined
        hand, still = np.flatnonzero(np.isin(there, bodies)), np.isin(there, np.setdiff1d(others, bodies))
        wanted, firm = found[there[hand]], replace(joints, ease=np.where(still[:, None], 0.0, joints.ease))
        led = firm.led(place[there], hand, wanted)
        if still.any() and np.abs(led[hand] - wanted).max() > NEAR * joints.longest:
            led = joints.led(place[there], hand, wanted)
        found[there] = led
    return found


def joined(scene: Scene, bodies: Index) -> int:
    """Return how many stiff links hold some bodies, directly or over others; 0 where they can go wherever they want."""
    found = joints_of(scene, scene.bodies.position, bodies)
    return 0 if found is None else len(found[1].links)


def joints_of(scene: Scene, place: Floats, held: Index) -> tuple[Index, Joints] | None:
    """Return the bodies, int64[n], that stiff links join to those in the hand, and what joins them.

    Links are as long as they are at float64[.., 3]. None where nothing is joined.
    """
    found = list(_stiff_links(scene))
    links = np.concatenate([np.zeros((0, 2), np.int64), *(links for links, _ in found)])
    rods: Mask = np.concatenate([np.zeros(0, np.bool_), *(rods for _, rods in found)])
    away = _away(links, held, scene.bodies.count)
    among = away[links[:, 0]] >= 0
    if not among.any():
        return None
    there = np.unique(links[among])
    links = np.searchsorted(there, links[among])
    ease = np.where(scene.bodies.pinned[there], 0.0, 1.0 / scene.bodies.mass[there])
    apart = place[there][links[:, 0]] - place[there][links[:, 1]]
    flat = np.array([1.0, 1.0, float(not scene.planar)])
    return there, Joints(links, rods[among], np.linalg.norm(apart, axis=1), ease[:, None] * flat, flat, away[there])


def _stiff_links(scene: Scene) -> Iterator[tuple[Index, Mask]]:
    """Yield int64[k, 2], links that keep their lengths, and bool[k], which of them are rods."""
    for part in scene.forces:
        if part.muted or part.links is None:
            continue
        if kind_of(part).keeps:
            yield part.links, np.ones(len(part.links), np.bool_)
        elif kind_of(part).firmness:
            links = part.links[_swift(scene, part)]
            yield links, np.zeros(len(links), np.bool_)


def _swift(scene: Scene, part: Part) -> Mask:
    """Return bool[k], which springs swing faster than anybody sees."""
    stiffness = part.values[kind_of(part).firmness]
    assert part.links is not None
    if stiffness is None or isinstance(stiffness, Curve):
        return np.zeros(len(part.links), np.bool_)
    give = np.sum(1.0 / scene.bodies.mass[part.links], axis=1)
    return np.asarray(stiffness * give > (2 * np.pi * scene.timing.fps / UNSEEN) ** 2)


def _away(links: Index, held: Index, bodies: int) -> Index:
    """Return int64[n], over how many links each body hangs on one in the hand; -1 where it does not."""
    away = np.full(bodies, -1)
    away[held] = 0
    for step in count(1):
        reached = away[links] >= 0
        new = links[:, ::-1][reached & ~reached[:, ::-1]]
        if not new.size:
            break
        away[new] = step
    return away
