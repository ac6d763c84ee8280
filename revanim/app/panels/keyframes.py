"""The keyframes one by one, and where new ones come from."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from revanim.app.field import Field
from revanim.app.panel import Panel
from revanim.app.session import Session
from revanim.app.timeline.typed import arithmetic
from revanim.app.widgets import column, holder, icon_button, label, push_button, row
from revanim.draw.targets import miss_text
from revanim.error import RevanimError
from revanim.scene.scene import Keyframe

SIZE = (304, 320)
BUTTONS = 60  # pixels that the buttons of a row take
MOST = 60  # rows; of more, the ruler tells the rest
TEACH = (
    "No keyframes yet. Go to a frame after the home frame, press V and drag a body to where it shall be; "
    "or press I to ask for the pose you see."
)
DROP = "Drop an SVG, an image, a mesh or points here to make it a pose"


class Keyframes(QWidget):
    """A row for each keyframe; below, what sets one at the playhead."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session = session
        self.rows: list[Row] = []
        self.word = Field(named, "word", "The selected bodies, or all, form this text at the playhead")
        self.word.setPlaceholderText("Type a word, then Return")
        self.word.entered.connect(session.posing.type)
        self.word.refused.connect(session.failed)
        self.teach = label(TEACH, "name", wrap=True)
        self._list = column(spacing=2, margins=(8, 8, 8, 8))
        self._lay_out()
        session.keys.changed.connect(self._refresh)
        session.solving.changed.connect(self._tell_misses)
        session.frame_changed.connect(self._mark)
        self._fill(())
        self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(*SIZE)

    def _lay_out(self) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(holder(column(self._list, None)))
        keys = self.session.keys
        here = push_button("Set key here", keys.set_here, "set-key", "Ask for the places that bodies have now (I)")
        hit = push_button("Hit this pose", self._hit, "hit", "Nail the keys at the playhead, and solve")
        foot = column(row(here, hit, spacing=8), self.word, DropZone(self.session), spacing=8, margins=(12, 8, 12, 12))
        self.setLayout(column(area, foot))

    def _hit(self) -> None:
        """Nail what is asked for at the playhead, or the pose that is there, and solve."""
        keys = self.session.keys
        if not keys.here:
            keys.set_here()
        if keys.here:
            keys.nail(keys.here)
            self.session.solving.start()

    def _refresh(self) -> None:
        shown = self.session.keys.all[:MOST]
        if [row.key for row in self.rows] != list(shown):
            self._fill(shown)
        self._mark()
        self._tell_misses()

    def _fill(self, keys: tuple[Keyframe, ...]) -> None:
        for old in (self.teach, *self.rows):
            self._list.removeWidget(old)
            old.hide()
        for old in self.rows:
            old.deleteLater()
        self.rows = [Row(self.session, key) for key in keys]
        shown: Sequence[QWidget] = self.rows or [self.teach]
        for new in shown:
            self._list.addWidget(new)
            new.show()

    def _mark(self) -> None:
        for each in self.rows:
            each.mark(each.key in self.session.keys.selected, each.key.frame == self.session.frame)

    def _tell_misses(self) -> None:
        solving = self.session.solving
        misses = solving.misses or self.session.keys.misses
        for each in self.rows:
            each.tell(misses.get(each.key), solving.size if misses else 1.0)


class Row(QWidget):
    """One keyframe: when, who, how far off, how much it weighs, whether it is nailed."""

    def __init__(self, session: Session, key: Keyframe) -> None:
        super().__init__()
        self.session, self.key = session, key
        self.setObjectName("key")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.frame = label(str(key.frame), "value", "Frame; a click goes there")
        self.miss = label(name="name", tip="How far the bodies are from their targets, root mean square")
        self.weight = self._field("weight", f"{key.weight:g}", "How much this keyframe counts beside others")
        self.tolerance = self._field("tolerance", f"{key.tolerance:g}", "How near is a hit for a nail, in scene units")
        self.tolerance.setVisible(key.nail)
        self.nail = icon_button("nail", self._toggle_nail, "Nail: it must be hit, not merely approached")
        self.nail.setCheckable(True)
        self.nail.setChecked(key.nail)
        remove = icon_button("close", self._remove, "Delete this keyframe (Del)")
        self.frame.setFixedWidth(34)
        upper = row(self.frame, label(who(key), "value"), None, self.weight, 4, self.nail, remove)
        lower = row(34, self.miss, None, self.tolerance, BUTTONS)
        self.setLayout(column(upper, lower, margins=(8, 2, 2, 4)))

    def _field(self, name: str, text: str, tip: str) -> Field:
        field = Field(positive, name, tip)
        field.setFixedWidth(56)
        field.display(text)
        field.entered.connect(lambda value: self._change(f"Set {name}", **{name: value}))
        field.refused.connect(self.session.failed)
        return field

    def _change(self, text: str, **fields: object) -> None:
        self.session.keys.change(self.key, text, **fields)

    def _toggle_nail(self) -> None:
        self._change("Loosen key" if self.key.nail else "Nail key", nail=not self.key.nail)

    def _remove(self) -> None:
        self.session.keys.select([self.key])
        self.session.keys.remove()

    def mark(self, selected: bool, here: bool) -> None:
        """Show whether it is selected, and whether the playhead stands on it."""
        for name, value in (("selected", selected), ("here", here)):
            if self.property(name) != value:
                self.setProperty(name, value)
                self.style().polish(self)

    def tell(self, miss: float | None, size: float) -> None:
        """Say how far it is missed, once that is known."""
        self.miss.setText("—" if miss is None else miss_text(miss, size))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.session.playback.stop()
        self.session.keys.select([self.key])
        self.session.show(self.key.frame)


class DropZone(QLabel):
    """Files that are dropped here become poses."""

    def __init__(self, session: Session) -> None:
        super().__init__(DROP)
        self.session = session
        self.setObjectName("drop-zone")
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.session.posing.drop(Path(event.mimeData().urls()[0].toLocalFile()))


def who(key: Keyframe) -> str:
    """Return whose targets a keyframe has, in a few words."""
    if key.shape:
        return f"shape of {key.bodies.size}"
    return f"body {key.bodies[0]}" if key.bodies.size == 1 else f"{key.bodies.size} bodies"


def positive(text: str) -> float:
    """Return a number above 0."""
    try:
        value = arithmetic(text)
    except (ValueError, SyntaxError, ArithmeticError, RecursionError) as error:
        raise RevanimError(f"{text!r} is not a number above 0.") from error
    if not value > 0:
        raise RevanimError(f"{text} is not a number above 0.")
    return value


def named(text: str) -> str:
    """Return a text that shows something."""
    if not text.strip():
        raise RevanimError("Type at least one letter.")
    return text.strip()


keyframes = Panel(
    name="keyframes",
    title="Keyframes",
    order=30,
    build=Keyframes,
    beside="information",
    in_front=lambda scene: bool(scene.keyframes),
)
