"""The frame rate that is measured while playing."""

from collections import deque
from time import perf_counter

from PySide6.QtWidgets import QLabel

from revanim.draw.shot import Shot
from revanim.session.studio import Studio
from revanim.session.words import figures, tr
from revanim.window.kit.theme import theme

BEHIND = 0.9  # of what is asked for: below, the read-out turns red
WINDOW = 1.0  # seconds over which pictures are counted
SOONEST = 0.5  # seconds


class FrameRate(QLabel):
    """Pictures a second, red when they fall behind; empty at rest."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio = studio
        self._passed: deque[float] = deque()
        self.setToolTip(tr("Frames shown a second; red when it falls behind the frame rate"))
        studio.playback.changed.connect(self._forget)
        studio.session.frame_shown.connect(self._measure)

    def _forget(self) -> None:
        self._passed.clear()
        self.clear()

    def _measure(self, shot: Shot) -> None:
        playback = self.studio.playback
        if not playback.direction:
            return
        self._passed.append(perf_counter())
        while self._passed[-1] - self._passed[0] > max(WINDOW, 2 / playback.rate):
            self._passed.popleft()
        seconds = self._passed[-1] - self._passed[0]
        if seconds > SOONEST:
            reached = (len(self._passed) - 1) / seconds
            color = theme.tokens.dim if reached > BEHIND * playback.rate else theme.tokens.error
            times = figures(f"{playback.speed:g}×  ") if playback.speed != 1 else ""
            self.setText(f'{times}<span style="color: {color}">{figures(f"{reached:.1f}")} fps</span>')
