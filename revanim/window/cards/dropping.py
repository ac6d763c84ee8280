"""Files that are dropped on the window: a scene is opened, an asset added, anything else becomes bodies or a pose."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from revanim.scene.file import SUFFIX
from revanim.scene.importer import importer_for
from revanim.window.cards.source_card import show_card
from revanim.window.kit.drop_sign import DropSign
from revanim.window.kit.dropped import dropped_file
from revanim.window.viewport.viewport import Viewport


class Dropping(QObject):
    """Watches a window for files that are dragged over it, and says over its picture what would become of them."""

    def __init__(self, viewport: Viewport, open_scene: Callable[[Path], object]) -> None:
        super().__init__(viewport)
        self.viewport, self.studio, self.open_scene = viewport, viewport.studio, open_scene
        self.sign = DropSign(viewport)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            self._enter(event)
        elif event.type() == QEvent.Type.DragLeave:
            self.sign.hide()
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._drop(event)
        else:
            return False
        return True

    def _enter(self, event: QDragEnterEvent) -> None:
        event.ignore()
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self.sign.announce(event.mimeData(), self.studio)

    def _drop(self, event: QDropEvent) -> None:
        self.sign.hide()
        path = dropped_file(event.mimeData(), self.studio)
        if path is None:
            return
        if path.suffix == SUFFIX or importer_for(path):
            self.open_scene(path)
        elif not self.studio.session.scene.bodies.count:
            show_card(self.viewport, self.studio.sources).take(path)
        else:
            self.studio.poses.drop(path)
