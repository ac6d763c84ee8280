"""STL, as text or as records of 50 bytes."""

from pathlib import Path

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.meshes.mesh import Mesh, check_size, damaged, triangle_mesh
from revanim.scene.meshes.words import blocks
from revanim.scene.passed import Passed

HEAD = 84  # bytes, the last four of which say how many records follow
RECORD = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("rest", "<u2")])


def read_stl(path: Path, passed: Passed) -> Mesh:
    """Return the mesh in a file. Many that begin with `solid` are no text, so their length decides."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        length = path.stat().st_size - HEAD
        count = int.from_bytes(head[-4:], "little")
        if length >= 0 and (length == count * RECORD.itemsize or not head.lstrip().lower().startswith(b"solid")):
            if count * RECORD.itemsize > length:
                raise damaged(path.name)
            check_size(path.name, 3 * count, 3 * count)
            places = np.frombuffer(file.read(count * RECORD.itemsize), RECORD)["corners"].astype(np.float64)
        else:
            places = _text(path, passed)
    passed(1.0)
    return triangle_mesh(places.reshape(-1, 3), np.arange(places.size // 3).reshape(-1, 3))


def _text(path: Path, passed: Passed) -> Floats:
    """Return the corners of all triangles, which stand in lines of their own."""
    parts, count = [np.zeros((0, 3))], 0
    try:
        with path.open("rb") as file:
            for words in blocks(file, path.name, passed):
                is_vertex = words.called(b"vertex")
                if (np.bincount(words.line, minlength=words.lines)[is_vertex] != 4).any():
                    raise ValueError
                parts.append(words.places(is_vertex, 1))
                count += len(parts[-1])
                check_size(path.name, count, 0)
    except ValueError:
        raise damaged(path.name) from None
    if count % 3:
        raise damaged(path.name)
    return np.concatenate(parts)
