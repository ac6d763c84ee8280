"""What bodies wear, read from a file beside the window: a picture, a drawing or a mesh."""

from pathlib import Path

from PySide6.QtCore import QObject

from revanim.draw.dress.palette import with_look
from revanim.draw.styles.figures import figures
from revanim.draw.styles.sprites import sprites
from revanim.draw.worn.read import MESHES, read_figure, read_sprite
from revanim.scene.edits import set_figure, set_sprite
from revanim.scene.scene import Figure, Scene, Sprite
from revanim.sentence import Sentence
from revanim.session.session import Session
from revanim.session.threads.jobs import Jobs
from revanim.session.threads.worker import Worker, close_workers


class Wearing(QObject):
    """Dresses the bodies of the session's scene, as one undo step."""

    def __init__(self, session: Session, jobs: Jobs) -> None:
        super().__init__(session)
        self.session, self.jobs = session, jobs
        session.closing.connect(lambda: close_workers(self))

    def wear(self, path: Path) -> None:
        """Let bodies wear what is in a file, and paint them so."""
        is_mesh = path.suffix.lower() in MESHES
        worker = Worker(self, lambda report: read_figure(path, report) if is_mesh else read_sprite(path, passed=report))
        worker.done.connect(self._put)
        worker.failed.connect(self.session.failed)
        self.jobs.watch(Sentence("Reading {name}…", name=path.name), worker, worker.cancel)

    def _put(self, worn: Sprite | Figure) -> None:
        self.session.attempt(Sentence("Wear {name}", name=worn.name), lambda scene: dressed_in(scene, worn))


def dressed_in(scene: Scene, worn: Sprite | Figure) -> Scene:
    """Return a scene whose bodies wear something, in the style that shows it."""
    if isinstance(worn, Sprite):
        return with_look(set_sprite(scene, worn), style=sprites.name)
    return with_look(set_figure(scene, worn), style=figures.name)
