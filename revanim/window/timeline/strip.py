"""The strip on the ruler that shows how exact the motion is.

Its colour is the drift of the energy, from calm (one part in a billion, or less) to alarming (a tenth), and its dots
are the keyframes the walk has passed: green where they are hit.
"""

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from revanim.draw.look import Tokens, rgb
from revanim.draw.overlay.targets import HIT
from revanim.scene.scene import Keyframe
from revanim.session.work.readings import Readings
from revanim.window.kit.theme import theme
from revanim.window.timeline.scale import Scale

CALM, ALARMING = -9.0, -1.0  # powers of ten
LEAST = 1e-30  # of a drift, to have a logarithm
MISSED = 0.1  # of the size of the scene
DOT = 3.0  # pixels
OPAQUE = 0.7
SHADE = 0.3


def paint_drift(painter: QPainter, readings: Readings, scale: Scale, band: QRectF) -> None:
    """Paint the drift along a band of the ruler, one colour for each real pixel."""
    columns = max(1, round(band.width() * painter.device().devicePixelRatioF()))
    x = band.left() + (np.arange(columns) + 0.5) * band.width() / columns
    drift = readings.along(scale.left + x / scale.pixels)
    known = ~np.isnan(drift)
    alarm = (np.log10(np.maximum(drift[known], LEAST)) - CALM) / (ALARMING - CALM)
    pixels = np.zeros(columns, np.uint32)
    pixels[known] = ramp(theme.tokens)[(255 * alarm.clip(0, 1)).astype(int)]
    row = pixels.tobytes()  # the image below does not keep it alive
    painter.drawImage(band, QImage(row, columns, 1, QImage.Format.Format_ARGB32))


def paint_break(painter: QPainter, frame: int, home: int, scale: Scale, band: QRectF) -> None:
    """Paint where the motion breaks off: a line, and a shade over the frames beyond it, to which it never comes."""
    x, color = scale.x(frame), QColor(theme.tokens.error)
    beyond = QRectF(band)
    if frame >= home:
        beyond.setLeft(min(x, band.right()))
    else:
        beyond.setRight(max(x, band.left()))
    color.setAlphaF(SHADE)
    painter.fillRect(beyond, color)
    if band.left() <= x <= band.right():
        painter.fillRect(QRectF(x - 1, band.top(), 2, band.height()), QColor(theme.tokens.error))


@cache
def ramp(tokens: Tokens) -> NDArray[np.uint32]:
    """Return uint32[256] as 0xAARRGGBB, from calm to alarming."""
    stops = np.array([(*rgb(token), 255 * OPAQUE) for token in (tokens.ok, tokens.ok, tokens.warn, tokens.error)])
    colors = np.empty((256, 4), np.uint8)
    for channel, stop in zip((2, 1, 0, 3), stops.T, strict=True):  # blue comes first in memory
        colors[:, channel] = np.interp(np.linspace(0, 3, 256), range(4), stop)
    return colors.view(np.uint32)[:, 0]


def paint_misses(painter: QPainter, misses: Mapping[Keyframe, float], size: float, scale: Scale, y: float) -> None:
    """Paint a dot for each keyframe that the walk has passed; misses are compared with the size of the scene."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.tokens.surface), 1.5))
    for key, miss in misses.items():
        painter.setBrush(QColor(miss_color(miss / size if size else 0.0)))
        painter.drawEllipse(QPointF(scale.x(key.frame) + 0.5, y), DOT, DOT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def miss_color(miss: float) -> str:
    """Return the colour of a miss, given as a fraction of the size of the scene."""
    return theme.tokens.ok if miss < HIT else theme.tokens.warn if miss < MISSED else theme.tokens.error
