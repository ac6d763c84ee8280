"""Which file stands behind the session, and how no work is lost."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

import revanim as ra
from revanim.app.question import Question
from revanim.app.session import Session
from revanim.app.settings import remember_file
from revanim.error import RevanimError
from revanim.scene.scene import Scene

SUFFIX = ".revanim"
FILTER = f"revanim scenes (*{SUFFIX})"
Then = Callable[[], object]


def nothing() -> None:
    """Go on with nothing."""


class Files(QObject):
    """Opens and saves; whatever would drop unsaved changes asks first."""

    changed = Signal()  # the path, or whether there are unsaved changes

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session)
        self.session, self.window = session, window
        self.path: Path | None = None
        session.history.cleanChanged.connect(self.changed)

    @property
    def modified(self) -> bool:
        """Whether there is something that is not in the file."""
        return not self.session.history.isClean()

    @property
    def title(self) -> str:
        """What the scene is called: by its file, or by its name."""
        return self.path.stem if self.path else self.session.scene.name or "Untitled"

    def open(self, path: Path) -> None:
        """Open a file, after asking about unsaved changes."""
        self.guard(lambda: self._begin(lambda: ra.load(path), path))

    def open_example(self, name: str) -> None:
        """Open a scene of the gallery as a new one, in motion: it is there to be seen."""

        def begin() -> None:
            if self._begin(lambda: ra.example(name), None):
                self.session.playback.play(1)

        self.guard(begin)

    def adopt(self, path: Path | None) -> None:
        """Take a file as the one that stands behind the session."""
        self.path = path
        if path:
            remember_file(path)
        self.changed.emit()

    def ask_and_open(self) -> None:
        """Let the person choose a file to open."""
        dialog = QFileDialog(self.window, "Open a scene", str(self._folder()), FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open(Path(name)))
        self._ask(dialog)

    def save(self, then: Then = nothing) -> None:
        """Save to the file, or ask for one; go on if that is done."""
        if self.path is None:
            self.save_as(then)
        elif self._write(self.path):
            then()

    def save_as(self, then: Then = nothing) -> None:
        """Ask for a file and save to it; go on if that is done."""
        dialog = QFileDialog(self.window, "Save the scene", str(self._folder() / f"{self.title}{SUFFIX}"), FILTER)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        dialog.fileSelected.connect(lambda name: self._write(Path(name)) and then())
        self._ask(dialog)

    def guard(self, then: Then) -> None:
        """Go on at once, or first ask what shall become of unsaved changes."""
        if not self.modified:
            then()
            return
        text = f"“{self.title}” has changes that are not in a file yet."
        answers = [("Save", lambda: self.save(then)), ("Don't Save", then), ("Cancel", nothing)]
        Question(self.window, "Save the changes?", text, answers)

    def _begin(self, read: Callable[[], Scene], path: Path | None) -> bool:
        try:
            scene = read()
        except RevanimError as error:
            self.session.failed.emit(str(error))
            return False
        self.session.open(scene)
        self.adopt(path)
        return True

    def _write(self, path: Path) -> bool:
        try:
            ra.save(self.session.to_save(), path)
        except RevanimError as error:
            self.session.failed.emit(str(error))
            return False
        self.session.history.setClean()
        self.adopt(path)
        return True

    def _folder(self) -> Path:
        return self.path.parent if self.path else Path.home()

    def _ask(self, dialog: QFileDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
