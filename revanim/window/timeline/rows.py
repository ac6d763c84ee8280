"""The rows below the ruler: the keys of each group of bodies, and those of values that change over the frames."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from revanim.scene.scene import Keyframe, Scene
from revanim.sentence import N_
from revanim.session.counts import number
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.session.work.forces import same_parts
from revanim.window.kit.gesture import Gesture, Hand
from revanim.window.kit.theme import theme
from revanim.window.kit.widgets import column, holder, pop_up, row
from revanim.window.timeline.axis import Axis
from revanim.window.timeline.band_names import INDENT, WIDTH
from revanim.window.timeline.drags import Slide
from revanim.window.timeline.face import paint_lines, shade_range
from revanim.window.timeline.keys import (
    GRIP,
    DragHold,
    DragKeys,
    SelectKeys,
    choose_key,
    hold_at,
    key_at,
    paint_box,
    paint_keys,
)
from revanim.window.timeline.value_rows import ValueLanes, ValueName

ROW = 24  # pixels
MOST = 5  # rows that are seen at once
AIR = 8  # pixels after a name
TEACHING = N_("Each group of bodies has a row of its own keys here, and each value that changes over the frames.")


@dataclass(frozen=True, eq=False)
class Row:
    """A group of bodies, and the keyframes of any of them."""

    name: str
    bodies: np.ndarray
    keys: tuple[Keyframe, ...]


def rows_of(scene: Scene) -> list[Row]:
    """Return a row for each group, and one for bodies that are in no group; without groups, no rows."""
    grouped = np.zeros(scene.bodies.count, np.bool_)
    for group in scene.groups:
        grouped[group.bodies] = True
    whose = [(group.name, group.bodies) for group in scene.groups]
    if whose and not grouped.all():
        whose.append((tr("In no group"), np.flatnonzero(~grouped)))
    return [Row(name, bodies, tuple(keys_of(scene, bodies))) for name, bodies in whose]


def keys_of(scene: Scene, bodies: np.ndarray) -> list[Keyframe]:
    """Return the keyframes of any of these bodies."""
    among = np.zeros(scene.bodies.count, np.bool_)
    among[bodies] = True
    return [key for key in scene.keyframes if among[key.bodies].any()]


class Lanes(QWidget):
    """Diamonds, a row below the other: drag them, Ctrl-drag to copy, drag a box to select."""

    def __init__(self, axis: Axis) -> None:
        super().__init__()
        self.axis, self.studio = axis, axis.studio
        self.rows: Sequence[Row] = ()
        self.hand = Hand(self, self._begin)
        self.installEventFilter(self.hand)
        self.setAccessibleName(tr("Keys of each group"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setStatusTip(
            tr("Drag a key to move it  ·  Ctrl to copy it  ·  drag a box to select keys, with Shift more of them")
        )
        session = self.studio.session
        for signal in (
            axis.laid_out,
            axis.dragged,
            self.studio.keyframes.changed,
            session.frame_changed,
            session.frame_shown,
        ):
            signal.connect(self.update)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows from now on."""
        self.rows = rows
        self.setFixedHeight(ROW * len(rows))
        self.update()

    def middle(self, index: int) -> float:
        """Return how many pixels down the middle of a row is."""
        return (index + 0.5) * ROW

    def _begin(self, event: QMouseEvent) -> Gesture | None:
        point = event.position()
        if event.button() == Qt.MouseButton.MiddleButton:
            return Slide(self.axis, point)
        index = int(point.y() // ROW)
        if event.button() != Qt.MouseButton.LeftButton or not 0 <= index < len(self.rows):
            return None
        key = key_at(self.rows[index].keys, self.axis, point, self.middle(index))
        if key is not None:
            return DragKeys(self.axis, self.hand, key)
        held = hold_at(self.rows[index].keys, self.axis, point, self.middle(index))
        if held is not None:
            return DragHold(self.axis, self.hand, held)
        return SelectKeys(self.axis, self.hand, point, self._inside)

    def _inside(self, box: QRectF) -> list[Keyframe]:
        wide = box.adjusted(-GRIP / 2, -GRIP / 2, GRIP / 2, GRIP / 2)
        return [
            key
            for index, each in enumerate(self.rows)
            for key in each.keys
            if wide.contains(QPointF(self.axis.scale.x(key.frame), self.middle(index)))
        ]

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = event.pos().y() // ROW
        keys = self.rows[index].keys if 0 <= index < len(self.rows) else ()
        if choose_key(self.axis, key_at(keys, self.axis, QPointF(event.pos()), self.middle(index))):
            pop_up(self, self.axis.key_menu, event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.axis.turn_wheel(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, scale = QPainter(self), self.axis.scale
        painter.fillRect(self.rect(), QColor(theme.tokens.surface))
        for index, each in enumerate(self.rows):
            shade_range(painter, self.studio, scale, index * ROW + 1, ROW - 1)
            paint_keys(painter, self.axis, each.keys, self.middle(index))
        selecting = self.hand.current
        if isinstance(selecting, SelectKeys):
            paint_box(painter, selecting.box)
        paint_lines(painter, self.studio, scale, 0, self.height())


class GroupRows(QScrollArea):
    """The names at the left, the lanes beside them; as high as it must be, up to a few rows."""

    resized = Signal()

    def __init__(self, axis: Axis) -> None:
        super().__init__()
        self.studio = studio = axis.studio
        self.lanes, self.values = Lanes(axis), ValueLanes(axis)
        self.names = column()
        self.teaching = QLabel(tr(TEACHING))
        self.teaching.setContentsMargins(INDENT, 0, AIR, 0)
        self.teaching.setFixedHeight(ROW)
        names = holder(self.names)
        names.setFixedWidth(WIDTH)
        self.setWidget(holder(column(self.teaching, row(names, column(self.lanes, self.values)))))
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        studio.session.scene_changed.connect(self._compare)
        studio.timeline.changed.connect(self._refresh)
        studio.forces.animating.connect(self._unfold)
        self._refresh()

    def sizeHint(self) -> QSize:
        return QSize(600, ROW * max(1, min(MOST, len(self.lanes.rows) + len(self.values.tracks))))

    def _unfold(self) -> None:
        """Show the rows: a value is about to have one."""
        self.studio.timeline.set_rows(True)

    def _compare(self, before: Scene, scene: Scene) -> None:
        same = before.groups is scene.groups and before.keyframes is scene.keyframes
        tracks = same_parts(before, scene) or self.studio.tracks.all() == self.values.tracks
        if not (same and tracks) or before.bodies.count != scene.bodies.count:
            self._refresh()

    def _refresh(self) -> None:
        shown = self.studio.timeline.rows
        rows = rows_of(self.studio.session.scene) if shown else []
        tracks = self.studio.tracks.all() if shown else []
        for name in (*self.findChildren(Name), *self.findChildren(ValueName)):
            self.names.removeWidget(name)
            name.deleteLater()
        for name in (*(Name(self.studio, each) for each in rows), *(ValueName(self.studio, each) for each in tracks)):
            self.names.addWidget(name)
        self.lanes.show_rows(rows)
        self.values.show_tracks(tracks)
        self.teaching.setVisible(not rows and not tracks)
        self.setFixedHeight(self.sizeHint().height())
        self.setVisible(shown)
        self.resized.emit()


class Name(QLabel):
    """The name of a row; a click selects its bodies."""

    def __init__(self, studio: Studio, shown: Row) -> None:
        super().__init__()
        self.studio, self.shown = studio, shown
        self.setFixedHeight(ROW)
        self.setContentsMargins(INDENT, 0, AIR, 0)
        self.setToolTip(
            tr("{name}: click to select its {count} bodies", name=shown.name, count=number(shown.bodies.size))
        )
        room = WIDTH - INDENT - AIR
        self.setText(self.fontMetrics().elidedText(shown.name, Qt.TextElideMode.ElideRight, room))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        chosen = np.zeros(self.studio.session.scene.bodies.count, np.bool_)
        chosen[self.shown.bodies] = True
        self.studio.session.select(chosen)
