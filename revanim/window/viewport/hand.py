"""What lies over the picture while a hand works: boxes and lassos, the gizmo, locked axes, the ring of the spray."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from revanim.draw.look import Tokens
from revanim.sentence import N_
from revanim.session.words import tr
from revanim.window.kit.theme import font
from revanim.window.viewport.add import Spray, spacing
from revanim.window.viewport.gestures import Select
from revanim.window.viewport.gizmo import handle_at, paint_gizmo, paint_lock
from revanim.window.viewport.selected import paint_outline
from revanim.window.viewport.throw import paint_throw
from revanim.window.viewport.transform import Transform

if TYPE_CHECKING:
    from revanim.window.viewport.viewport import Viewport


EMPTY = N_("No bodies yet\nB, then click or drag, adds some  ·  Shift+A adds a word, a drawing, a cloth, a galaxy")


def paint_hand(painter: QPainter, viewport: Viewport) -> None:
    """Paint what the gesture shows, or what waits for one."""
    gesture = viewport.gestures.current
    if not viewport.studio.session.scene.bodies.count and viewport.annotated:
        paint_teaching(painter, viewport)
    if viewport.tool == "throw" and viewport.annotated:
        paint_throw(painter, viewport)
    if isinstance(gesture, Select):
        if not gesture.is_click:
            paint_outline(painter, gesture.outline, viewport.inks)
    elif isinstance(gesture, Transform):
        size = viewport.width(), viewport.height()
        paint_lock(painter, gesture.pivot, gesture.axes, viewport.studio.session.view, size, viewport.inks)
    elif viewport.tool == "add" and viewport.pointer is not None:
        paint_brush(
            painter,
            gesture.points[-1] if isinstance(gesture, Spray) else viewport.pointer,
            spacing(viewport),
            viewport.inks,
        )
    else:
        found = viewport.handles()
        hot = handle_at(found, viewport.pointer) if viewport.pointer else None
        paint_gizmo(painter, found, hot.axes if hot else None, viewport.inks)


def paint_teaching(painter: QPainter, viewport: Viewport) -> None:
    """Write what to do with a scene that has no bodies, clear of where its axes meet."""
    middle = Qt.AlignmentFlag.AlignHCenter
    below = viewport.rect().adjusted(0, 2 * viewport.height() // 3, 0, 0)
    title, _, hint = tr(EMPTY).partition("\n")
    painter.setFont(font(15, QFont.Weight.DemiBold))
    painter.setPen(QColor(viewport.inks.text))
    painter.drawText(below, middle, title)
    painter.setFont(font())
    painter.setPen(QColor(viewport.inks.dim))
    painter.drawText(below.adjusted(0, 28, 0, 0), middle, hint)


def paint_brush(painter: QPainter, point: QPointF, gap: float, tokens: Tokens) -> None:
    """Paint a ring that touches the places of the next bodies of a spray."""
    color = QColor(tokens.text)
    color.setAlphaF(0.6)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 1))
    painter.drawEllipse(point, gap, gap)
