"""Which scenes keep their energy."""

from dataclasses import replace

import numpy as np
import pytest

import revanim as ra
from revanim.engine.parameter import Curve
from revanim.scene.driven import driven
from revanim.scene.scene import Part


@pytest.fixture
def scene() -> ra.Scene:
    """Two bodies that attract each other."""
    return ra.make_scene(np.eye(3)[:2], np.zeros((2, 3)), np.ones(2), forces=(ra.force("gravity", strength=1.0),))


def test_forces_that_stay_the_same_keep_it(scene: ra.Scene) -> None:
    assert not driven(scene)


def test_a_force_that_changes_over_the_frames_does_not_unless_it_is_muted(scene: ra.Scene) -> None:
    (part,) = scene.forces
    rising = replace(part, values={**part.values, "strength": Curve(1, 24, np.array([1.0, 2.0]))})
    assert driven(replace(scene, forces=(rising,)))
    assert not driven(replace(scene, forces=(replace(rising, muted=True),)))


def test_a_curve_that_is_flat_keeps_it_unless_it_ends(scene: ra.Scene) -> None:
    (part,) = scene.forces
    flat = replace(part, values={**part.values, "strength": Curve(1, 24, np.array([1.0, 1.0]))})
    assert not driven(replace(scene, forces=(flat,)))
    for push, drives in ((0.5, True), (0.0, False)):
        nudge = ra.force("nudge", push=Curve(1, 24, np.full((2, 3), push)))
        assert driven(replace(scene, forces=(nudge,))) is drives


def test_a_force_without_a_potential_does_not_unless_it_is_muted(scene: ra.Scene) -> None:
    gusts = ra.force("turbulence")
    assert driven(replace(scene, forces=(*scene.forces, gusts)))
    assert not driven(replace(scene, forces=(*scene.forces, replace(gusts, muted=True))))


def test_a_move_does_not_unless_it_is_muted(scene: ra.Scene) -> None:
    drag = Part(kind="drag", values={}, links=None, bodies=None)
    assert driven(replace(scene, moves=(drag,)))
    assert not driven(replace(scene, moves=(replace(drag, muted=True),)))
