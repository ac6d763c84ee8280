"""Forces, flows and moves as assets: each is kept in a file by itself, and brought from there into any scene."""

from pathlib import Path

from PySide6.QtCore import QObject

import revanim as ra
from revanim.error import RevanimError
from revanim.scene.edits import add_parts, part_alone
from revanim.scene.edits.parts import AMONG
from revanim.scene.file import SUFFIX
from revanim.scene.part import kind_of
from revanim.scene.scene import Scene
from revanim.sentence import Sentence
from revanim.session.files.backups import keep_backup
from revanim.session.files.files import LARGE, Files, stamp
from revanim.session.threads.jobs import Jobs
from revanim.session.threads.worker import Report, Worker, close_workers
from revanim.session.work.forces import Forces, Place
from revanim.session.work.titles import title_of


class Assets(QObject):
    """Writes and reads assets beside the window."""

    def __init__(self, files: Files, forces: Forces, jobs: Jobs) -> None:
        super().__init__(files.session)
        self.session, self.files, self.forces, self.jobs = files.session, files, forces, jobs
        self.session.closing.connect(lambda: close_workers(self))

    def keep(self, place: Place, path: Path) -> None:
        """Write what stands at a place to a file, or say why it is nothing by itself."""
        try:
            alone = part_alone(self.session.scene, place.among, place.index)
            if self.files.path is not None and path.resolve() == self.files.path.resolve():
                raise RevanimError("“{name}” is the file of this scene; give the asset another name.", name=path.name)
        except RevanimError as error:
            self.session.failed.emit(error.sentence)
            return

        def work(report: Report) -> None:
            report(None)
            keep_backup(path)
            ra.save(alone, path, passed=report)

        saver = Worker(self, work)
        saver.done.connect(
            lambda: self.session.noted.emit(
                Sentence("“{name}” can be added to other scenes: drop it on the window there.", name=path.stem)
            )
        )
        saver.failed.connect(self.session.failed)
        self.jobs.watch(Sentence("Saving “{name}”…", name=path.stem), saver, saver.cancel)

    def bring(self, path: Path) -> None:
        """Add what a file holds that acts on all of its bodies: here it acts on all, those added later too."""
        self.files.read(path, lambda other: self.add(other, path.stem))

    def add(self, other: Scene, name: str) -> None:
        """Add what acts on all bodies of another scene, and look at the first of it; say what stays there."""
        coming = [part for part in other.parts if part.links is None and part.bodies is None]
        if not coming:
            self.session.failed.emit(Sentence("“{name}” holds nothing that acts on all bodies.", name=name))
            return
        among = AMONG[kind_of(coming[0]).role]
        first = Place(among, len(getattr(self.session.scene, among)))

        def look() -> None:
            self.forces.look_at(first)
            left = len(other.parts) - len(coming)
            if left:
                self.session.told.emit(
                    Sentence("What acts on certain bodies or links stays in “{name}”: {count}.", name=name, count=left)
                )

        what = title_of(coming[0]) if len(coming) == 1 else name
        self.forces.weighing.add(Sentence("Add {part}", part=what), lambda scene: add_parts(scene, other), look)


def is_asset(scene: Scene) -> bool:
    """Whether a scene holds parts without bodies."""
    return not scene.bodies.count and bool(scene.parts)


def asset_at(path: Path) -> bool:
    """Whether a file that is quickly read is an asset."""
    facts = stamp(path)
    if path.suffix.lower() != SUFFIX or facts is None or facts[1] >= LARGE:
        return False
    try:
        return is_asset(ra.load(path))
    except RevanimError:
        return False
