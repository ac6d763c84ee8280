"""Which file stands behind the session: it is read and written beside the window, and nobody is asked anything."""

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

import revanim as ra
from revanim.draw.background import not_installed
from revanim.draw.trail import cut_short
from revanim.error import RevanimError
from revanim.scene.absent import remarks
from revanim.scene.file import SUFFIX
from revanim.scene.gallery import is_stored
from revanim.scene.importer import import_scene, importer_called_for
from revanim.scene.passed import Passed, silent
from revanim.scene.scene import Scene
from revanim.sentence import Sentence, listed
from revanim.session.files.backups import keep_backup
from revanim.session.files.recent import Recent
from revanim.session.session import Session
from revanim.session.threads.jobs import Jobs
from revanim.session.threads.runner import nothing
from revanim.session.threads.worker import Report, Worker, close_workers
from revanim.session.words import tr
from revanim.session.work.viewing import Viewing

LARGE = 256_000  # bytes: 10 000 bodies, which take some 15 ms to read
Then = Callable[[], object]
Take = Callable[[Scene], object]
Stamp = tuple[int, int] | None


class Files(QObject):
    """Reads and writes whole files; what is read is open as soon as somebody says so."""

    changed = Signal()  # the path, or whether there are unsaved changes

    def __init__(self, session: Session, jobs: Jobs, viewing: Viewing) -> None:
        super().__init__(session)
        self.session, self.jobs, self.viewing = session, jobs, viewing
        self.path: Path | None = None
        self._untouched: Scene | None = session.scene  # as it was opened, if it belongs to no file
        self._was_modified = False
        self._stamp: Stamp = None  # of the file, as it was when it was last read or written here
        self._saver: Worker | None = None
        self._reader: Worker | None = None
        self.recent = Recent(self)
        session.history.cleanChanged.connect(self.changed)
        session.scene_changed.connect(self._compare)
        session.finishing.connect(self._wait)
        session.closing.connect(self._close)

    @property
    def modified(self) -> bool:
        """Whether there is something that is not in the file; to look at a scene that is in none changes nothing."""
        return not (self.session.history.isClean() or looks_alone(self._untouched, self.session.scene))

    @property
    def saving(self) -> bool:
        """Whether a file is being written."""
        return self._saver is not None

    @property
    def changed_elsewhere(self) -> bool:
        """Whether somebody else has written the file since it was last read or written here."""
        return stamp(self.path) not in (self._stamp, None)

    @property
    def title(self) -> str:
        """What the scene is called: by its file, or by its name."""
        return self.path.stem if self.path else self.session.scene.name or tr("Untitled")

    def _compare(self) -> None:
        if self.modified != self._was_modified:
            self._was_modified = self.modified
            self.changed.emit()

    # What is open

    def adopt(self, path: Path | None) -> None:
        """Take a file as the one that stands behind the session."""
        self.path, self._stamp = path, stamp(path)
        self._untouched = None if path else self._untouched
        if path:
            self.recent.put(path)
        self.changed.emit()

    def open(self, scene: Scene, path: Path | None = None, saved: bool = True) -> None:
        """Open a scene, with the file that it belongs to; one that is not saved has changes that are in no file."""
        self.leave()
        self._untouched = scene if path is None and saved else None
        self.session.open(scene)
        self.adopt(path)
        self.tell_remarks()
        if not saved:
            self.session.history.resetClean()
            self.changed.emit()

    def tell_remarks(self) -> None:
        """Say what there is to be said of the scene, all at once: the newest message hides the one before."""
        scene = self.session.scene
        sentences = [*remarks(scene), *not_installed(scene.look), *cut_short(scene)]
        if sentences:
            self.session.told.emit(listed(sentences))

    def open_read(self, scene: Scene, path: Path) -> None:
        """Open a scene that was read from a file; one of another tool is a new scene."""
        self.open(scene)
        self.stand_behind(path)

    def stand_behind(self, path: Path) -> None:
        """Take the file that the open scene was read from; a scene of another tool has no file of ours yet."""
        if importer_called_for(path) is None:
            self.adopt(path)
            return
        self._untouched = None  # it is in no file of ours yet
        self.session.history.resetClean()
        self.changed.emit()
        self.session.told.emit(Sentence("{name} is a new scene now.", name=path.name))

    # Reading

    def read(self, path: Path, take: Take) -> None:
        """Read a file, a large one beside the window, and do something with its scene."""
        facts = stamp(path)
        short = path.suffix.lower() == SUFFIX and (facts is None or facts[1] < LARGE)
        self._fetch(lambda passed: scene_in(path, passed), short, Sentence("Reading “{name}”…", name=path.name), take)

    def read_example(self, name: str, title: str, take: Take) -> None:
        """Get a scene of the gallery, one that is made on opening beside the window, and do something with it."""
        self._fetch(lambda passed: example(name), is_stored(name), Sentence("Making “{name}”…", name=title), take)

    def _fetch(self, fetch: Callable[[Passed], Scene], short: bool, called: Sentence, take: Take) -> None:
        self.leave()
        if short:
            try:
                scene = fetch(silent)
            except RevanimError as error:
                self.session.failed.emit(error.sentence)
            else:
                take(scene)
            return
        self._reader = Worker(self, fetch)
        self._reader.ended.connect(self._end_reading)
        self._reader.done.connect(take)
        self._reader.failed.connect(self.session.failed)
        self.jobs.watch(called, self._reader, self.leave)

    def leave(self) -> None:
        """Leave the file that is being read."""
        if self._reader is not None:
            self._reader.leave()
            self._reader = None

    def _end_reading(self) -> None:
        self._reader = None

    # Writing

    def save(self, path: Path, then: Then = nothing) -> None:
        """Write the scene as it is now, and go on when that is done; what was there before is among the backups."""
        if self._saver is not None:
            self.after_saving(lambda: self.save(path, then))
            return
        scene, step = self.viewing.to_save(), self.session.history.index()

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
        self._saver.ended.connect(self._end_saving)
        self.jobs.watch(Sentence("Saving “{name}”…", name=path.stem), self._saver, self._saver.cancel)

    def after_saving(self, then: Then) -> None:
        """Go on as soon as no file is being written any more."""
        if self._saver is None:
            then()
        else:
            self._saver.ended.connect(then)

    def _end_saving(self) -> None:
        self._saver = None

    # The end

    def _wait(self) -> None:
        if self._saver is not None:
            self._saver.wait()

    def _close(self) -> None:
        self.recent.close()
        close_workers(self)


def scene_in(path: Path, passed: Passed = silent) -> Scene:
    """Return the scene of a file, also of one of another tool."""
    if path.suffix.lower() != SUFFIX and importer_called_for(path):
        return import_scene(path, passed=passed)
    return ra.load(path)


def example(name: str) -> Scene:
    """Return a scene of the gallery, named in the language of the window."""
    scene = ra.example(name)
    return replace(scene, name=tr(scene.name), note=tr(scene.note))


def looks_alone(before: Scene | None, scene: Scene) -> bool:
    """Whether two scenes differ in their look at most."""
    parts = (field.name for field in fields(Scene) if field.name != "look")
    return before is not None and all(getattr(before, part) is getattr(scene, part) for part in parts)


def stamp(path: Path | None) -> Stamp:
    """Return when a file was last written, and how long it is; None where there is none."""
    try:
        facts = path.stat() if path else None
    except OSError:
        return None
    return (facts.st_mtime_ns, facts.st_size) if facts else None
