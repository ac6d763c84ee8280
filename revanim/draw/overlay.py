"""What the viewport writes over a picture: facts about the frame."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from revanim.draw.look import DARK, Tokens
from revanim.draw.shot import Shot
from revanim.sentence import Sentence

FONT_SIZE = 12
MARGIN = 16
ROW = 18
ORIGIN = QPointF(0, 0)
GAP = 12  # between a label and its value
Say = Callable[[Sentence], str]  # a text in the language of whoever looks; `str` leaves it English
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def hud(
    painter: QPainter,
    shot: Shot,
    count: int,
    corner: QPointF = ORIGIN,
    *,
    rate: float | None = None,
    tokens: Tokens = DARK,
    say: Say = str,
) -> None:
    """Write frame, time, bodies, energy, its drift or the work done, and pictures a second into the top left corner."""
    facts = [(say(label), value) for label, value in _facts(shot, count, rate)]
    painter.save()
    painter.translate(corner.toPoint())
    painter.setFont(text_font(FONT_SIZE))
    metrics = QFontMetricsF(painter.font())
    indent = MARGIN + max(metrics.horizontalAdvance(label) for label, _ in facts) + GAP
    for row, (label, value) in enumerate(facts):
        baseline = MARGIN + metrics.ascent() + row * ROW
        write(painter, QPointF(MARGIN, baseline), label, tokens.dim, tokens)
        write(painter, QPointF(indent, baseline), value, tokens.text, tokens)
    painter.restore()


def _facts(shot: Shot, count: int, rate: float | None) -> Iterator[tuple[Sentence, str]]:
    yield Sentence("Frame"), str(shot.frame).replace("-", "−")
    yield Sentence("Time"), f"{shot.seconds:.2f} s".replace("-", "−")
    yield Sentence("Bodies"), f"{count:,}".replace(",", "\u2009")
    if shot.energy is not None:
        yield Sentence("Energy"), number_text(shot.energy, 5)
    if shot.drift is not None:
        yield Sentence("Drift"), number_text(shot.drift, 2)
    if shot.work is not None:
        yield Sentence("Work"), number_text(shot.work, 5)
    if rate is not None:
        yield Sentence("Pictures"), f"{rate:.0f} / s"


def number_text(value: float, digits: int) -> str:
    """Return a number as it is printed in books: a true minus, and powers of ten."""
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
