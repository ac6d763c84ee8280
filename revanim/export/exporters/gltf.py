"""glTF: a sphere for each body, moved by keys."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from revanim.engine.parameter import Animated
from revanim.export.exporter import Exporter
from revanim.export.film import Film
from revanim.export.gltf import glb_size, write_glb
from revanim.export.points import CAMERA, HIDDEN, weighed
from revanim.scene.cues.camera import camera_of
from revanim.sentence import NOTHING, Sentence


def remark(film: Film, values: Mapping[str, Any]) -> Sentence:
    """Say that a camera of glTF cannot zoom, where that of the scene does."""
    part = camera_of(film.scene) if values["camera"] == "yes" else None
    zooms = part is not None and isinstance(part.values["lens"], Animated)
    return Sentence("A camera of glTF cannot zoom: the lens stays as it is at the first frame.") if zooms else NOTHING


gltf = Exporter(
    name="gltf",
    title="glTF spheres",
    help="A sphere for each of up to 500 bodies, in its colour at the first frame, and the camera; all with keys.",
    suffixes=(".glb",),
    parameters=(HIDDEN, CAMERA),
    write=write_glb,
    opens_in="browsers, Blender, Godot, Windows 3D viewers",
    measure=partial(weighed, size=glb_size),
    remark=remark,
)
