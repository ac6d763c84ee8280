import contextlib
import io
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest
import trimesh
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import revanim as ra
from revanim.scene.pose import Pose, make_pose

ROWS = np.array([[1.0, 2.0, 3.0], [4.0, 5.5, 6.0], [-7.0, 8.0, 9e3]])


def read(path: Path, content: str | bytes, count: int = 3, **values: object) -> Pose:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return make_pose("points", count, source=path, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "content",
    [
        "1,2,3\n4,5.5,6\n-7,8,9e3\n",
        "1;2;3\n4;5.5;6\n-7;8;9e3",
        "1\t2\t3\r\n4\t5.5\t6\r\n-7\t8\t9e3\r\n",
        "# made by hand\n\n 1   2 3 \n4 5.5 6\n   \n-7 8 9e3\n",
        "x,y,z\n1,2,3\n4,5.5,6\n-7,8,9e3\n",
        '"x","y","z","id"\n"1","2","3","a"\n4,5.5,6,b\n-7,8,9e3,c\n',
        "\ufeffid,Z,Y,X\n0,3,2,1\n1,6,5.5,4\n2,9e3,8,-7\n",
        "P.x,P.y,P.z,v.x\n1,2,3,0\n4,5.5,6,0\n-7,8,9e3,0\n",
        "1,2,3,red\n4,5.5,6,green\n-7,8,9e3,blue\n",
    ],
)
def test_tables_are_read_as_people_write_them(content: str, tmp_path: Path) -> None:
    pose = read(tmp_path / "it.csv", content)
    assert pose.position.tolist() == ROWS.tolist()
    assert not pose.note


def test_two_columns_lie_in_a_plane(tmp_path: Path) -> None:
    assert read(tmp_path / "it.csv", "x,y\n1,2\n3,4\n", 2).position.tolist() == [[1, 2, 0], [3, 4, 0]]
    assert read(tmp_path / "it.csv", "1,2\n3,4\n", 2, plane="xz").position.tolist() == [[1, 0, 2], [3, 0, 4]]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "no points"),
        ("x,y,z\n", "no points"),
        ("one,two\nthree,four\n", "Line 2 of it.csv has 'three' where a number"),
        ("1,2,3\n4,5\n", "Line 2 of it.csv has 2 columns; the first one has 3"),
        ("1,2,3\n\n4,5,6,7\n", "Line 3 of it.csv has 4 columns"),
        ("1,2,3\n4,nan,6\n", "Line 2 of it.csv has 'nan'"),
        ("1,2,3\n4,inf,6\n", "'inf'"),
        ("1,2,3\n4,,6\n", "''"),
        ("1e999,2,3\n", "'1e999'"),
        ("1e200,2,3\n", "not finite|number"),
        ("1\n2\n", "one column"),
        (b"\xff\xfe1\x00,\x00", "it.csv"),
    ],
)
def test_what_is_no_table_of_numbers_is_refused(content: str | bytes, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ra.RevanimError, match=sentence):
        read(tmp_path / "it.csv", content)


CELLS = st.sampled_from(["1", "-2.5", "x", "nan", "", '"', "é", "#", "1e5", "\0", " "])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, max_size=4)), st.sampled_from(";,\t "))
def test_whatever_stands_in_a_table_it_is_a_pose_or_one_sentence(
    tmp_path: Path, rows: list[list[str]], mark: str
) -> None:
    with contextlib.suppress(ra.RevanimError):
        pose = read(tmp_path / "it.csv", "\n".join(map(mark.join, rows)), 4)
        assert pose.position.shape == (4, 3)
        assert np.isfinite(pose.position).all()


def npz(**arrays: np.ndarray) -> bytes:
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)
    return out.getvalue()


def npy(array: np.ndarray, *, allow_pickle: bool = False) -> bytes:
    out = io.BytesIO()
    np.save(out, array, allow_pickle=allow_pickle)
    return out.getvalue()


@pytest.mark.parametrize("kind", [np.float64, np.float32, np.float16, np.int32, ">f8"])
def test_arrays_of_any_kind_of_number_are_read(kind: type, tmp_path: Path) -> None:
    rows = np.array([[1, 2, 3], [4, 5, 6]]).astype(kind)
    assert read(tmp_path / "it.npy", npy(rows), 2).position.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert read(tmp_path / "it.npy", npy(np.asfortranarray(rows)), 2).position.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert read(tmp_path / "it.npz", npz(a=rows), 2).position.tolist() == [[1, 2, 3], [4, 5, 6]]


def test_an_archive_gives_its_positions_before_anything_else(tmp_path: Path) -> None:
    content = npz(a=np.zeros((4, 3)), count=np.array(3), position=ROWS, velocity=np.ones((3, 3)))
    assert read(tmp_path / "it.npz", content).position.tolist() == ROWS.tolist()


class Gift:
    """Something that would run when it is unpacked."""

    def __reduce__(self) -> tuple[object, ...]:
        return exec, ("raise SystemExit('it ran')",)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("it.npz", npz(a=np.zeros(5), b=np.zeros((5, 4))), r"it holds a \(5,\), b \(5, 4\)"),
        ("it.npz", npz(), "no array"),
        ("it.npz", b"PK\x03\x04 nothing", "damaged"),
        ("it.npy", npy(np.zeros((4, 3)))[:-9], "damaged"),
        ("it.npy", npy(np.array([[1, 2, np.nan]])), "Point 0 of it.npy is not finite"),
        ("it.npy", npy(np.zeros((0, 3))), "no points"),
        ("it.npy", npy(np.array([["a", "b", "c"]])), "no array of numbers"),
        ("it.npy", npy(np.zeros((2, 3), complex)), "no array of numbers"),
        ("it.npy", npy(np.array([[Gift()] * 3], object), allow_pickle=True), "more than plain numbers"),
        ("it.npy", pickle.dumps(Gift()), "more than plain numbers"),
        ("it.npz", pickle.dumps(Gift()), "damaged"),
        ("it.ply", "ply\nformat ascii 1.0\nelement vertex 1\n", "it.ply"),
    ],
)
def test_what_is_no_array_of_points_is_refused_and_never_run(
    name: str, content: str | bytes, sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(ra.RevanimError, match=sentence):
        read(tmp_path / name, content)


def test_a_header_that_claims_more_than_there_is_is_refused(tmp_path: Path) -> None:
    large = npy(np.zeros((2, 3))).replace(b"(2, 3)", b"(9999999999, 3)")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("position.npy", large)
    with pytest.raises(ra.RevanimError, match="damaged"):
        read(tmp_path / "it.npz", bomb.getvalue())
    with pytest.raises(ra.RevanimError, match="damaged"):
        read(tmp_path / "it.npy", large)


def test_an_archive_that_unfolds_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "it.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("position.npy", "w") as member:
        for _ in range(600):
            member.write(bytes(1 << 20))
    with pytest.raises(ra.RevanimError, match="more than 500 MB"):
        make_pose("points", 5, source=path)


def test_a_cloud_brings_its_colours(tmp_path: Path) -> None:
    content = (
        "ply\nformat ascii 1.0\nelement vertex 2\nproperty float x\nproperty float y\nproperty float z\n"
        "property uchar red\nproperty uchar green\nproperty uchar blue\nend_header\n0 0 1 255 0 9\n1 2 0 0 254 0\n"
    )
    pose = read(tmp_path / "it.ply", content, 2)
    assert pose.position.tolist() == [[0, 0, 1], [1, 2, 0]]
    assert pose.color is not None
    assert pose.color.tolist() == [[255, 0, 9], [0, 254, 0]]


def test_of_a_mesh_the_vertices_are_taken_with_their_colours(tmp_path: Path) -> None:
    square = trimesh.Trimesh([[0, 0, 0], [2, 0, 0], [2, 2, 0], [0, 2, 0]], [[0, 1, 2], [0, 2, 3]], process=False)
    square.export(tmp_path / "plain.ply")
    plain = make_pose("points", 4, source=tmp_path / "plain.ply")
    assert sorted(map(tuple, plain.position)) == [(0, 0, 0), (0, 2, 0), (2, 0, 0), (2, 2, 0)]
    assert plain.color is None
    square.visual.vertex_colors = np.array([[10 * k, 0, 200, 255] for k in range(4)], np.uint8)
    square.export(tmp_path / "painted.ply")
    painted = make_pose("points", 4, source=tmp_path / "painted.ply")
    assert painted.color is not None
    assert sorted(painted.color[:, 0]) == [0, 10, 20, 30]


def test_a_vertex_that_no_face_uses_is_a_point_too(tmp_path: Path) -> None:
    content = (
        "ply\nformat ascii 1.0\nelement vertex 4\nproperty float x\nproperty float y\nproperty float z\n"
        "element face 1\nproperty list uchar int vertex_indices\nend_header\n0 0 0\n1 0 0\n0 1 0\n7 7 7\n3 0 1 2\n"
    )
    assert read(tmp_path / "it.ply", content, 4).position[-1].tolist() == [7, 7, 7]


def test_more_bodies_than_points_share_them_and_a_sentence_says_so(tmp_path: Path) -> None:
    pose = read(tmp_path / "it.csv", "1,2,3\n4,5,6\n", 5)
    assert sorted(map(tuple, pose.position)) == [(1, 2, 3)] * 3 + [(4, 5, 6)] * 2
    assert str(pose.note) == "it.csv has 2 points for 5 bodies; each is the place of 2 or 3."


def test_of_more_points_than_bodies_some_are_taken_evenly_and_in_their_order(tmp_path: Path) -> None:
    rows = np.array([[x, y, 0.0] for x in range(30) for y in range(30)])
    pose = read(tmp_path / "it.npy", npy(rows), 25)
    order = pose.position[:, 0] * 30 + pose.position[:, 1]
    apart = np.linalg.norm(pose.position[:, None] - pose.position, axis=2) + 99 * np.eye(25)
    assert (np.diff(order) > 0).all()
    assert apart.min() > 3.5
    assert str(pose.note) == "it.npy has 900 points for 25 bodies; 25 of them are taken, evenly spread."


def test_points_keep_the_place_and_size_of_the_file_unless_told_otherwise(tmp_path: Path) -> None:
    content = "10,0,0\n30,0,0\n"
    assert read(tmp_path / "it.csv", content, 2).position[:, 0].tolist() == [10, 30]
    assert read(tmp_path / "it.csv", content, 2, place=(1, 0, 0)).position[:, 0].tolist() == [11, 31]
    assert read(tmp_path / "it.csv", content, 2, size=4.0).position[:, 0].tolist() == [-2, 2]
