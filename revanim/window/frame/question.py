"""A question that must be answered before going on."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from revanim.window.kit.widgets import column, label, push_button, row

Answer = tuple[str, Callable[[], object]]


class Question(QDialog):
    """Shows buttons without blocking the program; Return means the first answer, Esc the last or `escape`."""

    def __init__(
        self, parent: QWidget, title: str, text: str, answers: list[Answer], escape: Callable[[], object] | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("question")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        buttons = [self._button(text, then, text == answers[0][0]) for text, then in reversed(answers)]
        lines = label(title, "title"), label(text, wrap=True), row(None, *buttons, spacing=8)
        self.setLayout(column(*lines, spacing=12, margins=(24, 20, 24, 20)))
        self.rejected.connect(escape or answers[-1][1])
        self.open()

    def _button(self, text: str, then: Callable[[], object], primary: bool) -> QPushButton:
        button = push_button(text, lambda: self._answer(then), "primary" if primary else "")
        button.setDefault(primary)
        return button

    def _answer(self, then: Callable[[], object]) -> None:
        self.accept()
        then()
