"""What the session asks: a banner over the picture, which waits for an answer and stops nothing."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from revanim.sentence import Sentence
from revanim.session.session import Session
from revanim.session.words import tr
from revanim.window.frame.banner import Banner

Answers = list[tuple[Sentence, Callable[[], object]]]


class Questions(QObject):
    """Shows the newest question; it goes with its scene."""

    def __init__(self, session: Session, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.banner: Banner | None = None
        session.asked.connect(self._ask)
        session.opened.connect(self._drop)

    def _ask(self, sentence: Sentence, answers: Answers) -> None:
        self._drop()
        self.banner = Banner(self._over, tr(sentence), [(tr(text), run) for text, run in answers])

    def _drop(self) -> None:
        if self.banner is not None and isValid(self.banner):
            self.banner.dismiss()
        self.banner = None
