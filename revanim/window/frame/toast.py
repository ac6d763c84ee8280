"""A message at the foot of the picture that goes by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPropertyAnimation, Qt, QTimer
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QWidget

from revanim.sentence import NOTHING, Sentence
from revanim.session.words import tr
from revanim.window.kit.widgets import label, push_button, row

SHOWN, OFFERED = 6000, 15_000  # milliseconds, those of a sentence with a button
FADE = 160
WIDEST = 560
BELOW = 24
AIR = 16  # pixels beside what is written


class Toast(QFrame):
    """One sentence over its parent, with a button where something might be done about it; it goes after a while."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._place_in = parent
        self._told = self._verb = NOTHING
        self._run: Callable[[], object] = self.dismiss
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = label(wrap=True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = push_button(tr("Do it"), self._press, "small", tr("What might be done about it"))
        self.setLayout(row(self.words, self.button, spacing=12, margins=(AIR, 8, AIR, 8)))
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

    def text(self) -> str:
        """Return what it says."""
        return self.words.text()

    def say(self, sentence: Sentence, kind: str = "error") -> None:
        """Show a sentence; `kind` is "error" or "ok"."""
        self.offer(sentence, NOTHING, self.dismiss, kind)

    def offer(self, sentence: Sentence, verb: Sentence, run: Callable[[], object], kind: str = "ok") -> None:
        """Show a sentence, and a button that runs what might be done about it."""
        self.setProperty("kind", kind)
        self.style().polish(self)
        self._told, self._verb, self._run = sentence, verb, run
        self.words.setText(tr(sentence))
        self.button.setText(tr(verb) or tr("Do it"))
        self.button.setVisible(bool(verb))
        self._place()
        self.show()
        self.raise_()
        self._animate(1.0)
        self._timer.start(OFFERED if verb else SHOWN)

    def withdraw(self) -> None:
        """Go, if it offers what to do: something has been done since."""
        if self._verb:
            self.dismiss()

    def _press(self) -> None:
        self.dismiss()
        self._run()

    def inherit(self, before: "Toast") -> None:
        """Say what is being said, in the language of the window as it is now."""
        if before._timer.isActive():
            self.offer(before._told, before._verb, before._run, before.property("kind"))

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
        words = self.words.fontMetrics().horizontalAdvance(self.words.text()) + 8
        beside = self.button.sizeHint().width() + 12 if self.button.isVisibleTo(self) else 0
        width = min(WIDEST, room - 2 * BELOW, words + beside + 2 * AIR)
        self.resize(width, max(self.heightForWidth(width), self.minimumSizeHint().height()))
        self.move(left + (room - width) // 2, parent.height() - self.height() - BELOW)

    def mousePressEvent(self, event: QEvent) -> None:
        self.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False
