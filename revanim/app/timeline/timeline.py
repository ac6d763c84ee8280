"""The timeline: the transport above, the ruler below."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSizePolicy, QWidget

from revanim.app.session import Session
from revanim.app.timeline.ruler import Ruler
from revanim.app.timeline.transport import Transport
from revanim.app.widgets import column


class Timeline(QWidget):
    """Stands across the foot of the window."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("timeline")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.transport = Transport(session)
        self.ruler = Ruler(session)
        self.setLayout(column(self.transport, self.ruler))

    def add_buttons(self, actions: dict[str, QAction]) -> None:
        """Put the actions of the commands on the transport."""
        self.transport.add_buttons(actions)
