"""What the viewport writes over a picture: facts about the frame, and where the axes point."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from revanim.draw.camera import axes
from revanim.draw.look import DARK, Tokens
from revanim.draw.picture import Shot
from revanim.scene.scene import View

FONT_SIZE = 12
MARGIN = 16
ROW = 18
GAP = 12  # between a label and its value
ARM = 26.0  # pixels of an arm of the compass
BALL = 7.0  # radius of the ball at its end
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def hud(painter: QPainter, shot: Shot, count: int, *, rate: float | None = None, tokens: Tokens = DARK) -> None:
    """Write frame, time, number of bodies, energy, its drift and pictures per second into the top left corner."""
    facts = list(_facts(shot, count, rate))
    painter.save()
    painter.setFont(text_font(FONT_SIZE))
    metrics = QFontMetricsF(painter.font())
    indent = MARGIN + max(metrics.horizontalAdvance(label) for label, _ in facts) + GAP
    for row, (label, value) in enumerate(facts):
        baseline = MARGIN + metrics.ascent() + row * ROW
        _write(painter, QPointF(MARGIN, baseline), label, tokens.dim, tokens)
        _write(painter, QPointF(indent, baseline), value, tokens.text, tokens)
    painter.restore()


def _facts(shot: Shot, count: int, rate: float | None) -> Iterator[tuple[str, str]]:
    yield "Frame", str(shot.frame).replace("-", "−")
    yield "Time", f"{shot.seconds:.2f} s".replace("-", "−")
    yield "Bodies", f"{count:,}".replace(",", "\u2009")
    if shot.energy is not None:
        yield "Energy", _number(shot.energy, 5)
    if shot.drift is not None:
        yield "Drift", _number(shot.drift, 2)
    if rate is not None:
        yield "Pictures", f"{rate:.0f} / s"


def _number(value: float, digits: int) -> str:
    """Return a number as it is printed in books: a true minus, and powers of ten."""
    mantissa, _, exponent = f"{value:.{digits}g}".partition("e")
    power = f" × 10{str(int(exponent)).translate(SUPERSCRIPTS)}" if exponent else ""
    return mantissa.replace("-", "−") + power


def compass(painter: QPainter, view: View, centre: QPointF, tokens: Tokens = DARK) -> None:
    """Paint the three axes as they stand in the view, those that point away behind those that come near."""
    right, up, forward = axes(view)
    names = zip("XYZ", (tokens.axis_x, tokens.axis_y, tokens.axis_z), right, up, forward, strict=True)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = text_font(9)
    font.setWeight(QFont.Weight.Bold)
    painter.setFont(font)
    for name, token, across, above, away in sorted(names, key=lambda axis: -axis[4]):
        tip = centre + QPointF(ARM * across, -ARM * above)
        color = QColor(token)
        color.setAlphaF(0.95 - 0.35 * (away + 1) / 2)
        painter.setPen(QPen(color, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(centre, tip)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(token).darker(100 + round(25 * (away + 1))))
        painter.drawEllipse(tip, BALL, BALL)
        painter.setPen(QColor(tokens.background))
        painter.drawText(QRectF(tip.x() - BALL, tip.y() - BALL, 2 * BALL, 2 * BALL), Qt.AlignmentFlag.AlignCenter, name)
    painter.restore()


def text_font(size: int) -> QFont:
    """Return the interface's font with figures of one width, so that numbers do not dance."""
    font = QFont("Inter")
    font.setPixelSize(size)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _write(painter: QPainter, baseline: QPointF, text: str, token: str, tokens: Tokens) -> None:
    """Write with a soft shadow in the colour of what lies behind, so that it reads on anything bright."""
    shadow = QColor(tokens.viewport_bottom)
    shadow.setAlpha(150)
    painter.setPen(shadow)
    painter.drawText(baseline + QPointF(0, 1), text)
    painter.setPen(QColor(token))
    painter.drawText(baseline, text)
