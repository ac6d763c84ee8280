"""The readers of meshes beside trimesh's, and what hand-made files of other programs hold."""

import contextlib
import json
import struct
from base64 import b64encode
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import trimesh

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.scene.meshes.mesh import Mesh
from revanim.scene.pose import make_pose
from revanim.scene.poses.mesh import READERS, read

CASES = Path(__file__).parents[1] / "cases" / "mesh"
TURN = np.array([[1, 0, 0], [0, 0, 1], [0, -1, 0]])


def heard(part: float) -> None:
    pass


def surface(path: Path) -> tuple[Floats, Floats]:
    """Return the corners of all triangles, float64[t, 3, 3], and the area of each."""
    vertices, faces, _ = read(path, heard)
    corners = vertices[faces]
    return corners, np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1) / 2


def shown(path: Path, count: int = 300) -> Floats:
    return make_pose("mesh", count, source=path, size=0.0).position


@pytest.mark.parametrize("name", ["concave_L.obj", "concave_U.obj", "concave_U.off", "concave_U.ply"])
def test_nothing_lies_in_a_notch(name: str) -> None:
    x, y, _ = shown(CASES / name).T
    assert not ((x > 1) & (y > 1) & (x < 4)).any()
    assert surface(CASES / name)[1].sum() == pytest.approx(5 if "L" in name else 11)


@pytest.mark.parametrize("name", ["sparse.glb", "fan.glb", "my mesh.gltf", "quant_norm.glb"])
def test_rectangles_of_gltf_are_as_large_as_they_are(name: str) -> None:
    corners, area = surface(CASES / name)
    left = area[corners.max(axis=1)[:, 0] < 5].sum()
    assert left == pytest.approx(2, rel=1e-3)
    assert area.sum() == pytest.approx(4 if name == "quant_norm.glb" else 2, rel=1e-3)
    assert corners.reshape(-1, 3).max(axis=0)[0] == pytest.approx(12 if area.sum() > 3 else 2)


def test_what_is_up_in_gltf_is_up() -> None:
    assert shown(CASES / "y_up_pillar.glb")[:, 2].max() == pytest.approx(10, abs=0.5)


@pytest.mark.parametrize(("name", "how"), [("draco.glb", "KHR_draco"), ("meshopt.glb", "EXT_meshopt")])
def test_a_compression_is_named(name: str, how: str) -> None:
    with pytest.raises(ra.RevanimError, match=f"is compressed with {how}"):
        shown(CASES / name)


@pytest.mark.parametrize("suffix", list(READERS))
def test_every_format_gives_the_triangles_that_another_reader_finds(suffix: str, tmp_path: Path) -> None:
    shape = trimesh.creation.torus(1.0, 0.4, major_sections=12, minor_sections=7)
    files = shape.export(file_type="gltf") if suffix == ".gltf" else {"it" + suffix: shape.export(file_type=suffix[1:])}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    (path,) = tmp_path.glob(f"*{suffix}")
    corners, _ = surface(path)
    theirs = trimesh.load_mesh(path, process=False).triangles @ (TURN if suffix[1] == "g" else np.eye(3))
    assert corners == pytest.approx(theirs, abs=1e-6)


def test_our_own_film_comes_back_upright(tmp_path: Path) -> None:
    scene = ra.example("pendulum")
    ra.export(scene, tmp_path / "it.glb", (1, 1))
    place = shown(tmp_path / "it.glb", 2000)
    playhead = ra.Playhead(scene)
    playhead.seek(1)
    apart = np.linalg.norm(place[:, None] - playhead.position, axis=2)
    assert apart.min(axis=1).max() < 1.01 * scene.bodies.radius.max()


OBJ = """# Blender
mtllib it.mtl
o Plane
v 0 0 0 0.5 0.5 0.5
v 1.0 0 0
v 1 1 0
v\t0 1e0 0
vt 0 0
vn 0 0 1
usemtl None
s off
f 1/1/1 2//1 \\
  3/1 4
l 1 2
f -4 -3 -2
"""


def test_obj_counts_back_continues_lines_and_ignores_the_rest(tmp_path: Path) -> None:
    (tmp_path / "it.obj").write_text(OBJ)
    assert surface(tmp_path / "it.obj")[1] == pytest.approx([0.5, 0.5, 0.5])


def ply(path: Path, order: str, head: str, body: bytes) -> Path:
    path.write_bytes(f"ply\nformat {order} 1.0\ncomment made by hand\n{head}end_header\n".encode() + body)
    return path


VERTICES = "element vertex 5\n" + "".join(
    f"property {kind} {name}\n"
    for kind, names in (("float", ("x", "y", "z")), ("uchar", ("red", "green", "blue")))
    for name in names
)
MIXED = "".join(
    f"{line}\n"
    for line in (
        "element face 2",
        "property uchar flags",
        "property list uchar short vertex_index",
        "property list uchar float texcoord",
    )
)
PLACES = [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0), (2, 0, 0)]


@pytest.mark.parametrize(("order", "sign"), [("binary_little_endian", "<"), ("binary_big_endian", ">"), ("ascii", "")])
def test_faces_of_ply_may_differ_in_length_and_have_other_columns(order: str, sign: str, tmp_path: Path) -> None:
    faces = [(0, 1, 2, 3), (1, 4, 2)]
    if sign:
        body = b"".join(struct.pack(f"{sign}3f3B", *place, 255, 0, 9) for place in PLACES)
        for face in faces:
            body += struct.pack(f"{sign}BB{len(face)}hB2f", 7, len(face), *face, 2, np.nan, 0.5)
    else:
        rows = [" ".join(map(str, (*place, 255, 0, 9))) for place in PLACES]
        rows += [" ".join(map(str, (7, len(face), *face, 2, "nan", 0.5))) for face in faces]
        body = "\n".join(rows).encode()
    path = ply(tmp_path / "it.ply", order, VERTICES + MIXED, body)
    assert surface(path)[1] == pytest.approx([0.5, 0.5, 0.5])
    mesh: Mesh = READERS[".ply"](path, heard)
    assert mesh.color is not None
    assert mesh.color.tolist() == [[255, 0, 9]] * 5


def test_strips_of_scanners_are_read(tmp_path: Path) -> None:
    head = "element vertex 5\nproperty float x\nproperty float y\nproperty float z\nelement tristrips 1\n"
    body = "\n".join(" ".join(map(str, place)) for place in PLACES) + "\n8 0 1 3 2 -1 1 4 2\n"
    path = ply(tmp_path / "it.ply", "ascii", head + "property list int int vertex_indices\n", body.encode())
    assert surface(path)[1] == pytest.approx([0.5, 0.5, 0.5])


@pytest.mark.parametrize("text", ["OFF 4 1 6\n{}", "4 1 6\n{}", "OFF\n# made by hand\n\n4 1 6\n{}", "COFF\n4 1 6\n{}"])
def test_heads_of_off(text: str, tmp_path: Path) -> None:
    places = [f"{x} {y} 0 {'255 0 0 255' if text[0] == 'C' else ''}" for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
    (tmp_path / "it.off").write_text(text.format("\n".join(places)) + "\n4 0 1 2 3 0.5 0.5 0.5\n")
    assert surface(tmp_path / "it.off")[1] == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize("head", [b"solid from a tool that writes bytes", b"any text"])
def test_bytes_of_stl_that_begin_like_text(head: bytes, tmp_path: Path) -> None:
    data = trimesh.creation.box().export(file_type="stl")
    (tmp_path / "it.stl").write_bytes(head.ljust(80) + data[80:])
    assert surface(tmp_path / "it.stl")[1].sum() == pytest.approx(6)


SQUARE = np.array([(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)], "<f4")


def gltf(path: Path, mesh: dict[str, Any], nodes: list[dict[str, Any]], **more: Any) -> Path:
    """Write a square, four places as accessor 0 and a fan of them as the mesh, with what a test adds."""
    data = SQUARE.tobytes() + more.pop("data", b"")
    uri = f"data:application/octet-stream;base64,{b64encode(data).decode()}"
    views = [{"buffer": 0, "byteLength": SQUARE.nbytes}, *more.pop("views", [])]
    accessors = [{"bufferView": 0, "componentType": 5126, "count": 4, "type": "VEC3"}, *more.pop("accessors", [])]
    text = {
        "asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}], "nodes": nodes,
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "mode": 6}], **mesh}],
        "accessors": accessors, "bufferViews": views,
        "buffers": [{"byteLength": len(data), "uri": uri}],
        **more,
    }  # fmt: skip
    path.write_text(json.dumps(text))
    return path


def test_nodes_move_turn_scale_and_hide(tmp_path: Path) -> None:
    quarter = [0, 0, 0.5**0.5, 0.5**0.5]
    nodes: list[dict[str, Any]] = [
        {"children": [1, 2, 3], "translation": [10, 0, 0], "rotation": quarter, "scale": [2, 2, 2]},
        {"mesh": 0},
        {"mesh": 0, "matrix": [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 5, 1]},
        {"mesh": 0, "extensions": {"KHR_node_visibility": {"visible": False}}},
    ]
    corners, area = surface(gltf(tmp_path / "it.gltf", {}, nodes))
    assert area.sum() == pytest.approx(8)
    assert corners.reshape(-1, 3).min(axis=0) == pytest.approx([8, -10, 0])
    assert corners.reshape(-1, 3).max(axis=0) == pytest.approx([10, 0, 2])


def test_bones_and_shapes_bend_a_mesh(tmp_path: Path) -> None:
    moved = np.zeros((4, 3), "<f4")
    moved[:, 2] = 4
    bones = np.zeros((4, 4), "u1")
    bones[2:, 0] = 1
    shares = np.zeros((4, 4), "<f4")
    shares[:, 0] = 1
    data = [moved.tobytes(), bones.tobytes(), shares.tobytes()]
    begins = np.cumsum([48, *map(len, data)])
    path = gltf(
        tmp_path / "it.gltf",
        {
            "primitives": [
                {
                    "attributes": {"POSITION": 0, "JOINTS_0": 2, "WEIGHTS_0": 3},
                    "mode": 6,
                    "targets": [{"POSITION": 1}],
                }
            ],
            "weights": [0.5],
        },
        [{"mesh": 0, "skin": 0, "translation": [99, 99, 99]}, {}, {"translation": [0, 6, 0]}],
        data=b"".join(data),
        views=[
            {"buffer": 0, "byteOffset": int(at), "byteLength": len(part)}
            for at, part in zip(begins, data, strict=False)
        ],
        accessors=[
            {"bufferView": 1, "componentType": 5126, "count": 4, "type": "VEC3"},
            {"bufferView": 2, "componentType": 5121, "count": 4, "type": "VEC4"},
            {"bufferView": 3, "componentType": 5126, "count": 4, "type": "VEC4"},
        ],
        skins=[{"joints": [1, 2]}],
        scenes=[{"nodes": [0, 1, 2]}],
    )
    places = surface(path)[0].reshape(-1, 3)
    assert places.min(axis=0) == pytest.approx([0, -2, 0])  # y is up: what was z is -y now
    assert places.max(axis=0) == pytest.approx([1, -2, 7])


def test_one_compressed_part_of_several_is_said(tmp_path: Path) -> None:
    packed = {"attributes": {"POSITION": 1}, "extensions": {"KHR_draco_mesh_compression": {"bufferView": 0}}}
    path = gltf(
        tmp_path / "it.gltf",
        {"primitives": [{"attributes": {"POSITION": 0}, "mode": 6}, packed]},
        [{"mesh": 0}],
        accessors=[{"componentType": 5126, "count": 4, "type": "VEC3"}],
    )
    assert "compressed with KHR_draco_mesh_compression and left out" in str(make_pose("mesh", 9, source=path).note)


GROWING = {
    "an accessor of no bytes": {"accessors": [{"componentType": 5126, "count": 30_000_000, "type": "VEC3"}],
                                "mesh": {"primitives": [{"attributes": {"POSITION": 1}}]}},
    "nodes of nodes": {"nodes": [{"children": [k + 1] * 10} for k in range(12)] + [{"mesh": 0}]},
    "a node in itself": {"nodes": [{"children": [0], "mesh": 0}]},
    "a count below zero": {"accessors": [{"componentType": 5126, "count": -5, "type": "VEC3"}],
                           "mesh": {"primitives": [{"attributes": {"POSITION": 1}}]}},
    "a view beyond the end": {"views": [{"buffer": 0, "byteLength": 1 << 40}],
                              "accessors": [{"bufferView": 1, "componentType": 5126, "count": 1 << 20, "type": "VEC3"}],
                              "mesh": {"primitives": [{"attributes": {"POSITION": 1}}]}},
    "no such mesh": {"nodes": [{"mesh": 7}]},
    "a text for a number": {"nodes": [{"mesh": 0, "translation": "far"}]},
    "huge numbers": {"nodes": [{"mesh": 0, "scale": [1e300, 1e300, 1e300]}]},
    "a name of another machine": {"buffers": [{"uri": "http://localhost/x.bin", "byteLength": 48}]},
}  # fmt: skip


@pytest.mark.parametrize("case", GROWING)
def test_what_would_grow_or_is_torn_is_a_sentence(case: str, tmp_path: Path) -> None:
    given: dict[str, Any] = dict(GROWING[case])
    path = gltf(tmp_path / "it.gltf", given.pop("mesh", {}), given.pop("nodes", [{"mesh": 0}]), **given)
    with pytest.raises(ra.RevanimError, match=r"^it\.gltf "):
        shown(path)


PROPERTIES = "ply\nformat binary_little_endian 1.0\nelement face 6000000\n" + "".join(
    f"property list uchar uchar p{number}\n" for number in range(900)
)
PROPERTIES += "end_header\n" + "\0\0" * 500


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("it.obj", "v 0 0 0\n" + "f 1 1 1" + " 1" * (1 << 20)),
        ("it.off", "OFF\n9999999 1 0\n"),
        ("it.off", "OFF\n3 1 0\n0 0 0\n"),
        ("it.off", "OFF BINARY\n"),
        ("it.stl", "solid it\nfacet\nvertex 1 2\n"),
        ("it.ply", "ply\nformat ascii 1.0\nelement vertex 1\nproperty list char char x\nend_header\n-1\n"),
        ("it.ply", "ply\n" + "comment\n" * 2000),
        ("it.ply", PROPERTIES),
    ],
)
def test_what_never_ends_or_ends_too_soon_is_a_sentence(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(ra.RevanimError, match=name.replace(".", r"\.")):
        shown(tmp_path / name)


@pytest.mark.parametrize("suffix", list(READERS))
def test_a_damaged_mesh_is_a_pose_or_one_sentence(suffix: str, tmp_path: Path) -> None:
    shape, random = trimesh.creation.box(), np.random.default_rng(0)
    if suffix == ".gltf":
        whole = gltf(tmp_path / "whole.gltf", {}, [{"mesh": 0}]).read_bytes()
    else:
        made = shape.export(file_type=suffix[1:])
        whole = made if isinstance(made, bytes) else made.encode()
    for _ in range(40):
        data = bytearray(whole)
        for at in random.integers(len(data), size=random.integers(1, 6)):
            data[at] = random.integers(256)
        path = tmp_path / f"it{suffix}"
        path.write_bytes(data[: random.integers(len(data) // 2, len(data) + 1)])
        with contextlib.suppress(ra.RevanimError):
            assert np.isfinite(shown(path, 4)).all()


def test_a_mesh_is_shown_as_often_as_it_is_instanced(tmp_path: Path) -> None:
    where = np.array([(0, 0, 0), (10, 0, 0), (20, 0, 5)], "<f4")
    instances = {"EXT_mesh_gpu_instancing": {"attributes": {"TRANSLATION": 1, "_ID": 7}}}
    path = gltf(
        tmp_path / "it.gltf",
        {},
        [{"mesh": 0, "translation": [0, 0, 1], "extensions": instances}],
        data=where.tobytes(),
        views=[{"buffer": 0, "byteOffset": 48, "byteLength": where.nbytes}],
        accessors=[{"bufferView": 1, "componentType": 5126, "count": 3, "type": "VEC3"}],
    )
    corners, area = surface(path)
    assert area.sum() == pytest.approx(3)
    assert sorted({float(y) for y in corners[:, :, 1].ravel()}) == [-6, -1]
    assert corners.reshape(-1, 3).max(axis=0) == pytest.approx([21, -1, 1])
