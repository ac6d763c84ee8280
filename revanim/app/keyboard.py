"""Who has the keyboard, while parts of the window come and go."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication, QWidget


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
