"""PC2, the point cache of 3ds Max and of Blender's mesh cache."""

import struct
from functools import partial

from revanim.export.exporter import Exporter
from revanim.export.film import Film
from revanim.export.mesh_cache import CACHE, cache_size, write_cache, write_mesh
from revanim.export.points import weighed


def header(film: Film, bodies: int) -> bytes:
    """Return the 32 bytes before the places: first frame and frames from one sample to the next among them."""
    return struct.pack("<12siiffi", b"POINTCACHE2\0", 1, bodies, film.first, film.every, film.count)


pc2 = Exporter(
    name="pc2",
    title="PC2 point cache",
    help="Places for the vertices of a mesh, exact in float32.",
    suffixes=(".pc2",),
    parameters=CACHE,
    write=partial(write_cache, header=header, kind="<f4"),
    opens_in="Blender (mesh cache modifier), 3ds Max",
    measure=partial(weighed, size=cache_size),
    beside=write_mesh,
)
