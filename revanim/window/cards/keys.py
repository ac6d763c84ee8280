"""The keys of a card: Esc closes it, Return does what its button says, a digit begins the number of bodies."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from revanim.window.viewport.viewport import Viewport

Key = Qt.Key


class Keys(QObject):
    """Hears the keys over a card, over a list in it, and over the picture, where no field has taken them."""

    def __init__(
        self,
        card: QWidget,
        viewport: Viewport,
        kind: QWidget,
        press: Callable[[], object],
        count: Callable[[str], bool],
    ) -> None:
        super().__init__(card)
        self.card, self.viewport, self.kind, self.press, self.count = card, viewport, kind, press, count
        for heard in (card, viewport, kind):
            heard.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if watched is self.viewport:
            return self._leave(event)
        digit = event.text().isdigit() and self.count(event.text())
        return digit or (watched is self.card and (self._leave(event) or self._accept(event)))

    def _leave(self, event: QKeyEvent) -> bool:
        """Close the card, unless a hand at work on the picture means the key."""
        if event.key() != Key.Key_Escape or self.viewport.canvas.hand.current is not None:
            return False
        self.card.close()
        return True

    def _accept(self, event: QKeyEvent) -> bool:
        """Press the button, which hears nothing while it is disabled."""
        if event.key() not in (Key.Key_Return, Key.Key_Enter):
            return False
        self.press()
        return True
