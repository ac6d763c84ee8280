"""The thread behind the gallery: it walks every scene that can be seen, and paints it small."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtGui import QImage, QPainter

from revanim.draw.overlay.targets import Aim, paint_aims
from revanim.draw.picture import picture
from revanim.draw.trail import Trail
from revanim.error import RevanimError
from revanim.scene.build import make_playhead
from revanim.scene.gallery import sketch
from revanim.scene.scene import Scene
from revanim.session.session import Session
from revanim.session.threads.runner import Runner, nothing
from revanim.session.work.playback import advance

BEAT = 1 / 24  # seconds between two pictures of the same scene
LONGEST = 0.25  # seconds of rest
SHARE = 0.6  # of the time at most is spent here, however many scenes move


@dataclass(frozen=True)
class Size:
    """Of a picture: device-independent pixels, and how many real ones lie along each."""

    width: int
    height: int
    ratio: float


class Film:
    """One scene on its way through its range and back."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._trail = Trail(make_playhead(scene), scene.look.trail)
        self._direction = 1

    def turn(self) -> None:
        """Walk one frame; either end of the range sends it back."""
        timing, frame = self.scene.timing, self._trail.frame
        following, self._direction = advance(frame, self._direction, timing.first, timing.last, "ping-pong")
        self._trail.step(following - frame)

    def picture(self, size: Size) -> QImage:
        """Paint where it stands, and where its bodies shall be."""
        scene, shot, room = self.scene, self._trail.shot(self.scene), (size.width, size.height)
        image = picture(scene, shot, *room, ratio=size.ratio)
        painter = QPainter(image)
        paint_aims(painter, room, scene.look.view, list(aims(scene, shot.frame)))
        painter.end()
        return image


def aims(scene: Scene, frame: int) -> Iterator[Aim]:
    """Yield what the keyframes ask for."""
    for key in scene.keyframes:
        if key.position is not None:
            radius = scene.bodies.radius[key.bodies]
            yield Aim(key.position, key.position, radius, key.frame == frame, key.nail, lines=0)


class Reel(QObject):
    """Reads the scenes, makes them ready one by one, and moves all of them until it is left."""

    loaded = Signal(str, object)  # name, Scene
    painted = Signal(str, QImage)

    def __init__(self, session: Session, names: list[str], size: Size) -> None:
        super().__init__(session)
        self._size = size
        self.on_show = frozenset(names)  # whoever is not, rests
        self._runner = Runner[list[str], None](self, self._follow, nothing, until=session.closing)
        self._runner.finished.connect(self.deleteLater)
        self._runner.order_last(names)

    def leave(self) -> None:
        """End as soon as may be; at a first start a scene takes a while to load, and nobody waits for that."""
        self._runner.requestInterruption()

    def _follow(self, names: list[str]) -> None:
        films: dict[str, Film] = {}
        unread, waiting = list(names), dict[str, Scene]()
        while not self._runner.isInterruptionRequested():
            started = perf_counter()
            with suppress(RevanimError):  # a scene that cannot go on stays as it is
                if unread:
                    name = unread.pop(0)
                    waiting[name] = self._introduce(name)
                elif waiting:
                    name = next(iter(waiting))
                    self._load(name, waiting.pop(name), films)
                self._turn(films)
            spent = perf_counter() - started
            rest = min(spent * (1 - SHARE) / SHARE, LONGEST)
            QThread.msleep(int(1000 * max(BEAT - spent, rest)))

    def _introduce(self, name: str) -> Scene:
        """Read a scene, and let its card say what it is before the kernels that move it are there."""
        scene = sketch(name)
        self.loaded.emit(name, scene)
        return scene

    def _load(self, name: str, scene: Scene, films: dict[str, Film]) -> None:
        films[name] = Film(scene)
        self.painted.emit(name, films[name].picture(self._size))

    def _turn(self, films: dict[str, Film]) -> None:
        for name in self.on_show & films.keys():
            if self._runner.isInterruptionRequested():
                return
            films[name].turn()
            self.painted.emit(name, films[name].picture(self._size))
