from itertools import islice, pairwise

import numpy as np
import pytest

from revanim.engine.parameter import Floats
from revanim.solve.descent import Point, descend
from revanim.solve.least_squares import Residuals, polish, stride


def valley(z: Floats) -> Floats:
    return np.array([1 - z[0], 10 * (z[1] - z[0] ** 2)])


def valley_slope(z: Floats) -> Floats:
    return np.array([[-1.0, 0.0], [-20 * z[0], 10.0]])


def polished(residuals: Residuals, jacobian: Residuals, start: list[float], bound: float = np.inf) -> list[Point]:
    z = np.array(start)
    return list(islice(polish(residuals, jacobian, z, np.full(z.size, -bound), np.full(z.size, bound)), 200))


def test_a_bent_valley_is_followed_to_the_last_digit() -> None:
    points = polished(valley, valley_slope, [-1.2, 1.0])
    assert points[-1].value < 1e-24
    np.testing.assert_allclose(points[-1].z, 1.0, atol=1e-12)


def test_every_point_is_lower_than_the_one_before() -> None:
    values = [point.value for point in polished(valley, valley_slope, [-1.2, 1.0])]
    assert all(after < before for before, after in pairwise(values))


def test_with_more_freedom_than_wishes_the_nearest_answer_is_taken() -> None:
    slope = np.array([[1.0, 2.0, 2.0]])
    points = polished(lambda z: slope @ z - 9.0, lambda z: slope, [0.0, 0.0, 0.0])
    np.testing.assert_allclose(points[-1].z, [1.0, 2.0, 2.0], atol=1e-8)


def test_with_more_wishes_than_freedom_the_squares_are_least() -> None:
    slope, target = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 2.0]]), np.array([1.0, 3.0, 4.0])
    points = polished(lambda z: slope @ z - target, lambda z: slope, [0.0, 0.0])
    np.testing.assert_allclose(points[-1].z, [2.0, 2.0], atol=1e-8)


def test_bounds_are_held() -> None:
    points = polished(valley, valley_slope, [-0.4, 0.3], bound=0.5)
    assert points
    assert all(np.abs(point.z).max() <= 0.5 for point in points)
    assert points[-1].value < points[0].value


def test_the_jacobian_is_computed_less_often_than_steps_are_taken() -> None:
    computed = []

    def slope(z: Floats) -> Floats:
        computed.append(z)
        return np.diag(1 + 0.3 * z)

    points = polished(lambda z: z + 0.15 * z * z - 1.0, slope, [0.0, 0.1, 0.2])
    assert points[-1].value < 1e-20
    assert len(computed) < len(points)


def test_what_cannot_be_computed_is_stepped_around() -> None:
    def fenced(z: Floats) -> Floats:
        return np.full(2, np.inf) if z[1] > 1.3 else valley(z)

    assert polished(fenced, valley_slope, [-1.2, 1.0])[-1].value < 1e-20


def test_a_start_that_cannot_be_computed_or_needs_nothing_leads_nowhere() -> None:
    assert polished(lambda z: np.array([np.inf]), lambda z: np.ones((1, 2)), [0.0, 0.0]) == []
    assert polished(valley, valley_slope, [1.0, 1.0]) == []
    assert polished(lambda z: np.ones(1), lambda z: np.zeros((1, 2)), [0.0, 0.0]) == []


def test_strides_end_where_nothing_is_to_be_gained() -> None:
    faint = np.array([[0.0], [1e-30]])
    found = stride(lambda z: np.array([1.0, 1e-30 * z[0]]), lambda z: faint, np.ones(1), 1.0)
    assert not list(found)


@pytest.mark.parametrize("steepness", [1e155, 1e300, np.inf, np.nan])
def test_a_slope_too_steep_to_compute_with_ends_a_descent_in_silence(steepness: float) -> None:
    slope, free = np.array([[steepness, 0.5], [1.0, 2.0]]), np.full(2, np.inf)

    def bounded(z: Floats) -> Floats:
        return np.array([0.1, 0.2])

    assert not polished(bounded, lambda z: slope, [1.0, 1.0])
    assert not list(stride(bounded, lambda z: slope, np.ones(2), 1.0))
    assert not list(descend(lambda z: (0.05, slope.sum(axis=0)), np.ones(2), -free, free))
