"""What has been found right is not looked at again, and what could have changed since always is."""

import gc
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.scene.check import check
from revanim.scene.given import sealed
from revanim.scene.once import is_fixed, once
from revanim.scene.scene import Keyframe, Part, Scene


class Look:
    """Counts how often it looks, and refuses negative numbers."""

    def __init__(self) -> None:
        self.count = 0
        self.once = once(self.look)

    def look(self, *things: Any) -> None:
        self.count += 1
        if any(np.any(np.asarray(thing) < 0) for thing in things if isinstance(thing, np.ndarray | int)):
            raise ra.RevanimError("Nothing may be below 0.")


@dataclass(frozen=True, eq=False)
class Pair:
    """Something frozen that holds an array."""

    values: np.ndarray


def test_the_same_array_is_looked_at_once_and_an_equal_one_again() -> None:
    look, one, other = Look(), sealed(np.ones(3)), sealed(np.ones(3))
    for array in (one, one, one, other, other):
        look.once(array, 7)
    assert look.count == 2
    look.once(one, 8)
    assert look.count == 3


def test_numbers_count_by_their_value_and_their_type() -> None:
    look, array = Look(), sealed(np.ones(3))
    for number in (1, 1, True, 1.0):
        look.once(array, number)
    assert look.count == 3


def test_what_is_refused_is_looked_at_and_refused_each_time() -> None:
    look, array = Look(), sealed(np.array([1.0, -1.0]))
    for _ in range(3):
        with pytest.raises(ra.RevanimError):
            look.once(array)
    assert look.count == 3


def test_an_array_that_could_be_written_to_is_looked_at_each_time() -> None:
    look, array = Look(), np.ones(3)
    look.once(array)
    array[1] = -1
    with pytest.raises(ra.RevanimError):
        look.once(array)


def test_a_sealed_view_of_an_array_that_could_be_written_to_is_looked_at_each_time() -> None:
    look, below = Look(), np.ones(3)
    view = sealed(below[:2])
    look.once(view)
    below[0] = -1
    with pytest.raises(ra.RevanimError):
        look.once(view)


def test_something_frozen_is_looked_at_once_if_all_that_it_holds_is_fixed() -> None:
    look, fixed, loose = Look(), Pair(sealed(np.ones(2))), Pair(np.ones(2))
    for thing in (fixed, fixed, loose, loose):
        look.once(thing)
    assert look.count == 3
    assert not is_fixed(Part("gravity", {}))  # a dictionary may change
    assert not is_fixed([1.0])
    assert is_fixed(ra.Look())


def test_what_was_looked_at_is_forgotten_with_it() -> None:
    look = Look()
    for _ in range(100):  # where each array may lie at the place of the one before
        look.once(sealed(np.ones(3)))
        gc.collect(0)
    assert look.count == 100


def crowd() -> Scene:
    """Return three bodies with forces of every sort, a keyframe and a take."""
    scene = ra.make_scene(
        [[0, 0, 0], [1, 0, 0], [0, 1, 0]],
        np.zeros((3, 3)),
        1.0,
        forces=[ra.force("gravity"), ra.force("spring", links=[[0, 1]]), ra.force("uniform", bodies=[1, 2])],
    )
    scene = ra.edits.add_keyframe(scene, 40, [0, 1], position=[[1, 0, 0], [2, 0, 0]])
    return ra.edits.keep_take(ra.edits.set_groups(scene, [ra.Group("two", sealed(np.array([0, 1])))]), "another")


def broken(part: Part, **values: Any) -> Part:
    return replace(part, values={**part.values, **values})


@pytest.mark.parametrize(
    ("name", "parameter"), [("gravity", "strength"), ("spring", "stiffness"), ("uniform", "acceleration")]
)
def test_a_damaged_force_beside_shared_ones_is_refused(name: str, parameter: str) -> None:
    scene = crowd()
    (index,) = (index for index, part in enumerate(scene.forces) if part.kind == name)
    forces = list(scene.forces)
    forces[index] = broken(forces[index], **{parameter: sealed(forces[index].values[parameter] * np.nan)})
    with pytest.raises(ra.RevanimError, match=f"{name}.{parameter} must lie between"):
        ra.edits.rename(replace(scene, forces=tuple(forces)), "other")
    with pytest.raises(ra.RevanimError, match=f"{name}.{parameter} must lie between"):
        ra.edits.set_forces(scene, forces)


def test_a_force_whose_value_was_exchanged_in_place_is_refused() -> None:
    scene = crowd()
    scene.forces[0].values["strength"] = sealed(np.array(np.nan))
    with pytest.raises(ra.RevanimError, match=r"gravity\.strength must lie between"):
        ra.edits.rename(scene, "other")


def test_shared_forces_are_refused_for_fewer_bodies_and_for_bodies_without_mass() -> None:
    scene = crowd()
    two = replace(ra.edits.only(scene, [0, 1]), forces=scene.forces, keyframes=(), groups=(), takes=())
    with pytest.raises(ra.RevanimError, match="uniform names body 2; there are bodies 0 to 1"):
        check(two)
    weightless = replace(scene.bodies, mass=sealed(np.array([0.0, 1.0, 1.0])))
    with pytest.raises(ra.RevanimError, match="spring acts on body 0, which has no mass"):
        check(replace(scene, bodies=weightless))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("position", np.zeros((3, 3)), "positions of the shape"),
        ("position", np.full((2, 3), np.inf), "positions that are no finite numbers"),
        ("bodies", np.array([0, 3]), "names body 3"),
        ("bodies", np.array([1, 1]), "names a body twice"),
        ("weights", np.array([1.0, -1.0]), "a weight that is not"),
        ("assignment", np.array([0, 0]), "an assignment that does not"),
    ],
)
def test_a_damaged_keyframe_that_shares_its_other_fields_is_refused(field: str, value: Any, sentence: str) -> None:
    scene = crowd()
    key: Keyframe = replace(scene.keyframes[0], **{field: sealed(value)})
    with pytest.raises(ra.RevanimError, match=sentence):
        check(replace(scene, keyframes=(key,)))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("mass", np.array([1.0, np.nan, 1.0]), "The mass of body 1"),
        ("radius", np.array([1.0, 1.0, -1.0]), "The radius of body 2"),
        ("pinned", np.array([True, False]), "The pinned of the bodies has the shape"),
        ("color", np.zeros((3, 4), np.uint8), "The color of the bodies has the shape"),
        ("state", np.full((6, 3), 2**62), "lies beyond the range"),
    ],
)
def test_damaged_bodies_that_share_their_other_arrays_are_refused(field: str, value: Any, sentence: str) -> None:
    scene = crowd()
    with pytest.raises(ra.RevanimError, match=sentence):
        check(replace(scene, bodies=replace(scene.bodies, **{field: sealed(value)})))


def test_shared_bodies_that_leave_the_plane_are_refused_where_the_scene_is_planar() -> None:
    scene = ra.make_scene([[0, 0, 1]], [[0, 0, 0]], 1.0)
    with pytest.raises(ra.RevanimError, match="planar scene"):
        check(replace(scene, planar=True))


def test_a_damaged_take_behind_shared_bodies_is_refused() -> None:
    scene = crowd()
    take = scene.takes[0]
    damaged = replace(take, scene=replace(take.scene, timing=replace(take.scene.timing, fps=0.0)))
    with pytest.raises(ra.RevanimError, match="frames per second"):
        ra.edits.rename(replace(scene, takes=(damaged,)), "other")


def test_a_group_of_bodies_that_are_gone_is_refused() -> None:
    scene = crowd()
    group = replace(scene.groups[0], bodies=sealed(np.array([0, 5])))
    with pytest.raises(ra.RevanimError, match="The group 'two' must name bodies 0 to 2"):
        ra.edits.rename(replace(scene, groups=(group,)), "other")


def test_an_edit_that_leaves_the_arrays_alone_looks_at_none_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = crowd()
    for name in ("isfinite", "unique", "isin"):
        monkeypatch.setattr(np, name, lambda *_, **__: pytest.fail("An array was looked at."))
    ra.edits.rename(scene, "other")
    ra.edits.set_look(scene, exposure=2.0)
    ra.edits.move_keyframe(scene, 0, 50)
    ra.edits.replace_keyframe(scene, 0, weight=2.0)
    ra.edits.switch_take(scene, ra.edits.set_takes(scene, scene.takes).takes[0].name)
