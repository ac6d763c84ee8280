"""The timeline: the transport above, the ruler below, and under it a row for each group where one wants them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QSizePolicy, QWidget

from revanim.app.icons import icon
from revanim.app.session import Session
from revanim.app.timeline.rows import NAMES, GroupRows
from revanim.app.timeline.ruler import Ruler
from revanim.app.timeline.transport import Transport
from revanim.app.widgets import column, holder, icon_button, row
from revanim.app.words import tr

GUTTER = 28  # pixels left of the ruler, while there are no names below it
MENU = (
    "add-marker",
    "name-marker",
    "delete-marker",
    "",
    "mark-range",
    "range-start",
    "range-end",
    "clear-range",
    "",
    "snap",
    "group-rows",
    "fit-timeline",
)


class Timeline(QWidget):
    """Stands across the foot of the window."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("timeline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.transport = Transport(session)
        self.ruler = Ruler(session)
        self.rows = GroupRows(session, self.ruler)
        self.disclosure = icon_button("disclose", self._disclose, tr("Rows of groups"))
        self.gutter = holder(row(4, self.disclosure, None), "gutter")
        self.setLayout(column(self.transport, row(self.gutter, self.ruler), self.rows))
        session.timeline.changed.connect(self._refresh)
        self.rows.resized.connect(self._fit_dock)
        self._refresh()

    def _refresh(self) -> None:
        shown = self.session.timeline.rows
        self.gutter.setFixedWidth(NAMES if shown else GUTTER)
        self.disclosure.setIcon(icon("disclosed" if shown else "disclose", color="dim"))

    def _fit_dock(self) -> None:
        """Let the dock be as high as this; it grows by itself, but never shrinks."""
        dock, layout = self.parentWidget(), self.layout()
        if isinstance(dock, QDockWidget) and layout is not None:
            layout.activate()
            dock.setFixedHeight(layout.sizeHint().height())

    def _disclose(self) -> None:
        self.session.timeline.set_rows(not self.session.timeline.rows)

    def add_buttons(self, actions: dict[str, QAction]) -> None:
        """Put the actions of the commands on the transport, and in the menu of the ruler."""
        self.transport.add_buttons(actions)
        self.disclosure.setToolTip(actions["group-rows"].toolTip())
        self.ruler.menu = [actions[name] if name else self._separator() for name in MENU]

    def _separator(self) -> QAction:
        made = QAction(self)
        made.setSeparator(True)
        return made
