"""A line to type a value into; what is refused is said in one sentence, and Return gives the keyboard back."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from revanim.error import RevanimError
from revanim.session.words import tr
from revanim.window.kit.widgets import hand_back

LONGEST = 64
NARROW = 56  # pixels


class Field(QLineEdit):
    """Shows a value as text; Return enters what `parse` makes of it, Esc and leaving put the old text back."""

    entered = Signal(object)
    refused = Signal(object)  # a Sentence

    def __init__(self, parse: Callable[[str], object], name: str, tip: str) -> None:
        super().__init__()
        self._parse = parse
        self._shown = ""
        self.setObjectName(name)
        self.setAccessibleName(tr(name))
        self.setToolTip(tip)
        self.setMaxLength(LONGEST)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.returnPressed.connect(self.enter)

    def display(self, text: str) -> None:
        """Show a value, unless another is being typed."""
        self._shown = text
        if not self.hasFocus():
            self.setText(text)

    def enter(self) -> None:
        """Take what is typed, or say why not."""
        try:
            value = self._parse(self.text())
        except RevanimError as error:
            self.refused.emit(error.sentence)
            self.selectAll()
        else:
            hand_back(self)
            self.entered.emit(value)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.setText(self._shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            hand_back(self)
        else:
            super().keyPressEvent(event)


def field(
    parse: Callable[[str], object],
    name: str,
    tip: str,
    entered: Callable[[Any], object],
    refused: SignalInstance,
    width: int | None = NARROW,
) -> Field:
    """Return a field that hands on what is entered, and tells what is refused."""
    made = Field(parse, name, tip)
    if width is not None:
        made.setFixedWidth(width)
    made.entered.connect(entered)
    made.refused.connect(refused)
    return made
