import numpy as np
import pytest

import revanim as ra
from revanim.scene.part import kind_of
from revanim.scene.values import act_along, act_on, chosen_rows, default_of, is_default, read, reset, write

PLACE = np.eye(4, 3)


def scene_with(*forces: ra.Part) -> ra.Scene:
    return ra.make_scene(PLACE, 0 * PLACE, np.ones(4), forces=forces)


def parameter(part: ra.Part, name: str) -> ra.Parameter:
    return next(each for each in kind_of(part).parameters if each.name == name)


def selected(*bodies: int) -> np.ndarray:
    return np.isin(np.arange(4), bodies)


def test_the_selected_bodies_of_a_force_are_meant_or_all_of_them() -> None:
    part = ra.force("coulomb", bodies=[3, 1])
    assert chosen_rows(part, selected(1)).tolist() == [1]
    assert chosen_rows(part, selected(0)).tolist() == [0, 1]


def test_the_links_between_selected_bodies_are_meant_or_those_at_one_or_all() -> None:
    part = ra.force("spring", links=[[0, 1], [1, 2], [2, 3]])
    assert chosen_rows(part, selected(0, 1)).tolist() == [0]
    assert chosen_rows(part, selected(1)).tolist() == [0, 1]
    assert chosen_rows(part, selected()).tolist() == [0, 1, 2]


def test_a_value_of_some_bodies_leaves_the_others_theirs_and_one_of_all_is_one_value() -> None:
    part = ra.force("coulomb", charge=2.0)
    charge = parameter(part, "charge")
    some = write(part, charge, np.array([1, 3]), 1, np.full((2, 1), 5.0), 4)
    assert some.values["charge"].tolist() == [2, 5, 2, 5]
    every = write(some, charge, np.arange(4), 1, np.full((4, 1), 7.0), 4)
    assert every.values["charge"].shape == ()
    assert read(every, charge, np.array([0, 2]), 1).tolist() == [[7], [7]]
    scene_with(some, every)


def test_a_value_on_a_curve_is_set_at_its_frame_for_the_bodies_that_are_meant() -> None:
    part = ra.force("nudge", push=ra.Curve(1, 10, np.zeros((3, 3))))
    push = parameter(part, "push")
    after = write(part, push, np.array([2]), 15, np.array([[1.0, 2.0, 3.0]]), 4)
    assert read(after, push, np.arange(4), 15).tolist() == [[0, 0, 0], [0, 0, 0], [1, 2, 3], [0, 0, 0]]
    assert not read(after, push, np.arange(4), 5).any()
    assert not read(after, push, np.arange(4), 31).any()
    scene_with(after)


def test_a_reset_brings_back_the_default_the_drawn_length_and_the_derived_stiffness() -> None:
    scene = scene_with(ra.force("rod", links=[[0, 1], [1, 2]], length=[3.0, 4.0], stiffness=7.0))
    rod = scene.forces[0]
    length, stiffness = parameter(rod, "length"), parameter(rod, "stiffness")
    assert not is_default(rod, length, default_of(scene, rod, length), np.array([1]))
    back = reset(scene, rod, length, np.array([1]))
    assert back.values["length"] == pytest.approx([3.0, np.sqrt(2.0)])
    assert is_default(back, length, default_of(scene, back, length), np.array([1]))
    assert reset(scene, rod, stiffness, np.array([0, 1])).values["stiffness"] is None


def test_a_reset_of_a_curve_leaves_one_value() -> None:
    scene = scene_with(ra.force("gravity", strength=ra.Curve(1, 1, np.array([2.0, 3.0]))))
    part = scene.forces[0]
    assert reset(scene, part, parameter(part, "strength"), np.arange(4)).values["strength"] == 1.0


def test_who_is_new_to_a_force_takes_the_value_of_its_first_body() -> None:
    part = ra.force("coulomb", bodies=[1, 3], charge=[5.0, 6.0])
    everybody = act_on(part, None, 4)
    assert everybody.values["charge"].tolist() == [5, 5, 5, 6]
    assert act_on(everybody, np.array([3]), 4).values["charge"] == 6
    scene_with(everybody)


def test_other_links_are_drawn_again() -> None:
    part = ra.force("spring", links=[[0, 1]], stiffness=[3.0], length=[9.0])
    scene = scene_with(part)
    after = ra.edits.set_forces(scene, [act_along(scene.forces[0], np.array([[0, 1], [1, 2]]))])
    assert after.forces[0].values["stiffness"] == 3
    assert after.forces[0].values["length"] == pytest.approx([np.sqrt(2)] * 2)
