"""A small picture of what a card would add, made in a thread of its own; the newest wish wins."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel

from revanim.draw import camera
from revanim.draw.picture import picture
from revanim.draw.shot import Shot
from revanim.scene.scene import Look, Scene, View
from revanim.sentence import Sentence
from revanim.session.studio import Studio
from revanim.session.threads.runner import Runner
from revanim.session.threads.worker import Report
from revanim.session.words import tr
from revanim.window.kit.theme import theme

HEIGHT = 112  # pixels
MOST = 2000  # bodies that are made for it
News = QImage | Sentence
Laid = Callable[[Report], tuple[Scene, Sentence]]


@dataclass(frozen=True, eq=False)
class Order:
    """What to make, and how to show it."""

    laid: Laid
    look: Look
    view: View
    size: QSize
    ratio: float


class Preview(QLabel):
    """Shows a wish as it would stand in the scene, seen from where the camera looks; or says why it cannot."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio
        self._laid: Laid | None = None
        self.setObjectName("preview")
        self.setAccessibleName(tr("Preview"))
        self.setFixedHeight(HEIGHT)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self._runner = Runner[Order, News](self, self._make, self._show, self._fail, until=studio.session.parting)

    def show_wish(self, laid: Laid) -> None:
        """Show what a wish makes, as soon as it is made."""
        self._laid = laid
        session, size = self.studio.session, QSize(max(self.width(), 1), HEIGHT)
        self._runner.order(Order(laid, session.scene.look, session.view, size, self.devicePixelRatioF()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Paint for the room that there is now."""
        if self._laid is not None and event.size().width() != event.oldSize().width():
            self.show_wish(self._laid)

    def _make(self, order: Order) -> None:
        bodies, _ = order.laid(lambda part: None)
        size, place = order.size.toTuple(), bodies.bodies.position
        view = camera.frame_all(order.view, place, *size)
        look = replace(order.look, view=view, grid=True, axes=False, color_by="")
        shot = Shot(0, 0.0, place, bodies.bodies.velocity)
        self._runner.tell(picture(replace(bodies, look=look), shot, *size, ratio=order.ratio, tokens=theme.tokens))

    def _show(self, news: News) -> None:
        if isinstance(news, Sentence):
            self.setText(tr(news))
        else:
            self.setPixmap(QPixmap.fromImage(news))

    def _fail(self, order: Order, why: Sentence) -> None:
        """Say in the place of the picture what is missing."""
        self._runner.tell(why)

    def leave(self) -> None:
        """End the thread."""
        self._runner.close()
