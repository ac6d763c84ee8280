"""The welcome page: it lies over the viewport until a scene is chosen."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QImage,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from revanim.resources import resource
from revanim.scene.file import thumbnail_in
from revanim.scene.gallery import gallery_order
from revanim.scene.scene import Scene
from revanim.sentence import N_
from revanim.session.files.recent import RecentFile
from revanim.session.studio import Studio
from revanim.session.words import moment, tr
from revanim.window.frame.file_dialogs import FileDialogs
from revanim.window.frame.nameplate import nameplate
from revanim.window.kit.icons import tinted
from revanim.window.kit.theme import theme
from revanim.window.kit.title import title
from revanim.window.kit.widgets import column, holder, label, push_button, row, scrolled
from revanim.window.viewport.viewport import Viewport
from revanim.window.welcome.card import FEW, NARROWEST, Card, picture_height
from revanim.window.welcome.reel import Reel, Size

GAP, MARGIN, TOP = 16, 32, 24
MARK = 40
PICTURE, SIGN = (640, 360), 72  # pixels
VEIL = ((0.0, 224), (0.55, 206), (1.0, 64))  # how dark it is from top to bottom: where no card is, the scene shows


class Welcome(QWidget):
    """A gallery of scenes that move, and the files that were open last."""

    shown = Signal(bool)  # whether it is there or gone

    def __init__(self, studio: Studio, dialogs: FileDialogs, parent: Viewport) -> None:
        super().__init__(parent)
        self.studio, self.dialogs, self._cover = studio, dialogs, parent
        self.setObjectName("welcome")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.cards = {name: self._scene_card(name) for name in gallery_order()}
        self.blank = self._blank_card()
        self._card_width = NARROWEST
        self._reel: Reel | None = None
        self._calm = False
        self.recent: list[Card] = []
        self._shelf = row(None, spacing=GAP)
        self._recent = holder(column(label(tr("Recent"), "heading"), GAP // 2, self._shelf))
        self._examples = label(tr("Gallery"), "heading")
        self._grid = QGridLayout()
        self._lay_out()
        self.hide()
        studio.files.recent.changed.connect(self._fill_recent)
        studio.session.parting.connect(self._leave)
        parent.installEventFilter(self)

    def inherit(self, before: "Welcome") -> None:
        """Show the same pictures, and be open if that was."""
        for name, card in self.cards.items():
            card.show_picture(before.cards[name].image)
        self.setVisible(not before.isHidden())

    def _scene_card(self, name: str) -> Card:
        """Return a card for a scene of the gallery; its picture is read when the page is shown."""
        shown = tr(title(name))
        card = Card(shown, tr("Open {title} as a new scene", title=shown))
        card.setParent(self)
        card.clicked.connect(partial(self.dialogs.open_example, name))
        return card

    def _blank_card(self) -> Card:
        card = Card(tr("Empty scene"), tr("Begin with a scene that has no bodies yet"))
        card.setParent(self)
        card.introduce(card.text(), tr("Add bodies one by one, or as a word, a drawing, a cloth or a galaxy."))
        card.clicked.connect(self.dialogs.open_empty)
        return card

    def set_calm(self, calm: bool) -> None:
        """Show each scene as it stands, or let all of them move."""
        self._calm = calm
        if self._reel:
            self._reel.on_show = frozenset() if calm else frozenset(self.cards)

    def _lay_out(self) -> None:
        lines = self._heading(), self._recent, self._examples, self._grid, None
        self._area = scrolled(column(*lines, spacing=GAP, margins=(MARGIN, TOP, MARGIN, TOP)))
        self._grid.setSpacing(GAP)
        self.setLayout(column(self._area))

    def _heading(self) -> QHBoxLayout:
        tip = tr("Begin with a scene that has no bodies yet")
        new = push_button(tr("New"), self.dialogs.open_empty, "primary", tip, "empty")
        open_file = push_button(tr("Open…"), self.dialogs.ask_and_open, tip=tr("Open a scene"), command="open")
        heading = row(*nameplate("revanim", MARK, wrap=True), new, open_file, spacing=GAP // 2)
        heading.setStretch(1, 1)
        return heading

    def _fill_recent(self) -> None:
        """Put as many of the files that are there in a row as there is room for."""
        for card in self.recent:
            card.deleteLater()
        there = [file for file in self.studio.files.recent.files if file.there][: self._columns]
        self.recent = [self._file_card(file) for file in there]
        for card in self.recent:
            self._shelf.insertWidget(self._shelf.count() - 1, card)
        for widget in (self._recent, self._examples):
            widget.setVisible(bool(there))

    def _file_card(self, file: RecentFile) -> Card:
        card = Card(file.path.stem, str(file.path), FEW)
        card.introduce(file.path.stem, moment(file.when, N_("d MMMM yyyy, HH:mm")) if file.when else "")
        card.show_picture(file.picture)
        card.set_width(self._card_width)
        card.clicked.connect(partial(self.dialogs.open, file.path))
        return card

    @property
    def _room(self) -> int:
        """How many pixels there are for cards side by side, also while there is something to scroll."""
        return self.width() - 2 * MARGIN - self._area.verticalScrollBar().sizeHint().width()

    @property
    def _columns(self) -> int:
        """How many cards there is room for side by side."""
        return max(1, (self._room + GAP) // (NARROWEST + GAP))

    def _fill_grid(self) -> None:
        """Put as many cards in a row as there is room for, and let them fill it."""
        columns = self._columns
        self._card_width = max(NARROWEST, (self._room + GAP) // columns - GAP)
        for index, card in enumerate([*self.cards.values(), self.blank]):
            card.set_width(self._card_width)
            self._grid.addWidget(card, index // columns, index % columns)
        self._fill_recent()

    # The scenes move while they can be seen

    def showEvent(self, event: QShowEvent) -> None:
        self.setGeometry(self._cover.rect())
        self.raise_()
        self.setFocus()
        self.studio.files.recent.look()
        self._show_stored()
        self.blank.show_picture(plus())
        if self._cover.image.isNull():  # at a start, when the cards would but delay the picture behind them
            self._cover.painted.connect(self._move, Qt.ConnectionType.SingleShotConnection)
        else:
            self._move()
        self.shown.emit(True)

    def _show_stored(self) -> None:
        """Show on each card that has no picture yet the one in the file, until the scene moves."""
        for name, card in self.cards.items():
            if card.image.isNull():
                card.show_picture(QImage.fromData(thumbnail_in(resource("scenes", f"{name}.revanim"))))

    def _move(self) -> None:
        """Let the scenes on the cards move."""
        if not self.isVisible() or self._reel:
            return
        size = Size(self._card_width, picture_height(self._card_width), self.devicePixelRatioF())
        self._reel = Reel(self.studio.session, list(self.cards), size)
        self._reel.loaded.connect(self._introduce)
        self._reel.painted.connect(self._show_picture)
        self.set_calm(self._calm)

    def hideEvent(self, event: QHideEvent) -> None:
        self.shown.emit(False)
        self._leave()

    def _leave(self) -> None:
        if self._reel:
            self._reel.leave()
            self._reel = None

    def _introduce(self, name: str, scene: Scene) -> None:
        self.cards[name].introduce(tr(scene.name), tr(scene.note))

    def _show_picture(self, name: str, image: QImage) -> None:
        self.cards[name].show_picture(image)

    # The page covers the viewport, and lets it be seen through a veil

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._cover.rect())
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fill_grid()

    def paintEvent(self, event: QPaintEvent) -> None:
        veil = QLinearGradient(0, 0, 0, self.height())
        for place, darkness in VEIL:
            veil.setColorAt(place, QColor(16, 16, 16, darkness))
        QPainter(self).fillRect(event.rect(), veil)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)


def plus() -> QImage:
    """Return the picture of the empty scene: a plus sign."""
    image = QImage(*PICTURE, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.tokens.surface))
    painter = QPainter(image)
    painter.drawPixmap((PICTURE[0] - SIGN) // 2, (PICTURE[1] - SIGN) // 2, tinted("add", theme.tokens.dim, SIGN, SIGN))
    painter.end()
    return image
