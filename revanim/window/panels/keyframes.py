"""The keyframes one by one, and where new ones come from."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QWidget

from revanim.scene.scene import Keyframe
from revanim.sentence import N_
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.keyframes.key_row import KeyRow
from revanim.window.kit.dropped import dropped_file
from revanim.window.kit.fields.field import field
from revanim.window.kit.fields.numbers import named
from revanim.window.kit.widgets import column, holder, label, push_button, row, scrolled
from revanim.window.panel import Panel

SIZE = (304, 320)
MOST = 60  # rows; of more, the ruler tells the rest
TEACH = N_("A keyframe says where bodies shall be; Solve finds a motion that goes there. Go to a later frame, then")
WAYS = {"V": N_("drag a body to where it shall be"), "I": N_("keep the pose you see")}
DROP = N_("Drop an SVG, image, mesh or points here")
DROP_LARGE = N_("Drop an SVG, image, mesh\nor points here to make it a pose")
ROOMY = 72  # pixels of the zone while there is nothing else
DROP_TIP = N_("The selected bodies, or all, form what the file shows, at the playhead")


class Keyframes(QWidget):
    """A row for each keyframe; below, what sets one at the playhead."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.studio = studio
        self.rows: list[KeyRow] = []
        tip = tr("The selected bodies, or all, form this text at the playhead")
        self.word = field(named, N_("word"), tip, studio.poses.type, studio.session.failed, width=None)
        self.word.setPlaceholderText(tr("Type a word, then Return"))
        self.teach = lesson()
        self.zone = DropZone(studio)
        self._list = column(spacing=2, margins=(8, 8, 8, 8))
        self._lay_out()
        studio.keyframes.changed.connect(self._refresh)
        studio.solving.changed.connect(self._tell_misses)
        studio.session.frame_changed.connect(self._mark)
        self._fill(())
        self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(*SIZE)

    def _lay_out(self) -> None:
        self._area = scrolled(column(self._list, None))
        keys = self.studio.keyframes
        here = push_button(
            tr("Set key here"), keys.set_here, "set-key", tr("Ask for the places that bodies have now (I)")
        )
        hit = push_button(tr("Hit this pose"), self._hit, "hit", tr("Nail the keys at the playhead, and solve"))
        foot = column(row(here, hit, spacing=8), self.word, self.zone, spacing=8, margins=(12, 8, 12, 12))
        self.setLayout(column(self._area, foot))

    def _hit(self) -> None:
        """Nail what is asked for at the playhead, or the pose that is there, and solve."""
        keys = self.studio.keyframes
        if not keys.here:
            keys.set_here()
        if keys.here:
            keys.nail(keys.here)
            self.studio.solving.start()

    def _refresh(self) -> None:
        shown = self.studio.keyframes.all[:MOST]
        same = len(self.rows) == len(shown) and all(map(KeyRow.follow, self.rows, shown))
        if not same:
            self._fill(shown)
        self._mark()
        self._tell_misses()

    def _fill(self, keys: tuple[Keyframe, ...]) -> None:
        for old in (self.teach, *self.rows):
            self._list.removeWidget(old)
            old.hide()
        for old in self.rows:
            old.deleteLater()
        self.rows = [KeyRow(self.studio, key) for key in keys]
        self.zone.make_room(not keys)
        shown: Sequence[QWidget] = self.rows or [self.teach]
        for new in shown:
            self._list.addWidget(new)
            new.show()

    def _mark(self) -> None:
        selected = self.studio.keyframes.selected
        for each in self.rows:
            chosen, here = each.key in selected, each.key.frame == self.studio.session.frame
            alone = chosen and len(selected) == 1
            if each.mark(chosen, here, alone) and alone:
                self._reveal(each)

    def _reveal(self, row: KeyRow) -> None:
        """Scroll to a row once it has found its place: to all of it, or else to its top."""

        def scroll() -> None:
            for y in (row.geometry().bottom(), row.y()):
                self._area.ensureVisible(0, y, 0, 0)

        QTimer.singleShot(0, row, scroll)

    def _tell_misses(self) -> None:
        solving = self.studio.solving
        misses = solving.misses or self.studio.keyframes.misses
        for each in self.rows:
            each.tell(misses.get(each.key), solving.size if misses else 1.0)


def lesson() -> QWidget:
    """Return the text that stands in place of the rows while there are none: how to make some."""
    ways = [row(letter(key), label(tr(way), "name"), None, spacing=8) for key, way in WAYS.items()]
    return holder(column(label(tr(TEACH), "name", wrap=True), *ways, spacing=8, margins=(4, 4, 4, 4)))


def letter(key: str) -> QLabel:
    """Return a key to press."""
    made = label(key, "letter")
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setFixedSize(20, 20)
    return made


class DropZone(QLabel):
    """Files that are dropped here become poses."""

    def __init__(self, studio: Studio) -> None:
        super().__init__(tr(DROP))
        self.studio = studio
        self.setObjectName("drop-zone")
        self.setToolTip(tr(DROP_TIP))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAcceptDrops(True)

    def make_room(self, roomy: bool) -> None:
        """Be large with an explanation, or only a line."""
        self.setText(tr(DROP_LARGE if roomy else DROP))
        self.setMinimumHeight(ROOMY if roomy else 0)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light(False)

    def _light(self, over: bool) -> None:
        """Show that the file over it would be taken."""
        self.setProperty("over", over)
        self.style().polish(self)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light(False)
        path = dropped_file(event.mimeData(), self.studio)
        if path is not None:
            self.studio.poses.drop(path)


keyframes = Panel(
    name="keyframes",
    title="Keyframes",
    order=30,
    build=Keyframes,
    beside="properties",
    in_front=lambda scene: bool(scene.keyframes),
)
