"""The details of a keyframe: axes, window, velocity, weights and assignment."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLayout, QToolButton, QWidget

from revanim.engine.parameter import Floats
from revanim.scene.scene import Keyframe
from revanim.sentence import N_, Sentence
from revanim.session.studio import Studio
from revanim.session.words import figures, tr
from revanim.window.kit.fields.field import field
from revanim.window.kit.fields.form import Details
from revanim.window.kit.fields.numbers import frames, from_zero, span, vector
from revanim.window.kit.widgets import label, push_button, row

VARIOUS = N_("various")
TIPS = {
    "axes": N_("Along which axes a miss counts"),
    "window": N_("Two frames between which the solver may choose the time, such as 40 to 60; nothing keeps the frame"),
    "hold": N_("For how many frames more the bodies shall stay so"),
    "half": N_("Hold it for half a second, or until the next key"),
    "go": N_("Ask for it at its frame alone"),
    "velocity": N_("How fast the bodies shall be there: x, y, z; nothing leaves that open"),
    "now": N_("Ask for the velocities that the bodies have now"),
    "weights": N_("How much each of the bodies counts beside the others: of those selected, or of all"),
    "targets": N_("Which body takes which target of the shape"),
    "show": "Lead a line from each body to its target",
    "pin": N_("Keep who goes where, whatever the motion will be"),
    "color": N_("The targets come from an image: let each body have the colour of its target"),
    "free": N_("Let any body take any target again"),
}


class KeyDetails(QWidget):
    """A line for each setting that few keyframes need."""

    def __init__(self, studio: Studio, key: Keyframe) -> None:
        super().__init__()
        self.studio, self.key = studio, key
        self.axes = [self._axis(axis, name) for axis, name in enumerate("XYZ")]
        self.window_ = field(span, N_("window"), tr(TIPS["window"]), self._set_window, studio.session.failed, None)
        self.hold = field(frames, N_("hold"), tr(TIPS["hold"]), self._set_hold, studio.session.failed)
        text, tip = (tr("Let go"), "go") if key.hold else (tr("Hold"), "half")
        self.half = push_button(text, lambda: studio.keyframes.hold([self.key]), "small", tr(TIPS[tip]))
        self.velocity = field(
            vector, N_("velocity"), tr(TIPS["velocity"]), self._set_velocity, studio.session.failed, None
        )
        self.now = push_button(tr("Now"), self._take_velocity, "small", tr(TIPS["now"]))
        self.weights = field(from_zero, N_("weights"), tr(TIPS["weights"]), self._set_weights, studio.session.failed)
        self.whose = label(name="name", tip=tr(TIPS["weights"]))
        self.shown = QCheckBox(tr("Who goes where"), self)
        text, tip = (tr("Pin"), "pin") if key.assignment is None else (tr("Free"), "free")
        self.pin = push_button(text, self._pin, "small", tr(TIPS[tip]))
        self.color = push_button(tr("Give to the bodies"), self._color, "small", tr(TIPS["color"]))
        for button in (self.pin, self.color):
            button.setParent(self)  # most keyframes show neither
        self._lay_out()
        studio.session.selection_changed.connect(self._refresh)
        studio.assignments.changed.connect(self._refresh)
        self._refresh()

    def _lay_out(self) -> None:
        self._lines = Details(above=6, right=8)
        self._add(tr("Axes"), "axes", row(*self.axes, None, spacing=2))
        self._add(tr("Window", "time"), "window", row(self.window_))
        self._add(tr("Hold"), "hold", row(self.hold, label(tr("frames"), "name"), None, self.half, spacing=8))
        self._add(tr("Velocity"), "velocity", row(self.velocity, self.now, spacing=4))
        self._add(tr("Weights"), "weights", row(self.weights, self.whose, None, spacing=8))
        if self.key.shape:
            self._add(tr("Targets"), "targets", row(self.shown, None, self.pin, spacing=8))
            self.shown.setToolTip(tr(TIPS["show"]))
            self.shown.clicked.connect(self.studio.assignments.show)
        for widget in (self.shown, self.pin):
            widget.setVisible(self.key.shape)
        if self.key.color is not None:
            self._add(tr("Colours"), "color", row(self.color, None))
        self.color.setVisible(self.key.color is not None)
        self.setLayout(self._lines)

    def _add(self, text: str, tip: str, control: QLayout) -> None:
        self._lines.add(text, control, tr(TIPS[tip]))

    def _axis(self, axis: int, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(name)
        button.setToolTip(tr(TIPS["axes"]))
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda counts: self._set_axis(axis, counts))
        return button

    @property
    def chosen(self) -> NDArray[np.bool_]:
        """bool[k], which bodies of the keyframe are selected, or all of them if none is."""
        selected = self.studio.session.selection[self.key.bodies]
        return selected if selected.any() else np.ones_like(selected)

    def _refresh(self) -> None:
        if self.key not in self.studio.session.scene.keyframes:
            return  # it is gone, and so is this in a moment
        key, chosen = self.key, self.chosen
        for button, counts in zip(self.axes, key.axes, strict=True):
            button.setChecked(counts)
        self.window_.display(tr("{first} to {last}", first=key.window[0], last=key.window[1]) if key.window else "")
        self.window_.setPlaceholderText(tr("fixed at {frame}", frame=key.frame))
        self.hold.display(str(key.hold))
        self.velocity.display("" if key.velocity is None else common(key.velocity[chosen]))
        self.velocity.setPlaceholderText(tr("any"))
        weights = np.ones(key.bodies.size) if key.weights is None else key.weights
        self.weights.display(common(weights[chosen, None]))
        count = np.count_nonzero(self.studio.session.selection[key.bodies])
        self.whose.setText(tr("of {count} selected", count=count) if count else tr("of each body"))
        self.shown.setChecked(self.studio.assignments.shown)

    def _change(self, text: Sentence, **fields: object) -> None:
        self.studio.keyframes.change(self.key, text, **fields)
        self._refresh()

    def _set_axis(self, axis: int, counts: bool) -> None:
        axes = tuple(counts if i == axis else before for i, before in enumerate(self.key.axes))
        self._change(Sentence("Set axes"), axes=axes)

    def _set_window(self, window: tuple[int, int] | None) -> None:
        self._change(Sentence("Set window"), window=window)

    def _set_hold(self, hold: int) -> None:
        self._change(Sentence("Set hold"), hold=hold)

    def _set_velocity(self, wish: tuple[float, float, float] | None) -> None:
        """Ask it of the chosen bodies; the first time of all, for the others ask for nothing yet."""
        velocity: Floats | None = None
        if wish is not None:
            velocity = (
                np.tile(wish, (self.key.bodies.size, 1)) if self.key.velocity is None else self.key.velocity.copy()
            )
            velocity[self.chosen] = wish
        self._change(Sentence("Set velocity"), velocity=velocity)

    def _take_velocity(self) -> None:
        shot = self.studio.session.shot
        if shot is None or shot.frame != self.key.frame:
            self.studio.session.failed.emit(
                Sentence("Go to frame {frame} to take the velocities from there.", frame=self.key.frame)
            )
        else:
            self._change(Sentence("Set velocity"), velocity=shot.velocity[self.key.bodies])

    def _set_weights(self, weight: float) -> None:
        weights = np.ones(self.key.bodies.size) if self.key.weights is None else self.key.weights.copy()
        weights[self.chosen] = weight
        self._change(Sentence("Set weights"), weights=None if (weights == 1).all() else weights)

    def _color(self) -> None:
        self.studio.assignments.color([self.key])

    def _pin(self) -> None:
        if self.key.assignment is None:
            self.studio.keyframes.pin([self.key])
        else:
            self.studio.keyframes.free([self.key])


def common(rows: Floats) -> str:
    """Return the numbers of a row if all rows, float64[k, axes], have the same."""
    if (rows != rows[0]).any():
        return tr(VARIOUS)
    numbers = [figures(f"{value:.4g}") for value in rows[0]]
    return ("; " if any("," in one for one in numbers) else ", ").join(numbers)
