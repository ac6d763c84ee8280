"""glTF: a sphere for each body, moved by keys."""

from functools import partial

from revanim.export.exporter import Exporter
from revanim.export.gltf import glb_size, write_glb
from revanim.export.points import HIDDEN, weighed

gltf = Exporter(
    name="gltf",
    title="glTF spheres",
    help="A sphere for each of up to 500 bodies, in its colour at the first frame, with a key for each frame.",
    suffixes=(".glb",),
    parameters=(HIDDEN,),
    write=write_glb,
    opens_in="browsers, Blender, Godot, Windows 3D viewers",
    measure=partial(weighed, size=glb_size),
)
