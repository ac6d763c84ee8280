"""How letters and numbers are written over a picture."""

from collections.abc import Callable

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QPainter

from revanim.draw.look import Tokens
from revanim.sentence import Sentence

Say = Callable[[Sentence], str]  # a text in the language of whoever looks; `str` leaves it English
Figures = Callable[[str], str]  # a number with a point as the language of whoever looks has it
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def grouped(number: float) -> str:
    """Return a whole number with its digits in groups of three."""
    return f"{number:,.0f}".replace(",", "\u2009").replace("-", "−")


def number_text(value: float, digits: int) -> str:
    """Return a number with a true minus sign and powers of ten, as in a printed book."""
    mantissa, _, exponent = f"{value:.{digits}g}".partition("e")
    power = f" × 10{str(int(exponent)).translate(SUPERSCRIPTS)}" if exponent else ""
    return mantissa.replace("-", "−") + power


def text_font(size: int) -> QFont:
    """Return the interface's font with figures of one width, so that numbers do not dance."""
    font = QFont("Inter")
    font.setPixelSize(size)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def write(painter: QPainter, baseline: QPointF, text: str, token: str, tokens: Tokens) -> None:
    """Write with a soft shadow in the colour of what lies behind, so that it reads on anything bright."""
    shadow = QColor(tokens.shade)
    shadow.setAlpha(150)
    painter.setPen(shadow)
    painter.drawText(baseline + QPointF(0, 1), text)
    painter.setPen(QColor(token))
    painter.drawText(baseline, text)
