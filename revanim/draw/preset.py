"""A look to begin with; each file of `presets/` declares one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from revanim.collect import collect
from revanim.scene.edits import set_look
from revanim.scene.scene import Look, Scene


@dataclass(frozen=True, eq=False)
class LookPreset:
    """What a file of `presets/` declares: the fields of the look that it sets; all others stay as they are."""

    name: str
    title: str  # under its picture
    help: str
    order: int
    fields: Mapping[str, object]


@cache
def look_presets() -> dict[str, LookPreset]:
    """Return every preset by name, in their order."""
    found = collect("revanim.draw.presets", LookPreset).values()
    return {preset.name: preset for preset in sorted(found, key=lambda preset: preset.order)}


def dressed(scene: Scene, preset: LookPreset) -> Scene:
    """Return a scene with the look of a preset."""
    return set_look(scene, **preset.fields)


def wears(look: Look, preset: LookPreset) -> bool:
    """Tell whether a look is that of a preset, whatever the fields say that no preset sets."""
    return all(getattr(look, field) == value for field, value in preset.fields.items())
