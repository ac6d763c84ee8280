"""Takes: one is in front, the others are kept, and switching there and back loses nothing."""

import pytest

import revanim as ra
from revanim.scene.edits.takes import keep_take, remove_take, rename_take, switch_take, take_names


@pytest.fixture
def scene() -> ra.Scene:
    """Two bodies."""
    return ra.make_scene([[0.0, 0, 0], [1, 0, 0]], [[0.0, 1, 0], [0, -1, 0]], 1.0, name="Two")


def test_a_scene_without_takes_is_the_first(scene: ra.Scene) -> None:
    assert take_names(scene) == ["Take 1"]


def test_what_was_in_front_is_kept_under_its_name(scene: ra.Scene) -> None:
    changed = ra.edits.set_bodies(keep_take(scene, "Heavy"), [0], mass=9.0)
    assert take_names(changed) == ["Heavy", "Take 1"]
    back = switch_take(changed, "Take 1")
    assert back.bodies is scene.bodies
    assert back.take == "Take 1"
    assert switch_take(back, "Heavy").bodies is changed.bodies


def test_takes_have_names_of_their_own(scene: ra.Scene) -> None:
    two = keep_take(scene, "Heavy")
    assert take_names(rename_take(two, "Heavy", "Light")) == ["Light", "Take 1"]
    assert take_names(rename_take(two, "Take 1", "Plain")) == ["Heavy", "Plain"]
    for name in ("Heavy", "Take 1", ""):
        with pytest.raises(ra.RevanimError, match="names"):
            keep_take(two, name)
    with pytest.raises(ra.RevanimError, match="there are Heavy, Take 1"):
        switch_take(two, "Third")


def test_only_takes_behind_are_removed(scene: ra.Scene) -> None:
    two = keep_take(scene, "Heavy")
    assert take_names(remove_take(two, "Take 1")) == ["Heavy"]
    with pytest.raises(ra.RevanimError, match="switch to another"):
        remove_take(two, "Heavy")


def test_a_first_take_may_have_any_name(scene: ra.Scene) -> None:
    kept = ra.edits.keep_take(scene, "Take 1")
    assert kept.take == "Take 1"
    assert [take.name for take in kept.takes] == ["Take 2"]
    assert ra.edits.switch_take(kept, "Take 2").take == "Take 2"
