"""How scenes play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revanim.window.preference import Preference

if TYPE_CHECKING:
    from revanim.window.window import Window

every_frame: Preference[Window] = Preference(
    name="every-frame",
    text="Show every frame",
    group="Playback",
    order=30,
    tip="Show every frame however late, instead of dropping frames to keep time; the result is the same",
    default=False,
    apply=lambda window, every: window.studio.playback.show_every_frame(bool(every)),
)

begin: Preference[Window] = Preference(
    name="play-examples",
    text="Play examples as they open",
    group="Playback",
    order=31,
    tip="A scene of the gallery begins to move when it is opened; with reduced motion, it waits",
    default=True,
)
