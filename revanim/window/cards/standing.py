"""Where a card stands: at the foot of the picture, on the side at which it hides less."""

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtWidgets import QWidget

from revanim.window.cards.hidden import hidden_by
from revanim.window.viewport.viewport import Viewport

WIDTH, MARGIN = 296, 12


class Standing(QObject):
    """Gives a card its place, and takes its preview away where that would hide what is written."""

    def __init__(self, card: QWidget, viewport: Viewport, preview: QWidget, previews: bool) -> None:
        super().__init__(card)
        self.card, self.viewport, self.preview, self._previews = card, viewport, preview, previews
        self._right = False  # whether it stands at the right
        viewport.installEventFilter(self)

    def choose_side(self) -> None:
        """Choose the side at which less is hidden, once: a card must not change sides while it is used."""
        self._right = min((False, True), key=lambda right: hidden_by(self.viewport.canvas, self._at(right)))
        self.place()

    def place(self) -> None:
        """Stand there, as tall as what is asked."""
        self.preview.setVisible(self._previews)
        place, room = self._at(self._right), self.viewport.height() - 2 * MARGIN
        if self.card.sizeHint().height() > room or hidden_by(self.viewport.canvas, place)[0]:
            self.preview.hide()  # what is asked comes first
        layout = self.card.layout()
        assert layout is not None
        layout.invalidate()
        layout.activate()
        self.card.setGeometry(self._at(self._right))

    def _at(self, right: bool) -> QRect:
        width, height = self.viewport.width(), self.viewport.height()
        tall = min(self.card.sizeHint().height(), height - 2 * MARGIN)
        return QRect(width - MARGIN - WIDTH if right else MARGIN, height - MARGIN - tall, WIDTH, tall)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.choose_side()
        return False
