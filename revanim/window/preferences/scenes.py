"""New scenes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revanim.draw.preset import look_presets
from revanim.draw.presets.studio import studio
from revanim.window.preference import Preference

if TYPE_CHECKING:
    from revanim.window.window import Window

new_look: Preference[Window] = Preference(
    name="new-look",
    text="New scenes look like",
    group="Appearance",
    order=16,
    tip="What an empty scene looks like to begin with; the panel Look changes it at any time",
    default=studio.name,
    options={preset.name: preset.title for preset in look_presets().values()},
)
