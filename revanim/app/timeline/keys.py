"""Diamonds on the ruler: where the keyframes are, and what a drag does to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from revanim.app.session import Session
from revanim.draw.look import Tokens
from revanim.scene.scene import Keyframe

if TYPE_CHECKING:
    from revanim.app.timeline.ruler import Ruler

HALF = 6.0  # pixels from the middle of a diamond to a corner
GRIP = 7.0  # pixels around the middle that take hold of it


class DragKeys:
    """Moves the selected keys along the ruler, or copies them; a press without a drag goes to the frame of the key."""

    def __init__(self, session: Session, ruler: Ruler, key: Keyframe, copy: bool) -> None:
        self.session, self.ruler, self.key, self.copy = session, ruler, key, copy
        self.by = 0
        if key not in session.keys.selected:
            session.keys.select([key])

    def move(self, point: QPointF) -> None:
        self.by = self.ruler.frame_at(point.x()) - self.key.frame
        self.ruler.update()

    def finish(self) -> None:
        if self.by:
            self.session.keys.move(self.session.keys.selected, self.by, self.copy)
        else:
            self.session.playback.stop()
            self.session.show(self.key.frame)

    def cancel(self) -> None:
        self.ruler.update()


class SelectKeys:
    """Selects the keys between the press and the pointer."""

    def __init__(self, session: Session, ruler: Ruler, point: QPointF) -> None:
        self.session, self.ruler = session, ruler
        self.before = session.keys.selected
        self.start = self.end = point.x()

    @property
    def band(self) -> tuple[float, float]:
        """The pixels from left to right that are marked."""
        return min(self.start, self.end), max(self.start, self.end)

    def move(self, point: QPointF) -> None:
        self.end = point.x()
        left, right = self.band
        keys = self.session.scene.keyframes
        self.session.keys.select(key for key in keys if left <= self.ruler.scale.x(key.frame) <= right)

    def finish(self) -> None:
        if self.start == self.end:
            self.session.keys.select(())
        self.ruler.update()

    def cancel(self) -> None:
        self.session.keys.select(self.before)


def key_at(session: Session, ruler: Ruler, point: QPointF, y: float) -> Keyframe | None:
    """Return the keyframe whose diamond, `y` pixels down, is under the pointer: the nearest."""
    away = {key: abs(ruler.scale.x(key.frame) - point.x()) for key in session.keys.all}
    near = min(away, key=lambda key: away[key], default=None)
    return near if near is not None and away[near] <= GRIP and abs(point.y() - y) <= GRIP + 2 else None


def paint_keys(painter: QPainter, session: Session, ruler: Ruler, y: float, tokens: Tokens) -> None:
    """Paint a diamond for each keyframe, where the drag under way has it."""
    drag = ruler.gestures.current
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if isinstance(drag, SelectKeys):
        fill = QColor(tokens.key_selected)
        fill.setAlpha(40)
        painter.fillRect(QRectF(drag.band[0], y - 2 * HALF, drag.band[1] - drag.band[0], 4 * HALF), fill)
    for key in sorted(session.keys.all, key=lambda key: key in session.keys.selected):
        selected = key in session.keys.selected
        moved = drag.by if isinstance(drag, DragKeys) and selected else 0
        if moved and isinstance(drag, DragKeys) and drag.copy:
            _paint_diamond(painter, ruler.scale.x(key.frame), y, tokens.key, key.nail, tokens)
        color = tokens.key_selected if selected else tokens.key
        if key.window:
            first, last = (ruler.scale.x(frame + moved) + 0.5 for frame in key.window)
            painter.setPen(QPen(QColor(color), 2.0))
            painter.drawLine(QPointF(first, y), QPointF(last, y))
        _paint_diamond(painter, ruler.scale.x(key.frame + moved), y, color, key.nail, tokens)
    painter.restore()


def _paint_diamond(painter: QPainter, x: float, y: float, color: str, nail: bool, tokens: Tokens) -> None:
    """Paint a diamond with a dark rim, so that neighbours stay apart; a nail has a hole."""
    x += 0.5
    corners = [QPointF(x, y - HALF), QPointF(x + HALF, y), QPointF(x, y + HALF), QPointF(x - HALF, y)]
    painter.setPen(QPen(QColor(tokens.surface), 1.5))
    painter.setBrush(QColor(color))
    painter.drawPolygon(QPolygonF(corners))
    if nail:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.surface))
        painter.drawEllipse(QPointF(x, y), 2.0, 2.0)
