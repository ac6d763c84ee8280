"""Which widget has the keyboard, while others come and go."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

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


class Keyboard(QObject):
    """Lets keys work where the person is.

    An area takes the keyboard when the pointer comes to it or moves there: so keys follow the pointer, but one that
    only rests takes nothing from who goes by Tab, and what is being typed goes on. Where nobody has the keyboard, the
    first area does.
    """

    def __init__(self, areas: Sequence[QWidget]) -> None:
        super().__init__(areas[0])
        self._home = areas[0]
        self._leading = False  # a key, which comes by the window once more where the first area has no use for it
        for area in areas:
            area.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._pass_on)  # type: ignore[union-attr]

    def lead(self, event: QKeyEvent) -> bool:
        """Give a key that nobody has the keyboard for to the first area; return whether it is taken there."""
        focus = QApplication.focusWidget()
        if self._leading or not (focus is None or focus.isWindow()) or not self._home.isVisible():
            return False
        self._leading = True
        self._home.setFocus()
        QApplication.sendEvent(self._home, event)
        self._leading = False
        return event.isAccepted()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.MouseMove) and isinstance(watched, QWidget):
            focus = QApplication.focusWidget()
            if focus is not None and focus is not watched and not self._keeps(focus, watched):
                watched.setFocus()
        return False

    def _keeps(self, focus: QWidget, area: QWidget) -> bool:
        """Whether a widget keeps the keyboard while the pointer is over an area: what is typed, or lies over it."""
        typing = isinstance(focus, QLineEdit) and not focus.isReadOnly()
        return typing or area.isAncestorOf(focus) or focus.window() is not area.window() or _on_page(focus)

    def _pass_on(self, before: QWidget | None, now: QWidget | None) -> None:
        """Give the keyboard of a widget that has gone to the first area; Qt gives it to the next in the row of Tab."""
        if not isValid(self._home):
            return  # the window is being taken down
        window = self._home.window()
        if before is None or not isValid(before):
            return
        if now is None and before.window() is not window:
            QTimer.singleShot(0, self, partial(self._come_back, before.window()))
        if before.isVisible() or not window.isVisible():
            return
        if before.window() is window and (now is None or now.window() is window):
            self._home.setFocus()

    def _come_back(self, other: QWidget) -> None:
        """Ask for the keyboard once a dialog that had it is closed: no window manager may be there to give it back."""
        closed = not isValid(other) or not other.isVisible()
        if closed and isValid(self._home) and QApplication.activeWindow() is None:
            self._home.window().activateWindow()


def _on_page(widget: QWidget) -> bool:
    """Whether a widget stands on a page that lies over the window."""
    place: QWidget | None = widget
    while place is not None and place.objectName() != "sheet":
        place = place.parentWidget()
    return place is not None
