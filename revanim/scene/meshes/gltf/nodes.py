"""Where the nodes of a glTF scene put what they show."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.meshes.gltf.accessor import array_of
from revanim.scene.meshes.gltf.document import Document

MOST_NODES, DEEPEST = 100_000, 200
USUAL = {"TRANSLATION": (0.0, 0.0, 0.0), "ROTATION": (0.0, 0.0, 0.0, 1.0), "SCALE": (1.0, 1.0, 1.0)}
PLACING = {"matrix", "translation", "rotation", "scale"}
INSTANCES, VISIBILITY = "EXT_mesh_gpu_instancing", "KHR_node_visibility"


def placed(document: Document) -> Iterator[tuple[Mapping[str, Any], Floats]]:
    """Yield each node of the scene that shows a mesh, and its matrices in the world, float64[copies, 4, 4]."""
    nodes, own, seen = document.items("nodes"), dict[int, Floats | None](), 0
    waiting = [(number, np.eye(4), 0) for number in reversed(roots(document))]
    while waiting:
        number, above, depth = waiting.pop()
        seen += 1
        if seen > MOST_NODES or depth > DEEPEST:
            raise _too_many(document)
        node = nodes[number]
        if not extension(node, VISIBILITY).get("visible", True):
            continue
        if number not in own:
            own[number] = _matrix(node)
        matrix = own[number]
        here = above if matrix is None else above @ matrix
        if "mesh" in node:
            yield node, here @ _copies(document, node)
        waiting += [(child, here, depth + 1) for child in reversed(node.get("children") or [])]


def roots(document: Document) -> list[int]:
    """Return the nodes at the top of the scene that the document shows; without scenes, those that have no parent."""
    scenes = document.items("scenes")
    if scenes:
        return list(scenes[document.description.get("scene", 0)].get("nodes") or [])
    nodes = document.items("nodes")
    below = {child for node in nodes for child in node.get("children") or []}
    return [number for number in range(len(nodes)) if number not in below]


def extension(part: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return what an extension says of a part, or nothing."""
    return (part.get("extensions") or {}).get(name) or {}


def _too_many(document: Document) -> RevanimError:
    return RevanimError(
        "{name} is nested without end, or shows more than {most} elements.", name=document.name, most=MOST_NODES
    )


def world(document: Document) -> dict[int, Floats]:
    """Return the matrix of every node, wherever it is."""
    nodes = document.items("nodes")
    matrices = dict[int, Floats]()
    below = {child for node in nodes for child in node.get("children") or []}
    waiting = [(number, np.eye(4)) for number in range(len(nodes)) if number not in below]
    while waiting:
        number, above = waiting.pop()
        if number not in matrices:
            matrix = _matrix(nodes[number])
            matrices[number] = above if matrix is None else above @ matrix
            waiting += [(child, matrices[number]) for child in nodes[number].get("children") or []]
    return matrices


def _matrix(node: Mapping[str, Any]) -> Floats | None:
    """Return how a node lies in the one above it, float64[4, 4], or None where it does not differ from that."""
    if not PLACING & node.keys():
        return None
    if "matrix" in node:
        return np.asarray(np.array(node["matrix"], np.float64).reshape(4, 4).T)
    given = (node.get("translation", (0, 0, 0)), node.get("rotation", (0, 0, 0, 1)), node.get("scale", (1, 1, 1)))
    return np.asarray(composed(*(np.array([value], np.float64) for value in given))[0])


def _copies(document: Document, node: Mapping[str, Any]) -> Floats:
    """Return where in its node a mesh is shown, float64[copies, 4, 4]: once, or as often as it is instanced."""
    attributes = extension(node, INSTANCES).get("attributes")
    if not attributes:
        return np.eye(4)[None]
    given = {name: array_of(document, number) for name, number in attributes.items() if name in USUAL}
    count = max(map(len, given.values()), default=0)
    if count > MOST_NODES:
        raise _too_many(document)
    return composed(*(given.get(name, np.tile(USUAL[name], (count, 1))) for name in USUAL))


def composed(translation: Floats, rotation: Floats, scale: Floats) -> Floats:
    """Return matrices, float64[n, 4, 4], that scale, then turn by quaternions x, y, z, w, then move."""
    x, y, z, w = rotation.T / np.maximum(np.sqrt((rotation**2).sum(axis=1)), np.finfo(np.float64).tiny)
    turn = np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )
    matrices = np.zeros((len(translation), 4, 4))
    matrices[:, :3, :3] = turn.transpose(2, 0, 1) * scale[:, None]
    matrices[:, :3, 3] = translation
    matrices[:, 3, 3] = 1.0
    return matrices
