"""Boxes of presets in which any other number may be typed: the frame rate and the speed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter

from revanim.scene.edits import set_timing
from revanim.scene.edits.rate import frame_at_rate, keys_between, say_between
from revanim.scene.scene import Scene
from revanim.sentence import N_, Sentence
from revanim.session.session import Session
from revanim.session.studio import Studio
from revanim.session.words import figures, tr
from revanim.window.kit.fields.field import Field
from revanim.window.timeline.typed import typed_rate, typed_speed

RATES = (23.976, 24.0, 25.0, 29.97, 30.0, 48.0, 50.0, 60.0)
ROOM = 40  # pixels beside a preset: the air around it, and the arrow
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
        longest = max(self.fontMetrics().horizontalAdvance(preset) for preset in presets)
        self.setFixedWidth(max(width, longest + ROOM))
        self.view().setMinimumWidth(longest + ROOM)
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
            before = studio.session.scene
            studio.session.edit(Sentence("Set frame rate"), scene)
            if studio.timeline.keep == "seconds":
                stay_at_second(studio.session, scene.timing.fps / before.timing.fps)
                if between := keys_between(before, scene.timing.fps):
                    studio.session.told.emit(say_between(between))
        box.refresh()

    def written() -> str:
        return figures(f"{studio.session.scene.timing.fps:g} fps")

    tip = tr("Frames a second; pick or type. The menu Timeline says whether seconds or frames are kept")
    box = TypedBox(studio, timed, written, N_("fps"), tip, [figures(f"{rate:g} fps") for rate in RATES], 92)
    box.field.entered.connect(take)
    studio.session.scene_changed.connect(box.refresh)
    return box


def stay_at_second(session: Session, ratio: float) -> None:
    """Let the playhead and the range that plays stay at their seconds; each has `ratio` times as many frames now."""
    home = session.scene.timing.home
    if session.has_play_range:
        first, last = session.range
        session.set_play_range((frame_at_rate(first, home, ratio), frame_at_rate(last, home, ratio)))
    session.show(frame_at_rate(session.frame, home, ratio))


def speed_box(studio: Studio) -> TypedBox:
    """Return how fast it plays, in times real time."""

    def written() -> str:
        return figures(f"{studio.playback.pace:g}×")

    tip = tr("Speed, in times real time: 0.1 to 10; the motion is the same")
    box = TypedBox(studio, typed_speed, written, "speed", tip, [figures(f"{pace:g}×") for pace in PACES], 68)
    box.field.entered.connect(studio.playback.set_pace)
    studio.playback.changed.connect(box.refresh)
    return box
