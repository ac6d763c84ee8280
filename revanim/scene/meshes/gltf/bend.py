"""Shapes mixed into each other, and vertices where their bones hold them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.meshes.gltf.accessor import array_of
from revanim.scene.meshes.gltf.document import Document
from revanim.scene.meshes.mesh import check_size

AT_ONCE = 1 << 16  # vertices, each with a matrix
BONES = 4  # that hold a vertex


def shaped(document: Document, weights: Sequence[float], primitive: Mapping[str, Any]) -> Floats:
    """Return the vertices of a part, float64[n, 3], with as much of its other shapes as the weights ask."""
    vertices = array_of(document, primitive["attributes"]["POSITION"])[:, :3]
    targets = [
        (weight, target["POSITION"])
        for weight, target in zip(weights, primitive.get("targets") or [], strict=False)
        if weight and "POSITION" in target
    ]
    check_size(document.name, len(targets) * len(vertices), 0)
    for weight, number in targets:
        vertices = vertices + weight * array_of(document, number)
    return vertices


def held(
    document: Document,
    vertices: Floats,
    primitive: Mapping[str, Any],
    skin: Mapping[str, Any],
    bones: Mapping[int, Floats],
) -> Floats:
    """Return vertices in the world, each where the bones hold it that share it."""
    attributes = primitive["attributes"]
    if "JOINTS_0" not in attributes:
        return vertices
    matrices = np.stack([bones[joint] for joint in skin["joints"]])
    if "inverseBindMatrices" in skin:
        rest = array_of(document, skin["inverseBindMatrices"]).reshape(-1, 4, 4).transpose(0, 2, 1)
        matrices = matrices @ rest[: len(matrices)]
    bone = array_of(document, attributes["JOINTS_0"]).astype(np.int64)
    share = array_of(document, attributes["WEIGHTS_0"])
    found = np.zeros_like(vertices)
    for begin in range(0, len(vertices), AT_ONCE):
        some = slice(begin, begin + AT_ONCE)
        for column in range(BONES):
            matrix = matrices[bone[some, column]]
            moved = np.einsum("nij,nj->ni", matrix[:, :3, :3], vertices[some]) + matrix[:, :3, 3]
            found[some] += share[some, column, None] * moved
    return found
