"""The transport: which frame it is, how it plays, from where to where, how fast."""

from collections import deque
from time import perf_counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QMenu, QToolButton, QWidget

from revanim.app.field import Field
from revanim.app.icons import icon
from revanim.app.session import Session
from revanim.app.theme import theme
from revanim.app.timeline.typed import typed_frame, typed_rate
from revanim.app.widgets import action_button, row
from revanim.draw.picture import Shot
from revanim.scene.edits import set_timing
from revanim.scene.scene import Scene

PRESETS = (23.976, 24.0, 25.0, 29.97, 30.0, 48.0, 50.0, 60.0)
BUTTONS = ("first-frame", "previous-frame", "play-reverse", "play", "next-frame", "last-frame")
ENDINGS = ("play-once", "play-loop", "play-ping-pong")
BEHIND = 0.9  # of the frame rate: below, the read-out turns red


class Transport(QWidget):
    """A row: the frame large at the left, the buttons in the middle, the timing at the right."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.frame = Field(self._typed, "frame", "Current frame; type 96, +24, -10, 2*24+1 or 1.5s")
        self.seconds, self.rate = QLabel(), QLabel()
        self.buttons = row(spacing=2)
        self.ending = QToolButton()
        self.first = Field(lambda text: self._timed(first=self._typed(text)), "first", "First frame of the scene")
        self.last = Field(lambda text: self._timed(last=self._typed(text)), "last", "Last frame of the scene")
        self.fps = RateBox(session)
        self._passed: deque[float] = deque()
        self._lay_out()
        self._listen()
        self._refresh()

    def _typed(self, text: str) -> int:
        return typed_frame(text, self.session.frame, self.session.scene.timing.fps)

    def _timed(self, **changes: int) -> Scene:
        return set_timing(self.session.scene, **changes)

    def add_buttons(self, actions: dict[str, QAction]) -> None:
        """Put the actions of the commands on the row."""
        for name in BUTTONS:
            self.buttons.addWidget(action_button(actions[name]))
        menu = QMenu(self.ending)
        menu.addActions([actions[name] for name in ENDINGS])
        self.ending.setMenu(menu)
        self.buttons.addSpacing(8)
        self.buttons.addWidget(self.ending)
        self.buttons.addWidget(action_button(actions["every-frame"]))

    def _lay_out(self) -> None:
        self.frame.setFixedWidth(92)
        self.frame.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.seconds.setFixedWidth(64)
        self.ending.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ending.setToolTip("What happens at the end of the range")
        self.ending.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for field in (self.first, self.last):
            field.setFixedWidth(56)
        left = row(self.frame, self.seconds, self.rate, None, spacing=4)
        right = row(None, QLabel("Start"), self.first, QLabel("End"), self.last, 6, self.fps, spacing=6)
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 2, 8, 2)
        for place, part in enumerate((left, self.buttons, right)):
            grid.addLayout(part, 0, place)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)

    def _listen(self) -> None:
        session = self.session
        self.frame.entered.connect(session.show)
        self.first.entered.connect(lambda scene: session.edit("Set first frame", scene))
        self.last.entered.connect(lambda scene: session.edit("Set last frame", scene))
        for field in (self.frame, self.first, self.last):
            field.refused.connect(session.failed)
        session.frame_changed.connect(self._refresh_frame)
        session.scene_changed.connect(self._refresh)
        session.playback.changed.connect(self._forget_rate)
        session.frame_shown.connect(self._measure_rate)

    def _refresh(self) -> None:
        timing, look = self.session.scene.timing, self.session.scene.look
        self.first.display(str(timing.first))
        self.last.display(str(timing.last))
        self.ending.setIcon(icon(look.play))
        self._refresh_frame()

    def _refresh_frame(self) -> None:
        timing, frame = self.session.scene.timing, self.session.frame
        self.frame.display(str(frame))
        self.seconds.setText(f"{(frame - timing.first) / timing.fps:.2f} s")

    def _forget_rate(self) -> None:
        self._passed.clear()
        self.rate.clear()

    def _measure_rate(self, shot: Shot) -> None:
        """Show the frame rate that is reached while playing, red when it falls behind."""
        playback, fps = self.session.playback, self.session.scene.timing.fps
        if not playback.direction:
            return
        self._passed.append(perf_counter())
        while self._passed[-1] - self._passed[0] > 1.0:
            self._passed.popleft()
        seconds = self._passed[-1] - self._passed[0]
        if seconds > 0.5:
            reached = (len(self._passed) - 1) / seconds
            color = theme.tokens.dim if reached > BEHIND * fps * playback.speed else theme.tokens.error
            self.rate.setText(f'<span style="color: {color}">{reached:.1f} fps</span>')


class RateBox(QComboBox):
    """The frame rate: a preset, or any other that is typed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.field = Field(self._timed, "fps", "Frames a second; pick or type")
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setLineEdit(self.field)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFixedWidth(96)
        self.addItems([f"{rate:g} fps" for rate in PRESETS])
        self.field.entered.connect(self._set)
        self.field.refused.connect(session.failed)
        self.activated.connect(self.field.enter)
        session.scene_changed.connect(self._refresh)
        self._refresh()

    def _timed(self, text: str) -> Scene:
        return set_timing(self.session.scene, fps=typed_rate(text))

    def _set(self, scene: Scene) -> None:
        if scene.timing != self.session.scene.timing:
            self.session.edit("Set frame rate", scene)
        self._refresh()

    def _refresh(self) -> None:
        self.field.display(f"{self.session.scene.timing.fps:g} fps")
