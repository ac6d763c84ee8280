"""The timeline: the transport above, the ruler below with the names of its bands, and rows of groups if wanted."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QSizePolicy, QWidget

from revanim.session.studio import Studio
from revanim.window.kit.widgets import column, row
from revanim.window.timeline.axis import Axis
from revanim.window.timeline.band_names import BandNames
from revanim.window.timeline.rows import GroupRows
from revanim.window.timeline.ruler import Ruler
from revanim.window.timeline.transport import Transport

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

KEY_MENU = ("cut", "copy", "paste", "", "hold-key", "pin-assignment", "free-assignment", "", "delete-key")


class Timeline(QWidget):
    """Stands across the foot of the window."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio
        self.setObjectName("timeline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.transport = Transport(studio)
        self.axis = Axis(studio, self)
        self.ruler = Ruler(self.axis)
        self.rows = GroupRows(self.axis)
        self.band_names = BandNames(studio)
        self.setLayout(column(self.transport, row(self.band_names, self.ruler), self.rows))
        self.rows.resized.connect(self._fit_dock)

    def _fit_dock(self) -> None:
        """Let the dock be as high as this; it grows by itself, but never shrinks."""
        dock, layout = self.parentWidget(), self.layout()
        if isinstance(dock, QDockWidget) and layout is not None:
            layout.activate()
            dock.setFixedHeight(layout.sizeHint().height())

    def add_buttons(self, actions: dict[str, QAction]) -> None:
        """Put the actions of the commands on the transport, and in the menu of the ruler."""
        self.transport.add_buttons(actions)
        self.band_names.disclosure.setToolTip(actions["group-rows"].toolTip())
        self.ruler.menu, self.axis.key_menu = (
            [actions[name] if name else self._separator() for name in names] for names in (MENU, KEY_MENU)
        )

    def _separator(self) -> QAction:
        made = QAction(self)
        made.setSeparator(True)
        return made
