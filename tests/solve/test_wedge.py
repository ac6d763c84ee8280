"""Variants of a scene: what they differ in, and what becomes of each."""

import numpy as np
import pytest

import revanim as ra
from revanim.solve.wedge import Answer, Axis, Order, answer, best_of, evenly, put, together, variants


@pytest.fixture
def scene() -> ra.Scene:
    """Two bodies that fall, and a third that is pinned; one of them has a place to be."""
    forces = (ra.force("gravity"), ra.force("uniform", acceleration=(0, -1, 0)))
    scene = ra.make_scene(
        np.eye(3), np.zeros((3, 3)), [1.0, 2.0, 3.0], forces=forces, frames=(1, 9), pinned=[False, False, True]
    )
    return ra.edits.add_keyframe(scene, 9, [0], position=[[0.5, 0.5, 0.0]])


def test_there_is_a_variant_for_every_combination_the_last_axis_first(scene: ra.Scene) -> None:
    found = variants(scene, [Axis("gravity.strength", (0.5, 2.0)), Axis("mass", (1.0, 3.0))])
    assert [variant.values for variant in found] == [
        {"gravity.strength": strength, "mass": mass} for strength in (0.5, 2.0) for mass in (1.0, 3.0)
    ]
    assert [variant.name for variant in found][1] == "gravity.strength 0.5, mass 3"
    assert [float(variant.scene.forces[0].values["strength"]) for variant in found] == [0.5, 0.5, 2.0, 2.0]
    assert found[3].scene.bodies.mass.tolist() == [3.0] * 3


def test_one_axis_of_a_vector_is_set_alone(scene: ra.Scene) -> None:
    assert put(scene, "uniform.acceleration.y", -9.0).forces[1].values["acceleration"].tolist() == [0, -9, 0]
    assert put(scene, "velocity.x", 2.0).bodies.velocity.tolist() == [[2, 0, 0], [2, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize(
    ("axes", "sentence"),
    [
        ([], "0 variants cannot be"),
        ([Axis("mass", ())], "0 variants cannot be"),
        ([Axis("mass", tuple(range(1, 2000))), Axis("gravity.strength", tuple(range(2000)))], "cannot be; a wedge has"),
        ([Axis("mass", (1.0,)), Axis("mass", (2.0,))], "names a quantity twice"),
        ([Axis("magic", (1.0,))], "There is nothing called 'magic' to change"),
        ([Axis("gravity.strength.x", (1.0,))], "has no x; it is a single number"),
        ([Axis("gravity.softening", (-1.0,))], "must lie between"),
    ],
)
def test_what_cannot_vary_is_refused(scene: ra.Scene, axes: list[Axis], sentence: str) -> None:
    with pytest.raises(ra.RevanimError, match=sentence):
        variants(scene, axes)


def test_a_variant_is_walked_to_its_end(scene: ra.Scene) -> None:
    told = answer(Order(scene))
    playhead = ra.Playhead(scene)
    playhead.seek(9)
    assert told.facts["digest"] == playhead.digest()
    assert told.facts["energy"] == playhead.energy()
    assert np.array_equal(told.scene.bodies.state, scene.bodies.state)


def test_a_variant_is_solved(scene: ra.Scene) -> None:
    told = answer(Order(scene, ("velocity",), 50))
    assert told.facts["cost_after"] < 1e-6 < told.facts["cost_before"]
    playhead = ra.Playhead(told.scene)
    playhead.seek(9)
    assert np.linalg.norm(playhead.position[0] - (0.5, 0.5, 0.0)) < 1e-3


def test_one_that_cannot_be_walked_says_why_and_harms_no_other() -> None:
    push = ra.force("uniform", acceleration=(1e4, 0, 0))
    scene = ra.make_scene([[0.0, 0, 0]], [[0.0, 0, 0]], [1.0], forces=(push,), frames=(1, 500))
    told = answer(Order(scene))
    assert "the walk stops there" in told.facts["why"]
    assert "digest" not in told.facts


def test_variants_are_takes_of_one_scene_the_best_in_front(scene: ra.Scene) -> None:
    found = variants(scene, [Axis("mass", evenly(1, 3, 3))])
    told = [Answer(scene, {"cost_after": cost}) for cost in (2.0, 0.5, 1.0)]
    whole = together("wedge", [(variant.name, variant.scene) for variant in found], best_of(told))
    assert whole.take == "mass 2"
    assert [take.name for take in whole.takes] == ["mass 1", "mass 3"]
    assert ra.edits.switch_take(whole, "mass 3").bodies.mass.tolist() == [3.0] * 3
