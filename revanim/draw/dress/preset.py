"""A look to begin with; each file of `presets/` declares one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from revanim.collect import collect
from revanim.draw.dress.palette import recolored
from revanim.scene.check import check
from revanim.scene.scene import Look, Scene


@dataclass(frozen=True, eq=False)
class LookPreset:
    """What a file of `presets/` declares; `dress` sets some fields of a look, and leaves all others as they are."""

    name: str
    title: str  # under its picture
    help: str
    order: int
    dress: Callable[[Look], Look]


@cache
def look_presets() -> dict[str, LookPreset]:
    """Return every preset by name, in their order."""
    found = collect("revanim.draw.presets", LookPreset).values()
    return {preset.name: preset for preset in sorted(found, key=lambda preset: preset.order)}


def dressed(scene: Scene, preset: LookPreset) -> Scene:
    """Return a scene with the look of a preset."""
    return recolored(check(replace(scene, look=preset.dress(scene.look))), scene.look)


def wears(look: Look, preset: LookPreset) -> bool:
    """Tell whether a look is that of a preset, whatever the preset leaves as it is."""
    return preset.dress(look) == look
