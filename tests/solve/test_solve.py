from collections.abc import Callable
from itertools import count, islice, pairwise
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.solve.run import Progress
from revanim.solve.stopping import Stopped

Make = Callable[..., Any]


def thrown(count: int = 3, **given: Any) -> ra.Scene:
    """Return bodies in a row that fall: where they go is as simple as a throw."""
    place = np.stack([np.arange(count), 0 * np.arange(count), 0 * np.arange(count)], axis=1).astype(float)
    forces = [ra.force("uniform", acceleration=(0.0, -1.0, 0.0)), *given.pop("forces", ())]
    return ra.make_scene(place, 0 * place, 1.0, forces=forces, **given)


def last(scene: ra.Scene, controls: Any = ("velocity",), **how: Any) -> Progress:
    *_, progress = ra.solve(scene, controls, **how)
    return progress


def places_at(scene: ra.Scene, frame: int) -> Floats:
    playhead = ra.Playhead(scene)
    playhead.seek(frame)
    return playhead.position


@pytest.mark.parametrize("controls", [("velocity",), ("position",), ("nudge",), ("uniform.acceleration",)])
def test_the_solved_scene_hits_its_keyframe(controls: tuple[str, ...]) -> None:
    target = [[1.0, 2.0, 3.0]]
    scene = ra.edits.add_keyframe(thrown(), 25, [1], position=target)
    progress = last(scene, controls)
    np.testing.assert_allclose(places_at(progress.scene, 25)[[1]], target, atol=1e-9)
    assert progress.miss < 1e-9
    assert not progress.why


def test_a_chain_hits_a_whole_pose(chain: Make) -> None:
    scene, target = chain(rods=3, frame=25, seed=2)
    progress = last(ra.edits.add_keyframe(scene, 25, [1, 2, 3], position=target), iterations=500)
    np.testing.assert_allclose(places_at(progress.scene, 25)[1:], target, atol=1e-8)


def test_a_body_hits_a_place_at_a_speed() -> None:
    scene = thrown(2, forces=[ra.force("gravity", softening=0.2)])
    place, speed = [[0.5, 1.0, 0.2]], [[1.0, 0.5, -0.3]]
    scene = ra.edits.add_keyframe(scene, 25, [1], position=place, velocity=speed)
    playhead = ra.Playhead(last(scene, ["velocity", "nudge"]).scene)
    playhead.seek(25)
    np.testing.assert_allclose(playhead.position[[1]], place, atol=1e-8)
    np.testing.assert_allclose(playhead.velocity[[1]], speed, atol=1e-7)


def test_a_chain_with_pushes_hits_two_poses_one_after_the_other(chain: Make) -> None:
    scene, first = chain(rods=2, frame=13)
    _, second = chain(rods=2, frame=25)
    scene = ra.edits.add_keyframe(scene, 13, [1, 2], position=first)
    scene = ra.edits.add_keyframe(scene, 25, [1, 2], position=second)
    progress = last(scene, ["velocity", "nudge"], iterations=500)
    assert progress.miss < 1e-6 * progress.objective.size


def test_several_keyframes_are_hit_one_after_the_other() -> None:
    random = np.random.default_rng(0)
    scene = thrown()
    for frame in (9, 17, 25):
        scene = ra.edits.add_keyframe(scene, frame, [0, 2], position=random.normal(size=(2, 3)))
    progress = last(scene, ["velocity", "nudge"])
    for key in progress.scene.keyframes:
        np.testing.assert_allclose(places_at(progress.scene, key.frame)[key.bodies], key.position, atol=1e-8)


def test_a_launch_and_one_parameter_are_found_together() -> None:
    scene = thrown(2, forces=[ra.force("gravity", softening=0.2)])
    scene = ra.edits.add_keyframe(scene, 9, [0], position=[[0.1, -0.1, 0.0]])
    scene = ra.edits.add_keyframe(scene, 17, [0], position=[[0.3, -0.2, 0.1]])
    assert last(scene, ["velocity", "gravity.strength"]).miss < 1e-9


def test_three_hundred_bodies_form_a_ring() -> None:
    random, angle = np.random.default_rng(0), np.linspace(0, 2 * np.pi, 300, endpoint=False)
    place = random.normal(size=(300, 3))
    ring = np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)
    scene = ra.make_scene(place, 0 * place, 1 / 300, forces=[ra.force("gravity", strength=0.05, softening=0.2)])
    progress = last(ra.edits.add_keyframe(scene, 25, range(300), position=ring, shape=True), iterations=80)
    assert progress.miss < 0.01 * progress.objective.size
    apart = np.linalg.norm(places_at(progress.scene, 25)[:, None] - ring[None], axis=2)
    assert np.median(apart.min(axis=0)) < 0.01 * progress.objective.size


def test_a_shape_leaves_bodies_where_they_need_not_move() -> None:
    scene = thrown(4, forces=[])
    there = places_at(scene, 25)
    order = [2, 0, 3, 1]
    shape = ra.edits.add_keyframe(scene, 25, range(4), position=there[order], shape=True)
    progress = last(shape)
    assert progress.miss < 1e-9
    np.testing.assert_allclose(progress.z, 0.0, atol=1e-9)


def test_a_pinned_assignment_is_kept() -> None:
    scene = thrown(3)
    targets, order = np.array([[5.0, 0, 0], [6.0, 0, 0], [7.0, 0, 0]]), [2, 0, 1]
    scene = ra.edits.add_keyframe(scene, 25, range(3), position=targets, shape=True, assignment=order)
    np.testing.assert_allclose(places_at(last(scene).scene, 25), targets[order], atol=1e-8)


def test_only_the_axes_that_are_asked_for_are_moved() -> None:
    scene = ra.edits.add_keyframe(thrown(), 25, [0], position=[[9.0, 2.0, 9.0]], axes=(False, True, False))
    solved = last(scene).scene
    assert places_at(solved, 25)[0, 1] == pytest.approx(2.0)
    np.testing.assert_allclose(solved.bodies.velocity[0, [0, 2]], 0.0, atol=1e-9)


def test_a_keyframe_with_a_window_takes_its_best_frame() -> None:
    scene = thrown(1)
    there = places_at(scene, 19)
    scene = ra.edits.add_keyframe(scene, 12, [0], position=there, window=(8, 24))
    progress = last(scene)
    assert progress.scene.keyframes[0].frame == 19
    assert progress.miss < 1e-9
    np.testing.assert_allclose(progress.z, 0.0, atol=1e-6)


def conflicting(nail: bool, tolerance: float = 1e-4) -> ra.Scene:
    scene = ra.edits.add_keyframe(thrown(1), 25, [0], position=[[0.0, 1.0, 0.0]], nail=nail, tolerance=tolerance)
    return ra.edits.add_keyframe(scene, 26, [0], position=[[0.0, 5.0, 0.0]], weight=4.0)


@pytest.mark.parametrize("tolerance", [1e-2, 1e-4, 1e-6])
def test_a_nail_is_hit_to_its_tolerance_whatever_else_is_wished(tolerance: float) -> None:
    hard, soft = last(conflicting(True, tolerance)), last(conflicting(False))
    assert hard.misses[0] <= tolerance
    assert places_at(hard.scene, 25)[0, 1] == pytest.approx(1.0, abs=tolerance)
    assert soft.misses[0] > 0.1
    assert soft.cost < hard.cost


def test_a_nail_of_many_bodies_holds_for_the_farthest() -> None:
    random = np.random.default_rng(0)
    targets = random.normal(size=(20, 3))
    scene = ra.edits.add_keyframe(thrown(20), 25, range(20), position=targets, nail=True, tolerance=1e-5)
    scene = ra.edits.add_keyframe(scene, 28, range(20), position=0 * targets)
    apart = places_at(last(scene, iterations=400).scene, 25) - targets
    assert np.linalg.norm(apart, axis=1).max() <= 1e-5


def test_a_nail_at_the_end_of_a_chain_is_hit_by_a_launch_in_few_walks() -> None:
    nailed = ra.edits.replace_keyframe(ra.example("pendulum-pose"), 0, nail=True, tolerance=1e-6)
    found = last(nailed, iterations=60)
    assert found.miss < 1e-6
    assert found.effort == 0.0
    assert found.evaluations < 500


def test_a_solve_that_is_stopped_ends_before_its_next_walk() -> None:
    scene = ra.edits.add_keyframe(thrown(12), 25, range(12), position=np.full((12, 3), 9.0))
    asked = count()
    progress = last(scene, stopped=lambda: next(asked) == 3)
    assert progress.evaluations == 3
    assert next(asked) == 4
    assert progress.cost < progress.objective.value_and_gradient(progress.objective.start)[0]


def test_a_jacobian_ends_when_the_solve_is_stopped(chain: Make) -> None:
    scene, target = chain(rods=3, frame=25)
    asked = count()
    scene = ra.edits.add_keyframe(scene, 25, [1, 2, 3], position=target)
    objective = ra.Objective(scene, stopped=lambda: next(asked) == 3)
    with pytest.raises(Stopped):
        objective.jacobian(objective.start)  # one walk there, and one back for each of six residuals
    assert next(asked) == 4
    assert objective.playhead.frame == scene.timing.home


def test_there_is_news_after_every_try_of_a_line_search() -> None:
    random = np.random.default_rng(0)
    scene = thrown(12, forces=[ra.force("gravity", strength=3.0, softening=0.1)])
    scene = ra.edits.add_keyframe(scene, 25, range(12), position=random.normal(size=(12, 3)))
    story = list(ra.solve(scene, iterations=20, starts=1))
    assert len(story) > story[-1].iteration + 2
    assert all(after.evaluations - before.evaluations <= 2 for before, after in pairwise(story[:-1]))


def test_a_shape_is_over_when_nobody_could_see_the_rest() -> None:
    random = np.random.default_rng(0)
    shape = ra.edits.add_keyframe(thrown(40), 25, range(40), position=random.normal(size=(40, 3)), shape=True)
    named = ra.edits.add_keyframe(thrown(40), 25, range(40), position=shape.keyframes[0].position)
    assert last(shape).miss < 1e-4 * last(shape).objective.size
    assert last(named).miss < 1e-9 * last(named).objective.size


@pytest.mark.parametrize("count", [1, 12])
def test_bounds_are_held_to_the_end(count: int) -> None:
    scene = ra.edits.add_keyframe(thrown(count), 25, range(count), position=np.full((count, 3), 9.0))
    for progress in ra.solve(scene, [ra.Control("velocity", low=-2.0, high=3.0)], iterations=50):
        velocity = progress.scene.bodies.velocity
        assert velocity.min() >= -2.0
        assert velocity.max() <= 3.0
    assert "bounds" in progress.why


def test_effort_makes_pushes_smaller_and_smoothness_makes_them_alike() -> None:
    scene = ra.edits.add_keyframe(thrown(1), 41, [0], position=[[3.0, 0.0, 0.0]])

    def push(**costs: float) -> Floats:
        return last(scene, [ra.Control("nudge", **costs)]).z.reshape(-1, 3)

    free, dear, smooth = push(), push(effort=0.1), push(smoothness=10.0)
    assert np.linalg.norm(dear) < 0.9 * np.linalg.norm(free)
    assert np.abs(np.diff(smooth, axis=0)).max() < 0.5 * np.abs(np.diff(free, axis=0)).max()


def test_bodies_moved_together_keep_their_distances() -> None:
    scene = ra.edits.add_keyframe(thrown(), 25, [0], position=[[4.0, 4.0, 4.0]])
    solved = last(scene, [ra.Control("position", together=True)]).scene
    np.testing.assert_allclose(places_at(solved, 25)[0], 4.0, atol=1e-9)
    np.testing.assert_allclose(np.diff(solved.bodies.position, axis=0), np.diff(scene.bodies.position, axis=0))


def test_the_best_so_far_never_gets_worse(chain: Make) -> None:
    scene, target = chain(rods=3, frame=37)
    scene = ra.edits.add_keyframe(scene, 37, [1, 2, 3], position=target)
    story = list(ra.solve(scene, iterations=120))
    assert len(story) > 20
    assert all(after.cost <= before.cost for before, after in pairwise(story))
    assert all(after.iteration >= before.iteration for before, after in pairwise(story))
    assert all(after.evaluations > before.evaluations for before, after in pairwise(story[:-1]))
    assert story[-1].iteration <= 120


def test_stopping_early_leaves_the_best_so_far(chain: Make) -> None:
    scene, target = chain(rods=3, frame=37)
    scene = ra.edits.add_keyframe(scene, 37, [1, 2, 3], position=target)
    story = list(islice((progress for progress in ra.solve(scene) if progress.iteration), 10))
    kept = story[-1].scene
    apart = np.linalg.norm(places_at(kept, 37)[1:] - target, axis=1)
    assert np.sqrt(np.mean(apart**2)) == pytest.approx(min(progress.miss for progress in story), rel=1e-9)
    assert story[-1].cost < next(iter(ra.solve(scene))).cost


def test_the_same_question_has_the_same_answer(chain: Make) -> None:
    scene, target = chain(rods=3, frame=37)
    scene = ra.edits.add_keyframe(scene, 37, [1, 2, 3], position=target)
    one, other = (list(ra.solve(scene, iterations=60)) for _ in range(2))
    assert [progress.cost for progress in one] == [progress.cost for progress in other]
    assert (one[-1].z == other[-1].z).all()
    assert (one[-1].scene.bodies.state == other[-1].scene.bodies.state).all()


def test_solving_leaves_the_given_scene_alone() -> None:
    scene = ra.edits.add_keyframe(thrown(), 25, [1], position=[[1.0, 2.0, 3.0]])
    before = scene.bodies.state.copy()
    last(scene, ["velocity", "mass", "uniform.acceleration"])
    assert (scene.bodies.state == before).all()
    assert (scene.bodies.mass == 1.0).all()


def test_what_is_hit_already_needs_no_iteration() -> None:
    scene = thrown()
    scene = ra.edits.add_keyframe(scene, 25, [1], position=places_at(scene, 25)[[1]])
    progress = last(scene)
    assert progress.iteration == 0
    assert (progress.scene.bodies.state == scene.bodies.state).all()
