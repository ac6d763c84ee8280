from itertools import permutations

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.solve.assignment import EXACT_UP_TO, assign
from revanim.solve.auction import auction


def total(bodies: Floats, targets: Floats) -> float:
    return float(np.sum((bodies - targets) ** 2))


def cloud_and_ring(count: int) -> tuple[Floats, Floats]:
    random = np.random.default_rng(count)
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return random.normal(size=(count, 3)), np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)


def test_no_other_choice_makes_the_sum_of_squares_smaller() -> None:
    random = np.random.default_rng(0)
    bodies, targets = random.normal(size=(6, 3)), random.normal(size=(6, 3))
    least = min(total(bodies, targets[list(order)]) for order in permutations(range(6)))
    assert total(bodies, targets[assign(bodies, targets)]) == pytest.approx(least)


def test_targets_that_are_shuffled_bodies_are_found_again() -> None:
    random = np.random.default_rng(1)
    bodies, order = random.normal(size=(500, 3)), random.permutation(500)
    assert (order[assign(bodies, bodies[order])] == np.arange(500)).all()


@pytest.mark.parametrize("shape", ["ring", "cloud", "steps", "line far away", "heap"])
def test_the_sum_is_that_of_another_method(shape: str) -> None:
    bodies, targets = cloud_and_ring(400)
    if shape == "cloud":
        targets = np.random.default_rng(2).uniform(-1, 1, bodies.shape)
    elif shape == "steps":  # many targets in one place, and many as far as others
        bodies, targets = np.round(bodies), np.round(2 * targets)
    elif shape == "line far away":
        bodies, targets = bodies * (1, 0, 0) + 1e4, targets * (1, 0, 0) + 1e4
    elif shape == "heap":
        targets = 0 * targets + 0.5
    order, squares = auction(bodies, targets), np.sum((bodies[:, None] - targets[None]) ** 2, axis=2)
    assert (np.sort(order) == np.arange(400)).all()
    assert total(bodies, targets[order]) == pytest.approx(squares[linear_sum_assignment(squares)].sum(), rel=1e-12)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_few_bodies_are_as_good_as_many(count: int) -> None:
    bodies = np.arange(3.0 * count).reshape(count, 3)
    assert (assign(bodies, bodies[::-1] + 0.1) == np.arange(count)[::-1]).all()


@pytest.mark.parametrize("shape", ["ring", "cloud"])
def test_above_the_exact_limit_the_sum_is_within_a_few_percent(shape: str) -> None:
    bodies, targets = cloud_and_ring(EXACT_UP_TO + 200)
    if shape == "cloud":
        targets = np.random.default_rng(2).uniform(-1, 1, bodies.shape)
    order = assign(bodies, targets)
    assert (np.sort(order) == np.arange(len(bodies))).all()
    assert total(bodies, targets[order]) < 1.03 * total(bodies, targets[auction(bodies, targets)])


def test_the_answer_is_the_same_every_time() -> None:
    bodies, targets = cloud_and_ring(EXACT_UP_TO + 1)
    assert (assign(bodies, targets) == assign(bodies, targets)).all()


@pytest.mark.parametrize("nail", [False, True])
def test_a_shape_whose_targets_are_pinned_is_hit_body_by_body(nail: bool) -> None:
    place = np.array([[0.0, 0, 0], [1, 0, 0], [2, 0, 0]])
    still = ra.make_scene(place, 0 * place, np.ones(3), forces=[ra.force("gravity", softening=0.3, strength=0.05)])
    order = np.array([2, 0, 1])  # not the nearest ones
    target = np.add(place, [0.0, 1.0, 0.5])
    scene = ra.edits.add_keyframe(
        still, 24, [0, 1, 2], position=target, shape=True, assignment=order, nail=nail, tolerance=1e-4
    )
    *_, done = ra.solve(scene)
    play = ra.Playhead(done.scene)
    play.seek(24)
    assert np.linalg.norm(play.position - target[order], axis=1).max() < 1e-4
    assert done.scene.keyframes[0].assignment.tolist() == order.tolist()
