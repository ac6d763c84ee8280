"""A question that must be answered before going on."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

Answer = tuple[str, Callable[[], object]]


class Question(QDialog):
    """Shows buttons without blocking the program; the last answer is also what Esc means."""

    def __init__(self, parent: QWidget, title: str, text: str, answers: list[Answer]) -> None:
        super().__init__(parent)
        self.setObjectName("question")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading, body, row = QLabel(title), QLabel(text), QHBoxLayout(spacing=8)
        heading.setObjectName("title")
        body.setWordWrap(True)
        row.addStretch()
        for label, then in reversed(answers):
            row.addWidget(self._button(label, then, primary=label == answers[0][0]))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        for part in (heading, body):
            layout.addWidget(part)
        layout.addLayout(row)
        self.rejected.connect(answers[-1][1])
        self.open()

    def _button(self, label: str, then: Callable[[], object], primary: bool) -> QPushButton:
        button = QPushButton(label)
        button.setObjectName("primary" if primary else label)
        button.setDefault(primary)
        button.clicked.connect(lambda: self._answer(then))
        return button

    def _answer(self, then: Callable[[], object]) -> None:
        self.accept()
        then()
