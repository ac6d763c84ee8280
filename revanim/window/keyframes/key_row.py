"""One keyframe in the list: frame, bodies, miss, weight and nail; its details while it is selected."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from revanim.draw.overlay.targets import miss_text
from revanim.scene.scene import Keyframe
from revanim.sentence import N_, Sentence, named
from revanim.session.counts import bodies, number
from revanim.session.studio import Studio
from revanim.session.words import figures, tr
from revanim.window.keyframes.key_details import KeyDetails
from revanim.window.kit.fields.field import Field, field
from revanim.window.kit.fields.numbers import from_zero, positive
from revanim.window.kit.widgets import column, icon_button, label, row

FRAME, BUTTONS = 34, 58  # pixels that the frame of a row takes, and its buttons


class KeyRow(QWidget):
    """Two lines, and the details of the key below them while it alone is selected."""

    def __init__(self, studio: Studio, key: Keyframe) -> None:
        super().__init__()
        self.studio, self.key = studio, key
        self.details: KeyDetails | None = None
        self.setObjectName("key")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.frame = label(str(key.frame), "value", tr("Frame; a click goes there"))
        self.miss = label(name="name", tip=tr("How far the bodies are from their targets, root mean square"))
        self.weight = self._field(from_zero, "weight", N_("How much this keyframe counts beside others"))
        self.tolerance = self._field(positive, N_("tolerance"), N_("How near is a hit for a nail, in scene units"))
        self.nail = icon_button("nail", self._toggle_nail, tr("Nail: it must be hit, not merely approached"))
        self.nail.setCheckable(True)
        self.nail.setChecked(key.nail)
        self._lay_out()
        self.tolerance.setVisible(key.nail)  # now that it is no window of its own

    def _lay_out(self) -> None:
        remove = icon_button("close", self._remove, tr("Delete this keyframe (Del)"))
        self.frame.setFixedWidth(FRAME)
        upper = row(self.frame, label(who(self.key), "value"), None, self.weight, 4, self.nail, remove)
        lower = row(FRAME, self.miss, None, self.tolerance, BUTTONS)
        self._lines: QVBoxLayout = column(upper, lower, margins=(8, 2, 2, 4))
        self.setLayout(self._lines)

    def _field(self, parse: Callable[[str], float], name: str, tip: str) -> Field:
        made = field(
            parse,
            name,
            tr(tip),
            lambda value: self._change(Sentence("Set {name}", name=named(name)), **{name: value}),
            self.studio.session.failed,
        )
        made.display(figures(f"{getattr(self.key, name):g}"))
        return made

    def _change(self, text: Sentence, **fields: object) -> None:
        self.studio.keyframes.change(self.key, text, **fields)

    def _toggle_nail(self) -> None:
        self.nail.setChecked(self.key.nail)  # until the scene says otherwise
        self._change(Sentence("Loosen key") if self.key.nail else Sentence("Nail key"), nail=not self.key.nail)

    def _remove(self) -> None:
        self.studio.keyframes.select([self.key])
        self.studio.keyframes.remove()

    def follow(self, key: Keyframe) -> bool:
        """Stand for another key where only the places it asks for are others, and say whether that is so."""
        if key is not self.key and not all_but_places(key, self.key):
            return False
        self.key = key
        if self.details is not None:
            self.details.key = key
        return True

    def mark(self, selected: bool, here: bool, alone: bool) -> bool:
        """Show whether it is selected, perhaps alone, and whether the playhead stands on it; say if that is new."""
        states = {"selected": selected, "here": here}
        new = any(self.property(name) != value for name, value in states.items())
        for name, value in states.items():
            self.setProperty(name, value)
        if new:
            self.style().polish(self)
        if alone and self.details is None:
            self.details = KeyDetails(self.studio, self.key)
            self._lines.addWidget(self.details)
        if self.details is not None:
            self.details.setVisible(alone)
        return new

    def tell(self, miss: float | None, size: float) -> None:
        """Say how far it is missed, once that is known."""
        self.miss.setText("—" if miss is None else miss_words(self.key, miss, size))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.studio.playback.stop()
        self.studio.keyframes.select([self.key])
        self.studio.session.show(self.key.frame)


def all_but_places(key: Keyframe, other: Keyframe) -> bool:
    """Whether two keyframes ask for the same, but for where the bodies shall be."""
    before = vars(other)
    return (key.position is None) == (other.position is None) and all(
        np.array_equal(value, before[name]) for name, value in vars(key).items() if name != "position"
    )


def who(key: Keyframe) -> str:
    """Return whose targets a keyframe has, in a few words."""
    if key.shape:
        count = number(key.bodies.size)
        return tr("shape of {count}", count=count) if key.assignment is None else tr("{count}, pinned", count=count)
    return tr("body {body}", body=key.bodies[0]) if key.bodies.size == 1 else bodies(key.bodies.size)


def miss_words(key: Keyframe, miss: float, size: float) -> str:
    """Return how far a keyframe is missed: in space, or in speed where only that is asked for."""
    if key.position is None:
        return tr("{miss} too fast or slow", miss=figures(f"{miss:.3g}"))
    return figures(tr(miss_text(miss, size)))
