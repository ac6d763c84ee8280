"""Sequences of keyframes: planned with the least launch and pushes, walked, and corrected until they are hit."""

from collections.abc import Iterator

import numpy as np
import pytest

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.solve.objective import Objective
from revanim.solve.sequence.plan import Plan
from revanim.solve.sequence.planned import planned
from revanim.solve.sequence.steering import can_steer

STEERED = ("velocity", "nudge")


def cloud(count: int, seed: int, strength: float = 1.0) -> ra.Scene:
    """Return bodies at rest that would fall through their middle."""
    place = np.random.default_rng(seed).normal(size=(count, 3))
    gravity = ra.force("gravity", strength=strength, softening=0.2)
    return ra.make_scene(
        place, 0 * place, np.full(count, 1 / count), forces=[gravity], steps_per_frame=4, scheme="verlet"
    )


def asked(scene: ra.Scene, seed: int, frames: tuple[int, ...], **more: object) -> ra.Scene:
    """Ask every body for a random place at each of some frames."""
    random, who = np.random.default_rng(seed), np.arange(scene.bodies.count)
    for frame in frames:
        scene = ra.edits.add_keyframe(
            scene, frame=frame, bodies=who, position=random.normal(size=(who.size, 3)), **more
        )
    return scene


def walked(objective: Objective, physical: float = 0.0) -> Iterator[Floats]:
    """Yield the controls of all plans."""
    return (z for z in planned(objective, physical) if z is not None)


def best(objective: Objective, physical: float = 0.0) -> float:
    """Return the least of the largest misses, over the size."""
    return min(max(objective.judge(z)[2]) for z in walked(objective, physical)) / objective.size


@pytest.mark.parametrize("seed", [3, 4])
@pytest.mark.parametrize("frames", [(13,), (17, 33), (9, 25, 33)])
def test_a_sequence_of_named_places_is_hit(frames: tuple[int, ...], seed: int) -> None:
    objective = Objective(asked(cloud(12, seed), seed, frames), STEERED)
    assert best(objective) < 1e-8
    assert objective.evaluations < 16


LOSSES = {
    "drag": ra.move("drag", rate=1.2, quadratic=0.3, wind=(0.4, 0.0, -0.2)),
    "turn": ra.move("turn", rate=(0.5, 1.0, -1.0)),
    "heat": ra.move("cool", rate=-0.4),
    "flock": ra.move("alignment"),
}


@pytest.mark.parametrize("move", LOSSES.values(), ids=LOSSES)
def test_what_moves_do_is_foreseen(move: ra.Part) -> None:
    objective = Objective(ra.edits.add_part(asked(cloud(12, 3), 3, (25, 49)), move), STEERED)
    plan = Plan(objective)
    misses = [plan.turn()[1] / objective.size for _ in range(4)]
    assert misses[0] < 3e-3
    assert misses[-1] < 1e-6


@pytest.mark.parametrize("physical", [0.5, 1.0])
def test_some_or_all_of_the_forces_are_used_and_the_keys_are_hit_all_the_same(physical: float) -> None:
    objective = Objective(asked(cloud(12, 5), 5, (17, 33)), STEERED)
    assert best(objective, physical) < 1e-8


def test_velocities_axes_and_bodies_of_their_own_are_asked_for() -> None:
    scene, random = cloud(9, 7), np.random.default_rng(7)
    scene = ra.edits.add_keyframe(
        scene, frame=17, bodies=[0, 1], position=random.normal(size=(2, 3)), velocity=random.normal(size=(2, 3))
    )
    scene = ra.edits.add_keyframe(
        scene, frame=25, bodies=[1, 2, 3], position=random.normal(size=(3, 3)), axes=(True, False, True)
    )
    scene = ra.edits.add_keyframe(scene, frame=33, bodies=[4], velocity=[[0.0, 1.0, 0.0]])
    objective = Objective(scene, STEERED)
    assert best(objective) < 1e-8


def test_a_shape_is_assigned_so_that_the_whole_sequence_costs_least() -> None:
    """The bodies fly on: with the second shape known, straight ways through both are found."""
    count, height = 6, np.arange(6.0)
    place = np.column_stack([np.zeros(count), height, np.zeros(count)])
    scene = ra.make_scene(
        place, 0 * place, 1.0, forces=[ra.force("uniform", acceleration=(0, 0, -1))], steps_per_frame=4
    )
    random = np.random.default_rng(8)
    for frame, along in ((25, 4.0), (49, 8.0)):
        shape = place[random.permutation(count)] + [along, 0.0, 0.0]
        scene = ra.edits.add_keyframe(scene, frame=frame, bodies=range(count), position=shape, shape=True)
    objective = Objective(scene, STEERED)
    Plan(objective)
    for term in objective.terms:
        assert term.key.position is not None
        np.testing.assert_allclose(term.key.position[term.order][:, 1], height)


def test_contradicting_keys_are_met_in_the_middle_and_nothing_runs_away() -> None:
    scene = cloud(4, 9)
    for place in (0.0, 1.0):
        scene = ra.edits.add_keyframe(scene, frame=17, bodies=[0], position=[[place, 0.0, 0.0]])
    objective = Objective(scene, STEERED)
    *_, z = walked(objective)
    for _ in objective.visit(z):
        assert objective.playhead.position[0] == pytest.approx([0.5, 0.0, 0.0], abs=1e-3)
    assert np.isfinite(z).all()


def test_pinned_and_unasked_bodies_are_left_alone() -> None:
    place = np.random.default_rng(10).normal(size=(6, 3))
    scene = ra.make_scene(
        place,
        0 * place,
        1 / 6,
        forces=[ra.force("gravity", softening=0.2)],
        pinned=np.arange(6) == 5,
        steps_per_frame=4,
    )
    scene = ra.edits.add_keyframe(scene, frame=17, bodies=[0, 1, 5], position=place[[1, 0, 5]])
    objective = Objective(scene, STEERED)
    assert best(objective) < 1e-8
    *_, z = walked(objective)
    pushes = z[objective.part_of("nudge")].reshape(-1, 5, 3)
    assert not pushes[:, 2:].any()
    assert (z[objective.part_of("velocity")].reshape(6, 3)[2:] == 0).all()


def test_a_planar_scene_stays_planar() -> None:
    place = np.random.default_rng(11).normal(size=(5, 3)) * [1, 1, 0]
    scene = ra.make_scene(place, 0 * place, 0.2, forces=[ra.force("gravity", softening=0.2)], planar=True)
    objective = Objective(asked(scene, 11, (17, 25)), STEERED)
    *_, z = walked(objective)
    play = ra.Playhead(objective.scene(z))
    play.seek(25)
    assert not play.position[:, 2].any()


@pytest.mark.parametrize(
    ("controls", "can"),
    [
        (("velocity",), False),
        (STEERED, True),
        (("nudge",), True),
        ((ra.Control("nudge", low=-1.0, high=1.0),), False),
        (("nudge", ra.Control("velocity", together=True)), False),
    ],
)
def test_only_free_pushes_can_be_planned(controls: tuple[str, ...], can: bool) -> None:
    assert can_steer(Objective(asked(cloud(3, 12), 12, (9,)), controls)) is can


def keyed(count: int, keys: tuple[int, ...], seed: int) -> tuple[ra.Scene, list[Floats]]:
    scene = asked(cloud(count, seed), seed, keys)
    return scene, [key.position for key in scene.keyframes if key.position is not None]


def test_auto_uses_the_launch_where_it_suffices_and_pushes_where_it_does_not() -> None:
    for keys, used in (((17,), ["velocity"]), ((17, 33), ["velocity", "nudge"])):
        scene, targets = keyed(8, keys, 13)
        *_, last = ra.solve(scene)
        assert [handle.control.name for handle in last.objective.handles] == used
        assert last.miss < 1e-6 * last.objective.size
        play = ra.Playhead(last.scene)
        for key, target in zip(last.scene.keyframes, targets, strict=True):
            play.seek(key.frame)
            np.testing.assert_allclose(play.position, target, atol=1e-5)


def test_no_progress_is_worse_than_the_start() -> None:
    scene, _ = keyed(8, (9, 17, 25), 14)
    costs = [progress.cost for progress in ra.solve(scene)]
    assert costs == sorted(costs, reverse=True) or max(costs) == costs[0]
