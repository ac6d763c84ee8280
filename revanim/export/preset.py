"""Sets of options under a name: what most people want of a format."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Preset:
    """An exporter with the options that differ from its defaults."""

    title: str
    exporter: str
    options: Mapping[str, Any] = field(default_factory=dict)


VIDEO = Preset("Video for everyone", "mp4")
FOR_BLENDER = Preset("Points for Blender", "usd", {"blender": "yes"})

PRESETS = (
    VIDEO,
    Preset("Video, film blur", "mp4", {"shutter": 0.5, "oversample": 2, "quality": 90}),
    Preset("Video, 4K", "mp4", {"width": 3840, "density": 2, "quality": 85}),
    Preset("Square for phones", "mp4", {"width": 1080, "height": 1080}),
    Preset("Loop for a page", "webp", {"width": 960, "order": "ping-pong"}),
    Preset("GIF for a chat", "gif", {"width": 480, "every": 2}),
    Preset("For compositing", "mov", {"transparent": "yes", "shutter": 0.5}),
    Preset("Pictures over nothing", "png", {"transparent": "yes"}),
    FOR_BLENDER,
    Preset("Particles for Unreal", "niagara"),
)
