from math import cos, pi, sin

import numpy as np
import pytest

from revanim.scene.placing import lay, turn

VALUES = {"size": 0.0, "place": np.zeros(3), "plane": "xy", "rotation": np.zeros(3)}
POINTS = np.array([[1.0, 2.0, 3.0], [-4.0, 0.5, 6.0]])
LOW, HIGH = POINTS.min(axis=0), POINTS.max(axis=0)


@pytest.mark.parametrize("degrees", np.linspace(-1000, 1000, 301))
def test_cosine_and_sine_are_right_to_the_last_bits(degrees: float) -> None:
    assert turn(degrees) == pytest.approx((cos(degrees * pi / 180), sin(degrees * pi / 180)), abs=1e-14)


@pytest.mark.parametrize(
    ("degrees", "exact"), [(0, (1, 0)), (90, (0, 1)), (180, (-1, 0)), (-90, (0, -1)), (720, (1, 0))]
)
def test_quarters_of_a_turn_are_exact(degrees: float, exact: tuple[float, float]) -> None:
    assert turn(degrees) == exact


@pytest.mark.parametrize("plane", ["xy", "xz", "yz"])
def test_a_plane_turns_and_never_mirrors(plane: str) -> None:
    laid = lay(np.eye(3), LOW, HIGH, VALUES | {"plane": plane})
    assert np.linalg.det(laid) == pytest.approx(1)


def test_right_and_up_of_a_pose_become_the_axes_of_its_plane() -> None:
    for plane in ("xy", "xz", "yz"):
        right, up = lay(np.eye(2), LOW[:2], HIGH[:2], VALUES | {"plane": plane})
        assert right.tolist() == np.eye(3)["xyz".index(plane[0])].tolist()
        assert up.tolist() == np.eye(3)["xyz".index(plane[1])].tolist()


def test_rotations_follow_one_another_about_x_then_y_then_z() -> None:
    laid = lay(np.array([[0.0, 1.0, 0.0]]), LOW, HIGH, VALUES | {"rotation": np.array([90.0, 90.0, 90.0])})
    assert laid.tolist() == [[0.0, 1.0, 0.0]]  # y to z, z to x, x to y


def test_a_size_scales_the_longest_side_and_centres_the_box() -> None:
    laid = lay(POINTS, LOW, HIGH, VALUES | {"size": 2.0, "place": np.array([10.0, 20.0, 30.0])})
    assert np.ptp(laid, axis=0).max() == pytest.approx(2)
    assert (laid.min(axis=0) + laid.max(axis=0)) / 2 == pytest.approx([10, 20, 30])


def test_without_a_size_points_stay_what_they_are() -> None:
    assert lay(POINTS, LOW, HIGH, VALUES).tolist() == POINTS.tolist()


def test_a_single_point_of_no_size_comes_to_the_place() -> None:
    laid = lay(POINTS[:1], POINTS[0], POINTS[0], VALUES | {"size": 2.0, "place": np.ones(3)})
    assert laid.tolist() == [[1.0, 1.0, 1.0]]
