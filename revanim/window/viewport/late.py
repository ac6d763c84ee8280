"""What a picture looks like that is not current: grey, with a note that says how far the next one is, and a way out."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QFrame, QWidget

from revanim.session.words import tr
from revanim.session.work.watch.working import Working
from revanim.window.kit.theme import theme
from revanim.window.kit.widgets import label, push_button, row

VEIL = 150  # of 255: how much of the background lies over it
ABOVE = 16  # pixels


def greyed(image: QImage) -> QImage:
    """Return a picture without its colours, and faint."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8).convertToFormat(QImage.Format.Format_RGB32)
    veil = QColor(theme.tokens.viewport_bottom)
    veil.setAlpha(VEIL)
    painter = QPainter(grey)
    painter.fillRect(grey.rect(), veil)
    painter.end()
    grey.setDevicePixelRatio(image.devicePixelRatio())
    return grey


class LateNote(QFrame):
    """Stands at the top of the picture as long as that is late."""

    def __init__(self, working: Working, parent: QWidget) -> None:
        super().__init__(parent)
        self.working, self._over = working, parent
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = label()
        self.cancel = push_button(tr("Cancel"), working.cancel, tip=tr("Stay with what has been walked"))
        self.setLayout(row(self.words, 12, self.cancel, margins=(16, 8, 12, 8)))
        self.hide()
        parent.installEventFilter(self)
        working.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Say how far the walk is, or go."""
        if self.working.late:
            self.words.setText(tr("working… {percent} %", percent=self.working.percent))
            self._place()
        self.setVisible(self.working.late)

    def _place(self) -> None:
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, ABOVE)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False
