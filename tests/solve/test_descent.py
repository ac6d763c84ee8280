from itertools import islice, pairwise

import numpy as np
import pytest

from revanim.engine.parameter import Floats
from revanim.solve.descent import Function, Point, descend, memory

NOWHERE = np.full(2, np.inf)


def rosenbrock(z: Floats) -> tuple[float, Floats]:
    x, y = z
    value = (1 - x) ** 2 + 100 * (y - x * x) ** 2
    return value, np.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])


def bowl(curvature: Floats, centre: Floats) -> Function:
    return lambda z: (float(0.5 * curvature @ (z - centre) ** 2), curvature * (z - centre))


def lowest(function: Function, start: list[float], low: Floats = -NOWHERE, high: Floats = NOWHERE) -> list[Point]:
    return list(islice(filter(None, descend(function, np.array(start), low, high)), 300))


def test_it_finds_the_end_of_a_bent_valley() -> None:
    points = lowest(rosenbrock, [-1.2, 1.0])
    np.testing.assert_allclose(points[-1].z, 1.0, atol=1e-6)
    assert len(points) < 60


def test_every_point_is_lower_than_the_one_before() -> None:
    values = [point.value for point in lowest(rosenbrock, [-1.2, 1.0])]
    assert all(after < before for before, after in pairwise(values))


def test_a_narrow_bowl_of_fifty_axes_is_no_trouble() -> None:
    curvature, centre = np.logspace(0, 2, 50), np.linspace(-1, 1, 50)
    points = lowest(bowl(curvature, centre), [3.0] * 50, np.full(50, -np.inf), np.full(50, np.inf))
    np.testing.assert_allclose(points[-1].z, centre, atol=1e-4)


@pytest.mark.parametrize("low", [-np.inf, -2.0, 0.5])
@pytest.mark.parametrize("high", [np.inf, 2.0, 0.7])
def test_bounds_are_held_and_the_best_within_them_is_found(low: float, high: float) -> None:
    centre = np.array([0.0, 3.0])
    points = lowest(bowl(np.array([1.0, 10.0]), centre), [5.0, -5.0], np.full(2, low), np.full(2, high))
    for point in points:
        assert ((low <= point.z) & (point.z <= high)).all()
    np.testing.assert_allclose(points[-1].z, np.clip(centre, low, high), atol=1e-6)


def test_a_bent_valley_with_a_wall_ends_at_the_wall() -> None:
    points = lowest(rosenbrock, [-1.2, 1.0], high=np.array([0.5, np.inf]))
    np.testing.assert_allclose(points[-1].z, [0.5, 0.25], atol=1e-6)


def test_it_ends_where_it_began_when_that_is_the_lowest() -> None:
    assert lowest(bowl(np.ones(2), np.zeros(2)), [0.0, 0.0]) == []


def test_what_cannot_be_computed_is_stepped_around() -> None:
    def fenced(z: Floats) -> tuple[float, Floats]:
        return (np.inf, np.zeros(2)) if z[0] > 1.5 else rosenbrock(z)

    np.testing.assert_allclose(lowest(fenced, [-1.2, 1.0])[-1].z, 1.0, atol=1e-6)


def test_a_start_that_cannot_be_computed_leads_nowhere() -> None:
    assert lowest(lambda z: (np.inf, np.zeros(2)), [0.0, 0.0]) == []


def test_every_try_is_told_of() -> None:
    tried = []

    def counted(z: Floats) -> tuple[float, Floats]:
        tried.append(z)
        return rosenbrock(z)

    story = list(islice(descend(counted, np.array([-1.2, 1.0]), -NOWHERE, NOWHERE), 20))
    assert None in story
    assert len(story) == len(tried) - 1  # after the first, which is the start


def test_the_bottom_of_a_round_bowl_is_one_step_away() -> None:
    points = lowest(bowl(np.full(2, 7.0), np.array([3e-3, 2e-3])), [0.0, 0.0])
    np.testing.assert_allclose(points[0].z, [3e-3, 2e-3], rtol=1e-12)


def test_what_one_descent_has_learnt_shortens_the_next_of_a_bowl_that_was_moved() -> None:
    curvature, tried = np.logspace(0, 2, 8), list[int]()
    free, pairs = np.full(8, np.inf), memory()
    for learnt in (pairs, memory(), pairs):
        centre = np.full(8, 0.1 * (len(tried) + 1))
        tried.append(0)

        def counted(z: Floats, centre: Floats = centre) -> tuple[float, Floats]:
            tried[-1] += 1
            return bowl(curvature, centre)(z)

        for point in filter(None, descend(counted, np.zeros(8), -free, free, learnt)):
            if point.value < 1e-12:
                break
    assert tried[2] < 0.7 * tried[1]
