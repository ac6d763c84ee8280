"""Who has the keyboard, while parts of the window come and go."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

BY_TAB = (Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.WheelFocus)


@contextmanager
def keyboard_kept(otherwise: QWidget) -> Iterator[None]:
    """Give the keyboard back to whoever had it, or to another where that one is hidden then.

    Qt takes it from every dock that it lays out anew, and gives it to the next in the row of Tab.
    """
    before = QApplication.focusWidget()
    yield
    after = QApplication.focusWidget()
    if before is not None and after is not before:
        (before if before.isVisible() else otherwise).setFocus()


def pass_keyboard(parts: Sequence[QWidget], step: int) -> None:
    """Give the keyboard to the next of some parts that can take it (+1), or to the one before (-1)."""
    focus = QApplication.focusWidget()
    here = next((i for i, part in enumerate(parts) if focus and (part is focus or part.isAncestorOf(focus))), 0)
    for index in range(1, len(parts) + 1):
        part = parts[(here + step * index) % len(parts)]
        places = [each for each in (part, *part.findChildren(QWidget)) if each.focusPolicy() in BY_TAB]
        place = next((each for each in places if each.isVisible() and each.isEnabled()), None)
        if place:
            place.setFocus(Qt.FocusReason.TabFocusReason)
            return
