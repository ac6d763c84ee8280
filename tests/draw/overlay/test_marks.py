"""Arrows, the centre of mass, the legend, the compass and the camera's frame, painted over a picture."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from revanim.draw.camera import axis_view, project
from revanim.draw.look import DARK, rgb
from revanim.draw.overlay.centre import centre_of_mass
from revanim.draw.overlay.compass import end_at, ends
from revanim.draw.overlay.legend import power, texts, ticks, unit_text
from revanim.draw.overlay.marks import MOST, few, needs_gauge, paint_marks
from revanim.draw.overlay.safe import fit, frame_of, paint_frame
from revanim.scene.attribute import attributes
from revanim.scene.gauge import Gauge
from revanim.scene.scene import Group, View

pytestmark = pytest.mark.usefixtures("qapp")
SIZE = (320, 180)
PLACES = np.array([[-2.0, 0, 0], [0.5, 0, 0]])
GAUGE = Gauge(0.0, 3.0, 2.0, 4.0)


def painted(paint, size=SIZE):
    """Return what `paint` leaves on an empty picture: red, green, blue, alpha, int[h, w, 4]."""
    image = QImage(*size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(size[1], size[0], 4)
    return raw[:, :, [2, 1, 0, 3]].astype(int)


def marks(scenes, scene, shot, **given):
    view = scene.look.view
    return painted(lambda painter: paint_marks(painter, SIZE, view, scene, shot, GAUGE, **given))


def near(pixels, token):
    """Count the pixels that are about of a colour."""
    return int((np.abs(pixels[:, :, :3] - rgb(token)).max(axis=-1) < 12)[pixels[:, :, 3] > 100].sum())


def test_an_arrow_is_as_long_as_the_body_is_fast_however_near_the_camera(scenes):
    lengths = []
    for distance in (10.0, 100.0):
        scene = scenes.make(PLACES, velocities=True, view=replace(scenes.FRONT, distance=distance))
        shot = replace(scenes.shot(scene), velocity=np.array([[2.0, 0, 0], [0.0, 0, 0]]))
        pixels = marks(scenes, scene, shot)
        lengths.append(np.flatnonzero(pixels[:, :, 3].any(axis=0)).size)
    assert lengths[0] == pytest.approx(lengths[1], abs=2)
    assert 14 < lengths[0] < 26


def test_velocities_and_accelerations_have_a_colour_each_and_only_the_chosen_have_arrows(scenes):
    scene = scenes.make(PLACES, velocities=True, accelerations=True)
    shot = replace(scenes.shot(scene), velocity=np.array([[0, 0, 2.0]] * 2), acceleration=np.array([[0, 0, -4.0]] * 2))
    pixels = marks(scenes, scene, shot)
    assert near(pixels[:90], DARK.playhead) > 10
    assert near(pixels[90:], DARK.warn) > 10
    chosen = marks(scenes, scene, shot, chosen=np.array([True, False]))
    assert chosen[:, :140, 3].any()
    assert not chosen[:, 150:, 3].any()
    assert not marks(scenes, scene, shot, only=np.array([False, False]))[:, :, 3].any()


def test_of_many_bodies_always_the_same_have_arrows_the_largest_among_them():
    radius = np.ones(1000)
    radius[[7, 700]] = 2.0
    drawn = few(np.arange(1000), radius)
    assert drawn.size == MOST
    assert {7, 700} <= set(drawn.tolist())
    assert np.array_equal(drawn, few(np.arange(1000), radius))
    assert set((drawn // 250).tolist()) == {0, 1, 2, 3}


def test_the_centre_of_mass_is_where_it_balances_and_leaves_a_way_where_trails_are_drawn(scenes):
    assert centre_of_mass(np.array([1.0, 3.0]), PLACES[None]).tolist() == [[-0.125, 0, 0]]
    assert centre_of_mass(np.zeros(2), PLACES[None]).tolist() == [[-0.75, 0, 0]]
    scene = scenes.make(PLACES, centre=True)
    alone = marks(scenes, scene, scenes.shot(scene))
    seen = project(scene.look.view, *SIZE, np.array([[-0.75, 0, 0]]))
    inked = np.argwhere(alone[:, :, 3] > 128)
    assert inked.mean(axis=0) == pytest.approx([seen.y[0] - 0.5, seen.x[0] - 0.5], abs=1.0)
    trail = PLACES + np.linspace([0, 0, -2.0], [0, 0, 0], 5)[:, None]
    assert near(marks(scenes, scene, scenes.shot(scene, trail)), DARK.past) > 5


def test_no_bodies_have_no_marks(scenes):
    scene = scenes.make(np.empty((0, 3)), centre=True, velocities=True)
    assert not marks(scenes, scene, scenes.shot(scene))[:, :, 3].any()


@pytest.mark.parametrize("name", sorted(attributes()))
def test_every_attribute_has_a_legend_at_the_right_edge(scenes, name):
    scene = replace(scenes.make(PLACES, color_by=name), groups=(Group("Left ones", np.array([0])),))
    pixels = marks(scenes, scene, scenes.shot(scene))
    assert pixels[:, 250:, 3].any()
    assert not pixels[:, : SIZE[0] // 3, 3].any()


def test_the_legend_stands_inside_the_frame_of_the_camera(scenes):
    scene = scenes.make(PLACES, color_by="speed")
    pixels = marks(scenes, scene, scenes.shot(scene), frame=QRectF(20, 10, 240, 135))
    across = np.flatnonzero(pixels[:, :, 3].any(axis=0))
    along = np.flatnonzero(pixels[:, :, 3].any(axis=1))
    assert 180 < across[0] < across[-1] < 260
    assert 10 < along[0] < along[-1] < 145


def test_a_legend_counts_at_round_steps_with_as_many_digits_each():
    assert ticks(0.0, 10.0) == [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]
    assert texts(ticks(-0.04, 0.13)) == ["−0.04", "−0.02", "0.00", "0.02", "0.04", "0.06", "0.08", "0.10", "0.12"]
    assert texts([-0.5, 0.0, 0.5]) == ["−0.5", "0.0", "0.5"]
    assert unit_text("mass", Gauge(0.0, 2.4e-4, 0.0, 0.0)) == "10⁻⁴ mass"
    assert unit_text("mass", Gauge(-3e7, 0.0, 0.0, 0.0)) == "10⁷ mass"
    assert unit_text("mass", Gauge(0.0, 24.0, 0.0, 0.0)) == "mass"
    for low, high in ((1e-9, 3e-9), (-5.0, 1e7), (100.0, 100.5)):
        marks_ = ticks(low, high)
        assert 3 <= len(marks_) <= 12
        assert all(low * (1 - 1e-9) - 1e-12 <= mark <= high * (1 + 1e-9) for mark in marks_)
        assert len(set(texts([mark / 10.0 ** power(marks_) for mark in marks_]))) == len(marks_)


def test_only_what_is_scaled_needs_a_gauge(scenes):
    assert not needs_gauge(scenes.make(PLACES))
    assert not needs_gauge(scenes.make(PLACES, color_by="group"))
    for look in ({"color_by": "speed"}, {"velocities": True}, {"accelerations": True}):
        assert needs_gauge(scenes.make(PLACES, **look))


@pytest.mark.parametrize(
    ("axis", "side", "eye", "right"),
    [(1, -1, (0, -1, 0), (1, 0, 0)), (1, 1, (0, 1, 0), (-1, 0, 0)), (0, 1, (1, 0, 0), (0, 1, 0)),
     (0, -1, (-1, 0, 0), (0, -1, 0)), (2, 1, (0, 0, 1), (1, 0, 0)), (2, -1, (0, 0, -1), (1, 0, 0))],
)  # fmt: skip
def test_an_axis_view_looks_from_where_it_says(axis, side, eye, right):
    view = axis_view(View(distance=5.0, flat=True), axis, side)
    seen = project(view, *SIZE, np.array([eye, right], np.float64))
    assert seen.depth[0] == pytest.approx(4.0)
    assert (seen.x[0], seen.y[0]) == (pytest.approx(160), pytest.approx(90))
    assert seen.x[1] > 170


def test_a_press_on_an_end_of_the_compass_hits_it_and_the_nearest_of_two():
    view, centre = View(), QPointF(50, 50)
    for end in ends(view, centre):
        hit = end_at(view, centre, end.tip)
        assert hit is not None
        assert (hit.axis, hit.side) == (end.axis, end.side) or hit.away < end.away
    assert end_at(view, centre, QPointF(100, 100)) is None
    front = end_at(View(yaw=0.0, pitch=0.0), centre, centre)
    assert front is not None
    assert (front.axis, front.side) == (1, -1)


@pytest.mark.parametrize("picture", [(1920, 1080), (1080, 1080), (1080, 1920), (2048, 858)])
def test_the_frame_shows_just_what_a_file_will(picture):
    """A point at the corner of the file's picture lies at the corner of the frame."""
    camera, size = View(yaw=10.0), (1280, 720)
    through = replace(camera, lens=camera.lens * fit(size, picture))
    frame = frame_of(size, picture, through.lens / camera.lens)
    assert frame.width() / frame.height() == pytest.approx(picture[0] / picture[1])
    assert frame.width() <= size[0]
    assert frame.height() <= size[1]
    points = np.random.default_rng(1).normal(size=(40, 3))
    file, screen = project(camera, *picture, points), project(through, *size, points)
    np.testing.assert_allclose((screen.x - frame.x()) / frame.width(), file.x / picture[0])
    np.testing.assert_allclose((screen.y - frame.y()) / frame.height(), file.y / picture[1])


def test_what_no_file_shows_is_shaded_and_safe_areas_can_be_left_out():
    frame = frame_of(SIZE, (1080, 1080), fit(SIZE, (1080, 1080)))
    safe, plain = (painted(lambda painter, on=on: paint_frame(painter, SIZE, frame, on)) for on in (True, False))
    assert safe[90, 4, 3] > 100
    assert not safe[90, 140, 3]
    assert (safe[:, :, 3] > 0).sum() > (plain[:, :, 3] > 0).sum()


def test_the_legend_writes_its_figures_as_the_language_has_them(scenes):
    scene = scenes.make(PLACES, color_by="speed")
    shot, written = scenes.shot(scene), []
    marks(scenes, scene, shot, figures=lambda text: written.append(text) or text.replace(".", ","))
    assert written == texts(ticks(GAUGE.low, GAUGE.high))
