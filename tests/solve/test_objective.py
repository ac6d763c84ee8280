from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.solve.judging import residual_count

Make = Callable[..., Any]
Agrees = Callable[..., None]
EXACT = {"rtol": 1e-9, "atol": 1e-12}


def ask(scene: ra.Scene, **fields: Any) -> ra.Scene:
    """Return the scene with two keyframes, the last of which has the given fields."""
    random = np.random.default_rng(5)
    scene = ra.edits.add_keyframe(scene, 4, [1, 2], position=random.normal(size=(2, 3)), weight=0.5)
    return ra.edits.add_keyframe(scene, 8, [2, 0], **{"position": random.normal(size=(2, 3)), **fields})


CONTROLS: dict[str, list[ra.Control | str]] = {
    "velocity": ["velocity"],
    "position": ["position"],
    "velocity of two bodies": [ra.Control("velocity", bodies=(2, 0))],
    "position together": [ra.Control("position", bodies=(0, 1), together=True)],
    "velocity together": [ra.Control("velocity", together=True)],
    "mass": ["mass"],
    "mass of one": [ra.Control("mass", bodies=(1,))],
    "nudge": ["nudge"],
    "scalar": ["gravity.strength"],
    "the second of its kind": ["gravity[1].softening"],
    "per link": ["spring.stiffness", "spring.length"],
    "several": ["velocity", "gravity.strength", "nudge"],
    "effort": [ra.Control("velocity", effort=0.3), ra.Control("nudge", effort=0.2, smoothness=0.7)],
}


@pytest.mark.parametrize("controls", CONTROLS.values(), ids=CONTROLS)
def test_the_gradient_along_every_control_is_that_of_differences(
    controls: list[ra.Control | str], cloud: Make, agrees: Agrees
) -> None:
    agrees(ra.Objective(ask(cloud()), controls))


WISHES: dict[str, dict[str, Any]] = {
    "velocity": {"position": None, "velocity": np.ones((2, 3))},
    "both": {"velocity": np.ones((2, 3))},
    "axes": {"axes": (True, False, True)},
    "weights": {"weight": 3.0, "weights": [0.2, 5.0]},
    "nail": {"nail": True},
    "shape": {"shape": True},
    "hold": {"hold": 3},
    "held nail": {"nail": True, "hold": 2, "weights": [0.2, 5.0]},
}


@pytest.mark.parametrize("wish", WISHES.values(), ids=WISHES)
def test_the_gradient_of_every_wish_is_that_of_differences(wish: dict[str, Any], cloud: Make, agrees: Agrees) -> None:
    agrees(ra.Objective(ask(cloud(), **wish), ["velocity", "position"]))


@pytest.mark.parametrize("scheme", [scheme.name for scheme in ra.schemes()])
def test_so_it_is_with_every_scheme(scheme: str, cloud: Make, agrees: Agrees) -> None:
    agrees(ra.Objective(ask(cloud(scheme=scheme)), ["velocity", "spring.length", "nudge"]))


def test_a_parameter_per_body_has_a_gradient_for_each(cloud: Make, agrees: Agrees) -> None:
    scene = cloud(forces=[ra.force("repulsion", radius=[2.0, 2.1, 2.2, 2.3], stiffness=3.0)])
    objective = ra.Objective(ask(scene), ["repulsion.radius"])
    assert objective.start.size == 4
    agrees(objective)


def test_rows_of_a_curve_that_are_over_before_the_last_keyframe_have_a_gradient(cloud: Make) -> None:
    late = ra.Curve(2, 3, np.ones((4, 4, 3)))
    objective = ra.Objective(ask(cloud(forces=[ra.force("nudge", push=late)])), ["nudge"])
    rows = objective.value_and_gradient(objective.start)[1].reshape(4, -1)
    assert rows[:2].any(axis=1).all()
    assert not rows[2:].any()


def test_a_derived_stiffness_stays_when_masses_change(chain: Make, agrees: Agrees) -> None:
    scene, _ = chain()
    scene = ra.edits.add_keyframe(scene, 8, [1, 2], position=np.ones((2, 3)))
    objective = ra.Objective(scene, [ra.Control("mass", bodies=(1, 2))])
    before = objective.origin.forces[1].values["stiffness"]
    assert before is not None
    changed = objective.scene(2 * objective.start)
    assert (changed.forces[1].values["stiffness"] == before).all()
    agrees(objective)


def test_pinned_bodies_and_the_third_axis_of_a_plane_have_no_gradient(chain: Make) -> None:
    scene, target = chain()
    objective = ra.Objective(ra.edits.add_keyframe(scene, 8, [1, 2], position=target), ["velocity", "position"])
    slopes = objective.value_and_gradient(objective.start)[1].reshape(2, 3, 3)
    assert not slopes[:, 0].any()
    assert not slopes[:, :, 2].any()
    assert slopes[:, 1:, :2].all()


def test_a_pinned_body_and_a_plane_stay_whatever_z_says(chain: Make) -> None:
    scene, target = chain()
    objective = ra.Objective(ra.edits.add_keyframe(scene, 8, [1, 2], position=target), ["velocity", "position"])
    moved = objective.scene(objective.start + 1.0)
    assert (moved.bodies.state[:, 0] == scene.bodies.state[:, 0]).all()
    assert not moved.bodies.state[[2, 5]].any()


def test_the_cost_is_the_weighted_sum_of_squared_distances(cloud: Make) -> None:
    scene = ask(cloud(), weight=3.0, weights=[0.2, 5.0], axes=(True, False, True))
    playhead, cost = ra.Playhead(scene), 0.0
    for key in scene.keyframes:
        playhead.seek(key.frame)
        each = np.ones(2) if key.weights is None else key.weights
        squares = (playhead.position[key.bodies] - key.position) ** 2 * np.array(key.axes)
        cost += key.weight * float(np.sum(each[:, None] * squares))
    objective = ra.Objective(scene)
    assert objective.value_and_gradient(objective.start)[0] == pytest.approx(cost, rel=1e-12)


def test_effort_and_smoothness_add_what_they_say(cloud: Make) -> None:
    scene = ask(cloud())
    free = ra.Objective(scene, ["nudge"])
    dear = ra.Objective(scene, [ra.Control("nudge", effort=0.2, smoothness=0.7)])
    z = free.start
    rows = z.reshape(3, -1)
    extra = 0.2 * np.sum(rows**2) + 0.7 * np.sum(np.diff(rows, axis=0) ** 2)
    assert dear.value_and_gradient(z)[0] == pytest.approx(free.value_and_gradient(z)[0] + extra, rel=1e-12)


def test_the_state_is_home_after_every_sweep(cloud: Make) -> None:
    scene = ask(cloud())
    objective = ra.Objective(scene)
    objective.value_and_gradient(objective.start)
    assert (objective.playhead.state == scene.bodies.state).all()
    assert objective.playhead.frame == scene.timing.home
    objective.jacobian(objective.start)
    assert objective.playhead.frame == scene.timing.home


def test_the_scene_of_z_moves_as_the_objective_says(cloud: Make) -> None:
    objective = ra.Objective(ask(cloud()), ["velocity", "position", "mass", "spring.length", "nudge"])
    z = objective.start + 0.01 * np.random.default_rng(0).normal(size=objective.start.size)
    scene = objective.scene(z)
    playhead = ra.Playhead(scene)
    for key, miss in zip(scene.keyframes, objective.misses(z), strict=True):
        playhead.seek(key.frame)
        apart = np.linalg.norm(playhead.position[key.bodies] - key.position, axis=1)
        assert np.sqrt(np.mean(apart**2)) == pytest.approx(miss, rel=1e-12)


def test_the_start_of_z_is_the_scene_itself(cloud: Make) -> None:
    scene = ask(cloud())
    objective = ra.Objective(scene, ["velocity", "position", "gravity.strength"])
    again = objective.scene(objective.start)
    assert (again.bodies.state == scene.bodies.state).all()
    assert again.forces[0].values == scene.forces[0].values


@pytest.mark.parametrize("wish", WISHES.values(), ids=WISHES)
def test_the_squares_of_the_residuals_add_up_and_so_do_their_gradients(wish: dict[str, Any], cloud: Make) -> None:
    objective = ra.Objective(ask(cloud(), **wish), ["velocity", "gravity.strength"])
    value, gradient = objective.value_and_gradient(objective.start)
    residuals, jacobian = objective.residuals(objective.start), objective.jacobian(objective.start)
    assert residuals @ residuals == pytest.approx(value, rel=1e-12)
    assert residuals.size == residual_count(objective)
    np.testing.assert_allclose(2 * residuals @ jacobian, gradient, **EXACT)


def test_the_gradients_of_single_keyframes_add_up(cloud: Make) -> None:
    objective = ra.Objective(ask(cloud()))
    single = sum(objective.gradient_of(objective.start, group) for group in objective.groups)
    np.testing.assert_allclose(single, objective.value_and_gradient(objective.start)[1], **EXACT)


@pytest.mark.parametrize("wish", WISHES.values(), ids=WISHES)
def test_the_slope_of_the_cost_in_time_is_that_of_differences(wish: dict[str, Any], cloud: Make) -> None:
    forces = [ra.force("gravity", strength=2.0, softening=0.3)]  # a push would jump where its next row begins
    objective = ra.Objective(ask(cloud(forces=forces, steps_per_frame=64), **wish))
    slopes, seconds = objective.slopes(objective.start), objective.playhead.system.seconds
    changes = dict.fromkeys([group[0].choice for group in objective.groups], 0.0)
    for term in objective.visit(objective.start):
        objective.playhead.step(1)
        later = term.cost(objective.playhead)
        objective.playhead.step(-2)
        changes[term.choice] += (later - term.cost(objective.playhead)) / (2 * seconds)
    for change, slope in zip(changes.values(), slopes, strict=True):
        assert abs(slope) > 1e-3
        assert slope == pytest.approx(change, rel=1e-3)


def test_a_pinned_body_costs_the_same_at_all_times(cloud: Make) -> None:
    scene = ra.edits.add_keyframe(cloud(), 8, [3], position=[[5.0, 0.0, 0.0]], velocity=[[1.0, 2.0, 3.0]])
    objective = ra.Objective(scene)
    assert objective.slopes(objective.start) == [0.0]


def test_a_muted_force_is_no_control_and_shifts_no_other(cloud: Make, agrees: Agrees) -> None:
    from dataclasses import replace

    scene = cloud()
    muted = replace(scene, forces=(replace(scene.forces[0], muted=True), *scene.forces[1:]))
    agrees(ra.Objective(ask(muted), ["spring.length", "gravity.softening"]))
    with pytest.raises(ra.RevanimError, match="nothing called"):
        ra.Objective(ask(muted), ["gravity[1].softening"])


def test_a_motion_that_leaves_the_grid_is_refused_and_the_next_is_not(cloud: Make) -> None:
    objective = ra.Objective(ask(cloud()))
    speed: Floats = np.full_like(objective.start, 1e6)
    with pytest.raises(ra.RevanimError):
        objective.value_and_gradient(speed)
    assert np.isfinite(objective.value_and_gradient(objective.start)[0])
    assert objective.playhead.frame == 1
