"""How far the solver may change something: of which bodies, within which bounds, at what price."""

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtWidgets import QCheckBox, QWidget

from revanim.engine.forces.nudge import nudge
from revanim.sentence import N_, Sentence
from revanim.session.studio import Studio
from revanim.session.words import figures, tr
from revanim.solve.controls.control import Control, learns
from revanim.window.kit.fields.field import Field, field
from revanim.window.kit.fields.form import Details
from revanim.window.kit.fields.numbers import counted, frame, from_zero, limit, percent
from revanim.window.kit.widgets import label, push_button, row

LONGEST = 1000  # frames of an interval
MOTION = ("velocity", "position")
WHOLE = (*MOTION, nudge.name, "mass")  # what every scene has, body by body
OPEN = {"low": -np.inf, "high": np.inf, "after": None}
TIPS = {
    "bodies": N_("Whose may change: those that are selected when the button is pressed, or those of all bodies"),
    "together": N_("Change the same for all of these bodies, as if they were one"),
    "low": N_("No number may become smaller; nothing leaves it open"),
    "high": N_("No number may become larger; nothing leaves it open"),
    "effort": N_("The cost of each push, squared: more makes weaker pushes"),
    "smoothness": N_("The cost of each change from one push to the next, squared: more makes them alike"),
    "held_out": N_("Percent of the bodies that are left out while it learns: they tell how it serves others"),
    "every": N_("Frames from one push to the next"),
    "after": N_("The frame after which pushes begin; nothing lets them begin at home"),
}


class ControlDetails(QWidget):
    """The settings of one control."""

    def __init__(self, studio: Studio, name: str, title: str) -> None:
        super().__init__()
        self.studio, self.name = studio, name
        self.low, self.high = (self._field(limit, side, "none") for side in (N_("low"), N_("high")))
        self._lines = Details(above=0, right=0)
        self._lines.addWidget(label(title, "value"), 0, 0, 1, 2)
        if name in WHOLE:
            self._add_bodies()
        self._lines.add(tr("Bounds"), row(self.low, label(tr("to"), "name"), self.high, None, spacing=8))
        if name == nudge.name:
            self._add_price()
        self.held_out = None
        if learns(name, studio.session.scene):
            self.held_out = self._field(percent, "held_out", "")
            self._lines.add(tr("Held out"), row(self.held_out, label("%", "name"), None, spacing=8))
        self.setLayout(self._lines)
        studio.session.selection_changed.connect(self.refresh)
        self.refresh()

    def _add_bodies(self) -> None:
        self.whose = label(name="value", tip=tr(TIPS["bodies"]))
        self.choose = push_button("", self._choose, "small", tr(TIPS["bodies"]))
        self._lines.add(tr("Bodies"), row(self.whose, None, self.choose, spacing=8))
        if self.name in MOTION:
            self.together = QCheckBox(tr("As one"))
            self.together.setToolTip(tr(TIPS["together"]))
            self.together.clicked.connect(lambda ticked: self._refine(together=ticked))
            self._lines.add("", row(self.together))

    def _add_price(self) -> None:
        self.every = self._field(partial(counted, LONGEST, Sentence("frames")), "every", "")
        self.effort, self.smoothness = (self._field(from_zero, name, "") for name in (N_("effort"), N_("smoothness")))
        self.after = self._field(frame, N_("after"), N_("home"))
        self._lines.add(
            tr("Every"),
            row(self.every, label(tr("frames"), "name"), None, label(tr("After"), "name"), self.after, spacing=8),
        )
        self._lines.add(
            tr("Effort"), row(self.effort, None, label(tr("Smoothness"), "name"), self.smoothness, spacing=8)
        )

    def _field(self, parse: Callable[[str], object], name: str, open_: str) -> Field:
        made = field(parse, name, tr(TIPS[name]), lambda value: self._enter(name, value), self.studio.session.failed)
        made.setPlaceholderText(tr(open_))
        return made

    def _enter(self, name: str, value: float | None) -> None:
        self._refine(**{name: OPEN[name] if value is None else value})

    def _refine(self, **fields: object) -> None:
        self.studio.solving.choices.refine(self.name, **fields)
        self.refresh()

    def _choose(self) -> None:
        all_ = self.studio.solving.choices.wish(self.name).bodies is None
        self._refine(bodies=tuple(np.flatnonzero(self.studio.session.selection).tolist()) if all_ else None)

    def refresh(self) -> None:
        """Show the wish as it is now."""
        wish = self.studio.solving.choices.wish(self.name)
        for side, bound in ((self.low, wish.low), (self.high, wish.high)):
            side.display(figures(f"{bound:g}") if np.isfinite(bound) else "")
        if self.held_out is not None:
            self.held_out.display(figures(f"{100 * wish.held_out:g}"))
        if self.name in WHOLE:
            self._show_bodies(wish)
        if self.name in MOTION:
            self.together.setChecked(wish.together)
        if self.name == nudge.name:
            self._show_price(wish)

    def _show_price(self, wish: Control) -> None:
        """Show when nudges come and what they cost; where the scene has nudges already, those go on."""
        for price in (self.every, self.effort, self.smoothness):
            price.display(figures(f"{getattr(wish, price.objectName()):g}"))
        self.after.display("" if wish.after is None else str(wish.after))
        fixed = any(part.kind == nudge.name and not part.muted for part in self.studio.session.scene.forces)
        self.every.setEnabled(not fixed)
        self.after.setEnabled(not fixed)
        self.choose.setEnabled(self.choose.isEnabled() and not fixed)

    def _show_bodies(self, wish: Control) -> None:
        """Show whose may change; bodies without a choice yet are chosen by selecting them."""
        if wish.bodies is None:
            self.whose.setText(tr("all"))
            self.choose.setText(tr("Only selected"))
            self.choose.setEnabled(bool(self.studio.session.selection.any()))
        else:
            self.whose.setText(tr("{count} chosen", count=len(wish.bodies)))
            self.choose.setText(tr("All"))
            self.choose.setEnabled(True)
