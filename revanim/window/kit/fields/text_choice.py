"""A line for a text that may be typed, chosen from a list, or be the path of a file."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from revanim.engine.parameter import Parameter
from revanim.session.words import called, tr
from revanim.window.kit.fields.field import Field
from revanim.window.kit.widgets import icon_button, pop_up, row

LONGEST_PATH = 4096  # letters
Enter = Callable[[str], object]


class TextChoice(QWidget):
    """A field with a button beside it, whose menu asks for a file and holds the texts that a parameter offers."""

    def __init__(self, parameter: Parameter, field: Field, enter: Enter) -> None:
        super().__init__()
        self.parameter, self.field, self._enter = parameter, field, enter
        field.setMaxLength(LONGEST_PATH)
        self.button = icon_button("down", self._open, tr("Choose: {name}", name=called(parameter.name)))
        self.button.setObjectName(f"choose-{parameter.name}")
        self.setLayout(row(field, self.button))

    def _take(self, text: str) -> None:
        self.field.display(text)
        self._enter(text)

    def _open(self) -> None:
        line = QAction(self)
        line.setSeparator(True)
        actions = [
            self._action(tr("Usual"), partial(self._take, str(self.parameter.default))),
            self._action(tr("Choose a file") + "…", self._choose_file),
            line,
            *(self._action(name, partial(self._take, name)) for name in (self.parameter.offers or list)()),
        ]
        menu = pop_up(self, actions, self.button.mapToGlobal(self.button.rect().bottomLeft()))
        for action in actions:
            action.setParent(menu)

    def _action(self, text: str, run: Callable[[], object]) -> QAction:
        action = QAction(text.replace("&", "&&"), self)
        action.triggered.connect(run)
        return action

    def _choose_file(self) -> None:
        suffixes = " ".join(f"*{suffix}" for suffix in self.parameter.suffixes)
        dialog = QFileDialog(self, tr("Choose a file"), "", f"{called(self.parameter.name)} ({suffixes})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
