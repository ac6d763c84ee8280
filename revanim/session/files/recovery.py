"""What is in no file yet, written aside every while, so that a crash or a power cut takes a minute and no more."""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QLockFile, QObject, QTimer

from revanim.error import RevanimError
from revanim.scene.file import SUFFIX, encode
from revanim.scene.file.whole import write_whole
from revanim.scene.scene import Scene
from revanim.sentence import Sentence
from revanim.session.files.files import Files
from revanim.session.files.folders import state_folder
from revanim.session.session import Session
from revanim.session.threads.worker import Worker
from revanim.session.words import tr

EVERY = 60  # seconds


@dataclass(frozen=True)
class UnsavedWork:
    """Work that a window left behind without being closed."""

    title: str
    path: Path | None  # the file it belongs to
    scene: Path  # where it was written aside

    @property
    def when(self) -> datetime:
        """When it was written."""
        return datetime.fromtimestamp(self.scene.stat().st_mtime)

    def forget(self) -> None:
        """Delete it."""
        delete(self.scene, SUFFIX, ".json", ".lock")


class Recovery(QObject):
    """Writes the changes of one window aside, and deletes them as soon as they are saved, discarded or undone.

    A lock beside them says that the window lives; where it is free, the window went without saving.
    """

    def __init__(self, session: Session, files: Files, seconds: int = EVERY) -> None:
        super().__init__(session)
        self.session, self.files = session, files
        self.scene_path = state_folder("recovery") / f"{uuid4().hex}{SUFFIX}"
        self._lock = QLockFile(str(self.scene_path.with_suffix(".lock")))
        self._lock.setStaleLockTime(0)
        self._lock.tryLock(0)
        self._worker: Worker | None = None
        self._written: Scene | None = None
        self._left = False
        self._timer = QTimer(self, interval=1000 * seconds)
        self._timer.timeout.connect(self.write)
        self._timer.start()
        files.changed.connect(self._compare)
        session.opened.connect(self._compare)
        session.finishing.connect(self.close)

    def write_every(self, seconds: int) -> None:
        """Write aside so often from now on."""
        self._timer.setInterval(1000 * seconds)

    def write(self) -> None:
        """Write aside what is in no file, beside the window, if it has changed since."""
        scene = self.session.scene
        if self._worker is None and self.files.modified and scene is not self._written:
            self._written = scene
            self._worker = Worker(self, lambda report: self._put(scene))
            self._worker.ended.connect(self._finish)

    def write_now(self) -> None:
        """Write it aside at once: something went wrong, and there may be no later."""
        if self.files.modified:
            self._put(self.session.scene)

    def leave(self) -> None:
        """Write it aside for the next start to offer: nobody can be asked about it before the window goes."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None
        self.write_now()
        self._left = True

    def drop(self) -> None:
        """Delete what was written aside: it is in a file now, or not wanted."""
        self._written = None
        if self._worker is not None:
            return  # which compares again when it is done
        delete(self.scene_path, SUFFIX, ".json")

    def close(self) -> None:
        """Leave nothing behind: whoever closes a window has been asked about its changes."""
        self._timer.stop()
        if self._worker is not None:
            self._worker.close()
            self._worker = None
        if not self._left:
            self.drop()
        self._lock.unlock()

    def _put(self, scene: Scene) -> None:
        try:
            write_whole(self.scene_path, encode(scene, b""))
            facts = {"title": self.files.title, "path": str(self.files.path or "")}
            write_whole(self.scene_path.with_suffix(".json"), json.dumps(facts).encode())
        except RevanimError as error:
            self.session.failed.emit(Sentence("The changes could not be written aside. {why}", why=error.sentence))

    def _compare(self) -> None:
        if not self.files.modified and not self._left:
            self.drop()

    def _finish(self) -> None:
        self._worker = None
        self._compare()


def unsaved_work() -> Iterator[UnsavedWork]:
    """Yield the work of windows that did not close, the newest first."""
    for scene in newest_first(state_folder("recovery").glob(f"*{SUFFIX}")):
        lock = QLockFile(str(scene.with_suffix(".lock")))
        lock.setStaleLockTime(0)
        if not lock.tryLock(0):
            continue  # its window is open
        lock.unlock()
        try:
            facts = json.loads(scene.with_suffix(".json").read_text(encoding="utf-8"))
            path = Path(facts["path"]) if facts["path"] else None
            yield UnsavedWork(str(facts["title"]), path, scene)
        except (OSError, ValueError, KeyError, TypeError):
            yield UnsavedWork(tr("Untitled"), None, scene)


def tidy_locks() -> None:
    """Delete the locks of windows that were killed and left no work behind."""
    for path in state_folder("recovery").glob("*.lock"):
        lock = QLockFile(str(path))
        lock.setStaleLockTime(0)
        if not path.with_suffix(SUFFIX).exists() and lock.tryLock(0):
            lock.unlock()


def newest_first(paths: Iterable[Path]) -> list[Path]:
    """Return files by when they were written; another window may have deleted some meanwhile."""
    written: list[tuple[float, Path]] = []
    for path in paths:
        with suppress(OSError):
            written.append((path.stat().st_mtime, path))
    return [path for _, path in sorted(written, reverse=True)]


def delete(path: Path, *suffixes: str) -> None:
    """Delete what lies at a path under each of these suffixes, as far as that can be done."""
    for suffix in suffixes:
        with suppress(OSError):
            path.with_suffix(suffix).unlink()
