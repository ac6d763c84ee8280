"""What bodies are coloured by, and the spans that colours and arrows are scaled by."""

import numpy as np
import pytest

import revanim as ra
from revanim.engine.alive.acting import acceleration
from revanim.scene.attribute import Instant, attributes
from revanim.scene.build import make_playhead
from revanim.scene.gauge import gauge
from revanim.scene.scene import Group, Scene

PLACE = np.array([[0.0, 0, 0], [3.0, 0, 0], [0.0, 4.0, 0]])
SPEED = np.array([[0.0, 0, 0], [3.0, 4.0, 0], [0.0, 1.0, 0]])
ERASED = np.array([0.0, 7.0, 2.0])


@pytest.fixture
def scene() -> Scene:
    scene = ra.make_scene(PLACE, SPEED, [1.0, 2.0, 3.0], frames=(1, 48), home=4)
    return ra.edits.set_groups(scene, [Group("left", np.array([0])), Group("right", np.array([1]))])


def values(scene: Scene, name: str, frame: int = 4, position: np.ndarray = PLACE) -> list[float]:
    return attributes()[name].values(scene, Instant(frame, position, SPEED, ERASED)).tolist()


def test_every_attribute_gives_a_number_for_every_body_and_nan_where_there_is_none(scene: Scene) -> None:
    assert values(scene, "speed") == [0.0, 5.0, 1.0]
    assert values(scene, "erased") == [0.0, 7.0, 2.0]
    assert values(scene, "mass") == [1.0, 2.0, 3.0]
    assert values(scene, "kinetic-energy") == [0.0, 25.0, 1.5]
    assert values(scene, "displacement", position=PLACE + np.array([0.0, 0.0, 2.0])) == pytest.approx([2.0, 2.0, 2.0])
    np.testing.assert_array_equal(values(scene, "group"), [0.0, 1.0, np.nan])
    assert attributes()["group"].names(scene) == ("left", "right")  # type: ignore[misc]
    assert np.isnan(values(scene, "miss")).all()


def test_the_miss_is_the_distance_to_the_next_target_and_to_the_nearest_where_any_may_be_taken(scene: Scene) -> None:
    asked = ra.edits.add_keyframe(scene, 10, [1], position=[[3.0, 0.0, 6.0]])
    asked = ra.edits.add_keyframe(asked, 20, [0, 1], position=[[3.0, 0.0, 1.0], [0.0, 0.0, 2.0]], shape=True)
    np.testing.assert_array_equal(values(asked, "miss", 5), [np.nan, 6.0, np.nan])
    np.testing.assert_array_equal(values(asked, "miss", 11), [2.0, 1.0, np.nan])
    np.testing.assert_array_equal(values(asked, "miss", 40), [2.0, 1.0, np.nan])


def test_bodies_that_touch_flash_as_deep_as_they_overlap(scene: Scene) -> None:
    wide = ra.edits.set_bodies(scene, [0, 1, 2], radius=2.0)
    assert values(wide, "touch") == pytest.approx([1.0, 1.0, 0.0])
    assert values(wide, "touch", position=0.5 * PLACE) == pytest.approx([4.5, 4.0, 3.5])
    assert values(scene, "touch") == [0.0, 0.0, 0.0]


def test_what_has_just_bounced_off_a_floor_flashes_and_what_comes_or_lies_there_does_not(scene: Scene) -> None:
    floor = ra.move("floor", height=-1.0, normal=(0.0, 2.0, 0.0), radius=0.9)
    bounced = ra.edits.add_part(scene, floor)
    near = np.outer((0, 3, 6), (1.0, 0, 0))  # 0.1 over where they bounce, at 0, 4 and 1 length/s
    assert values(bounced, "touch", position=near) == pytest.approx([0.0, 4.0 / 24 - 0.1, 0.0])
    under = near - np.array([0.0, 0.2, 0.0])
    assert values(bounced, "touch", position=under) == pytest.approx([0.0, 0.0, 0.0])
    soft = ra.edits.add_part(scene, ra.force("wall", point=(0, 1, 0), normal=(0, 1, 0), bodies=[1, 2]))
    assert values(soft, "touch") == pytest.approx([0.0, 1.0, 0.0])


def test_no_bodies_have_no_attributes() -> None:
    empty = ra.make_scene([], [], 1.0)
    for attribute in attributes().values():
        assert attribute.values(empty, Instant(1, np.empty((0, 3)), np.empty((0, 3)), np.empty(0))).size == 0
    assert gauge(ra.edits.set_look(empty, color_by="speed")).low == 0.0


def test_the_gauge_spans_what_happens_around_home_and_is_the_same_each_time() -> None:
    fall = ra.force("uniform", acceleration=(0.0, 0.0, -2.0))
    scene = ra.make_scene(
        [[0.0, 0, 0]], [[0.0, 0, 0]], [1.0], forces=(fall,), look=ra.Look(color_by="speed", accelerations=True)
    )
    found = gauge(scene)
    assert found == gauge(scene)
    assert found.low == pytest.approx(0.0)
    assert found.high == pytest.approx(2.0)  # after a second either way
    assert found.speed == pytest.approx(2.0)
    assert found.acceleration == pytest.approx(2.0)


def test_the_gauge_stops_where_the_motion_does() -> None:
    push = ra.force("uniform", acceleration=(1e9, 0, 0))
    scene = ra.make_scene([[0.0, 0, 0]], [[0.0, 0, 0]], [1.0], forces=(push,), look=ra.Look(accelerations=True))
    assert gauge(scene).acceleration == pytest.approx(1e9)


def test_the_acceleration_is_that_of_all_forces_together_and_pinned_bodies_feel_none() -> None:
    forces = [ra.force("uniform", acceleration=(1.0, 0, 0)), ra.force("uniform", acceleration=(0, 0, 2.0), bodies=[1])]
    scene = ra.make_scene(PLACE, 0 * PLACE, np.ones(3), forces=forces, pinned=[False, False, True])
    playhead = make_playhead(scene)
    found = acceleration(playhead.system, playhead.live, playhead.frame)
    np.testing.assert_allclose(found, [[1, 0, 0], [1, 0, 2], [0, 0, 0]])
