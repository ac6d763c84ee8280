"""The mesh in a glTF file: triangles, strips and fans of all nodes that are shown, bent by their bones, z up."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.meshes.gltf.accessor import array_of
from revanim.scene.meshes.gltf.bend import held, shaped
from revanim.scene.meshes.gltf.document import Document, read_document
from revanim.scene.meshes.gltf.nodes import extension, placed, world
from revanim.scene.meshes.mesh import Mesh, check_faces, check_size, damaged, triangle_mesh
from revanim.scene.meshes.strips import fan, strip
from revanim.scene.passed import Passed
from revanim.scene.placing import UPRIGHT
from revanim.scene.scene import Index
from revanim.sentence import NOTHING, Sentence

TRIANGLES = 4
CUTS: dict[int, Callable[[Index], Index]] = {
    TRIANGLES: lambda corners: corners[: corners.size // 3 * 3].reshape(-1, 3),
    5: strip,
    6: fan,
}
PACKED = "KHR_draco_mesh_compression"  # of a part
PACKED_VIEWS = "EXT_meshopt_compression", "KHR_meshopt_compression"  # of bytes

Part = tuple[Floats, Index]  # vertices, and triangles between them


@dataclass(frozen=True, eq=False)
class Scene:
    """What is read, and what is met on the way."""

    document: Document
    bones: Mapping[int, Floats]  # the matrix of each node in the world, where there are skins
    packed: set[str] = field(default_factory=set)  # how parts are compressed that are left out
    parts: dict[tuple[int, int], Part] = field(default_factory=dict)  # of meshes, where they stand by themselves


def read_gltf(path: Path, passed: Passed) -> Mesh:
    """Return the mesh in a file; what is compressed is left out and named, or refused where nothing else is there."""
    try:
        with np.errstate(all="ignore"):  # what is not finite is refused in a sentence
            document = read_document(path)
            return _joined(Scene(document, world(document) if document.items("skins") else {}), passed)
    # What a damaged description can raise is an open list.
    except (ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, TypeError, ValueError):
        raise damaged(path.name) from None


def _joined(scene: Scene, passed: Passed) -> Mesh:
    """Return all that a scene shows as one mesh."""
    name, found, faces, vertices = scene.document.name, list[Part](), 0, 0
    for node, matrices in placed(scene.document):
        passed(0.0)
        for part in _parts(scene, node, matrices):
            found.append((part[0], part[1] + vertices))
            faces, vertices = faces + len(part[1]), vertices + len(part[0])
            check_size(name, vertices, 0)
            check_faces(name, faces)
    passed(1.0)
    how = ", ".join(sorted(scene.packed))
    if how and not found:
        raise RevanimError("{name} is compressed with {how}, which is not read; save it without.", name=name, how=how)
    places = np.concatenate([np.zeros((0, 3)), *(part[0] for part in found)])
    triangles = np.concatenate([np.zeros((0, 3), np.int64), *(part[1] for part in found)])
    left = Sentence("Parts of {name} are compressed with {how} and left out.", name=name, how=how)
    return triangle_mesh(places @ UPRIGHT, triangles, note=left if how else NOTHING)


def _parts(scene: Scene, node: Mapping[str, Any], matrices: Floats) -> Iterator[Part]:
    """Yield the parts of the mesh of a node, as often as it is shown, in the world."""
    document, mesh = scene.document, scene.document.items("meshes")[node["mesh"]]
    for number, primitive in enumerate(mesh.get("primitives") or []):
        cut = CUTS.get(primitive.get("mode", TRIANGLES))
        if cut is None or "POSITION" not in primitive["attributes"]:  # points and lines have no surface
            continue
        how = _packing(document, primitive)
        if how:
            scene.packed.add(how)
            continue
        vertices, triangles = _part(scene, node, cut, number)
        check_faces(document.name, len(matrices) * len(triangles))
        if "skin" in node:  # where the node itself is counts for nothing then
            skin = document.items("skins")[node["skin"]]
            yield held(document, vertices, primitive, skin, scene.bones), triangles
        else:
            for matrix in matrices:
                yield vertices @ matrix[:3, :3].T + matrix[:3, 3], triangles


def _part(scene: Scene, node: Mapping[str, Any], cut: Callable[[Index], Index], number: int) -> Part:
    """Return a part of the mesh of a node as it stands by itself; what many nodes show is made once."""
    key = node["mesh"], number
    if key in scene.parts and "weights" not in node:
        return scene.parts[key]
    mesh = scene.document.items("meshes")[node["mesh"]]
    primitive = mesh["primitives"][number]
    vertices = shaped(scene.document, node.get("weights") or mesh.get("weights") or [], primitive)
    given = primitive.get("indices")
    corners = np.arange(len(vertices)) if given is None else array_of(scene.document, given)[:, 0].astype(np.int64)
    part = vertices, cut(corners)
    if "weights" not in node:
        scene.parts[key] = part
    return part


def _packing(document: Document, primitive: Mapping[str, Any]) -> str:
    """Return how the numbers of a part are compressed, or nothing where they also stand there plainly."""
    used = [primitive["attributes"]["POSITION"], *([primitive["indices"]] if "indices" in primitive else [])]
    for number in used:
        view = document.items("accessors")[number].get("bufferView")
        if view is None and extension(primitive, PACKED):
            return PACKED
        bytes_of = {} if view is None else document.items("bufferViews")[view]
        for how in PACKED_VIEWS:
            if extension(bytes_of, how) and document.buffers[bytes_of["buffer"]] is None:
                return how
    return ""
