"""What the session asks: a banner above the picture, which waits for an answer and stops nothing."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from revanim.sentence import Sentence
from revanim.session.session import Session
from revanim.session.words import tr
from revanim.window.frame.banner import Banner

Answers = list[tuple[Sentence, Callable[[], object]]]


class Questions(QObject):
    """Shows the newest question; it goes with its scene."""

    def __init__(self, session: Session, place: QWidget) -> None:
        super().__init__(place)
        self._place = place
        self._asked: tuple[Sentence, Answers] | None = None
        self.banner: Banner | None = None
        session.asked.connect(self._ask)
        session.opened.connect(self._drop)

    def _ask(self, sentence: Sentence, answers: Answers) -> None:
        self._drop()
        if not sentence:
            return
        self._asked = sentence, answers
        self.banner = Banner(self._place, tr(sentence), [(tr(text), run) for text, run in answers])
        self.banner.gone.connect(self._forget)

    def _drop(self) -> None:
        if self.banner is not None:
            self.banner.dismiss()

    def _forget(self) -> None:
        self._asked = self.banner = None

    def inherit(self, before: "Questions") -> None:
        """Ask what is being asked, in the language of the window as it is now."""
        if before._asked is not None:
            self._ask(*before._asked)
