"""A number that one drags, or types after a double-click; what is typed may be a sum, or a change of what is there."""

import math
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.sentence import N_, NOTHING, Sentence
from revanim.session.drag import Drag
from revanim.session.words import figures, tr
from revanim.window.kit.fields.arithmetic import Change, typed_change
from revanim.window.kit.fields.limits import Limits
from revanim.window.kit.theme import theme
from revanim.window.kit.widgets import hand_back

LONGEST = 64
SLACK = 3  # pixels that a click may move
MIXED = "—"
AIR, LITTLE = 8, 3  # pixels at either side of the text, and after it where numbers stand side by side
MOST_DIGITS, FEWEST_DIGITS = 6, 1
FINE, COARSE = 0.1, 10.0
SAME = 1e-9  # of the largest value
FEW = 1000  # values that tell of very many whether they differ, mostly
SPARE = 9  # digits beyond those that a drag changes: 0.07 + 0.001 is 0.071, and other values keep their own
HOW = N_("Drag to change, Shift fine, Ctrl coarse; double-click to type a number, a sum or +=1")
Key, Modifier = Qt.Key, Qt.KeyboardModifier


def differ(values: Floats) -> bool:
    """Tell whether values differ by more than what the last bits of a computed one may."""
    return bool(values.size and np.ptp(values) > SAME * np.abs(values).max())


class NumberField(QLineEdit):
    """Shows what some values have in common.

    `run(change, drag)` shall change them, or raise RevanimError; `refused(sentence)` tells why not, or with an empty
    one that all is well again; `take_back(drag)` undoes a drag that Esc has cancelled.
    """

    def __init__(
        self,
        name: str,
        tip: str,
        run: Callable[[Change, Drag | None], object],
        refused: Callable[[Sentence], object],
        take_back: Callable[[Drag], object],
        unit: str = "",
        limits: Limits | None = None,
    ) -> None:
        super().__init__()
        self._run, self._refused, self._take_back = run, refused, take_back
        self.unit, self.limits = unit, limits or Limits()
        self.values: Floats = np.zeros(0)
        self.tint = ""  # the token of a line at the left, such as that of an axis
        self._typed_over = ""
        self._pressed: QPoint | None = None
        self._drag: Drag | None = None
        self._start, self._amount, self._last_x = self.values, 0.0, 0
        self._complained = False
        self.setAccessibleName(name)
        self.setToolTip(f"{tip}\n{tr(HOW)}")
        self.setMaxLength(LONGEST)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumWidth(32)
        self._rest()

    # What it shows

    def display(self, values: Floats, word: str = "") -> None:
        """Show values, float64[k]: the one that they are, or a dash; without any, a word."""
        self.values = values
        self.setPlaceholderText(word)
        if self.isReadOnly():
            self._show_short()

    def _show_short(self) -> None:
        self.setText(self._short())
        self.setCursorPosition(0)

    @property
    def mixed(self) -> bool:
        """Whether the values differ by more than what the last bits of a computed one may."""
        return differ(self.values[:FEW]) or differ(self.values)

    def _short(self) -> str:
        if not self.values.size or self.mixed:
            return MIXED if self.values.size else ""
        metrics, room = QFontMetrics(self.font()), self.width() - (AIR + LITTLE if self.tint else 2 * AIR)
        texts = [shortened(self.values[0], digits) for digits in range(MOST_DIGITS, FEWEST_DIGITS - 1, -1)]
        return next((text for text in texts if metrics.horizontalAdvance(text) <= room), texts[-1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isReadOnly():
            self._show_short()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        if self.tint:
            painter.fillRect(1, 4, 2, self.height() - 8, QColor(getattr(theme.tokens, self.tint)))
        used = self.fontMetrics().horizontalAdvance(self.text() or self.placeholderText()) + 2 * AIR
        wide = self.fontMetrics().horizontalAdvance(self.unit)
        if self.unit and not self.tint and self.isReadOnly() and used + wide <= self.width() - 4:
            painter.setPen(QColor(theme.tokens.disabled))
            painter.drawText(self.rect().adjusted(0, 0, -AIR, 0), ALIGN, self.unit)
        painter.end()

    # Dragging

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.isReadOnly() or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        elif self.isEnabled():
            self._pressed = event.position().toPoint()
            self._last_x, self._amount = self._pressed.x(), 0.0

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        x = event.position().toPoint().x()
        if self._drag is None and abs(x - self._pressed.x()) > SLACK and self.values.size:
            self._drag, self._start, self._last_x = Drag(), self.values, x
            self.grabKeyboard()
        elif self._drag is not None:
            self._amount += (x - self._last_x) * self._step() * pace(event.modifiers())
            self._last_x = x
            self._attempt(self._dragged(self._amount), self._drag)

    def _step(self) -> float:
        """Return what a pixel is worth: a hundredth of the order of magnitude."""
        largest = float(np.abs(self._start).max())
        if self.limits.whole:
            return max(0.1, 10.0 ** (magnitude(largest) - 2))
        return 10.0 ** (magnitude(largest) - 2) if largest else 0.01

    def _dragged(self, amount: float) -> Change:
        power = magnitude(self._step()) - 1
        whole = round(amount / 10.0**power) * 10.0**power
        return lambda values: self.limits.hold(np.round(values + whole, SPARE - power))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseReleaseEvent(event)
        self._end_drag()

    def _end_drag(self) -> None:
        if self._drag is not None:
            self.releaseKeyboard()
        self._pressed = self._drag = None

    # Typing

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.isReadOnly() and self.isEnabled():
            self._pressed = None
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._begin_typing()
        else:
            super().mouseDoubleClickEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._begin_typing()

    def type_over(self, text: str) -> None:
        """Take the keyboard, with what has been typed so far."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._begin_typing()
        self.setText(text)

    def _begin_typing(self) -> None:
        self.setReadOnly(False)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        one = self.values.size and not self.mixed
        self._typed_over = figures(f"{self.values[0]:.12g}") if one else self._short()
        self.setText(self._typed_over)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Key.Key_Escape:
            self._cancel()
        elif event.key() in (Key.Key_Return, Key.Key_Enter):
            self._begin_typing() if self.isReadOnly() else self.enter()
        elif not self.isReadOnly():
            super().keyPressEvent(event)
            self._mark(wrong=False)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._drag:
            event.accept()  # so that Esc comes here before any menu
            return True
        return super().event(event)

    def _cancel(self) -> None:
        drag = self._drag
        self._end_drag()
        if drag is not None:
            self._take_back(drag)
        elif not self.isReadOnly():
            self._rest()
            hand_back(self)

    def enter(self) -> None:
        """Take what is typed, or say why not and leave it there to be corrected."""
        if self.text() == self._typed_over or self._attempt(typed(self.text()), None):
            self._rest()
            hand_back(self)
        else:
            self._mark(wrong=True)
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        kept = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if not self.isReadOnly() and event.reason() not in kept:
            if self.text() != self._typed_over:
                self._attempt(typed(self.text()), None)
            self._rest()

    def _rest(self) -> None:
        self.setReadOnly(True)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.deselect()
        self._mark(wrong=False)
        self._show_short()

    def _attempt(self, change: Change, drag: Drag | None) -> bool:
        try:
            self._run(change, drag)
        except RevanimError as error:
            self._complained = True
            self._refused(error.sentence)
            return False
        if self._complained:
            self._complained = False
            self._refused(NOTHING)
        return True

    def _mark(self, wrong: bool) -> None:
        if self.property("wrong") != wrong:
            self.setProperty("wrong", wrong)
            self.style().polish(self)


ALIGN = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def typed(text: str) -> Change:
    """Return the change that a text stands for; it complains when it is made, so that all complaints come one way."""
    return lambda values: typed_change(text)(values)


def pace(keys: Qt.KeyboardModifier) -> float:
    """Return how much faster or slower a drag goes with these keys."""
    return FINE if keys & Modifier.ShiftModifier else COARSE if keys & Modifier.ControlModifier else 1.0


def magnitude(number: float) -> int:
    """Return the power of ten of a number, 0 for 0."""
    return math.floor(math.log10(abs(number)) + 1e-9) if number else 0


def shortened(number: float, digits: int) -> str:
    """Return a number with at most so many digits, and no sign before a zero."""
    text = f"{number:.{digits}g}"
    if "e" in text and 1 <= abs(number) < 10.0**MOST_DIGITS:
        text = f"{number:.0f}"  # which is shorter
    return "0" if text == "-0" else figures(text)
