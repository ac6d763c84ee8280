"""Wavefront OBJ: its vertices and faces; materials, normals, lines and curves are passed over."""

from array import array
from pathlib import Path

import numpy as np

from revanim.scene.meshes.lines import counted, lines
from revanim.scene.meshes.mesh import Mesh, check_faces, check_size, damaged
from revanim.scene.passed import Passed


def read_obj(path: Path, passed: Passed) -> Mesh:
    """Return the mesh in a file; numbers below zero count back from the last vertex."""
    vertices, faces = counted(path, b"\nv "), counted(path, b"\nf ")
    check_size(path.name, vertices, 0)
    check_faces(path.name, faces)
    places, counts, corners = array("d"), array("q"), array("q")
    try:
        for kind, *words in lines(path, passed):
            if kind == b"v":
                x, y, z = map(float, words[:3])
                places.extend((x, y, z))
            elif kind in (b"f", b"fo"):
                face = [int(word.partition(b"/")[0]) for word in words]
                last = len(places) // 3
                corners.extend(number - 1 if number > 0 else last + number if number else -1 for number in face)
                counts.append(len(face))
            check_size(path.name, len(places) // 3, len(corners))
    except (ValueError, OverflowError):
        raise damaged(path.name) from None
    return Mesh(np.array(places).reshape(-1, 3), np.array(counts, np.int64), np.array(corners, np.int64))
