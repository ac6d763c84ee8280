"""OFF, the Object File Format of Geomview, as text."""

from array import array
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from revanim.error import RevanimError
from revanim.scene.meshes.lines import lines
from revanim.scene.meshes.mesh import Mesh, check_size, damaged
from revanim.scene.passed import Passed


def read_off(path: Path, passed: Passed) -> Mesh:
    """Return the mesh in a file: its head, how many vertices and faces, their places, and their corners."""
    try:
        rows = lines(path, passed)
        vertices, faces = _head(rows, path.name)
        check_size(path.name, vertices, faces)
        places, counts, corners = array("d"), array("q"), array("q")
        for _ in range(vertices):
            x, y, z = map(float, next(rows)[:3])
            places.extend((x, y, z))
        for _ in range(faces):
            count, *words = next(rows)
            face = [int(word) for word in words[: int(count)]]
            if len(face) != int(count):
                raise damaged(path.name)
            counts.append(len(face))
            corners.extend(face)
            check_size(path.name, 0, len(corners))
    # The generator that ends too early raises StopIteration.
    except (ValueError, OverflowError, StopIteration):
        raise damaged(path.name) from None
    return Mesh(np.array(places).reshape(-1, 3), np.array(counts, np.int64), np.array(corners, np.int64))


def _head(rows: Iterator[list[bytes]], name: str) -> tuple[int, int]:
    """Return how many vertices and faces follow; the name of the format may lack, and tells what a vertex has more."""
    words = next(rows)
    if words[0].upper().endswith(b"OFF"):
        if words[0].upper() not in (b"OFF", b"COFF", b"NOFF", b"CNOFF", b"STOFF") or b"BINARY" in words:
            raise RevanimError(
                "{name} is written as {kind}; of OFF, plain text in three dimensions is read.",
                name=name,
                kind=b" ".join(words)[:24].decode(errors="replace"),
            )
        words = words[1:] or next(rows)
    vertices, faces = int(words[0]), int(words[1])
    if vertices < 0 or faces < 0:
        raise damaged(name)
    return vertices, faces
