"""Bodies on rods: how they turn, how they are brought somewhere, and what the rods cannot give."""

import numpy as np
import pytest

import revanim as ra
from revanim.scene.build import make_playhead
from revanim.solve.objective import Objective
from revanim.solve.sequence.linkage import Linkage, linkage_of, rotate


def tree(planar: bool, seed: int = 0) -> tuple[ra.Scene, Linkage]:
    """Return a branching tree of rods that hangs on a pinned body, and how it turns."""
    random = np.random.default_rng(seed)
    links = np.array([[0, 1], [1, 2], [2, 3], [1, 4], [4, 5]])
    place = random.normal(size=(6, 3)) * [1, 1, not planar]
    lengths = np.linalg.norm(place[links[:, 1]] - place[links[:, 0]], axis=1)
    scene = ra.make_scene(
        place,
        0 * place,
        1.0,
        forces=[ra.force("rod", links=links, length=lengths)],
        pinned=np.arange(6) == 0,
        planar=planar,
    )
    linkage = Linkage.of(make_playhead(scene).system, links, lengths, planar)
    assert linkage is not None
    return scene, linkage


@pytest.mark.parametrize("planar", [True, False])
def test_every_rod_keeps_its_length_however_it_is_turned(planar: bool) -> None:
    scene, linkage = tree(planar)
    place = scene.bodies.position
    turned = linkage.turned(place, np.random.default_rng(1).normal(size=linkage.size))
    apart = turned[linkage.tips] - turned[linkage.tails]
    np.testing.assert_allclose(np.linalg.norm(apart, axis=1), linkage.lengths, rtol=1e-13)
    np.testing.assert_allclose(linkage.turned(place, np.zeros(linkage.size)), place, atol=1e-13)
    assert (turned[0] == place[0]).all()


@pytest.mark.parametrize("planar", [True, False])
def test_the_slope_is_that_of_the_turn(planar: bool) -> None:
    scene, linkage = tree(planar)
    place, turn = scene.bodies.position, 0.5 * np.random.default_rng(2).normal(size=linkage.size)
    slope = linkage.slope(place, turn)
    for way, column in zip(np.eye(linkage.size), slope.T, strict=True):
        ahead, behind = (linkage.turned(place, turn + sign * 1e-6 * way) for sign in (1, -1))
        np.testing.assert_allclose(column, ((ahead - behind) / 2e-6).ravel(), atol=1e-8)


@pytest.mark.parametrize("planar", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_a_tip_is_brought_wherever_it_can_be(planar: bool, seed: int) -> None:
    scene, linkage = tree(planar, seed)
    place = scene.bodies.position
    target = linkage.turned(place, 0.8 * np.random.default_rng(seed).normal(size=linkage.size))
    asked = np.zeros((6, 3), bool)
    asked[5] = True, True, not planar
    found = linkage.reach(place, np.zeros(linkage.size), asked, target)
    np.testing.assert_allclose(linkage.turned(place, found)[5], target[5], atol=1e-7)


def test_a_straight_chain_can_become_shorter() -> None:
    place = np.column_stack([np.zeros(4), -np.arange(4.0), np.zeros(4)])
    links = np.array([[0, 1], [1, 2], [2, 3]])
    scene = ra.make_scene(
        place, 0 * place, 1.0, forces=[ra.force("rod", links=links, length=1.0)], pinned=np.arange(4) == 0, planar=True
    )
    linkage = Linkage.of(make_playhead(scene).system, links, np.ones(3), planar=True)
    assert linkage is not None
    asked, target = np.zeros((4, 3), bool), place.copy()
    asked[3, :2], target[3] = True, (0.0, -1.5, 0.0)
    found = linkage.reach(place, np.zeros(linkage.size), asked, target)
    np.testing.assert_allclose(linkage.turned(place, found)[3], target[3], atol=1e-7)


def test_loops_and_chains_between_pins_are_no_trees() -> None:
    place = np.eye(3)
    for links, pinned in (([[0, 1], [1, 2], [2, 0]], [0]), ([[0, 1], [1, 2]], [0, 2])):
        scene = ra.make_scene(
            place,
            0 * place,
            1.0,
            forces=[ra.force("rod", links=links, length=np.sqrt(2))],
            pinned=np.isin(range(3), pinned),
        )
        system = make_playhead(scene).system
        assert Linkage.of(system, np.array(links), np.full(len(links), np.sqrt(2)), planar=False) is None


def test_bodies_off_the_rods_are_planned_without_them() -> None:
    place = np.eye(4)[:, :3]
    scene = ra.make_scene(place, 0 * place, 1.0, forces=[ra.force("rod", links=[[0, 1]], length=np.sqrt(2))])
    for body, linked in ((1, True), (3, False)):
        keyed = ra.edits.add_keyframe(scene, frame=9, bodies=[body], position=[[0.0, 0.0, 2.0]])
        assert (linkage_of(Objective(keyed, ("velocity", "nudge"))) is not None) is linked


def test_a_turn_is_that_of_rodrigues() -> None:
    turned = rotate(np.array([[1.0, 0.0, 0.0]]), np.array([[0.0, 0.0, np.pi / 2]]))
    np.testing.assert_allclose(turned, [[0.0, 1.0, 0.0]], atol=1e-15)


def test_both_keys_of_a_chain_are_hit() -> None:
    body = np.arange(4)
    place = np.column_stack([np.zeros(4), -0.5 * body, np.zeros(4)])
    rods = ra.force("rod", links=[[0, 1], [1, 2], [2, 3]], length=0.5)
    weight = ra.force("uniform", acceleration=(0, -4.5, 0))
    scene = ra.make_scene(
        place, 0 * place, 1.0, [weight, rods], pinned=body == 0, planar=True, scheme="verlet", steps_per_frame=32
    )
    for frame, target in ((13, (0.8, -0.9, 0.0)), (25, (-0.6, -1.1, 0.0))):
        scene = ra.edits.add_keyframe(scene, frame=frame, bodies=[3], position=[target])
    *_, last = ra.solve(scene)
    assert last.miss < 1e-6
    assert last.evaluations < 60
