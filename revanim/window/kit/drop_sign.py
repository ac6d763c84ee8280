"""A sign over the picture while a file hovers over the window: what will become of it when it is dropped."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QLabel, QWidget

from revanim.scene.file import SUFFIX
from revanim.scene.importer import importer_for
from revanim.session.files.assets import asset_at
from revanim.session.studio import Studio
from revanim.session.words import tr

MARGIN = 16  # pixels of the picture that stay around it


class DropSign(QLabel):
    """A frame around the picture with a sentence in it."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("drop-sign")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.hide()

    def announce(self, data: QMimeData, studio: Studio) -> None:
        """Show what dropping this would do."""
        self.setText(meaning(data, studio))
        self.setGeometry(self._over.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN))
        self.show()
        self.raise_()


def meaning(data: QMimeData, studio: Studio) -> str:
    """Return in one sentence what dropping files does."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if len(paths) != 1:
        return tr("Drop one file at a time")
    name = paths[0].name
    if asset_at(paths[0]):
        return tr("Drop to add what “{name}” holds: it will act on all bodies", name=name)
    if paths[0].suffix == SUFFIX or importer_for(paths[0]):
        return tr("Drop to open “{name}”", name=name)
    if not studio.session.scene.bodies.count:
        return tr("Drop to add bodies from “{name}”", name=name)
    return tr("Drop to make “{name}” a pose at this frame", name=name)
