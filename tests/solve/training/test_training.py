"""A field learns to bring bodies to their keyframes, and says how it serves those that were not there."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.solve.solve import solve

COUNT, POSE = 24, 25
ALONG = np.linspace(-1, 1, COUNT)
ROW = np.stack([ALONG, 0 * ALONG, 0 * ALONG], axis=1)
ARC = np.stack([np.sin(ALONG), 1 - np.cos(ALONG) + 0.5, 0 * ALONG], axis=1)
WEIGHTS = ("field.weights",)


def scene(place: Floats = ROW, target: Floats = ARC, **key: Any) -> ra.Scene:
    field = ra.force("field", units=8, layers=2, begin=1 / 24, seconds=1.0)
    made = ra.make_scene(place, 0 * place, 1.0, forces=[field], steps_per_frame=1, scheme="leapfrog", planar=True)
    return ra.edits.add_keyframe(made, POSE, range(len(place)), position=target, **key)


def solved(start: ra.Scene, iterations: int = 60, **wish: Any) -> Any:
    *_, last = ra.solve(start, [ra.Control("field.weights", **wish)], iterations)
    return last


@pytest.fixture(scope="module")
def learnt() -> Any:
    return solved(scene())


def test_it_learns(learnt: Any) -> None:
    assert learnt.miss < 0.01
    assert learnt.cost < 1e-3 * learnt.before
    assert learnt.scene.forces[0].values["weights"].shape == (2, 8 * 8 + 8 + 5 * 8 + 3 * 8)


def test_what_was_learnt_returns_to_the_bit(learnt: Any) -> None:
    playhead = ra.Playhead(learnt.scene)
    home = playhead.digest()
    playhead.seek(POSE)
    assert np.sqrt(np.mean(np.sum((playhead.position - ARC) ** 2, axis=1))) == pytest.approx(learnt.miss, rel=1e-9)
    playhead.seek(1)
    assert playhead.digest() == home


def test_a_lesson_without_a_walk_is_most_of_the_way() -> None:
    begun = [progress for progress in ra.solve(scene(), WEIGHTS, iterations=1) if not progress.iteration]
    assert min(progress.cost for progress in begun if progress.evaluations <= 3) < 0.05 * begun[0].cost


def test_training_goes_on_from_what_was_learnt(learnt: Any) -> None:
    first = next(iter(ra.solve(learnt.scene, WEIGHTS, iterations=1)))
    assert first.cost == pytest.approx(learnt.cost)
    assert solved(learnt.scene, 20).cost < learnt.cost


def test_bodies_that_were_not_there_follow_in_another_scene(learnt: Any) -> None:
    """Five times as many bodies, in between those that were trained with, in a scene that is larger and turned."""
    turn = np.array([[0.0, 1, 0], [-1, 0, 0], [0, 0, 1]])  # a quarter about z, of rows
    along = np.linspace(-1, 1, 5 * COUNT)
    place = np.stack([along, 0 * along, 0 * along], axis=1)
    arc = np.stack([np.sin(along), 1 - np.cos(along) + 0.5, 0 * along], axis=1)
    there = 3 * place @ turn + (7.0, 0, 0)
    other = ra.make_scene(there, 0 * there, 2.0, steps_per_frame=1, scheme="leapfrog", planar=True)
    other = ra.edits.add_part(other, learnt.scene.forces[0])
    other = ra.edits.lay_part(other, "forces", 0, (7, 0, 0), 3 * turn.T)
    playhead = ra.Playhead(other)
    playhead.seek(POSE)
    off = playhead.position - (3 * arc @ turn + (7.0, 0, 0))
    assert np.sqrt(np.mean(np.sum(off**2, axis=1))) < 3 * 0.02


def test_bodies_that_are_held_out_count_for_nothing_and_are_told_of() -> None:
    far = ARC.copy()
    objective = ra.Objective(scene(), [ra.Control("field.weights", held_out=0.25)])
    held = np.flatnonzero(objective.kept == 0)
    assert held.size == COUNT // 4
    far[held] += 5.0
    one, two = (ra.Objective(scene(target=t), [ra.Control("field.weights", held_out=0.25)]) for t in (ARC, far))
    assert one.value_and_gradient(one.start)[0] == two.value_and_gradient(two.start)[0]
    assert one.unseen(one.start) < two.unseen(two.start)
    last = solved(scene(), held_out=0.25)
    playhead = ra.Playhead(last.scene)
    playhead.seek(POSE)
    off = np.sqrt(np.mean(np.sum((playhead.position - ARC)[held] ** 2, axis=1)))
    assert last.unseen_miss == pytest.approx(off, rel=1e-9)
    assert off < 0.1
    assert solved(scene(), 2).unseen_miss is None


@pytest.mark.parametrize("share", [1.0, -0.1])
def test_a_share_that_leaves_nobody_is_refused(share: float) -> None:
    with pytest.raises(ra.RevanimError, match="The share that is held out lies from 0 to below 1"):
        solved(scene(), held_out=share)


def test_it_brings_bodies_to_a_shape_through_a_hold_and_against_gravity() -> None:
    mixed = np.random.default_rng(3).permutation(COUNT)
    start = scene(target=ARC[mixed], shape=True, hold=4)
    start = ra.edits.add_part(start, ra.force("uniform", acceleration=(0, -2, 0)))
    start = ra.edits.set_values(start, "forces", 0, seconds=1.5)
    last = solved(start, 80)
    assert last.miss < 0.05
    assert last.miss < 0.05 * next(iter(ra.solve(start, WEIGHTS, iterations=1))).miss


def test_the_gradient_agrees_with_differences_to_six_digits() -> None:
    objective = ra.Objective(scene(), WEIGHTS)
    z, way = objective.start, np.random.default_rng(1).normal(size=objective.start.size)
    slope = objective.value_and_gradient(z)[1] @ way
    sides = [objective.value_and_gradient(z + step * way)[0] for step in (1e-5, -1e-5)]
    assert slope == pytest.approx((sides[0] - sides[1]) / 2e-5, rel=1e-6)


def test_one_field_brings_two_groups_to_two_shapes_by_their_codes() -> None:
    both, codes = np.vstack([ROW, ROW]), np.repeat([0.0, 1.0], COUNT)
    target = np.vstack([ARC, ARC * (1, -1, 1)])
    start = scene(both, target)
    start = ra.edits.set_values(start, "forces", 0, codes=2, code=codes)
    assert solved(start).miss < 0.05


def test_a_training_that_is_stopped_leaves_the_best_so_far() -> None:
    asked = iter(range(200))
    *_, last = solve(scene(), WEIGHTS, stopped=lambda: next(asked) > 150)
    assert last.cost <= last.before
    assert replace(last.scene, keyframes=()).forces[0].kind == "field"
