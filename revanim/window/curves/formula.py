"""The line below a curve in which one types what the value is, as a formula of the frame."""

from functools import partial

from PySide6.QtWidgets import QWidget

from revanim.engine.formulas.language import LONGEST
from revanim.scene.keys import formula, with_formula
from revanim.sentence import N_, Sentence
from revanim.session.studio import Studio
from revanim.session.tracks.tracks import Track
from revanim.session.words import tr
from revanim.window.kit.fields.field import Field, field
from revanim.window.kit.widgets import label, row

TIP = N_(
    "What the value is at t, the frame: 2*sin(t*tau/48), value + wiggle(t/10), 1 if t < 48 else 0. `value` is what the"
    " keys say, `i` the number of the body. Return takes it; empty, the keys say it again."
)
AXES = 3
AS_KEYED = "value"  # the formula of an axis that has none


class FormulaRow(QWidget):
    """A field for the formula of a number, or of each axis of a vector."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio
        self.track: Track | None = None
        self.fields = [self._field(axis) for axis in range(AXES)]
        self.setLayout(row(label("ƒ", "name"), *self.fields, spacing=4))

    def _field(self, axis: int) -> Field:
        name, refused = f"formula-{axis}", self.studio.session.failed
        made = field(_read, name, tr(TIP), partial(self._enter, axis), refused, width=None)
        made.setMaxLength(LONGEST)
        made.setAccessibleName(tr("Formula"))
        made.setPlaceholderText(tr("Formula of t") if axis == 0 else "")
        return made

    def show_track(self, track: Track | None) -> None:
        """Show the formulas of a value, where it may have some."""
        self.track = track
        parameter = track.parameter if track else None
        self.setVisible(parameter is not None and not (parameter.whole or parameter.choices or parameter.shape))
        texts = self._texts
        for axis, each in enumerate(self.fields):
            each.setVisible(axis == 0 or (parameter is not None and axis < parameter.axes))
            each.display(texts[axis] if axis < len(texts) else "")

    @property
    def _texts(self) -> tuple[str, ...]:
        found = self.studio.tracks.value(self.track).formula if self.track else None
        return found.texts if found else ()

    def _enter(self, axis: int, text: str) -> None:
        """Let an axis follow another formula; the others follow theirs, or their keys."""
        if self.track is None:
            return
        texts = list(self._texts) or [AS_KEYED] * self.track.parameter.axes
        texts[axis] = text or AS_KEYED
        chosen = () if all(each == AS_KEYED for each in texts) else tuple(texts)
        if chosen != self._texts:
            name = Sentence("Formula of {name}", name=self.track.title)
            self.studio.tracks.attempt(self.track, name, lambda value: with_formula(value, chosen))


def _read(text: str) -> str:
    """Return a text that is a formula or nothing, without the space around it; raises RevanimError."""
    text = text.strip()
    if text:
        formula(text)
    return text
