"""Markers: names for frames."""

from collections.abc import Sequence
from dataclasses import replace

from revanim.scene.check import check
from revanim.scene.scene import Marker, Scene


def set_markers(scene: Scene, markers: Sequence[Marker]) -> Scene:
    """Replace all markers; they are kept in the order of their frames."""
    return check(replace(scene, markers=tuple(sorted(markers, key=lambda marker: marker.frame))))
