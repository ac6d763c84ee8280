"""Which widget has the keyboard, while others come and go."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

BY_TAB = (Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.WheelFocus)


@contextmanager
def keyboard_kept(otherwise: QWidget) -> Iterator[None]:
    """Give the keyboard back to whoever had it, or to another where that one is hidden then.

    Qt takes it from every dock that it lays out again, and gives it to the next in the row of Tab.
    """
    before = QApplication.focusWidget()
    yield
    after = QApplication.focusWidget()
    if before is not None and after is not before:
        (before if before.isVisible() else otherwise).setFocus()


def pass_keyboard(areas: Sequence[QWidget], step: int) -> None:
    """Give the keyboard to the next area of the window that can take it (+1), or to the one before (-1)."""
    focus = QApplication.focusWidget()
    here = next((i for i, area in enumerate(areas) if focus and (area is focus or area.isAncestorOf(focus))), 0)
    for index in range(1, len(areas) + 1):
        area = areas[(here + step * index) % len(areas)]
        places = [each for each in (area, *area.findChildren(QWidget)) if each.focusPolicy() in BY_TAB]
        place = next((each for each in places if each.isVisible() and each.isEnabled()), None)
        if place:
            place.setFocus(Qt.FocusReason.TabFocusReason)
            return
