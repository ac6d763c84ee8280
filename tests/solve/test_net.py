"""Rods that close loops, or hang between pins: they keep their lengths, and keys are hit one after the other."""

from collections.abc import Sequence

import numpy as np
import pytest

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.solve.objective import Objective
from revanim.solve.rods import Rods
from revanim.solve.sequence.linkage import linkage_of
from revanim.solve.sequence.linked_ease import LinkedEase
from revanim.solve.sequence.linked_plan import LinkedPlan
from revanim.solve.sequence.net import MOST, Net, net_of
from revanim.solve.sequence.planned import corrected

LENGTH, GRAVITY = 0.5, 4.5


def hung(place: Floats, links: Sequence[tuple[int, int]], pinned: Sequence[int], velocity: Floats) -> ra.Scene:
    """Return bodies on rods of one length in a plane."""
    forces = [
        ra.force("uniform", acceleration=(0.0, -GRAVITY, 0.0)),
        ra.force("rod", links=links, length=LENGTH),
    ]
    held = np.isin(np.arange(len(place)), pinned)
    return ra.make_scene(place, velocity, 1.0, forces, pinned=held, planar=True, scheme="leapfrog", steps_per_frame=64)


def arc(rods: int) -> tuple[Floats, list[tuple[int, int]], list[int]]:
    """Return an arc between two pins."""
    angle = 2.4 / rods * (np.arange(rods) - (rods - 1) / 2)
    along = LENGTH * np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)
    return np.vstack([np.zeros(3), np.cumsum(along, axis=0)]), [(k, k + 1) for k in range(rods)], [0, rods]


def ring(rods: int) -> tuple[Floats, list[tuple[int, int]], list[int]]:
    """Return a ring that hangs on one pin."""
    angle, radius = 2 * np.pi * np.arange(rods) / rods, LENGTH / 2 / np.sin(np.pi / rods)
    place = radius * np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)
    return place, [(k, (k + 1) % rods) for k in range(rods)], [1]


def launched(place: Floats, links: Sequence[tuple[int, int]], pinned: Sequence[int], seed: int) -> ra.Scene:
    """Return the same with a random launch that leaves the rods as long as they are."""
    still = hung(place, links, pinned, 0 * place)
    rods = Rods(Objective(ra.edits.add_keyframe(still, 9, [2], position=place[[2]])).playhead.system, place)
    ways, speed = rods.turns(place.T.ravel()[rods.free]), np.zeros(place.size)
    speed[rods.free] = ways @ (1.5 * np.random.default_rng(seed).normal(size=ways.shape[1]))
    return hung(place, links, pinned, speed.reshape(3, -1).T)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("make", [arc, ring])
def test_two_keys_are_hit_one_after_the_other(make, seed: int) -> None:
    place, links, pinned = make(6)
    scene, free = hung(place, links, pinned, 0 * place), np.setdiff1d(np.arange(len(place)), pinned)
    who = free if seed else free[2:3]
    for frame, seconds in ((30, 30), (55, 22)):
        playhead = ra.Playhead(launched(place, links, pinned, seed + frame))
        playhead.seek(seconds)
        scene = ra.edits.add_keyframe(scene, frame, who, position=playhead.position[who])
    assert isinstance(linkage_of(Objective(scene)), Net)
    last = next(progress for progress in ra.solve(scene) if progress.miss < 1e-6)
    assert last.evaluations < 20
    played = ra.Playhead(last.scene)
    for key in scene.keyframes:
        played.seek(key.frame)
        assert np.abs(played.position[who] - key.position).max() < 1e-5


@pytest.mark.parametrize("make", [arc, ring])
def test_rods_keep_their_lengths_and_come_where_they_are_asked(make) -> None:
    place, links, pinned = make(7)
    scene = ra.edits.add_keyframe(hung(place, links, pinned, 0 * place), 20, [3], position=place[[3]])
    net, rods = linkage_of(Objective(scene)), Rods(Objective(scene).playhead.system, place)
    assert isinstance(net, Net)
    random = np.random.default_rng(0)
    there = net.turned(np.broadcast_to(place, (4, *place.shape)), 0.2 * random.normal(size=(4, net.size)))
    apart = np.linalg.norm(there[:, rods.links[:, 0]] - there[:, rods.links[:, 1]], axis=-1)
    assert apart == pytest.approx(LENGTH, abs=1e-9)
    assert np.array_equal(there[:, pinned], np.broadcast_to(place[pinned], (4, len(pinned), 3)))
    asked = np.zeros(place.shape, bool)
    asked[3, :2] = True
    turn = net.reach(place, np.zeros(net.size), asked, there[0])
    reached = net.turned(place, turn)
    assert reached[3] == pytest.approx(there[0, 3], abs=1e-7)
    assert net.between(place, reached) == pytest.approx(turn, abs=1e-7)


def test_many_rods_are_no_net() -> None:
    place, links, pinned = ring(MOST)
    scene = ra.edits.add_keyframe(hung(place, links, pinned, 0 * place), 20, [3], position=place[[3]])
    assert net_of(Rods(Objective(scene).playhead.system, place)) is None


def ladder(rungs: int) -> tuple[Floats, list[tuple[int, int]], list[int]]:
    """Return a ladder that hangs on two pins."""
    place = np.array([[LENGTH * side, -LENGTH * rung, 0.0] for rung in range(rungs + 1) for side in (0, 1)])
    sides = [(k, k + 2) for k in range(2 * rungs)]
    return place, [*sides, *((k, k + 1) for k in range(2, 2 * rungs + 2, 2))], [0, 1]


def swung(made: tuple[Floats, list[tuple[int, int]], list[int]], who: int) -> ra.Scene:
    """Return bodies on rods, one of which is asked for twice."""
    place, links, pinned = made
    scene = hung(place, links, pinned, 0 * place)
    for frame, seed in ((14, 1), (26, 3)):
        playhead = ra.Playhead(launched(place, links, pinned, seed))
        playhead.seek(12)
        scene = ra.edits.add_keyframe(scene, frame, [who], position=playhead.position[[who]])
    return scene


@pytest.mark.parametrize(("made", "who"), [(arc(4), 1), (ladder(2), 5)], ids=["arc", "ladder"])
def test_a_net_is_pushed_less_the_more_physical_it_is_and_every_key_is_hit(made, who: int) -> None:
    ends = [[*ra.solve(swung(made, who), physical=share)][-1] for share in (0.0, 0.5, 1.0)]
    assert max(end.miss for end in ends) < 1e-6
    efforts = [end.effort for end in ends]
    assert efforts == sorted(efforts, reverse=True)
    assert efforts[-1] < 0.9 * efforts[0]


def test_the_slopes_of_what_a_net_is_pushed_are_those_of_differences() -> None:
    objective = Objective(swung(arc(4), 1), ("velocity", ra.Control("nudge", every=2)))
    net = linkage_of(objective)
    assert isinstance(net, Net)
    plan = LinkedPlan(objective, net, "natural")
    next(corrected(plan))
    ease = LinkedEase(plan.rebased().finer(6), 1.0)
    here = np.zeros(ease.plan.turns.size)
    slopes, way = ease.slopes(here), np.random.default_rng(1).normal(size=here.size)
    ahead, behind = (ease.residuals(here + step * way) for step in (1e-5, -1e-5))
    expected = (ahead - behind) / 2e-5
    assert np.abs(slopes @ way - expected).max() < 1e-3 * np.abs(expected).max()
