"""The welcome page: it lies over the viewport until a scene is chosen."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

import revanim as ra
from revanim.app.command import title
from revanim.app.files import Files
from revanim.app.icons import mark
from revanim.app.settings import recent_files
from revanim.app.welcome.card import NARROWEST, Card, picture_height
from revanim.app.welcome.reel import Reel, Size
from revanim.scene.scene import Scene

GAP, MARGIN = 16, 32
MARK = 40
RECENT = 4
VEIL = QColor(16, 16, 16, 214)


class Welcome(QWidget):
    """A gallery of scenes that move, and the files that were open last."""

    shown = Signal(bool)  # whether it is there or gone

    def __init__(self, files: Files, parent: QWidget) -> None:
        super().__init__(parent)
        self.files = files
        self.setObjectName("welcome")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.cards = {name: Card(title(name)) for name in ra.examples()}
        for name, card in self.cards.items():
            card.setParent(self)
            card.clicked.connect(partial(files.open_example, name))
        self._card_width = NARROWEST
        self._reel: Reel | None = None
        self._recent = QHBoxLayout(spacing=8)
        self._grid = QGridLayout(spacing=GAP)
        self._lay_out()
        self.hide()
        parent.installEventFilter(self)

    def _lay_out(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        for part in (self._heading(), self._recent, self._grid):
            column.addLayout(part)
        column.addStretch()
        self._area = QScrollArea(widgetResizable=True, focusPolicy=Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)

    def _heading(self) -> QHBoxLayout:
        row, words = QHBoxLayout(spacing=GAP), QVBoxLayout(spacing=2)
        picture, name, promise = (
            QLabel(),
            QLabel("revanim"),
            QLabel("Physics you scrub like a flipbook, onward and back."),
        )
        picture.setPixmap(mark(MARK))
        name.setObjectName("display")
        promise.setObjectName("name")
        words.addWidget(name)
        words.addWidget(promise)
        open_file = QPushButton("Open…")
        open_file.clicked.connect(self.files.ask_and_open)
        row.addWidget(picture)
        row.addLayout(words)
        row.addStretch()
        row.addWidget(open_file, alignment=Qt.AlignmentFlag.AlignVCenter)
        return row

    def _fill_recent(self) -> None:
        while item := self._recent.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for path in recent_files()[:RECENT]:
            button = QPushButton(path.stem, toolTip=str(path))
            button.clicked.connect(partial(self.files.open, path))
            self._recent.addWidget(button)
        self._recent.addStretch()

    def _fill_grid(self) -> None:
        """Put as many cards in a row as there is room for, and let them fill it."""
        room = self.width() - 2 * MARGIN
        columns = max(1, (room + GAP) // (NARROWEST + GAP))
        self._card_width = max(NARROWEST, (room + GAP) // columns - GAP)
        for index, card in enumerate(self.cards.values()):
            card.set_width(self._card_width)
            self._grid.addWidget(card, index // columns, index % columns)

    # The scenes move while they can be seen

    def showEvent(self, event: QShowEvent) -> None:
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.setFocus()
        self._fill_recent()
        size = Size(self._card_width, picture_height(self._card_width), self.devicePixelRatioF())
        self._reel = Reel(self, list(self.cards), size)
        self._reel.loaded.connect(self._introduce)
        self._reel.painted.connect(self._show_picture)

        self.shown.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        self.shown.emit(False)
        if self._reel:
            self._reel.close()
            self._reel.deleteLater()
            self._reel = None

    def _introduce(self, name: str, scene: Scene) -> None:
        self.cards[name].introduce(scene.name, scene.note)

    def _show_picture(self, name: str, image: QImage) -> None:
        self.cards[name].show_picture(image)

    # The page covers the viewport, and lets it be seen through a veil

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self.parentWidget().rect())
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fill_grid()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), VEIL)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
