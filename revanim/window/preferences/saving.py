"""How work is kept safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revanim.window.preference import Preference

if TYPE_CHECKING:
    from revanim.window.window import Window

autosave: Preference[Window] = Preference(
    name="autosave",
    text="Write changes aside every",
    group="Saving",
    order=40,
    tip="Unsaved changes are written aside so often, so that a crash takes no more than that",
    default="60",
    options={"15": "15 seconds", "60": "Minute", "120": "2 minutes", "300": "5 minutes", "600": "10 minutes"},
    apply=lambda window, seconds: window.studio.recovery.write_every(int(seconds)),
)
