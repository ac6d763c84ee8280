"""How loud the sound is, along the ruler and behind its keys."""

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPolygonF

from revanim.scene.scene import Scene
from revanim.scene.sound.levels import FULL, PER_SECOND
from revanim.window.kit.theme import theme
from revanim.window.timeline.scale import Scale

STRENGTH = 90  # of its colour, of 255


def paint_sound(painter: QPainter, scene: Scene, scale: Scale, width: int, top: float, height: float) -> None:
    """Paint the loudest moment in each pixel, the same up and down from the middle of a band."""
    sound = scene.sound
    if sound is None:
        return
    frames = np.linspace(scale.time(0.0), scale.time(width), width + 1)
    rows = np.floor((frames - sound.first) / scene.timing.fps * PER_SECOND).astype(np.int64)
    loud = sound.levels[:, 0] / FULL
    begin, end = np.clip(rows[:-1], 0, len(loud)), np.clip(np.maximum(rows[1:], rows[:-1] + 1), 0, len(loud))
    inside = np.flatnonzero(end > begin)
    if not inside.size:
        return
    heights = np.maximum.reduceat(np.append(loud, 0.0), np.stack([begin[inside], end[inside]], 1).ravel())[::2]
    middle, half = top + height / 2, 0.5 * height * heights
    above = [QPointF(x, y) for x, y in zip(inside.tolist(), (middle - half).tolist(), strict=True)]
    below = [QPointF(x, y) for x, y in zip(inside.tolist(), (middle + half).tolist(), strict=True)]
    color = QColor(theme.tokens.future)
    color.setAlpha(STRENGTH)
    painter.setPen(color)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF([*above, *reversed(below)]))
