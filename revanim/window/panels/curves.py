"""What changes over the frames: one curve at a time with the playhead, and numbers for what is to be exact."""

from functools import partial

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QStackedLayout, QToolButton, QWidget

from revanim.engine.parameter import STEP, WAYS
from revanim.engine.playhead import FARTHEST_FRAME
from revanim.scene.ease import Ease, eased, eases
from revanim.scene.keys import going
from revanim.scene.scene import Scene
from revanim.sentence import N_, Sentence
from revanim.session.drag import Drag
from revanim.session.studio import Studio
from revanim.session.tracks.tracks import Track
from revanim.session.words import tr
from revanim.session.work.forces import same_parts
from revanim.window.curves.formula import FormulaRow
from revanim.window.curves.track import tracks
from revanim.window.kit.fields.arithmetic import Change
from revanim.window.kit.fields.form import Choice, NumberRow, tail_button
from revanim.window.kit.fields.limits import Limits
from revanim.window.kit.fields.numbers import as_whole
from revanim.window.kit.widgets import column, holder, label, row
from revanim.window.panel import Panel

SIZE = (304, 240)
TEACH = N_(
    "Nothing changes over the frames yet. Press the diamond beside a value of a force in Properties, or I over it: it"
    " gets a key there, and its curve comes here."
)
HELP = (
    N_("Step: the value stays until the next key"),
    N_("Linear: straight to the next key"),
    N_("Smooth: along a curve with handles; drag their ends, with Alt one alone"),
)
FRAMES = Limits(-FARTHEST_FRAME, FARTHEST_FRAME, whole=True)


class Curves(QWidget):
    """A choice of curves above the picture of one, and its numbers below."""

    def __init__(self, studio: Studio) -> None:
        from revanim.window.curves.plot import CurvePlot  # only who looks at a plot pays for pyqtgraph

        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.studio = studio
        self.tracks: dict[str, Track] = {}
        self._from: list[tuple[int, int]] = []  # the frames and numbers that a drag of the frame began with
        self.choice = Choice(N_("curve"), tr("Which curve is shown"))
        self.choice.activated.connect(self._show)
        self.plot = CurvePlot(studio)
        self.ways = [self._way(way) for way in range(len(WAYS))]
        self.ease = self._ease_button()
        self.delete = tail_button(
            "remove", self.plot.canvas.delete, tr("Delete the selected points (Del)"), "delete-points"
        )
        self.frame = NumberRow(studio, "at-frame", tr("The frame of the selected keys"), self._set_frame, limits=FRAMES)
        self.formula = FormulaRow(studio)
        self.value = NumberRow(studio, N_("value"), tr("The value of the selected points"), self._set_value)
        self._stack = QStackedLayout(self)  # at once: it shows its first page, which shall be no window of its own
        self._lay_out()
        self._listen()
        self._refresh(None, studio.session.scene)

    def _way(self, way: int) -> QToolButton:
        """Return the button that lets the curve go on from the selected keys in a way."""
        made = tail_button(f"way-{WAYS[way]}", lambda: self._go_on(way), tr(HELP[way]), f"way-{WAYS[way]}")
        made.setCheckable(True)
        return made

    def _ease_button(self) -> QToolButton:
        made = tail_button("ease", lambda: None, tr("Presets: ease, bounce and others, to the next key"), "ease")
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(made)
        menu.setToolTipsVisible(True)
        for ease in eases().values():
            menu.addAction(tr(ease.title), partial(self._ease, ease)).setToolTip(tr(ease.help))
        made.setMenu(menu)
        return made

    def sizeHint(self) -> QSize:
        return QSize(*SIZE)

    def inherit(self, before: "Curves") -> None:
        """Show the same curve, with the same points selected."""
        self.choice.setCurrentIndex(before.choice.currentIndex())
        self._show()
        self.plot.canvas.select(before.plot.canvas.selected)

    def _lay_out(self) -> None:
        numbers = []
        for text, control in ((tr("Frame"), self.frame), (tr("Value"), self.value)):
            numbers += [label(text, "name"), control]
        teach = label(tr(TEACH), "name", wrap=True)
        teach.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(holder(column(teach, margins=(12, 10, 12, 12))))
        head = row(self.choice, *self.ways, self.ease, self.delete, spacing=2)
        head.setStretch(0, 1)
        self._stack.addWidget(
            holder(column(head, self.plot, self.formula, row(*numbers, spacing=6), spacing=6, margins=(8, 6, 8, 8)))
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
        return track if track is not None and self.studio.tracks.lives(track) else None

    def _refresh(self, before: Scene | None, scene: Scene) -> None:
        if before is not None and same_parts(before, scene):
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
        self.formula.show_track(self.track)
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
        value, chosen = self.studio.tracks.value(self.track), sorted(self.plot.canvas.selected)
        flat, keys = value.values.reshape(len(value.values), -1), sorted({key for key, _ in chosen})
        self.frame.display(value.frames[keys].astype(np.float64)[:, None], tr("—"))
        self.value.display(np.array([[flat[point]] for point in chosen]).reshape(-1, 1), tr("—"))
        for control in (self.frame, self.value, self.delete):
            control.setEnabled(bool(chosen))
        for way, button in enumerate(self.ways):
            button.setChecked(bool(keys) and bool((value.ways[keys] == way).all()))
            button.setEnabled(way == STEP or not self.track.parameter.whole)

    # What it does

    def _chosen(self) -> list[int]:
        """Return the selected keys, or all."""
        assert self.track is not None
        return sorted({key for key, _ in self.plot.canvas.selected}) or list(
            range(len(self.studio.tracks.value(self.track).frames))
        )

    def _go_on(self, way: int) -> None:
        if self.track is not None:
            keys, text = self._chosen(), Sentence("Set way of {name}", name=self.track.title)
            self.studio.tracks.attempt(self.track, text, lambda value: going(value, keys, way))
        self._tell()

    def _ease(self, ease: Ease) -> None:
        if self.track is not None:
            keys, track = self._chosen(), self.track
            text = Sentence("Ease {name}: {ease}", name=track.title, ease=Sentence(ease.title))
            self.studio.tracks.attempt(track, text, lambda value: eased(ease, value, keys, track.parameter))

    def _set_frame(self, axis: int, change: Change, drag: Drag | None) -> None:
        canvas = self.plot.canvas
        if self.track is None or not canvas.selected:
            return
        if drag is None or drag.origin is None:  # a drag goes on from where its keys were at first
            frames = self.studio.tracks.value(self.track).frames
            self._from = [(int(frames[key]), number) for key, number in canvas.selected]
        first = min(frame for frame, _ in self._from)
        by = as_whole(float(change(np.array([float(first)]))[0])) - first
        canvas.shift(by, 0.0, self._from, drag or Drag())

    def _set_value(self, axis: int, change: Change, drag: Drag | None) -> None:
        self.plot.canvas.change(change, drag)


curves = Panel(
    name="curves",
    title="Curves",
    order=45,
    build=Curves,
    beside="outliner",  # so that Properties, where a value is animated, can still be seen
    called_by=lambda studio: studio.forces.animating,
    loads="revanim.window.curves.plot",
)
