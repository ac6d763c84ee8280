"""Which file stands behind the session, and how no work is lost."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

import revanim as ra
from revanim.error import RevanimError
from revanim.scene.absent import missing
from revanim.scene.file import SUFFIX
from revanim.scene.importer import import_scene, importer_for, importers
from revanim.scene.passed import Passed, silent
from revanim.scene.scene import Scene
from revanim.session.files.backups import keep_backup
from revanim.session.files.preferences import value_of
from revanim.session.files.recent import Recent
from revanim.session.session import Session
from revanim.session.threads.worker import Report, Worker, close_workers, nothing
from revanim.session.words import said, tr
from revanim.window.frame.question import Question

LARGE = 256_000  # bytes: 10 000 bodies, which take some 15 ms to read
Then = Callable[[], object]
Stamp = tuple[int, int] | None


class Files(QObject):
    """Opens and saves; whatever would drop unsaved changes asks first."""

    changed = Signal()  # the path, or whether there are unsaved changes

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session)
        self.session, self.window = session, window
        self.path: Path | None = None
        self._stamp: Stamp = None  # of the file, as it was when it was last read or written here
        self._saver: Worker | None = None
        self._reader: Worker | None = None
        self.recent = Recent(self)
        session.history.cleanChanged.connect(self.changed)
        session.finishing.connect(self._wait)
        session.closing.connect(self._close)

    @property
    def modified(self) -> bool:
        """Whether there is something that is not in the file."""
        return not self.session.history.isClean()

    @property
    def saving(self) -> bool:
        """Whether a file is being written."""
        return self._saver is not None

    @property
    def title(self) -> str:
        """What the scene is called: by its file, or by its name."""
        return self.path.stem if self.path else self.session.scene.name or tr("Untitled")

    def open(self, path: Path) -> None:
        """Open a file, after asking about unsaved changes; one of another tool as a new scene."""

        def take(scene: Scene) -> None:
            if importer_for(path) is None:
                self._take(scene, path)
            else:
                self._take(scene, None)
                self.session.history.resetClean()
                self.changed.emit()
                self.session.told.emit(tr("{name} is a new scene now.", name=path.name))

        self.guard(lambda: self._read(path, take))

    def open_example(self, name: str) -> None:
        """Open a scene of the gallery as a new one, in motion: it is there to be seen."""

        def begin() -> None:
            self._take(example(name), None)
            if moves_by_itself():
                self.session.playback.play(1)

        self.guard(begin)

    def adopt(self, path: Path | None) -> None:
        """Take a file as the one that stands behind the session."""
        self.path, self._stamp = path, stamp(path)
        if path:
            self.recent.put(path)
        self.changed.emit()

    def ask_and_open(self) -> None:
        """Let the person choose a file to open."""
        dialog = QFileDialog(self.window, tr("Open a scene"), str(self._folder()), scenes())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open(Path(name)))
        self._ask(dialog)

    def save(self, then: Then = nothing) -> None:
        """Save to the file, or ask for one; go on when that is done."""
        if self.path is None:
            self.save_as(then)
        elif stamp(self.path) not in (self._stamp, None):
            text = tr("Somebody has changed “{name}” since it was opened here.", name=self.path.name)
            here = self.path
            answers = [(tr("Save As…"), lambda: self.save_as(then)), (tr("Overwrite"), lambda: self._write(here, then))]
            Question(self.window, tr("Save over the changes?"), text, [*answers, (tr("Cancel"), nothing)])
        else:
            self._write(self.path, then)

    def save_as(self, then: Then = nothing) -> None:
        """Ask for a file and save to it; go on when that is done."""
        dialog = QFileDialog(self.window, tr("Save the scene"), str(self._folder() / f"{self.title}{SUFFIX}"), scenes())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        dialog.fileSelected.connect(lambda name: self._write(Path(name), then))
        self._ask(dialog)

    def guard(self, then: Then) -> None:
        """Go on at once, or first ask about unsaved changes; a file that is being written comes first."""
        if self._saver is not None:
            self._saver.ended.connect(lambda: self.guard(then))
            return
        if not self.modified:
            then()
            return
        text = tr("“{title}” has changes that are not in a file yet.", title=self.title)
        answers = [(tr("Save"), lambda: self.save(then)), (tr("Don't Save"), then), (tr("Cancel"), nothing)]
        Question(self.window, tr("Save the changes?"), text, answers)

    def recover(self, path: Path | None, written_aside: Path, then: Then = nothing) -> None:
        """Open what was written aside, as changes to a file that are not in it yet; go on when they are there."""

        def take(scene: Scene) -> None:
            self._take(scene, path)
            self.session.history.resetClean()
            self.changed.emit()
            then()

        self.guard(lambda: self._read(written_aside, take))

    def open_empty(self) -> None:
        """Begin with a scene that has no bodies yet."""
        self.guard(lambda: self._take(ra.make_scene([], [], []), None))

    def leave(self) -> None:
        """Leave the file that is being read."""
        if self._reader is not None:
            self._reader.leave()
            self._reader = None

    def _read(self, path: Path, take: Callable[[Scene], object]) -> None:
        """Read a file, a large one beside the window, and do something with its scene."""
        self.leave()
        facts, foreign = stamp(path), importer_for(path)

        def read(passed: Passed) -> Scene:
            return import_scene(path, passed=passed) if foreign else ra.load(path)

        if not foreign and (facts is None or facts[1] < LARGE):
            try:
                scene = read(silent)
            except RevanimError as error:
                self.session.failed.emit(str(error))
            else:
                take(scene)
            return
        self._reader = Worker(self, read)
        self._reader.ended.connect(self._end_reading)
        self._reader.done.connect(lambda scene: self.guard(lambda: take(scene)))  # work may have been done meanwhile
        self._reader.failed.connect(self.session.failed)
        self.session.jobs.watch(tr("Reading “{name}”…", name=path.name), self._reader, self.leave)

    def _end_reading(self) -> None:
        self._reader = None

    def _take(self, scene: Scene, path: Path | None) -> None:
        self.leave()
        self.session.open(scene)
        self.adopt(path)
        if scene.missing:
            self.session.told.emit(said(missing(scene)))

    def _write(self, path: Path, then: Then) -> None:
        """Write the scene as it is now, beside the window; what was there before is kept among the backups."""
        if self._saver is not None:
            self._saver.ended.connect(lambda: self._write(path, then))
            return
        scene, step = self.session.to_save(), self.session.history.index()

        def work(report: Report) -> None:
            report(None)
            keep_backup(path)
            ra.save(scene, path, passed=report)

        def done() -> None:
            if self.session.history.index() == step:
                self.session.history.setClean()
            self.adopt(path)
            then()

        self._saver = Worker(self, work)
        self._saver.done.connect(done)
        self._saver.failed.connect(self.session.failed)
        self._saver.ended.connect(self._finish)
        self.session.jobs.watch(tr("Saving “{name}”…", name=path.stem), self._saver, self._saver.requestInterruption)

    def _finish(self) -> None:
        self._saver = None

    def _wait(self) -> None:
        if self._saver is not None:
            self._saver.wait()

    def _close(self) -> None:
        self.recent.close()
        close_workers(self)

    def _folder(self) -> Path:
        return self.path.parent if self.path else Path.home()

    def _ask(self, dialog: QFileDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def scenes() -> str:
    """Return which files a person chooses from."""
    others = " ".join(f"*{suffix}" for importer in importers().values() for suffix in importer.suffixes)
    return f"{tr('revanim scenes')} (*{SUFFIX});;{tr('Scenes of other tools')} ({others})"


def example(name: str) -> Scene:
    """Return a scene of the gallery, named in the language of the window."""
    scene = ra.example(name)
    return replace(scene, name=tr(scene.name), note=tr(scene.note))


def moves_by_itself() -> bool:
    """Whether an example plays as soon as it is open."""
    return bool(value_of("play-examples")) and not value_of("reduced-motion")


def stamp(path: Path | None) -> Stamp:
    """Return when a file was last written, and how long it is; None where there is none."""
    try:
        facts = path.stat() if path else None
    except OSError:
        return None
    return (facts.st_mtime_ns, facts.st_size) if facts else None
