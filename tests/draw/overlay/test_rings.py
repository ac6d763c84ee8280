"""Rings that are painted at once look like those that QPainter paints one by one."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from revanim.draw.overlay.rings import paint_rings

X, Y = np.array([20.3, 60.0, 99.5, -3.0, 118.0]), np.array([20.0, 40.7, 12.0, 30.0, 58.0])
RADIUS = np.array([6.0, 11.5, 2.5, 9.0, 14.0])


def on_an_image(paint, ratio, below):
    image = QImage(round(120 * ratio), round(60 * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(below)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(0.7)
    paint(painter)
    painter.end()
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return raw.astype(int)


def one_by_one(painter):
    painter.setPen(QPen(QColor("#ffbe33"), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for x, y, radius in zip(X, Y, RADIUS, strict=True):
        painter.drawEllipse(QPointF(x, y), radius, radius)


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("below", [Qt.GlobalColor.transparent, Qt.GlobalColor.black, Qt.GlobalColor.white])
def test_many_rings_look_like_each_ring_alone(ratio, below):
    at_once = on_an_image(lambda p: paint_rings(p, X, Y, RADIUS, QColor("#ffbe33"), 1.0), ratio, below)
    alone = on_an_image(one_by_one, ratio, below)
    nothing = on_an_image(lambda painter: None, ratio, below)
    assert np.abs(at_once - alone).mean() < 0.35 * np.abs(alone - nothing).mean()
    assert np.abs(at_once - alone).max() < 70  # where Qt cuts a circle into pieces


def test_rings_beyond_the_picture_or_nowhere_are_left_out():
    far = np.array([-1e9, 1e9, np.nan, np.inf])
    nothing = on_an_image(lambda painter: None, 1.0, Qt.GlobalColor.black)
    painted = on_an_image(
        lambda p: paint_rings(p, far, far, np.full(4, 5.0), QColor("red"), 1.0), 1.0, Qt.GlobalColor.black
    )
    assert np.array_equal(painted, nothing)
