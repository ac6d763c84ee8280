"""Boxes of presets in which any other number may be typed: the frame rate and the speed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter

from revanim.scene.edits import set_timing
from revanim.scene.edits.rate import keys_between, say_between
from revanim.scene.scene import Scene
from revanim.sentence import N_, Sentence
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.kit.fields.field import Field
from revanim.window.timeline.typed import typed_rate, typed_speed

RATES = (23.976, 24.0, 25.0, 29.97, 30.0, 48.0, 50.0, 60.0)
PACES = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)


class TypedBox(QComboBox):
    """A field with presets beside it; what is picked is taken as if it were typed."""

    def __init__(
        self,
        studio: Studio,
        parse: Callable[[str], object],
        written: Callable[[], str],
        name: str,
        tip: str,
        presets: Sequence[str],
        width: int,
    ) -> None:
        super().__init__()
        self._written = written
        self.field = Field(parse, name, tip)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setLineEdit(self.field)
        self.setCompleter(QCompleter(self))  # that knows nothing: a typed 5 shall not become 50 fps
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFixedWidth(width)
        self.setToolTip(tip)
        self.setAccessibleName(tr(name))
        self.addItems(presets)
        self.field.refused.connect(studio.session.failed)
        self.activated.connect(self.field.enter)
        self.refresh()

    def refresh(self) -> None:
        """Show what it is now."""
        self.field.display(self._written())


def rate_box(studio: Studio) -> TypedBox:
    """Return the frame rate of the scene."""

    def timed(text: str) -> Scene:
        return set_timing(studio.session.scene, fps=typed_rate(text), keep=studio.timeline.keep)

    def take(scene: Scene) -> None:
        if scene.timing != studio.session.scene.timing:
            between = keys_between(studio.session.scene, scene.timing.fps)
            studio.session.edit(Sentence("Set frame rate"), scene)
            if between and studio.timeline.keep == "seconds":
                studio.session.told.emit(say_between(between))
        box.refresh()

    def written() -> str:
        return f"{studio.session.scene.timing.fps:g} fps"

    tip = tr("Frames a second; pick or type. The menu Timeline says whether seconds or frames are kept")
    box = TypedBox(studio, timed, written, N_("fps"), tip, [f"{rate:g} fps" for rate in RATES], 92)
    box.field.entered.connect(take)
    studio.session.scene_changed.connect(box.refresh)
    return box


def speed_box(studio: Studio) -> TypedBox:
    """Return how fast it plays, in times real time."""

    def written() -> str:
        return f"{studio.playback.pace:g}×"

    tip = tr("Speed, in times real time: 0.1 to 10; the motion is the same")
    box = TypedBox(studio, typed_speed, written, "speed", tip, [f"{pace:g}×" for pace in PACES], 68)
    box.field.entered.connect(studio.playback.set_pace)
    studio.playback.changed.connect(box.refresh)
    return box
