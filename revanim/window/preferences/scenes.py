"""New scenes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revanim.window.preference import Preference

if TYPE_CHECKING:
    from revanim.window.window import Window


def looks() -> dict[str, str]:
    """Return the names of all looks to begin with, and their titles."""
    from revanim.draw.dress.preset import look_presets  # the painter is no part of a quick start

    return {preset.name: preset.title for preset in look_presets().values()}


new_look: Preference[Window] = Preference(
    name="new-look",
    text="New scenes look like",
    group="Appearance",
    order=16,
    tip="What an empty scene looks like to begin with; the panel Look changes it at any time",
    default="",
    listed=looks,
)
