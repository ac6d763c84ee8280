"""A page over the window; the scene plays on behind it, and Esc closes it."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from revanim.session.words import tr
from revanim.window.kit.widgets import column, icon_button, label, row
from revanim.window.window import Window

AIR = 32


class Page(Protocol):
    """What lies on a sheet: a widget made for a window."""

    @property
    def title(self) -> str: ...

    @property
    def room(self) -> tuple[int, int]: ...  # pixels that it would like

    @property
    def first(self) -> QWidget | None: ...  # what has the keyboard at the beginning


class Sheet(QFrame):
    """A title, a button that closes it, and the page below."""

    def __init__(self, window: Window, page: Page) -> None:
        super().__init__(window)
        self.window_, self.page = window, page
        self.setObjectName("sheet")
        self.setAccessibleName(tr(page.title))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = row(label(tr(page.title), "title"), None, icon_button("close", self.close, tr("Close (Esc)")))
        assert isinstance(page, QWidget)
        self.setLayout(column(head, 8, page, spacing=8, margins=(20, 12, 12, 16)))
        window.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        (page.first or self).setFocus()

    def _place(self) -> None:
        room = self.window_.size()
        width, height = (min(wanted, has - 2 * AIR) for wanted, has in zip(self.page.room, room.toTuple(), strict=True))
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


def show_sheet(window: Window, page: Callable[[Window], Page]) -> None:
    """Open a page on a sheet instead of the one that is open; the same one again closes it."""
    open_now = [sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()]
    for sheet in open_now:
        sheet.close()
    if not any(type(sheet.page) is page for sheet in open_now):
        Sheet(window, page(window))
