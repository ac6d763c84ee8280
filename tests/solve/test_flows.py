"""Vortices are controls like others, each body's circulation by itself, and smoke goes where it shall."""

from typing import Any

import numpy as np
import pytest

import revanim as ra


def stirred(**given: Any) -> ra.Scene:
    """Return four vortices, of which two do nothing yet, and smoke that shall go elsewhere."""
    random = np.random.default_rng(4)
    place = np.zeros((9, 3))
    place[:, :2] = random.uniform(-1, 1, (9, 2))
    circulation = np.r_[1.5, -1.0, np.zeros(7)]
    flows = [ra.flow("vortices", circulation=given.pop("circulation", circulation), core=0.3)]
    scene = ra.make_scene(place, 0 * place, 1.0, flows=flows, planar=True, steps_per_frame=2, scheme="verlet")
    target = place[4:] + np.array([0.15, -0.1, 0.0])
    return ra.edits.add_keyframe(scene, frame=25, bodies=range(4, 9), position=target)


def check(objective: ra.Objective) -> None:
    """Compare each entry of the gradient with central differences."""
    _, gradient = objective.value_and_gradient(objective.start)
    assert np.abs(gradient).max() > 1e-3
    for i in range(objective.start.size):
        sides = {}
        for k in (-2, -1, 1, 2):
            step = np.zeros(objective.start.size)
            step[i] = k * 1e-3
            sides[k] = objective.value_and_gradient(objective.start + step)[0]
        slope = (8 * (sides[1] - sides[-1]) - (sides[2] - sides[-2])) / 12e-3
        assert gradient[i] == pytest.approx(slope, rel=1e-6, abs=1e-6 * np.abs(gradient).max()), i


def test_the_gradient_is_right_for_those_who_are_named_though_they_begin_at_nothing() -> None:
    names = ra.Control("vortices.circulation", bodies=(0, 2, 3)), ra.Control("vortices.core"), ra.Control("position")
    objective = ra.Objective(stirred(), names)
    assert objective.start.size == 3 + 1 + 27
    assert objective.start[:3].tolist() == [1.5, 0.0, 0.0]
    check(objective)


def test_one_value_for_all_becomes_one_for_each_who_is_named() -> None:
    objective = ra.Objective(stirred(circulation=0.5), [ra.Control("vortices.circulation", bodies=(1, 2))])
    check(objective)
    found = objective.scene(np.array([2.0, -1.0])).flows[0].values["circulation"]
    assert found.tolist() == [0.5, 2.0, -1.0, *[0.5] * 6]


def test_two_controls_of_one_flow_both_stay_in_the_scene() -> None:
    objective = ra.Objective(stirred(), [ra.Control("vortices.circulation", bodies=(0,)), ra.Control("vortices.core")])
    values = objective.scene(np.array([0.7, 0.4])).flows[0].values
    assert values["circulation"][0] == 0.7
    assert values["core"] == 0.4


def test_whom_a_flow_has_nothing_for_cannot_be_named() -> None:
    scene = stirred()
    fewer = ra.edits.let_act_on(scene, "flows", 0, range(4))
    with pytest.raises(ra.RevanimError, match="no value of its own for any of these bodies"):
        ra.Objective(fewer, [ra.Control("vortices.circulation", bodies=(7,))])


def test_nothing_pushes_what_is_carried() -> None:
    objective = ra.Objective(stirred(), ("velocity", "position"))
    z = objective.start + 0.1
    assert not objective.scene(z).bodies.state[3:6].any()
    _, gradient = objective.value_and_gradient(z)
    assert not gradient[:27].any()


def test_smoke_is_brought_where_it_shall_be() -> None:
    controls = [ra.Control("vortices.circulation", bodies=(0, 1, 2, 3)), ra.Control("position", bodies=(0, 1, 2, 3))]
    *_, last = ra.solve(stirred(), controls, iterations=60, starts=1)
    assert last.miss < 0.1 * np.hypot(0.15, 0.1)
    playhead = ra.Playhead(last.scene)
    playhead.seek(25)
    gap = playhead.position[4:] - last.scene.keyframes[0].position
    assert np.sqrt(np.mean(np.sum(gap**2, axis=1))) == pytest.approx(last.miss, rel=1e-9, abs=0.0)


def test_where_vortices_do_not_suffice_more_of_them_are_advised_and_no_pushes() -> None:
    scene = stirred()
    far = scene.keyframes[0].position * (-3.0, 1.0, 1.0)
    scene = ra.edits.replace_keyframe(scene, 0, position=far)
    *_, last = ra.solve(scene, iterations=3, starts=1)
    assert last.why == "The flow comes no nearer to frame 25: add vortices around what it carries."
    assert last.advice is not None
    assert last.advice.remedy is None


def test_a_circulation_is_as_strong_as_it_has_to_be_to_carry_through_the_scene() -> None:
    objective = ra.Objective(stirred(), [ra.Control("vortices.circulation", bodies=(0, 1, 2)), ra.Control("position")])
    turning, place = objective.scale[0], objective.scale[-1]
    assert objective.scale[:3].tolist() == [turning] * 3
    assert turning == pytest.approx(np.pi / 2 * place**2)  # in a second
