"""The compass: where the axes point, and which of their ends a press hits."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from revanim.draw.camera import axes
from revanim.draw.look import DARK, Tokens
from revanim.draw.overlay.text import text_font
from revanim.scene.scene import View

ARM = 26.0  # pixels
BALL = 7.0  # radius of the ball at the end of an arm
DOT = 4.5  # of the one at the end that points the other way
REACH = ARM + BALL + 4  # of the compass
HOLD = 9.0  # pixels from the middle of a ball that still hit it


@dataclass(frozen=True)
class End:
    """One end of an axis (0 x, 1 y, 2 z): the positive side (+1) or the negative one (-1)."""

    axis: int
    side: int
    tip: QPointF
    away: float  # from the eye: -1 to 1


def ends(view: View, centre: QPointF) -> list[End]:
    """Return the six ends as they stand in the view, the farthest first."""
    return sorted(_ends(view, centre), key=lambda end: -end.away)


def _ends(view: View, centre: QPointF) -> Iterator[End]:
    right, up, forward = axes(view)
    for axis in range(3):
        for side in (1, -1):
            tip = centre + QPointF(side * ARM * right[axis], -side * ARM * up[axis])
            yield End(axis, side, tip, side * float(forward[axis]))


def end_at(view: View, centre: QPointF, point: QPointF) -> End | None:
    """Return the end under a point, the nearest to the eye of several."""
    for end in reversed(ends(view, centre)):
        if hypot(end.tip.x() - point.x(), end.tip.y() - point.y()) <= HOLD:
            return end
    return None


def compass(painter: QPainter, view: View, centre: QPointF, tokens: Tokens = DARK) -> None:
    """Paint the three axes as they stand in the view, those that point away behind those that come near."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = text_font(9)
    font.setWeight(QFont.Weight.Bold)
    painter.setFont(font)
    for end in ends(view, centre):
        token = (tokens.axis_x, tokens.axis_y, tokens.axis_z)[end.axis]
        if end.side > 0:
            _paint_arm(painter, end, centre, token, tokens)
        else:
            _paint_dot(painter, end, token)
    painter.restore()


def _paint_arm(painter: QPainter, end: End, centre: QPointF, token: str, tokens: Tokens) -> None:
    color = QColor(token)
    color.setAlphaF(0.95 - 0.35 * (end.away + 1) / 2)
    painter.setPen(QPen(color, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(centre, end.tip)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(token).darker(100 + round(25 * (end.away + 1))))
    painter.drawEllipse(end.tip, BALL, BALL)
    painter.setPen(QColor(tokens.background))
    box = QRectF(end.tip.x() - BALL, end.tip.y() - BALL, 2 * BALL, 2 * BALL)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "XYZ"[end.axis])


def _paint_dot(painter: QPainter, end: End, token: str) -> None:
    rim, fill = QColor(token), QColor(token)
    rim.setAlphaF(0.75 - 0.35 * (end.away + 1) / 2)
    fill.setAlphaF(0.25)
    painter.setPen(QPen(rim, 1.25))
    painter.setBrush(fill)
    painter.drawEllipse(end.tip, DOT, DOT)
