"""What the mouse does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revanim.window.preference import Preference
from revanim.window.viewport.camera.schemes import SCHEMES

if TYPE_CHECKING:
    from revanim.window.window import Window

mouse: Preference[Window] = Preference(
    name="mouse",
    text="Mouse",
    group="Input",
    order=20,
    tip="Move the camera like the tool you come from; changes at once",
    default="blender",
    options={name: name.capitalize() for name in SCHEMES},
    apply=lambda window, name: window.follow_mouse_scheme(str(name)),
    worn=True,
)
