"""A banner above the picture: a sentence with buttons, which stays until one is pressed, hides and stops nothing."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from revanim.window.kit.widgets import label, push_button, row

Answer = tuple[str, Callable[[], object]]


class Banner(QFrame):
    """Shows a sentence and buttons at the end of a column until one is pressed; the first of several is to press."""

    gone = Signal()

    def __init__(self, place: QWidget, sentence: str, answers: Sequence[Answer]) -> None:
        super().__init__(place)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(sentence)
        buttons = [
            push_button(text, partial(self._answer, run), "primary" if index == 0 and len(answers) > 1 else "")
            for index, (text, run) in enumerate(answers)
        ]
        for button in buttons:
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setLayout(row(label(sentence, wrap=True), 12, *buttons, spacing=8, margins=(16, 8, 12, 8)))
        column = place.layout()
        assert isinstance(column, QVBoxLayout)
        column.addWidget(self)
        self.show()

    def dismiss(self) -> None:
        """Close without an answer."""
        self.hide()
        self.gone.emit()
        self.deleteLater()

    def _answer(self, run: Callable[[], object]) -> None:
        self.dismiss()
        run()
