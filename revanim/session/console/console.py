"""The console of the session: lines run beside the window, and what they make of the scene is one undo step."""

from collections import deque
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from revanim.scene.scene import Scene
from revanim.sentence import Sentence
from revanim.session.console.interpreter import TYPED, Answer, Interpreter
from revanim.session.files.folders import state_folder
from revanim.session.session import Session
from revanim.session.threads.worker import Report, Worker

EDITED = Sentence("The scene was edited while the lines ran; what they made of it is not taken.")
SUFFIX = ".py"
SHOWN = 50  # milliseconds from one time that what was written is shown to the next


class Console(QObject):
    """Runs one thing after the other; while something runs, nothing else is begun."""

    written = Signal(str)
    changed = Signal()  # whether something runs

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.interpreter = Interpreter()
        self.history: list[str] = []
        self._worker: Worker | None = None
        self._written = deque[str]()  # and not shown yet
        self._timer = QTimer(self, interval=SHOWN)
        self._timer.timeout.connect(self._show)
        session.closing.connect(self._close)

    @property
    def running(self) -> bool:
        """Whether something runs."""
        return self._worker is not None

    def run(self, text: str, name: str = TYPED) -> None:
        """Run lines over the scene that is open."""
        if self._worker is not None:
            return
        if name == TYPED:
            self.history.append(text.strip("\n"))
        scene = self.session.scene
        seen = {"scene": scene, "frame": self.session.frame, "selected": np.flatnonzero(self.session.selection)}

        def work(report: Report) -> Answer:
            return self.interpreter.run(text, seen, self._written.append, name)

        self._timer.start()
        self._worker = worker = Worker(self, work)
        worker.done.connect(lambda answer: self._take(answer, scene, text if name == TYPED else name))
        worker.failed.connect(self.session.failed)
        worker.over.connect(self._end)
        self.changed.emit()

    def run_file(self, path: Path) -> None:
        """Run a script of the person's."""
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.session.failed.emit(Sentence("{name} cannot be read: {why}.", name=path.name, why=str(error)))
            return
        self.run(text, path.name)

    def stop(self) -> None:
        """Stop what runs."""
        if self._worker is not None:
            self.interpreter.stop()
            self._worker.cancel()

    def scripts(self) -> list[Path]:
        """Return the scripts in the folder of the person, by name."""
        return sorted(each for each in self.folder.glob(f"*{SUFFIX}") if each.is_file())

    @property
    def folder(self) -> Path:
        """Where the scripts of the person are."""
        return state_folder("scripts")

    def _take(self, answer: Answer, before: Scene, called: str) -> None:
        if not answer.good or answer.scene is before:
            return
        if self.session.scene is not before:
            self.session.failed.emit(EDITED)
            return
        self.session.edit(Sentence("Console: {line}", line=called.strip().splitlines()[0][:60]), answer.scene)

    def _show(self) -> None:
        """Show what was written since the last time."""
        found = list[str]()
        while self._written:
            found.append(self._written.popleft())
        if found:
            self.written.emit("".join(found))

    def _end(self) -> None:
        self._timer.stop()
        self._show()
        self._worker = None
        self.changed.emit()

    def _close(self) -> None:
        if self._worker is not None:
            self.interpreter.stop()
            self._worker.close()
