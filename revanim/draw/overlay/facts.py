"""Facts about the frame, in the top left corner: its time, how many bodies there are, their energy."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF, QPainter

from revanim.draw.look import DARK, Tokens
from revanim.draw.overlay.text import Figures, Say, grouped, number_text, text_font, write
from revanim.draw.shot import Shot
from revanim.sentence import Sentence

FONT_SIZE = 12
MARGIN = 16
ROW = 18
ORIGIN = QPointF(0, 0)
GAP = 12  # between a label and its value


def paint_facts(
    painter: QPainter,
    shot: Shot,
    count: int,
    corner: QPointF = ORIGIN,
    *,
    rate: float | None = None,
    tokens: Tokens = DARK,
    say: Say = str,
    figures: Figures = str,
) -> None:
    """Write frame, time, bodies, energy, its drift or the work done, and pictures a second into the top left corner."""
    facts = [(say(label), figures(value)) for label, value in _facts(shot, count, rate)]
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
    yield Sentence("Bodies"), grouped(count)
    if shot.energy is not None:
        yield Sentence("Energy"), number_text(shot.energy, 5)
    if shot.drift is not None:
        yield Sentence("Drift"), number_text(shot.drift, 2)
    if shot.work is not None:
        yield Sentence("Work"), number_text(shot.work, 5)
    if shot.erased is not None:
        yield Sentence("Erased"), f"{grouped(shot.erased.sum())} bits"
    if rate is not None:
        yield Sentence("Pictures"), f"{rate:.0f} / s"
