from pathlib import Path

import numpy as np
import pytest
import trimesh

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.scene.pose import make_pose

OUT, IN = 1.0, 0.4


def torus(path: Path) -> Path:
    trimesh.creation.torus(OUT, IN, major_sections=128, minor_sections=64).export(path)
    return path


def away(points: Floats) -> Floats:
    """Return how far each point is from the circle inside the torus."""
    return np.hypot(np.hypot(points[:, 0], points[:, 1]) - OUT, points[:, 2])


@pytest.mark.parametrize("suffix", ["obj", "ply", "stl", "glb", "gltf", "off"])
def test_points_lie_on_the_surface_whatever_the_format(suffix: str, tmp_path: Path) -> None:
    if suffix == "gltf":
        for name, data in trimesh.creation.torus(OUT, IN).export(file_type="gltf").items():
            (tmp_path / name).write_bytes(data)
        path = next(tmp_path.glob("*.gltf"))
    else:
        path = torus(tmp_path / f"it.{suffix}")
    turn = (0, 0, 0) if suffix in ("obj", "ply", "stl", "off") else (-90, 0, 0)  # y is up in glTF
    points = make_pose("mesh", 200, source=path, size=0.0, rotation=turn).position
    assert away(points) == pytest.approx(np.full(200, IN), abs=0.01)


def test_points_are_spread_by_area_and_keep_apart(tmp_path: Path) -> None:
    points = make_pose("mesh", 500, source=torus(tmp_path / "it.ply"), size=0.0).position
    outside = (np.hypot(points[:, 0], points[:, 1]) > OUT).mean()
    assert outside == pytest.approx(0.5 + IN / OUT / np.pi, abs=0.02)  # of the area of a torus
    apart = np.linalg.norm(points[:, None] - points, axis=2) + 9 * np.eye(500)
    area = 4 * np.pi**2 * OUT * IN
    densest = (2 / 3**0.5 * area / 500) ** 0.5  # of a honeycomb, the most there can be
    assert apart.min() > 0.5 * densest
    assert apart.min(axis=0).mean() > 0.8 * densest


def test_large_and_small_triangles_are_covered_alike(tmp_path: Path) -> None:
    path = tmp_path / "it.obj"
    fan = "".join(f"v {x} 0 0\n" for x in np.linspace(1, 0, 101))
    path.write_text(
        fan + "v 0 1 0\nv 1 1 0\n" + "".join(f"f {k} {k + 1} 102\n" for k in range(1, 101)) + "f 1 102 103\n"
    )
    points = make_pose("mesh", 400, source=path, size=0.0).position
    assert (points[:, 0] + points[:, 1] < 1).mean() == pytest.approx(0.5, abs=0.02)


def test_vertices_are_taken_once_each_and_thinned_evenly(tmp_path: Path) -> None:
    path = tmp_path / "it.stl"  # which repeats a vertex for each of its triangles
    trimesh.creation.box().export(path)
    corners = make_pose("mesh", 8, source=path, paint="vertices", size=0.0)
    assert sorted(map(tuple, corners.position)) == sorted(
        (x, y, z) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)
    )
    assert not corners.note
    assert "each is the place of 2 or 3" in str(make_pose("mesh", 20, source=path, paint="vertices").note)


def test_parts_of_a_scene_stand_where_the_scene_puts_them(tmp_path: Path) -> None:
    scene = trimesh.Scene()
    for x in (0.0, 10.0):
        scene.add_geometry(trimesh.creation.box(), transform=trimesh.transformations.translation_matrix([x, 0, 0]))
    scene.export(tmp_path / "it.glb")
    points = make_pose("mesh", 300, source=tmp_path / "it.glb", size=0.0).position
    assert (points[:, 0] > 5).mean() == pytest.approx(0.5, abs=0.02)
    assert np.ptp(points[:, 0]) == pytest.approx(11, abs=0.2)


def test_a_comment_in_an_old_encoding_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "it.obj"
    path.write_bytes("# für Müller\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n".encode("latin-1"))
    assert len(make_pose("mesh", 10, source=path).position) == 10


FACE = "element face 1\nproperty list uchar int vertex_indices\n"
ENDLESS = "ply\nformat binary_little_endian 1.0\nelement vertex 2000000000\nproperty float x\nend_header\n"
PLY = "ply\nformat ascii 1.0\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\n{}end_header\n{}"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("it.obj", "v 0 0 0\nv 1 0 0\nv 0 1 0\n", "no faces"),
        ("it.obj", "v 0 0 0\nv 1 0 0\nf 1 2 99\n", "it.obj"),
        ("it.obj", "v 0 0 nan\nv 1 0 0\nv 0 1 0\nf 1 2 3\n", "finite"),
        ("it.obj", "v 1 1 1\nv 1 1 1\nv 1 1 1\nf 1 2 3\n", "none with an area"),
        ("it.ply", PLY.format("", "0 0 0\n1 0 0\n0 1 0\n"), "no faces; the pose points takes"),
        ("it.ply", PLY.format(FACE.replace("1", "0"), "0 0 0\n1 0 0\n0 1 0\n"), "no faces; the pose points takes"),
        ("it.ply", PLY.format(FACE, "0 0 0\n1 0 0\n0 1 0\n3 0 1 7\n"), "missing"),
        ("it.ply", ENDLESS, "more vertices"),
        ("it.glb", "glTF", "no glTF of version 2"),
        ("it.gltf", "{}", "it.gltf"),
        ("it.gltf", '{"asset":{"version":"2.0"},"buffers":[{"uri":"../../gone.bin","byteLength":5}]}', "it.gltf"),
    ],
)  # fmt: skip
def test_what_is_no_whole_mesh_is_refused(name: str, content: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(ra.RevanimError, match=sentence):
        make_pose("mesh", 5, source=tmp_path / name)


def test_a_part_that_is_shown_a_million_times_is_refused_before_it_is_built(tmp_path: Path) -> None:
    scene = trimesh.Scene()
    scene.add_geometry(trimesh.creation.icosphere(subdivisions=6), geom_name="ball")
    for k in range(40):
        scene.graph.update(frame_to=f"again {k}", geometry="ball", matrix=np.eye(4))
    scene.export(tmp_path / "it.glb")
    with pytest.raises(ra.RevanimError, match="2048000 faces; up to 2000000"):
        make_pose("mesh", 5, source=tmp_path / "it.glb")
