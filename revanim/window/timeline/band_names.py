"""The names of the bands of the ruler, left of it, each as high as its band."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.kit.icons import icon
from revanim.window.kit.widgets import column, icon_button, label
from revanim.window.timeline.face import HEIGHT, KEYS, STRIP, STRIP_HEIGHT

WIDTH = 136  # pixels, also of the names of the rows below
INDENT = 28  # pixels before a name: the arrow stands there
KEYS_HEIGHT, STRIP_ROOM = 24, 16


class BandNames(QWidget):
    """The keys, which unfold into a row for each group, and the strip of exactness."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio
        self.disclosure = self._disclosure()
        exact = label(tr("Energy drift"), "name", tr("How exact the motion is; the strip fills as the walk goes by"))
        exact.setContentsMargins(INDENT, 0, 0, 0)
        exact.setFixedHeight(STRIP_ROOM)
        self.setFixedSize(WIDTH, HEIGHT)
        above = KEYS - KEYS_HEIGHT // 2
        between = STRIP + STRIP_HEIGHT // 2 - STRIP_ROOM // 2 - above - KEYS_HEIGHT
        self.setLayout(column(above, self.disclosure, between, exact, None))
        studio.timeline.changed.connect(self._refresh)
        self._refresh()

    def _disclosure(self) -> QToolButton:
        made = icon_button("disclose", self._disclose, tr("Rows of groups"))
        made.setObjectName("head")
        made.setText(tr("Keys", "time"))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setFixedHeight(KEYS_HEIGHT)
        return made

    def _disclose(self) -> None:
        self.studio.timeline.set_rows(not self.studio.timeline.rows)

    def _refresh(self) -> None:
        shown = self.studio.timeline.rows
        self.disclosure.setIcon(icon("disclosed" if shown else "disclose", color="dim"))
