"""The thread that paints: the newest request wins, so the picture is never later than the hand."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtGui import QImage

from revanim.app.mailbox import Mailbox
from revanim.app.session import Selection
from revanim.app.viewport.selected import paint_selected
from revanim.app.walker import STACK
from revanim.draw.picture import Shot, picture
from revanim.scene.scene import Scene, View


@dataclass(frozen=True, eq=False)
class Request:
    """Everything a picture depends on."""

    scene: Scene
    shot: Shot
    view: View
    selection: Selection
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
            r = request
            image = picture(r.scene, r.shot, r.width, r.height, ratio=r.ratio, view=r.view)
            paint_selected(image, r.view, r.shot.position, r.scene.bodies.radius, r.selection)
            if self._pictures.put(image):
                self.rang.emit()
