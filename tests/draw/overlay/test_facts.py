from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter

from revanim.draw.look import DARK
from revanim.draw.overlay.compass import compass
from revanim.draw.overlay.facts import paint_facts
from revanim.draw.shot import Shot
from revanim.scene.scene import View

pytestmark = pytest.mark.usefixtures("qapp")
NOTHING = np.empty((0, 3))
SHOT = Shot(96, 3.958, NOTHING, NOTHING)
FRONT = View(yaw=0.0, pitch=0.0)


def painted(paint):
    """Return what `paint` leaves on an empty picture: red, green, blue, alpha, int[200, 300, 4]."""
    image = QImage(300, 200, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(200, 300, 4)
    return raw[:, :, [2, 1, 0, 3]].astype(int)


def rows_of_text(pixels):
    inked = (pixels[:, :, 3] > 0).any(axis=1)
    return int((np.diff(inked.astype(int)) == 1).sum())


def test_the_facts_stand_in_the_corner_one_a_row():
    few = painted(lambda painter: paint_facts(painter, SHOT, 2000))
    all_of_them = painted(
        lambda painter: paint_facts(painter, replace(SHOT, energy=-0.48, drift=3e-9), 2000, rate=142.0)
    )
    driven = painted(lambda painter: paint_facts(painter, replace(SHOT, energy=-0.48, work=0.1), 2000, rate=142.0))
    assert rows_of_text(few) == 3
    assert rows_of_text(driven) == 6
    assert rows_of_text(all_of_them) == 6
    assert not all_of_them[:, 200:].any()
    assert not all_of_them[150:].any()


def test_a_changing_frame_number_leaves_the_rows_below_as_they_are():
    def ink(frame):
        return painted(lambda painter: paint_facts(painter, replace(SHOT, frame=frame), 2000))[:, :, 3] > 0

    one, eight = ink(111), ink(888)
    assert (one != eight).any()
    assert np.array_equal(one[34:], eight[34:])


def test_the_painter_is_left_as_it_was():
    def paint(painter):
        font, pen = painter.font(), painter.pen()
        paint_facts(painter, SHOT, 3)
        compass(painter, FRONT, QPointF(100, 100))
        assert painter.font() == font
        assert painter.pen() == pen

    painted(paint)


@pytest.mark.parametrize(
    ("view", "right", "up"),
    [(FRONT, 0, 2), (replace(FRONT, yaw=90.0), 1, 2), (View(flat=True), 0, 1)],
)
def test_the_compass_points_where_the_axes_do(view, right, up):
    pixels = painted(lambda painter: compass(painter, view, QPointF(100, 100), DARK))
    assert int(np.argmax(pixels[100, 113, :3])) == right
    assert int(np.argmax(pixels[87, 100, :3])) == up
