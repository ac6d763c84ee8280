"""Bad wishes are refused with one plain sentence, and the scene is unharmed."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import revanim as ra

Make = Callable[..., Any]


@pytest.fixture
def keyed(cloud: Make) -> ra.Scene:
    scene: ra.Scene = ra.edits.add_keyframe(cloud(), 8, [0], position=[[0.0, 0.0, 0.0]])
    return scene


def test_nothing_to_hit_is_refused(cloud: Make) -> None:
    with pytest.raises(ra.RevanimError, match="no keyframe"):
        next(ra.solve(cloud()))


def test_nothing_to_change_is_refused(keyed: ra.Scene) -> None:
    with pytest.raises(ra.RevanimError, match="at least one control"):
        next(ra.solve(keyed, []))


@pytest.mark.parametrize("name", ["speed", "gravity", "gravity[2].strength", "magnet.strength"])
def test_an_unknown_control_is_refused_with_the_names_there_are(name: str, keyed: ra.Scene) -> None:
    with pytest.raises(ra.RevanimError) as refused:
        ra.Objective(keyed, [name])
    for known in ("velocity", "position", "nudge", "mass", "gravity.strength", "gravity[1].softening", "spring.length"):
        assert known in str(refused.value)


def test_an_unknown_parameter_is_refused_with_those_there_are(keyed: ra.Scene) -> None:
    with pytest.raises(ra.RevanimError, match="it has strength, softening"):
        ra.Objective(keyed, ["gravity.stiffness"])


def test_a_derived_parameter_is_refused(chain: Make) -> None:
    scene, target = chain()
    with pytest.raises(ra.RevanimError, match=r"rod\.stiffness is derived"):
        ra.Objective(ra.edits.add_keyframe(scene, 8, [1, 2], position=target), ["rod.stiffness"])


@pytest.mark.parametrize("bodies", [(7,), (-1,), (0, 4)])
def test_a_control_of_a_body_that_does_not_exist_is_refused(bodies: tuple[int, ...], keyed: ra.Scene) -> None:
    with pytest.raises(ra.RevanimError, match="there are 0 to 3"):
        ra.Objective(keyed, [ra.Control("velocity", bodies=bodies)])


def test_bounds_the_wrong_way_round_are_refused(keyed: ra.Scene) -> None:
    with pytest.raises(ra.RevanimError, match="wrong way round"):
        ra.Objective(keyed, [ra.Control("velocity", low=1.0, high=-1.0)])


@pytest.mark.parametrize("frame", [1, 0, -5])
def test_a_keyframe_that_is_not_after_home_is_refused(frame: int, cloud: Make) -> None:
    with pytest.raises(ra.RevanimError, match="after the home frame 1"):
        ra.edits.add_keyframe(cloud(), frame, [0], position=[[0.0, 0.0, 0.0]])


def test_a_window_that_begins_at_home_is_refused(cloud: Make) -> None:
    with pytest.raises(ra.RevanimError, match="after the home frame 1"):
        ra.edits.add_keyframe(cloud(), 5, [0], position=[[0.0, 0.0, 0.0]], window=(1, 9))


def test_a_home_that_has_moved_past_a_keyframe_is_noticed(keyed: ra.Scene) -> None:
    with pytest.raises(ra.RevanimError, match="after the home frame 9"):
        ra.Objective(ra.edits.set_timing(keyed, home=9))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_places_and_weights_that_are_not_finite_are_refused(value: float, cloud: Make) -> None:
    for fields in ({"position": [[0.0, value, 0.0]]}, {"position": np.zeros((1, 3)), "weight": value}):
        with pytest.raises(ra.RevanimError):
            ra.edits.add_keyframe(cloud(), 8, [0], **fields)


def test_a_body_that_does_not_exist_is_refused(cloud: Make) -> None:
    with pytest.raises(ra.RevanimError, match="names body 4; there are bodies 0 to 3"):
        ra.edits.add_keyframe(cloud(), 8, [4], position=[[0.0, 0.0, 0.0]])


def test_two_nails_in_one_place_at_one_time_are_refused(cloud: Make) -> None:
    scene = ra.edits.add_keyframe(cloud(), 8, [0, 1], position=np.zeros((2, 3)), nail=True)
    with pytest.raises(ra.RevanimError, match="body 1 at two places at frame 8"):
        ra.edits.add_keyframe(scene, 8, [1], position=[[1.0, 0.0, 0.0]], nail=True)
    ra.edits.add_keyframe(scene, 8, [1], position=[[0.0, 5e-4, 0.0]], nail=True)
    ra.edits.add_keyframe(scene, 9, [1], position=[[1.0, 0.0, 0.0]], nail=True)


def test_a_motion_that_ends_before_the_keyframe_is_refused(cloud: Make) -> None:
    forces = [ra.force("spring", links=[[0, 1]], stiffness=1e9, length=0.5)]
    scene = ra.edits.add_keyframe(cloud(forces=forces), 200, [0], position=[[0.0, 0.0, 0.0]])
    with pytest.raises(ra.RevanimError, match="leaves the range"):
        list(ra.solve(scene))


@pytest.mark.parametrize("value", [1e9, np.nan, np.inf])
def test_values_out_of_range_are_refused_and_the_next_are_not(value: float, keyed: ra.Scene) -> None:
    objective = ra.Objective(keyed, ["velocity"])
    with pytest.raises(ra.RevanimError):
        objective.value_and_gradient(np.full_like(objective.start, value))
    assert np.isfinite(objective.value_and_gradient(objective.start)[0])
    assert (objective.playhead.state == keyed.bodies.state).all()
