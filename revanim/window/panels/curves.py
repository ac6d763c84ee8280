"""What changes over the frames: one curve at a time with the playhead, and numbers for what is to be exact."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStackedLayout, QWidget

from revanim.engine.parameter import Curve
from revanim.engine.playhead import FARTHEST_FRAME
from revanim.scene.curve import paced
from revanim.scene.scene import Scene
from revanim.sentence import N_, Sentence
from revanim.session.drag import Drag
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.curves.track import Track, tracks
from revanim.window.kit.fields.arithmetic import Change
from revanim.window.kit.fields.form import Choice, NumberRow, tail_button
from revanim.window.kit.fields.limits import Limits
from revanim.window.kit.fields.numbers import as_whole
from revanim.window.kit.widgets import column, holder, label, row
from revanim.window.panel import Panel

SIZE = (304, 240)
TEACH = N_(
    "Nothing changes over the frames yet. Press the wave beside a value of a force in Properties: its curve comes here."
)
FRAMES, STEPS = Limits(-FARTHEST_FRAME, FARTHEST_FRAME, whole=True), Limits(1, 10_000, whole=True)


class Curves(QWidget):
    """A choice of curves above the picture of one, and its numbers below."""

    def __init__(self, studio: Studio) -> None:
        from revanim.window.curves.plot import CurvePlot  # only who looks at a plot pays for pyqtgraph

        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.studio = studio
        self.tracks: dict[str, Track] = {}
        self.choice = Choice(N_("curve"), tr("Which curve is shown"))
        self.choice.activated.connect(self._show)
        self.plot = CurvePlot(studio)
        self.delete = tail_button(
            "remove", self.plot.canvas.delete, tr("Delete the selected points (Del)"), "delete-points"
        )
        self.first = NumberRow(
            studio, "first", tr("The frame at which the curve begins"), self._set_first, limits=FRAMES
        )
        self.every = NumberRow(studio, "every", tr("For how many frames a point holds"), self._set_every, limits=STEPS)
        self.value = NumberRow(studio, N_("value"), tr("The value of the selected points"), self._set_value)
        self._stack = QStackedLayout(self)  # at once: it shows its first page, which shall be no window of its own
        self._lay_out()
        self._listen()
        self._refresh(None, studio.session.scene)

    def sizeHint(self) -> QSize:
        return QSize(*SIZE)

    def inherit(self, before: "Curves") -> None:
        """Show the same curve, with the same points selected."""
        self.choice.setCurrentIndex(before.choice.currentIndex())
        self._show()
        self.plot.canvas.select(before.plot.canvas.selected)

    def _lay_out(self) -> None:
        numbers = []
        for text, control in ((N_("Begins"), self.first), ("Every", self.every), (N_("Value"), self.value)):
            numbers += [label(tr(text), "name"), control]
        teach = label(tr(TEACH), "name", wrap=True)
        teach.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(holder(column(teach, margins=(12, 10, 12, 12))))
        head = row(self.choice, self.delete, spacing=4)
        self._stack.addWidget(
            holder(column(head, self.plot, row(*numbers, spacing=6), spacing=6, margins=(8, 6, 8, 8)))
        )

    def _listen(self) -> None:
        studio = self.studio
        studio.session.scene_changed.connect(self._refresh)
        studio.session.selection_changed.connect(self._show)
        studio.forces.changed.connect(self._look)
        studio.session.frame_changed.connect(self._follow)
        self.plot.canvas.chosen.connect(self._tell)

    # What it shows

    @property
    def track(self) -> Track | None:
        """The curve that is shown, if the scene still has it."""
        track = self.tracks.get(self.choice.currentText())
        return track if track is not None and track.lives(self.studio) else None

    def _refresh(self, before: Scene | None, scene: Scene) -> None:
        if before is not None and before.forces is scene.forces and before.moves is scene.moves:
            return
        found = tracks(self.studio)
        if found != self.tracks:
            added = [name for name in found if name not in self.tracks]
            shown = added[0] if added and before is not None else self.choice.currentText()
            self.tracks = found
            self.choice.clear()
            self.choice.addItems(list(found))
            self.choice.setCurrentText(shown)
        self._show()

    def _show(self) -> None:
        self._stack.setCurrentIndex(bool(self.tracks))
        self.plot.show_track(self.track)
        self._tell()

    def _look(self) -> None:
        """Show a curve of the force that is looked at."""
        here = [name for name, track in self.tracks.items() if track.place == self.studio.forces.place]
        if here and self.choice.currentText() not in here:
            self.choice.setCurrentText(here[0])
            self._show()

    def _follow(self) -> None:
        self.plot.playhead.setValue(self.studio.session.frame)

    def _tell(self) -> None:
        if self.track is None:
            return
        curve = self.track.curve(self.studio.forces.at(self.track.place))
        flat, chosen = curve.values.reshape(len(curve.values), -1), sorted(self.plot.canvas.selected)
        self.first.display(np.array([[curve.first]], np.float64))
        self.every.display(np.array([[curve.every]], np.float64))
        self.value.display(np.array([[flat[point]] for point in chosen]).reshape(-1, 1), tr("—"))
        self.value.setEnabled(bool(chosen))
        self.delete.setEnabled(bool(chosen))

    # What it does

    def _set_first(self, axis: int, change: Change, drag: Drag | None) -> None:
        self._retime(N_("Move {name}"), lambda curve: replace(curve, first=changed(change, curve.first)), drag)

    def _set_every(self, axis: int, change: Change, drag: Drag | None) -> None:
        self._retime(N_("Pace {name}"), lambda curve: paced(curve, changed(change, curve.every)), drag)

    def _retime(self, text: str, change: Callable[[Curve], Curve], drag: Drag | None) -> None:
        if self.track is not None:
            self.track.put(self.studio, Sentence(text, name=self.track.title), change, drag)

    def _set_value(self, axis: int, change: Change, drag: Drag | None) -> None:
        self.plot.canvas.change(change, drag)


def changed(change: Change, value: int) -> int:
    """Return what a change makes of a whole number."""
    return as_whole(float(change(np.array([value], np.float64))[0]))


curves = Panel(
    name="curves",
    title="Curves",
    order=45,
    build=Curves,
    beside="outliner",  # so that Properties, where a value is animated, can still be seen
    called_by=lambda studio: studio.forces.animating,
    loads="revanim.window.curves.plot",
)
