"""Films as glTF 2.0 in one binary file: a node with a key for each body and frame, and for the camera.

y points up and no second is negative, as the format asks. The keys of a body lie together in the file, and are written
into their places while they are walked; all that stands before them is known by then.
"""

import json
import struct
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from revanim.draw.eye import eye_at
from revanim.error import RevanimError
from revanim.export.film import Film
from revanim.export.gltf_camera import POSE, camera_entry, camera_pose
from revanim.export.points import POINT, PointFrame, Singles, light, points, upright, written
from revanim.scene.scene import Index

MOST = 500  # bodies
LARGEST = 2**32 - 1  # bytes
CHUNK = 8 << 20  # bytes of keys that are kept until the file takes them
DIVISIONS = 2  # of an icosahedron

FLOAT, SHORT = 5126, 5123  # glTF's numbers for kinds
VERTICES, FACES = 34962, 34963  # and for what a part of the file is for


def write_glb(film: Film, path: Path, values: Mapping[str, Any]) -> None:
    """Write a film; raises RevanimError where it has more bodies or keys than can be."""
    who = _bearable(film, values)
    times, (sphere, faces) = _times(film), _sphere()
    still = [array.tobytes() for array in (times, sphere, faces)]
    document = _document(film, who, next(points(film, values)), times, sphere, faces)
    if values["camera"] == "yes":
        _add_camera(document, film)
    if film.scene.look.size_by:
        _add_sizes(document, film, who.size)
    length = document["buffers"][0]["byteLength"]
    text = json.dumps(document, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    with path.open("wb") as file:
        file.write(struct.pack("<4sII", b"glTF", 2, 12 + 8 + len(text) + 8 + length))
        file.write(struct.pack("<I4s", len(text), b"JSON") + text)
        file.write(struct.pack("<I4s", length, b"BIN\0") + b"".join(still))
        poses, turns = np.empty((film.count, POSE), "<f4"), 1 + bool(film.scene.look.size_by)
        _write_keys(film, who, file, _places(film.part(0, turns), who, poses))
        if values["camera"] == "yes":
            file.write(poses[:, :3].tobytes() + poses[:, 3:].tobytes())
        if film.scene.look.size_by:
            _write_keys(film, who, file, _sizes(film.part(1, turns), values))


def glb_size(film: Film, values: Mapping[str, Any]) -> int:
    """Return about how many bytes the keys take; raises RevanimError as `write_glb` does."""
    return film.count * (_vectors(film) * _bearable(film, values).size * POINT + 4 * POSE)


def _vectors(film: Film) -> int:
    """Return how many vectors a body has at a frame: its place, and its size where that changes."""
    return 2 if film.scene.look.size_by else 1


def _bearable(film: Film, values: Mapping[str, Any]) -> Index:
    who = written(film, values)
    if who.size > MOST:
        raise RevanimError(
            "In glTF each body is an object with keys of its own, and programs bear {most} of them; write the"
            " {count} bodies as USD, PC2 or CSV.",
            most=MOST,
            count=who.size,
        )
    if film.count * who.size * _vectors(film) * POINT > LARGEST - (1 << 20):
        raise RevanimError(
            "A glTF file holds 4 GB, which the keys of {count} frames exceed; write fewer frames.", count=film.count
        )
    return who


def _write_keys(film: Film, who: Index, file: IO[bytes], moments: Iterable[tuple[int, Singles]]) -> None:
    """Write float32[bodies, frames, 3] from here on, some frames of all bodies at a time; go to where they end."""
    begin, room = file.tell(), max(1, CHUNK // (POINT * who.size))
    keys = np.empty((who.size, room, 3), "<f4")
    for index, rows in moments:
        slot = index % room
        keys[:, slot] = rows
        if slot == room - 1 or index == film.count - 1:
            for body, row in enumerate(keys[:, : slot + 1]):
                file.seek(begin + (body * film.count + index - slot) * POINT)
                file.write(row.tobytes())
    file.seek(begin + film.count * who.size * POINT)


def _places(film: Film, who: Index, poses: Singles) -> Iterator[tuple[int, Singles]]:
    """Yield where bodies are at each moment, and note where the camera is then, float32[frames, 7]."""
    steps = film.scene.timing.steps_per_frame
    for moment, playhead in film.walk():
        poses[moment.index] = camera_pose(eye_at(film.scene, playhead.now / steps, playhead.position))
        yield moment.index, upright(playhead.position[who]).astype(np.float32)


def _sizes(film: Film, values: Mapping[str, Any]) -> Iterator[tuple[int, Singles]]:
    """Yield how large bodies are at each moment."""
    for now in points(film, values):
        yield now.moment.index, np.repeat(now.radius[:, None], 3, axis=1).astype(np.float32)


def _add_camera(document: dict[str, Any], film: Film) -> None:
    """Let a document have a camera behind the bodies, which moves where that of the scene does."""
    view, node = eye_at(film.scene, film.first, film.scene.bodies.position), len(document["nodes"])
    pose = camera_pose(view)
    document["cameras"] = [camera_entry(view, film.scene.look)]
    document["nodes"].append({"name": "camera", "camera": 0, "translation": pose[:3], "rotation": pose[3:]})
    document["scenes"][0]["nodes"].append(node)
    _add_keys(document, [node], "translation", "VEC3", film.count)
    _add_keys(document, [node], "rotation", "VEC4", film.count)


def _add_sizes(document: dict[str, Any], film: Film, bodies: int) -> None:
    """Let the bodies of a document change their size."""
    _add_keys(document, range(bodies), "scale", "VEC3", film.count)


def _add_keys(document: dict[str, Any], nodes: Iterable[int], path: str, kind: str, count: int) -> None:
    """Let nodes have keys for each of `count` frames, which lie behind all that a document has, node by node."""
    (motion,), (buffer,) = document["animations"], document["buffers"]
    numbers, begin, view = int(kind.removeprefix("VEC")), buffer["byteLength"], len(document["bufferViews"])
    for index, node in enumerate(nodes):
        keys = {"bufferView": view, "componentType": FLOAT, "count": count, "type": kind}
        document["accessors"].append({**keys, "byteOffset": index * 4 * numbers * count})
        motion["channels"].append({"sampler": len(motion["samplers"]), "target": {"node": node, "path": path}})
        motion["samplers"].append({"input": 0, "output": len(document["accessors"]) - 1})
        buffer["byteLength"] += 4 * numbers * count
    document["bufferViews"].append({"buffer": 0, "byteOffset": begin, "byteLength": buffer["byteLength"] - begin})


def _document(
    film: Film, who: Index, now: PointFrame, times: Singles, sphere: Singles, faces: NDArray[np.uint16]
) -> dict[str, Any]:
    """Return what is in the file: spheres in their colours, and how they move."""
    shades = np.column_stack([light(now.color), now.opacity])
    hues, hue = np.unique(shades, axis=0, return_inverse=True)
    shape = {"attributes": {"POSITION": 1, "NORMAL": 1}, "indices": 2}
    radius, place, many = now.radius, upright(now.position).astype(np.float32), range(who.size)
    return {
        "asset": {"version": "2.0", "generator": "revanim"},
        "scene": 0,
        "scenes": [{"name": film.scene.name or "revanim", "nodes": [*many]}],
        "nodes": [
            {"name": f"body {who[i]}", "mesh": int(hue[i]), "translation": place[i].tolist(), "scale": [radius[i]] * 3}
            for i in many
        ],
        "meshes": [{"primitives": [{**shape, "material": index}]} for index in range(len(hues))],
        "materials": [_material(*color) for color in hues.tolist()],
        "animations": [
            {
                "name": "motion",
                "channels": [{"sampler": i, "target": {"node": i, "path": "translation"}} for i in many],
                "samplers": [{"input": 0, "output": 3 + i} for i in many],
            }
        ],
        **_layout(film.count, who.size, times, sphere, faces),
    }


def _material(*color: float) -> dict[str, Any]:
    """Return a material of a colour whose last number is how opaque it is."""
    plain = {"baseColorFactor": [*color], "metallicFactor": 0.0, "roughnessFactor": 0.5}
    return {"pbrMetallicRoughness": plain, **({"alphaMode": "BLEND"} if color[3] < 1 else {})}


def _layout(count: int, bodies: int, times: Singles, sphere: Singles, faces: NDArray[np.uint16]) -> dict[str, Any]:
    """Return where each array lies: seconds, the sphere, its faces, and the keys of each body."""
    views, begin = list[dict[str, int]](), 0
    for length, target in ((times.nbytes, 0), (sphere.nbytes, VERTICES), (faces.nbytes, FACES)):
        views.append({"buffer": 0, "byteOffset": begin, "byteLength": length} | ({"target": target} if target else {}))
        begin += length
    views.append({"buffer": 0, "byteOffset": begin, "byteLength": count * bodies * POINT})
    keys = {"bufferView": 3, "componentType": FLOAT, "count": count, "type": "VEC3"}
    ends = {"min": [float(times[0])], "max": [float(times[-1])]}
    corners = {"min": sphere.min(axis=0).tolist(), "max": sphere.max(axis=0).tolist()}
    return {
        "accessors": [
            {"bufferView": 0, "componentType": FLOAT, "count": count, "type": "SCALAR", **ends},
            {"bufferView": 1, "componentType": FLOAT, "count": len(sphere), "type": "VEC3", **corners},
            {"bufferView": 2, "componentType": SHORT, "count": faces.size, "type": "SCALAR"},
            *({**keys, "byteOffset": body * count * POINT} for body in range(bodies)),
        ],
        "bufferViews": views,
        "buffers": [{"byteLength": begin + count * bodies * POINT}],
    }


def _times(film: Film) -> Singles:
    """Return the second of each frame; frame 0 is second 0, unless the film begins before it."""
    numbers = film.first + np.arange(film.count) * film.every
    return ((numbers - min(film.first, 0)) / film.scene.timing.fps).astype(np.float32)


def _sphere() -> tuple[Singles, NDArray[np.uint16]]:
    """Return vertices of a sphere of radius 1, which are its normals too, and its faces."""
    from trimesh.creation import icosphere  # only who writes spheres pays for it

    mesh = icosphere(subdivisions=DIVISIONS)
    return mesh.vertices.astype(np.float32), mesh.faces.astype(np.uint16).ravel()
