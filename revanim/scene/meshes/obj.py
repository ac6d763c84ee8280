"""Wavefront OBJ: its vertices and faces; materials, normals, lines and curves are passed over."""

from pathlib import Path

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.meshes.mesh import Mesh, check_size, damaged, mesh_of
from revanim.scene.meshes.words import Words, blocks
from revanim.scene.passed import Passed
from revanim.scene.scene import Index


def read_obj(path: Path, passed: Passed) -> Mesh:
    """Return the mesh in a file; numbers below zero count back from the last vertex."""
    parts, vertices, used = list[tuple[Floats, Index, Index]](), 0, 0
    try:
        with path.open("rb") as file:
            for words in blocks(file, path.name, passed):
                is_vertex = words.called(b"v")
                place = words.places(is_vertex, 1)
                count, corner = _faces(words, vertices + np.cumsum(is_vertex))
                parts.append((place, count, corner))
                vertices, used = vertices + len(place), used + corner.size
                check_size(path.name, vertices, used)
    except ValueError:
        raise damaged(path.name) from None
    return mesh_of(parts)


def _faces(words: Words, upto: Index) -> tuple[Index, Index]:
    """Return how many corners faces have and which, where so many vertices are there up to each line, int64[lines]."""
    is_face = words.called(b"f") | words.called(b"fo")
    chosen = is_face[words.line] & (words.place > 0)
    line, number = words.line[chosen], words.whole(chosen, upto=b"/")
    corner = np.where(number > 0, number - 1, upto[line] + number)
    return np.bincount(line, minlength=words.lines)[is_face], np.where(number, corner, -1)
