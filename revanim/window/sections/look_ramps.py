"""What a number of each body decides: its colour, its size, how opaque it is; each by a ramp."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from revanim.draw.colormap import VIRIDIS
from revanim.scene.attribute import attributes
from revanim.scene.edits import set_look
from revanim.scene.looks.ramp import COLORS, LIMITS, NUMBERS, color_ramp
from revanim.scene.scene import Ramp
from revanim.sentence import N_, Sentence
from revanim.session.drag import Drag, origin_of
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.kit.fields.form import Choice, Form, tail_button
from revanim.window.kit.fields.ramp_field import RampField
from revanim.window.kit.widgets import column, row

USUAL = color_ramp(" ".join(VIRIDIS))
NAMES = {"color": N_("Colour"), "size": N_("Size"), "opacity": N_("Opacity")}
TIPS = {
    "color": N_("The attribute that colours the bodies, from its lowest at the left to its highest"),
    "size": N_("How many times as large bodies are, from the lowest of the attribute to its highest"),
    "opacity": N_("How opaque bodies are, from the lowest of the attribute to its highest"),
}


class LookRamps(QWidget):
    """A choice of an attribute and its ramp, for each of what a number may decide."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio
        self.choices = {kind: self._choice(kind) for kind in NAMES}
        self.fields = {kind: self._field(kind) for kind in NAMES}
        form = Form()
        for kind, name in NAMES.items():
            chosen = row(self.choices[kind], self._presets(kind), spacing=2)
            chosen.setStretch(0, 1)
            form.add(tr(name), column(chosen, self.fields[kind], spacing=2), tr(TIPS[kind]))
        self.setLayout(column(form))
        studio.session.scene_changed.connect(self.refresh)
        self.refresh()

    def _choice(self, kind: str) -> Choice:
        made = Choice(f"{kind}_by", tr(TIPS[kind]))
        made.addItem(tr("as they are"), "")
        for each in sorted(attributes().values(), key=lambda attribute: attribute.order):
            made.addItem(tr(Sentence(each.title)), each.name)
        made.activated.connect(lambda: self._set(kind, **{f"{kind}_by": made.currentData()}))
        return made

    def _field(self, kind: str) -> RampField:
        return RampField(f"{kind}_ramp", tr(TIPS[kind]), self._ramp(kind), LIMITS[kind], partial(self._put, kind))

    def _presets(self, kind: str) -> QToolButton:
        """Return a button with ramps to begin with."""
        made = tail_button("ease", lambda: None, tr("Ramps to begin with"), f"{kind}-presets")
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(made)
        for name, ramp in presets(kind).items():
            menu.addAction(tr(name), partial(self._put, kind, ramp, None))
        made.setMenu(menu)
        return made

    def _ramp(self, kind: str) -> Ramp:
        ramp: Ramp | None = getattr(self.studio.session.scene.look, f"{kind}_ramp")
        return USUAL if ramp is None else ramp

    def _put(self, kind: str, ramp: Ramp, drag: Drag | None) -> None:
        self._set(kind, drag, **{f"{kind}_ramp": ramp})

    def _set(self, kind: str, drag: Drag | None = None, **changes: Any) -> None:
        session, text = self.studio.session, Sentence("Set {name}", name=Sentence(NAMES[kind]))
        session.attempt(text, lambda scene: set_look(origin_of(drag, scene), **changes), drag)

    def refresh(self) -> None:
        """Show the look as it is now."""
        look = self.studio.session.scene.look
        for kind, field in self.fields.items():
            by, choice = getattr(look, f"{kind}_by"), self.choices[kind]
            choice.setPlaceholderText(by)  # is seen where that is not installed
            choice.setCurrentIndex(choice.findData(by))
            field.setEnabled(bool(by))
            field.display(self._ramp(kind))


def presets(kind: str) -> dict[str, Ramp]:
    """Return ramps to begin with, by their names."""
    if kind == "color":
        return {name: color_ramp(stops) for name, stops in COLORS.items()}
    return {name: Ramp(at, tuple((value,) for value in values)) for name, (at, values) in NUMBERS.items()}
