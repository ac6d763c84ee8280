from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revanim.draw.camera import axes, frame_all, orbit, pan, pick, project, unproject, zoom
from revanim.scene.scene import View

WIDTH, HEIGHT = 1280, 720
FRONT = View(yaw=0.0, pitch=0.0, distance=10.0)

numbers = st.floats(-50.0, 50.0)
points = st.tuples(numbers, numbers, numbers)
views = st.builds(
    View,
    target=points,
    yaw=st.floats(-180.0, 180.0),
    pitch=st.floats(-90.0, 90.0),
    distance=st.floats(0.1, 1000.0),
    flat=st.booleans(),
)
pixels = st.tuples(st.floats(0.0, WIDTH), st.floats(0.0, HEIGHT))


def fall(view, point):
    seen = project(view, WIDTH, HEIGHT, np.array([point]))
    return seen.x[0], seen.y[0]


def place(view, pixel, depth):
    return unproject(view, WIDTH, HEIGHT, *pixel, depth)[0]


@given(views)
def test_the_directions_of_a_camera_are_perpendicular_units_and_right_handed(view):
    right, up, forward = axes(view)
    np.testing.assert_allclose(axes(view) @ axes(view).T, np.eye(3), atol=1e-12)
    np.testing.assert_allclose(np.cross(right, up), -forward, atol=1e-12)
    assert right[2] == 0.0  # the camera never rolls


@given(views)
def test_the_target_falls_on_the_middle_of_the_picture(view):
    np.testing.assert_allclose(fall(view, view.target), (WIDTH / 2, HEIGHT / 2))


def test_z_is_up_and_a_flat_view_has_x_to_the_right_and_y_up():
    x, y = fall(FRONT, (1.0, 0.0, 2.0))
    assert x > WIDTH / 2
    assert y < HEIGHT / 2
    x, y = fall(replace(FRONT, flat=True), (1.0, 2.0, 0.0))
    assert x > WIDTH / 2
    assert y < HEIGHT / 2


def test_depth_grows_away_from_the_eye_and_scale_shrinks():
    seen = project(FRONT, WIDTH, HEIGHT, np.array([[0.0, -2.0, 0.0], [0.0, 0.0, 0.0], [0.0, 5.0, 0.0]]))
    np.testing.assert_allclose(seen.depth, [8.0, 10.0, 15.0])
    assert seen.scale[0] > seen.scale[1] > seen.scale[2] > 0
    np.testing.assert_allclose(seen.scale * seen.depth, seen.scale[1] * 10.0)


def test_a_flat_view_shows_every_height_at_the_same_size():
    seen = project(replace(FRONT, flat=True), WIDTH, HEIGHT, np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 900.0]]))
    assert seen.x[0] == seen.x[1]
    assert seen.y[0] == seen.y[1]
    assert seen.scale[0] == seen.scale[1] > 0


@pytest.mark.parametrize("point", [(0, -10, 0), (0, -11, 0), (np.nan, 0, 0), (0, np.inf, 0), (0, 0, -np.inf)])
def test_what_is_behind_the_eye_or_not_finite_has_no_scale(point):
    assert project(FRONT, WIDTH, HEIGHT, np.array([point], float)).scale[0] == 0.0


@given(views, pixels, st.floats(0.1, 10.0))
def test_a_pixel_and_a_depth_lead_to_the_point_that_falls_there(view, pixel, distances):
    depth = view.distance * distances
    point = place(view, pixel, depth)
    np.testing.assert_allclose(fall(view, point), pixel, rtol=1e-6, atol=1e-4)
    seen = project(view, WIDTH, HEIGHT, point[None])
    np.testing.assert_allclose(seen.depth, depth, rtol=1e-6, atol=1e-9)


@given(views, pixels, st.floats(0.05, 20.0))
def test_zoom_keeps_the_point_under_the_cursor(view, pixel, factor):
    point = place(view, pixel, view.distance)
    nearer = zoom(view, factor, *pixel, WIDTH, HEIGHT)
    np.testing.assert_allclose(nearer.distance, view.distance / factor)
    np.testing.assert_allclose(fall(nearer, point), pixel, rtol=1e-5, atol=1e-3)


@given(views, pixels, st.floats(-300.0, 300.0), st.floats(-300.0, 300.0))
def test_pan_takes_the_point_under_the_hand_along(view, pixel, dx, dy):
    point = place(view, pixel, view.distance)
    moved = pan(view, dx, dy, WIDTH, HEIGHT)
    np.testing.assert_allclose(fall(moved, point), (pixel[0] + dx, pixel[1] + dy), rtol=1e-5, atol=1e-3)


def test_zooming_for_ever_leaves_a_view_that_still_shows_something():
    near = far = FRONT
    for _ in range(500):
        near, far = zoom(near, 2.0, 640, 360, WIDTH, HEIGHT), zoom(far, 0.5, 640, 360, WIDTH, HEIGHT)
    for view in (near, far):
        np.testing.assert_allclose(fall(view, view.target), (WIDTH / 2, HEIGHT / 2))


def test_orbit_turns_around_the_target_and_stops_at_the_poles():
    turned = orbit(FRONT, 100.0, 50.0)
    assert turned.target == FRONT.target
    assert turned.distance == FRONT.distance
    assert turned.pitch > 0 > turned.yaw
    assert orbit(FRONT, 0.0, 1e6).pitch == 90.0
    assert orbit(FRONT, 0.0, -1e6).pitch == -90.0
    back = orbit(turned, -100.0, -50.0)
    np.testing.assert_allclose((back.yaw, back.pitch), (0.0, 0.0), atol=1e-12)


def test_a_flat_view_does_not_turn():
    flat = replace(FRONT, flat=True)
    assert orbit(flat, 100.0, 50.0) == flat


@given(views, st.lists(points, min_size=2, max_size=20, unique=True), st.sampled_from([(1280, 720), (500, 900)]))
def test_frame_all_shows_every_point_as_large_as_fits(view, position, size):
    position = np.array(position)
    width, height = size
    seen = project(frame_all(view, position, width, height), width, height, position)
    across, above = np.abs(seen.x / width - 0.5).max(), np.abs(seen.y / height - 0.5).max()
    assert (seen.scale > 0).all()
    assert max(across, above) <= 0.5
    if np.ptp(position @ axes(view).T, axis=0)[:2].max() > 1e-3:
        assert max(across, above) > 0.2


def test_frame_all_keeps_the_view_where_there_is_nothing_to_frame():
    assert frame_all(FRONT, np.empty((0, 3)), WIDTH, HEIGHT) == FRONT
    assert frame_all(FRONT, np.full((2, 3), np.nan), WIDTH, HEIGHT) == FRONT
    one = frame_all(FRONT, np.array([[1.0, 2.0, 3.0]]), WIDTH, HEIGHT)
    np.testing.assert_allclose(one.target, (1.0, 2.0, 3.0))
    assert one.distance == FRONT.distance


def test_frame_all_overlooks_what_is_not_finite():
    position = np.array([[1.0, 0.0, 0.0], [-1.0, 0.0, 0.0]])
    lost = np.vstack([position, [[np.inf, 0.0, 0.0]]])
    assert frame_all(FRONT, lost, WIDTH, HEIGHT) == frame_all(FRONT, position, WIDTH, HEIGHT)


def test_pick_takes_the_nearest_centre_within_reach_or_none():
    position = np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]])
    x, y = fall(FRONT, position[1])
    assert pick(FRONT, WIDTH, HEIGHT, position, x - 3, y + 3, 8.0) == 1
    assert pick(FRONT, WIDTH, HEIGHT, position, x, y + 30, 8.0) is None
    assert pick(FRONT, WIDTH, HEIGHT, np.empty((0, 3)), x, y, 8.0) is None


def test_pick_takes_the_body_in_front_where_discs_overlap():
    position, size = np.array([[0.0, 3.0, 0.0], [0.2, -3.0, 0.0], [0.1, 0.0, 0.0]]), np.full(3, 1.0)
    assert pick(FRONT, WIDTH, HEIGHT, position, 640, 360, 2.0, size) == 1
    assert pick(FRONT, WIDTH, HEIGHT, position, 640, 360, 2.0) == 0


def test_pick_never_takes_what_is_behind_the_eye():
    assert pick(FRONT, WIDTH, HEIGHT, np.array([[0.0, -20.0, 0.0]]), 640, 360, 1e4) is None


def test_a_narrow_window_still_shows_what_a_wide_one_does() -> None:
    view = View(distance=10.0)
    edge = unproject(view, 1600.0, 900.0, np.array([1600.0]), np.array([450.0]), np.array([10.0]))
    assert project(view, 800.0, 900.0, edge).x[0] == pytest.approx(800.0)
