"""Films as caches that move the vertices of a mesh: places of every frame, one after the other."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revanim.engine.parameter import Parameter
from revanim.export.film import Film
from revanim.export.points import HIDDEN, POINT, written
from revanim.scene.file.whole import write_whole

MESH = Parameter("mesh", 0.0, "", 0.0, 1.0, "Also a PLY that has a vertex for each body.", choices=("no", "yes"))
CACHE = (HIDDEN, MESH)

Header = Callable[[Film, int], bytes]  # of a film of so many bodies


def write_cache(film: Film, path: Path, values: Mapping[str, Any], header: Header, kind: str) -> None:
    """Write a header, and float32[frames, bodies, 3] as NumPy's `kind` says."""
    who = written(film, values)
    with path.open("wb") as file:
        file.write(header(film, who.size))
        for _, playhead in film.walk():
            file.write(playhead.position[who].astype(kind).tobytes())


def cache_size(film: Film, values: Mapping[str, Any]) -> int:
    """Return how many bytes the places take."""
    return film.count * POINT * written(film, values).size


def write_mesh(film: Film, path: Path, values: Mapping[str, Any]) -> None:
    """Write the mesh that a cache moves beside it, if it is asked for: vertices with colours, and no faces."""
    if values["mesh"] == "yes":
        write_whole(path.with_suffix(".ply"), _ply(film, written(film, values)))


def _ply(film: Film, who: NDArray[np.int64]) -> bytes:
    _, playhead = next(film.walk())
    rows = np.empty(who.size, [("place", "<f4", 3), ("color", "u1", 3)])
    rows["place"], rows["color"] = playhead.position[who], film.scene.bodies.color[who]
    properties = [*(f"float {axis}" for axis in "xyz"), *(f"uchar {hue}" for hue in ("red", "green", "blue"))]
    head = ["ply", "format binary_little_endian 1.0", f"element vertex {who.size}"]
    lines = [*head, *(f"property {each}" for each in properties), "end_header", ""]
    return "\n".join(lines).encode() + rows.tobytes()
