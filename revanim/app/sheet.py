"""A page over the window that stops nothing: the scene plays on behind it, and Esc puts it away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QSizePolicy, QWidget

from revanim.app.widgets import Part, column, holder, icon_button, label, row

if TYPE_CHECKING:
    from revanim.app.window import Window

WIDTH, HEIGHT, AIR = 640, 560, 32


class Sheet(QFrame):
    """A title, a cross, and whatever is laid below."""

    def __init__(self, window: Window, title: str, width: int = WIDTH, height: int = HEIGHT) -> None:
        super().__init__(window)
        self.window_, self._wanted = window, (width, height)
        self.setObjectName("sheet")
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = label(title, "title")
        window.installEventFilter(self)

    def fill(self, *parts: Part) -> None:
        """Lay the parts below the title."""
        close = icon_button("close", self.close, "Close (Esc)")
        head = row(self._title, None, close)
        self.setLayout(column(head, 8, *parts, spacing=8, margins=(20, 12, 12, 16)))

    def open(self, first: QWidget | None = None) -> None:
        """Show it in the middle of the window, with the keyboard in `first`."""
        self._place()
        self.show()
        self.raise_()
        (first or self).setFocus()

    def _place(self) -> None:
        room = self.window_.size()
        width, height = min(self._wanted[0], room.width() - 2 * AIR), min(self._wanted[1], room.height() - 2 * AIR)
        self.setGeometry((room.width() - width) // 2, (room.height() - height) // 2, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            self.window_.viewport.setFocus()
        else:
            super().keyPressEvent(event)


def scrolled(layout: QLayout, name: str = "") -> QScrollArea:
    """Return a layout that can be longer than its place."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    area.setWidget(holder(layout, name))
    return area


def show_sheet(window: Window, sheet: Callable[[Window], Sheet]) -> None:
    """Open a sheet instead of the one that is open; the same one again closes it."""
    open_now = [each for each in window.findChildren(Sheet) if each.isVisible()]
    for each in open_now:
        each.close()
    if not any(type(each) is sheet for each in open_now):
        sheet(window)
