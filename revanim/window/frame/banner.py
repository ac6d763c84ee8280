"""A banner at the top of the picture: a sentence with buttons, which stays until one is pressed and stops nothing."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from revanim.window.kit.widgets import label, push_button, row

MARGIN = 16
Answer = tuple[str, Callable[[], object]]


class Banner(QFrame):
    """Shows a sentence and buttons over its parent until one is pressed; the first of several is the one to press."""

    gone = Signal()

    def __init__(self, parent: QWidget, sentence: str, answers: Sequence[Answer]) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(sentence)
        buttons = [
            push_button(text, partial(self._answer, run), "primary" if index == 0 and len(answers) > 1 else "")
            for index, (text, run) in enumerate(answers)
        ]
        for button in buttons:
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setLayout(row(label(sentence, wrap=True), 12, *buttons, spacing=8, margins=(16, 10, 12, 10)))
        parent.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()

    def dismiss(self) -> None:
        """Close without an answer."""
        self.hide()
        self.gone.emit()
        self.deleteLater()

    def _answer(self, run: Callable[[], object]) -> None:
        self.dismiss()
        run()

    def _place(self) -> None:
        room = self._over.width() - 2 * MARGIN
        width = min(room, 640)
        self.setFixedSize(width, self.heightForWidth(width))
        self.move((self._over.width() - self.width()) // 2, MARGIN)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False
