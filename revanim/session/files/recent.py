"""The files that were open last, each with the picture that it carries; they are looked through beside the window."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from revanim.scene.file import thumbnail_in
from revanim.session.files import settings
from revanim.session.threads.worker import Worker


@dataclass(frozen=True, eq=False)
class RecentFile:
    """What is known of a file."""

    path: Path
    there: bool = True  # until it was looked for in vain
    when: datetime | None = None  # it was last written
    picture: QImage = field(default_factory=QImage)


class Recent(QObject):
    """The newest first; none is dropped because it is away, as a disk may come back."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.files: tuple[RecentFile, ...] = tuple(map(RecentFile, settings.recent_files()))
        self._worker: Worker | None = None
        self._closed = False
        self._again = False  # look once more when the worker is done
        self.look()

    def put(self, path: Path) -> None:
        """Put a file that was opened or written at the head."""
        settings.remember_file(path)
        known = {file.path: file for file in self.files}
        self.files = tuple(known.get(path, RecentFile(path)) for path in settings.recent_files())
        self.look()

    def clear(self) -> None:
        """Forget all of them."""
        settings.forget_files()
        self.files = ()
        self.changed.emit()

    def look(self) -> None:
        """Look which are there, and how they look now."""
        paths = [file.path for file in self.files]
        if self._closed:
            return
        if self._worker is not None:
            self._again = True
        elif paths:
            self._worker = Worker(self, lambda report: look_through(paths))
            self._worker.done.connect(self._take)
            self._worker.ended.connect(self._finish)

    def close(self) -> None:
        """Look for nothing any more."""
        self._closed = True
        if self._worker is not None:
            self._worker.wait()

    def _take(self, seen: tuple[RecentFile, ...]) -> None:
        fresh = {file.path: file for file in seen}
        self.files = tuple(fresh.get(file.path, file) for file in self.files)
        self.changed.emit()

    def _finish(self) -> None:
        again, self._again, self._worker = self._again, False, None
        if again:
            self.look()


def look_through(paths: Iterable[Path]) -> tuple[RecentFile, ...]:
    """Return what is known of some files now."""
    return tuple(map(_look_at, paths))


def _look_at(path: Path) -> RecentFile:
    try:
        when = datetime.fromtimestamp(path.stat().st_mtime)
    except (OSError, ValueError):
        return RecentFile(path, there=False)
    return RecentFile(path, True, when, QImage.fromData(thumbnail_in(path)))
