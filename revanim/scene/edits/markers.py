"""Markers: names for frames."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from revanim.scene.check import check
from revanim.scene.given import record
from revanim.scene.scene import Marker, Scene


def add_marker(scene: Scene, frame: int, name: str = "") -> Scene:
    """Mark a frame; a marker that it has gives way."""
    return _put(scene, None, record(Marker, {"frame": frame, "name": name}))


def replace_marker(scene: Scene, marker: Marker, **changes: Any) -> Scene:
    """Change the frame or the name of a marker; at its new frame it takes the place of any other."""
    return _put(scene, marker, record(Marker, {**vars(marker), **changes}))


def remove_marker(scene: Scene, marker: Marker) -> Scene:
    """Remove a marker."""
    return set_markers(scene, [one for one in scene.markers if one != marker])


def _put(scene: Scene, before: Marker | None, after: Marker) -> Scene:
    left = [marker for marker in scene.markers if marker != before and marker.frame != after.frame]
    return set_markers(scene, [*left, after])


def set_markers(scene: Scene, markers: Sequence[Marker]) -> Scene:
    """Replace all markers; they are kept in the order of their frames."""
    return check(replace(scene, markers=tuple(sorted(markers, key=lambda marker: marker.frame))))
