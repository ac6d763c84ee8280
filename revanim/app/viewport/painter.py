"""The thread that paints: the newest request wins, so the picture is never later than the hand."""

from collections import deque
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from PySide6.QtCore import QObject, QPointF, QThread, Signal
from PySide6.QtGui import QImage, QPainter

from revanim.app.mailbox import Mailbox
from revanim.app.session import Selection
from revanim.app.theme import theme
from revanim.app.viewport.selected import paint_selected
from revanim.app.viewport.sight import Sight, paint_sight
from revanim.app.walker import STACK
from revanim.draw import overlay
from revanim.draw.picture import Shot, picture
from revanim.scene.scene import Scene, View

COMPASS = 52  # pixels from the top right corner
STILL = 0.25  # seconds without a picture: nothing moves


@dataclass(frozen=True, eq=False)
class Request:
    """Everything a picture depends on."""

    scene: Scene
    shot: Shot
    view: View
    selection: Selection
    sight: Sight
    annotated: bool
    width: int
    height: int
    ratio: float


class Painter(QThread):
    """Paints one request at a time, away from the window."""

    rang = Signal()  # there is a picture to `take`

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setStackSize(STACK)
        self._requests: Mailbox[Request] = Mailbox()
        self._pictures: Mailbox[QImage] = Mailbox()
        self._times: deque[float] = deque(maxlen=24)
        self.start()

    def paint(self, request: Request) -> None:
        """Paint this next, instead of whatever waits."""
        self._requests.put(request)

    def take(self) -> QImage | None:
        """Return the newest picture, once."""
        return self._pictures.take()

    def close(self) -> None:
        """Finish the picture in work, and the thread."""
        self._requests.close()
        self.wait()

    def run(self) -> None:
        for request in self._requests:
            self._times.append(perf_counter())
            if self._pictures.put(self._paint(request)):
                self.rang.emit()

    def _paint(self, r: Request) -> QImage:
        image = picture(r.scene, r.shot, r.width, r.height, ratio=r.ratio, view=r.view, tokens=theme.tokens)
        painter = QPainter(image)
        paint_selected(painter, (r.width, r.height), r.view, r.shot.position, r.scene.bodies.radius, r.selection)
        if r.annotated:
            paint_sight(painter, (r.width, r.height), r.ratio, r.view, r.scene, r.shot, r.sight)
            overlay.hud(painter, r.shot, r.scene.bodies.count, rate=self._rate(), tokens=theme.tokens)
            overlay.compass(painter, r.view, QPointF(r.width - COMPASS, COMPASS), theme.tokens)
        painter.end()
        return image

    def _rate(self) -> float | None:
        """Return the pictures a second while they follow each other closely."""
        gaps = np.diff(self._times)
        return 1 / gaps.mean() if gaps.size and gaps.max() < STILL else None
