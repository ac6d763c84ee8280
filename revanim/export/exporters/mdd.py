"""MDD, the motion designer data of LightWave, read by many."""

import struct
from functools import partial

import numpy as np

from revanim.export.exporter import Exporter
from revanim.export.film import Film
from revanim.export.mesh_cache import CACHE, cache_size, write_cache, write_mesh
from revanim.export.points import weighed


def header(film: Film, bodies: int) -> bytes:
    """Return how many frames and bodies there are, and the seconds of each frame from the first on."""
    seconds = np.arange(film.count) * film.every / film.scene.timing.fps
    return struct.pack(">ii", film.count, bodies) + seconds.astype(">f4").tobytes()


mdd = Exporter(
    name="mdd",
    title="MDD point cache",
    help="Places for the vertices of a mesh, exact in float32.",
    suffixes=(".mdd",),
    parameters=CACHE,
    write=partial(write_cache, header=header, kind=">f4"),
    opens_in="Blender (mesh cache modifier), LightWave, Houdini, Cinema 4D",
    measure=partial(weighed, size=cache_size),
    beside=write_mesh,
)
