"""The legend: what the colours of the bodies mean."""

from collections.abc import Sequence
from math import floor, log10

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QLinearGradient, QPainter

from revanim.draw.colormap import WHICH, table
from revanim.draw.look import DARK, Tokens
from revanim.draw.overlay.text import SUPERSCRIPTS, Figures, Say, text_font, write
from revanim.scene.attribute import Attribute
from revanim.scene.gauge import Gauge
from revanim.scene.scene import Colors, Scene
from revanim.sentence import Sentence

SIZE, SMALL = 12, 11  # pixels of letters
EDGE = 16  # from the right edge
ABOVE = 136  # from the top edge at least: the compass hangs there
BAR, TALL = 10, 160  # pixels
ROW = 18
STOPS = 17  # of the gradient
MOST_ROWS = 12
SMALLEST, LARGEST = 1e-2, 1e5  # the largest number of a scale is written without a power of ten
TICKS = 4  # at least so many numbers, where the span allows


def paint_legend(
    painter: QPainter,
    frame: QRectF,
    scene: Scene,
    attribute: Attribute,
    measure: Gauge,
    tokens: Tokens = DARK,
    say: Say = str,
    figures: Figures = str,
) -> None:
    """Paint what the colours mean at the right edge of a frame: a scale with numbers, or names."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(frame.topLeft().toPoint())
    right, tall = int(frame.width()) - EDGE, int(frame.height())
    names, unit = attribute.names(scene) if attribute.names else (), say(Sentence(attribute.unit))
    height = ROW * min(len(names), MOST_ROWS) if attribute.names else min(TALL, tall // 3)
    top = max(min(ABOVE, tall // 4), (tall - height) // 2)
    nothing = not names if attribute.names else measure.low == measure.high
    below = say(Sentence(attribute.nothing)) if nothing else unit if attribute.names else unit_text(unit, measure)
    _paint_title(painter, right, top - 14, say(Sentence(attribute.title)), below, tokens)
    if names:
        left_out = len(names) - MOST_ROWS + 1
        more = say(Sentence("and {count} more", count=left_out))
        shown = [*names[: MOST_ROWS - 1], more] if len(names) > MOST_ROWS else names
        _paint_names(painter, right, top, shown, tokens)
    elif not nothing:
        bar, colors = QRectF(right - BAR, top, BAR, height), table(scene.look.color_ramp)
        _paint_scale(painter, bar, colors, measure, tokens, figures)
    painter.restore()


def _paint_title(painter: QPainter, right: int, baseline: int, name: str, below: str, tokens: Tokens) -> None:
    title = text_font(SIZE)
    title.setWeight(QFont.Weight.DemiBold)
    for font, text, token, up in (
        (title, name, tokens.text, ROW - 2 if below else 0),
        (text_font(SMALL), below, tokens.dim, 0),
    ):
        painter.setFont(font)
        write(painter, QPointF(right - QFontMetricsF(font).horizontalAdvance(text), baseline - up), text, token, tokens)


def _paint_scale(
    painter: QPainter, bar: QRectF, colors: Colors, measure: Gauge, tokens: Tokens, figures: Figures
) -> None:
    ramp = QLinearGradient(bar.bottomLeft(), bar.topLeft())
    for at in np.linspace(0, 1, STOPS):
        ramp.setColorAt(float(at), QColor(*(int(part) for part in colors[round(at * (len(colors) - 1))])))
    edge = QColor(tokens.glow_bottom)
    edge.setAlpha(110)
    painter.setPen(edge)
    painter.setBrush(ramp)
    painter.drawRoundedRect(bar.adjusted(-0.5, -0.5, 0.5, 0.5), 2, 2)
    font = text_font(SMALL)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    marks = ticks(measure.low, measure.high)
    unit = 10.0 ** power(marks)
    for tick, text in zip(marks, map(figures, texts([mark / unit for mark in marks])), strict=True):
        y = bar.bottom() - bar.height() * (tick - measure.low) / (measure.high - measure.low)
        place = QPointF(bar.left() - 10 - metrics.horizontalAdvance(text), y + metrics.capHeight() / 2)
        painter.fillRect(QRectF(bar.left() - 6, round(y) - 0.5, 4, 1), QColor(tokens.dim))
        write(painter, place, text, tokens.text, tokens)


def _paint_names(painter: QPainter, right: int, top: int, names: Sequence[str], tokens: Tokens) -> None:
    font = text_font(SMALL)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    for row, name in enumerate(names):
        y = top + row * ROW + ROW / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(*(int(part) for part in WHICH[row % len(WHICH)])))
        painter.drawEllipse(QPointF(right - 5, y), 5, 5)
        text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, 160)
        place = QPointF(right - 18 - metrics.horizontalAdvance(text), y + metrics.capHeight() / 2)
        write(painter, place, text, tokens.text, tokens)


def ticks(low: float, high: float) -> list[float]:
    """Return round numbers between two, at steps of 1, 2 or 5 times a power of ten."""
    decade = 10.0 ** floor(log10(high - low))
    step = next((decade * part for part in (1.0, 0.5, 0.2) if (high - low) / (decade * part) >= TICKS), 0.1 * decade)
    first, last = np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9)
    return [float(step * count) + 0.0 for count in np.arange(first, last + 1)]  # there is no minus zero


def power(marks: Sequence[float]) -> int:
    """Return the power of ten that all numbers of a scale are counted in: none where they can be read without."""
    largest = max(map(abs, marks), default=0.0)
    return 0 if SMALLEST <= largest < LARGEST or not largest else floor(log10(largest))


def unit_text(unit: str, measure: Gauge) -> str:
    """Return the unit of a scale with the power of ten that its numbers are counted in."""
    exponent = power(ticks(measure.low, measure.high))
    return f"10{str(exponent).translate(SUPERSCRIPTS)} {unit}" if exponent else unit


def texts(marks: Sequence[float]) -> list[str]:
    """Return numbers as one reads them below each other, with as many decimals each."""
    step = marks[1] - marks[0] if len(marks) > 1 else 1.0
    decimals = max(0, -floor(log10(step) + 1e-9))
    return [f"{mark:.{decimals}f}".replace("-", "−") for mark in marks]
