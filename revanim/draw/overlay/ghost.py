"""The ghost of a motion that is not accepted yet: its bodies half transparent, and the paths of some of them."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QPainter

from revanim.draw.lines import rounded
from revanim.draw.look import DARK, Tokens, rgb
from revanim.draw.overlay.way import paint_way
from revanim.draw.picture import picture
from revanim.draw.shot import Shot
from revanim.engine.parameter import Floats
from revanim.scene.scene import Index, Scene, View

VEIL = 0.7  # opacity of the bodies
WAYS = 24  # bodies whose way is drawn; more would be wool
WIDTH, OPACITY = 1.5, (0.15, 0.85)  # of the ways, in pixels, and at their ends


def paint_ghost(
    painter: QPainter, size: tuple[int, int], ratio: float, view: View, scene: Scene, shot: Shot, tokens: Tokens = DARK
) -> None:
    """Paint the bodies and links of a scene where the shot has them, half transparent and all in one colour."""
    color = np.broadcast_to(np.array(rgb(tokens.future), np.uint8), scene.bodies.color.shape)
    veiled = replace(scene, bodies=replace(scene.bodies, color=color))
    image = picture(veiled, replace(shot, trail=None), *size, ratio=ratio, view=view, transparent=True, tokens=tokens)
    painter.save()
    painter.setOpacity(VEIL)
    painter.drawImage(QPoint(0, 0), image)
    painter.restore()


def paint_ways(
    painter: QPainter, size: tuple[int, int], view: View, trail: Floats, bodies: Index, tokens: Tokens = DARK
) -> None:
    """Paint the way of some bodies on a curve through the places of `trail`, float64[k, n, 3], ever clearer."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for way in rounded(trail[:, bodies[:WAYS]]).swapaxes(0, 1):
        paint_way(painter, size, view, way, QColor(tokens.future), WIDTH, OPACITY)
    painter.restore()
