"""The transport: which frame it is, how it plays, from where to where, how fast."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from revanim.scene.edits import set_timing
from revanim.scene.scene import Scene
from revanim.sentence import N_, Sentence
from revanim.session.clock import UNITS, written
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.kit.fields.field import Field
from revanim.window.kit.icons import icon
from revanim.window.kit.widgets import action_button, row
from revanim.window.timeline.boxes import rate_box, speed_box
from revanim.window.timeline.frame_rate import FrameRate
from revanim.window.timeline.typed import typed_frame

BUTTONS = ("first-frame", "previous-frame", "play-reverse", "play", "next-frame", "last-frame")
ENDINGS = ("play-once", "play-loop", "play-ping-pong")
SWITCHES = ("every-frame", "snap", "auto-key")
WIDTHS = {"frames": 76, "seconds": 116, "timecode": 156}  # pixels of the moment, large
NARROW = {"frames": 84, "seconds": 60, "timecode": 96}  # and of what it is in the next unit
TYPED = N_("Current frame; type 96, +24, -10, 2*24+1, 4s or 00:00:04:00")


class Transport(QWidget):
    """A row: the frame large at the left, the buttons in the middle, the timing at the right."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.frame = Field(self._meant, "frame", tr(TYPED))
        self.unit = QToolButton()
        self.rate = FrameRate(studio)
        self.buttons = row(spacing=2)
        self.ending = QToolButton()
        self.first = Field(lambda text: self._timed(first=self._typed(text)), "first", tr("First frame of the scene"))
        self.last = Field(lambda text: self._timed(last=self._typed(text)), "last", tr("Last frame of the scene"))
        self.speed = speed_box(studio)
        self.fps = rate_box(studio)
        self._lay_out()
        self._listen()
        self._refresh()

    def _typed(self, text: str, unit: str = "frames") -> int:
        return typed_frame(text, self.studio.session.frame, self.studio.session.scene.timing.fps, unit)

    def _meant(self, text: str) -> int:
        return self._typed(text, self.studio.timeline.unit)

    def _timed(self, **changes: Any) -> Scene:
        return set_timing(self.studio.session.scene, **changes)

    def add_buttons(self, actions: dict[str, QAction]) -> None:
        """Put the actions of the commands on the row."""
        for name in BUTTONS:
            self.buttons.addWidget(action_button(actions[name]))
        menu = QMenu(self.ending)
        menu.addActions([actions[name] for name in ENDINGS])
        self.ending.setMenu(menu)
        self.buttons.addSpacing(8)
        self.buttons.addWidget(self.ending)
        for name in SWITCHES:
            self.buttons.addWidget(action_button(actions[name]))

    def _lay_out(self) -> None:
        self.frame.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.unit.setObjectName("unit")
        self.unit.setAccessibleName(tr("Unit of time"))
        self.unit.setToolTip(
            tr("The same moment in another unit; click to switch between frames, seconds and timecode")
        )
        self.ending.setToolTip(tr("What happens at the end of the range"))
        self.ending.setAccessibleName(tr("At the end of the range"))
        self.ending.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for button in (self.unit, self.ending):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for field in (self.first, self.last):
            field.setFixedWidth(56)
        left = row(self.frame, self.unit, 4, self.rate, None, spacing=4)
        right = row(
            None, QLabel(tr("Start")), self.first, QLabel(tr("End")), self.last, 6, self.speed, self.fps, spacing=6
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 2, 8, 2)
        for place, group in enumerate((left, self.buttons, right)):
            grid.addLayout(group, 0, place)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)

    def _listen(self) -> None:
        studio = self.studio
        self.frame.entered.connect(studio.session.show)
        self.first.entered.connect(lambda scene: studio.session.edit(Sentence("Set first frame"), scene))
        self.last.entered.connect(lambda scene: studio.session.edit(Sentence("Set last frame"), scene))
        for field in (self.frame, self.first, self.last):
            field.refused.connect(studio.session.failed)
        self.unit.clicked.connect(lambda: studio.timeline.set_unit(self._next_unit()))
        studio.session.frame_changed.connect(self._refresh_frame)
        studio.session.scene_changed.connect(self._refresh)
        studio.timeline.changed.connect(self._refresh)

    def _next_unit(self) -> str:
        return UNITS[(UNITS.index(self.studio.timeline.unit) + 1) % len(UNITS)]

    def _refresh(self) -> None:
        timing, look = self.studio.session.scene.timing, self.studio.session.scene.look
        self.first.display(str(timing.first))
        self.last.display(str(timing.last))
        self.ending.setIcon(icon(look.play))
        self.frame.setFixedWidth(WIDTHS[self.studio.timeline.unit])
        self.unit.setFixedWidth(NARROW[self._next_unit()])
        self._refresh_frame()

    def _refresh_frame(self) -> None:
        frame, fps, other = self.studio.session.frame, self.studio.session.scene.timing.fps, self._next_unit()
        self.frame.display(written(frame, self.studio.timeline.unit, fps))
        shown = written(frame, other, fps)
        self.unit.setText(tr("frame {frame}", frame=shown) if other == "frames" else shown)
