"""That a large file is being read, said at the head of the picture as long as it is; anything may be done meanwhile."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from revanim.app.files import Files
from revanim.app.offer import Offer
from revanim.app.words import tr


class Reading(QObject):
    """Shows the name of the file, and a way out."""

    def __init__(self, files: Files, over: QWidget) -> None:
        super().__init__(over)
        self.files, self._over = files, over
        self._offer: Offer | None = None
        files.reading.connect(self._tell)

    def _tell(self, name: str) -> None:
        if self._offer:
            self._offer.dismiss()
        sentence = tr("Reading “{name}”…", name=name)
        self._offer = Offer(self._over, sentence, [(tr("Cancel"), self.files.leave)]) if name else None
