import contextlib
import io
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest
import trimesh
from hypothesis import given
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
        ("one,two\nthree,four\n", "no line of it is two numbers"),
        ("1,2,3\n4,5\n", "Line 2 of it.csv has nothing where a number must be"),
        ("1,2,3\n\n4,5,6,7\n", "Line 3 of it.csv has 4 columns"),
        ("1,2,3\n4,inf,6\n", "'inf'"),
        ("1,2,3\n1e999,2,3\n", "'1e999'"),
        ("1e200,2,3\n", "not finite|number"),
        ("1\n2\n", "no line of it is two numbers"),
        (b"\xff\xfe1\x00,\x00", "it.csv"),
    ],
)
def test_what_is_no_table_of_numbers_is_refused(content: str | bytes, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ra.RevanimError, match=sentence):
        read(tmp_path / "it.csv", content)


CELLS = st.sampled_from(["1", "-2.5", "x", "nan", "", '"', "é", "#", "1e5", "\0", " "])


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
        ("it.npz", npz(a=np.zeros(5), b=np.zeros((5, 5))), r"it holds a \(5,\), b \(5, 5\)"),
        ("it.npz", npz(color=ROWS), r"plainly that of places.*; it holds color \(3, 3\)"),
        ("it.npz", npz(velocity=ROWS, normals=ROWS), r"it holds velocity \(3, 3\), normals \(3, 3\)"),
        ("it.npz", npz(arr_0=ROWS, arr_1=ROWS), r"it holds arr_0 \(3, 3\), arr_1 \(3, 3\)"),
        ("it.npy", npy(np.arange(20.0).reshape(5, 4)), r"it holds it.npy \(5, 4\)"),
        ("it.npz", npz(count=np.array(3)), "no array of numbers"),
        ("it.npz", npz(), "no array"),
        ("it.npz", b"PK\x03\x04 nothing", "damaged"),
        ("it.npy", npy(np.zeros((4, 3)))[:-9], "damaged"),
        ("it.npy", npy(np.array([[1, 2, np.inf]])), "Point 0 of it.npy is not finite"),
        ("it.npy", npy(np.full((2, 3), np.nan)), "no points"),
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
        header = npy(np.zeros((0, 3))).replace(b"(0, 3), }", b"(12582912, 3), }")[:128]
        member.write(header[:118] + b" " * (127 - len(header[:118])) + b"\n")
        for _ in range(288):
            member.write(bytes(1 << 20))
    with pytest.raises(ra.RevanimError, match=r"position in it\.npz has 288 MB; up to 256 are read"):
        make_pose("points", 5, source=path)


CASES = Path(__file__).parents[2] / "cases" / "points"
CASE = [[1.5, 2.5, 3.5], [-1.0, 0.0, 2.0], [4.0, 5.0, 6.25]]


@pytest.mark.parametrize("path", sorted(CASES.glob("*.np[yz]")), ids=lambda path: path.name)
def test_a_case_gives_the_places_that_are_in_it(path: Path) -> None:
    if path.name == "transposed.npy":
        assert (make_pose("points", 50, source=path).position == np.load(path).T).all()
    else:
        assert make_pose("points", 3, source=path).position.tolist() == CASE


def test_of_several_frames_one_is_taken_by_its_number_or_counted_from_0(tmp_path: Path) -> None:
    assert (make_pose("points", 3, source=CASES / "frames.npz", frame=1).position == np.array(CASE) + 1).all()
    moving = np.stack([ROWS, ROWS + 1, ROWS + 2])
    for content in (
        npz(position=moving, frame=[24, 25, 26]),
        npz(**dict(zip("xyz", np.moveaxis(moving, 2, 0), strict=True)), t=[24, 25, 26]),
    ):
        pose = read(tmp_path / "it.npz", content)
        assert pose.position.tolist() == ROWS.tolist()
        assert str(pose.note) == "it.npz has 3 frames; number 24 is taken."
        assert (read(tmp_path / "it.npz", content, frame=26).position == ROWS + 2).all()
    assert (read(tmp_path / "it.npy", npy(np.asfortranarray(moving)), frame=2).position == ROWS + 2).all()
    with pytest.raises(ra.RevanimError, match=r"it\.npy has 3 frames from 0 to 2; there is no 7"):
        read(tmp_path / "it.npy", npy(moving), frame=7)


def test_what_is_exported_comes_back_as_places(tmp_path: Path) -> None:
    ra.export(ra.make_scene(ROWS, np.ones((3, 3)), 1.0), tmp_path / "it.npz", (5, 7))
    assert make_pose("points", 3, source=tmp_path / "it.npz", frame=7).position == pytest.approx(
        np.load(tmp_path / "it.npz")["position"][2]
    )
    ra.export(ra.make_scene(ROWS, np.ones((3, 3)), 1.0), tmp_path / "it.csv", (5, 7))
    assert make_pose("points", 3, source=tmp_path / "it.csv").position == pytest.approx(
        np.load(tmp_path / "it.npz")["position"][0]
    )


@pytest.mark.parametrize(
    "content",
    [
        npz(pos=ROWS, vel=ROWS * 9, color=ROWS * 9),
        npz(faces=np.zeros((5, 3), int), vertices=ROWS, normals=ROWS * 9),
        npz(r=ROWS, v=ROWS * 9, m=np.ones(3)),
        npz(x=ROWS, v=ROWS * 9),
        npz(x=ROWS[:, 0], y=ROWS[:, 1], z=ROWS[:, 2], vx=np.ones(3)),
        npz(cloud=ROWS, time=np.array(0.5)),
        npz(particles=np.array([(9, tuple(row)) for row in ROWS], [("mass", "f8"), ("position", "f8", 3)])),
        npz(position=np.column_stack([ROWS, [9, 9, 9]])),  # a fourth number beside the place, as on graphics cards
    ],
)
def test_places_are_found_among_other_arrays(content: bytes, tmp_path: Path) -> None:
    assert read(tmp_path / "it.npz", content).position.tolist() == ROWS.tolist()


def test_rows_without_a_place_are_left_out_and_said(tmp_path: Path) -> None:
    pose = read(tmp_path / "it.npy", npy(np.array([[1, 2, 3], [np.nan] * 3, [4, 5, 6]])), 2)
    assert pose.position.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert str(pose.note) == "Rows of it.npy without a place are left out: 1."
    cloud = make_pose("points", 2, source=CASES / "cloud_nan.ply")
    assert cloud.position.tolist() == [CASE[0], CASE[2]]


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
