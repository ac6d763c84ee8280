"""The sound of the scene is added, taken away, marked and followed; each is one undo step."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from revanim.engine.parameter import Parameter
from revanim.scene import edits
from revanim.scene.edits.sound.track import read_sound
from revanim.scene.scene import Scene, Sound
from revanim.sentence import Sentence, named
from revanim.session.session import Session
from revanim.session.threads.jobs import Jobs
from revanim.session.threads.worker import Report, Worker
from revanim.session.work.forces import Place


class Sounds(QObject):
    """Reads a sound beside the window, and lays it along the frames."""

    def __init__(self, session: Session, jobs: Jobs) -> None:
        super().__init__(session)
        self.session, self.jobs = session, jobs
        self._worker: Worker | None = None
        session.closing.connect(self._stop)

    @property
    def sound(self) -> Sound | None:
        """That of the scene."""
        return self.session.scene.sound

    def add(self, path: Path) -> None:
        """Lay a file along the frames from the first on, in the place of the sound there was."""
        self._stop()
        first = self.session.scene.timing.first

        def work(report: Report) -> Sound:
            return read_sound(path, first)

        def take(sound: Sound) -> None:
            self.session.edit(Sentence("Add sound {name}", name=sound.name), edits.set_sound(self.session.scene, sound))
            self.session.told.emit(
                Sentence("{name} is heard from frame {first} on.", name=sound.name, first=sound.first)
            )

        self._worker = worker = Worker(self, work)
        worker.done.connect(take)
        worker.failed.connect(self.session.failed)
        worker.over.connect(self._end)
        self.jobs.watch(Sentence("Reading “{name}”…", name=path.name), worker, worker.cancel)

    def remove(self) -> None:
        """Take it away; what follows it stays as it is."""
        self.session.attempt(Sentence("Remove sound"), edits.remove_sound)

    def begin_here(self) -> None:
        """Let it begin at the playhead."""
        self.session.attempt(Sentence("Begin sound here"), partial(edits.move_sound, frame=self.session.frame))

    def mark_beats(self) -> None:
        """Put a marker at each of its beats."""
        self.session.attempt(Sentence("Mark beats"), edits.mark_beats)

    def lead(self, place: Place, parameter: Parameter, band: str) -> None:
        """Let a value follow one of its bands."""
        text = Sentence("{name} follows {band}", name=named(parameter.name), band=named(band))

        def change(scene: Scene) -> Scene:
            return edits.drive(scene, place.among, place.index, parameter.name, band)

        self.session.attempt(text, change)

    def _end(self) -> None:
        self._worker = None

    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.close()
