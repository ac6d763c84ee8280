"""A message at the foot of the picture that goes by itself."""

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPropertyAnimation, Qt, QTimer
from PySide6.QtWidgets import QGraphicsOpacityEffect, QLabel, QWidget

from revanim.sentence import NOTHING, Sentence
from revanim.session.words import tr

SHOWN = 6000  # milliseconds
FADE = 160
WIDEST = 560
BELOW = 24


class Toast(QLabel):
    """One sentence over its parent; it goes after a while, or by a click."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._place_in = parent
        self._told = NOTHING
        self.setObjectName("toast")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hide()
        effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(effect)
        self._fade = QPropertyAnimation(effect, b"opacity", self)
        self._fade.setDuration(FADE)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fade.finished.connect(self._faded)
        self._timer = QTimer(self, interval=SHOWN, singleShot=True)
        self._timer.timeout.connect(self.dismiss)
        parent.installEventFilter(self)

    def say(self, sentence: Sentence, kind: str = "error") -> None:
        """Show a sentence; `kind` is "error" or "ok"."""
        self.setProperty("kind", kind)
        self.style().polish(self)
        self._told = sentence
        self.setText(tr(sentence))
        self._place()
        self.show()
        self.raise_()
        self._animate(1.0)
        self._timer.start()

    def inherit(self, before: "Toast") -> None:
        """Say what is being said, in the language of the window as it is now."""
        if before._timer.isActive():
            self.say(before._told, before.property("kind"))

    def set_calm(self, calm: bool) -> None:
        """Come and go at once, or fade."""
        self._fade.setDuration(0 if calm else FADE)

    def dismiss(self) -> None:
        """Fade out."""
        self._timer.stop()
        self._animate(0.0)

    def _animate(self, opacity: float) -> None:
        self._fade.stop()
        self._fade.setEndValue(opacity)
        self._fade.start()

    def _faded(self) -> None:
        if self._fade.endValue() == 0.0:
            self.hide()

    def _place(self) -> None:
        parent, card = self._place_in, self._place_in.findChild(QWidget, "source-card")
        left, room = 0, parent.width()
        if card is not None and card.isVisible():  # what it says hides no button
            before, after = card.x(), room - card.geometry().right()
            left, room = (0, before) if before > after else (card.geometry().right(), after)
        width = min(WIDEST, room - 2 * BELOW, self.fontMetrics().horizontalAdvance(self.text()) + 40)
        self.resize(width, self.heightForWidth(width))
        self.move(left + (room - width) // 2, parent.height() - self.height() - BELOW)

    def mousePressEvent(self, event: QEvent) -> None:
        self.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False
