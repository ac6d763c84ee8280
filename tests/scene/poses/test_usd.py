"""Places from USD stages, written by usd-core."""

from pathlib import Path

import numpy as np
import pytest
from pxr import Sdf, Usd, UsdGeom

import revanim as ra
from revanim.scene.pose import make_pose


def cloud(path: Path, places: np.ndarray, up: str = "Z", color: np.ndarray | None = None) -> Path:
    stage = Usd.Stage.CreateNew(str(path))
    UsdGeom.SetStageUpAxis(stage, up)
    points = UsdGeom.Points.Define(stage, "/points")
    points.CreatePointsAttr(places.astype(np.float32))
    if color is not None:
        points.CreateDisplayColorAttr(color.astype(np.float32))
    stage.GetRootLayer().Save()
    return path


@pytest.mark.parametrize("suffix", [".usda", ".usdc"])
def test_points_are_taken_as_they_are(tmp_path: Path, suffix: str) -> None:
    places = np.random.default_rng(0).normal(size=(9, 3)).astype(np.float32)
    pose = make_pose("usd", 9, source=cloud(tmp_path / f"nine{suffix}", places))
    assert np.array_equal(pose.position, places.astype(np.float64))


def test_where_y_is_up_it_becomes_z(tmp_path: Path) -> None:
    pose = make_pose("usd", 2, source=cloud(tmp_path / "two.usda", np.array([[1.0, 2, 3], [0, 0, 0]]), "Y"))
    assert pose.position.tolist() == [[1, -3, 2], [0, 0, 0]]


def test_colours_come_along_in_srgb(tmp_path: Path) -> None:
    light = np.array([[0.0, 0.214041, 1.0]] * 2)
    pose = make_pose("usd", 2, source=cloud(tmp_path / "two.usda", np.eye(3)[:2], color=light))
    assert pose.color.tolist() == [[0, 127, 255]] * 2


def test_a_film_that_we_write_is_read_at_its_frames(tmp_path: Path) -> None:
    scene = ra.example("figure-eight")
    ra.export(scene, tmp_path / "eight.usdc", (1, 12))
    playhead = ra.Playhead(scene)
    for frame in (1, 7, 12):
        playhead.seek(frame)
        pose = make_pose("usd", 3, source=tmp_path / "eight.usdc", frame=frame)
        assert np.array_equal(pose.position, playhead.position.astype(np.float32))


def test_polygons_are_cut_and_moved_into_the_world(tmp_path: Path) -> None:
    stage = Usd.Stage.CreateNew(str(tmp_path / "square.usda"))
    UsdGeom.SetStageUpAxis(stage, "Z")
    mesh = UsdGeom.Mesh.Define(stage, "/square")
    mesh.CreatePointsAttr([(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)])
    mesh.CreateFaceVertexCountsAttr([4])
    mesh.CreateFaceVertexIndicesAttr([0, 1, 2, 3])
    UsdGeom.Xformable(mesh).AddTranslateOp().Set((0.0, 0.0, 5.0))
    stage.GetRootLayer().Save()
    place = make_pose("usd", 400, source=tmp_path / "square.usda").position
    assert (place[:, 2] == 5).all()
    counts, _, _ = np.histogram2d(place[:, 0], place[:, 1], bins=2, range=[[0, 1], [0, 1]])
    assert counts.sum() == 400
    assert counts.min() > 80


TORN = """#usda 1.0
def Mesh "m" {
    int[] faceVertexCounts = [3]
    int[] faceVertexIndices = [0, 1, 7]
    point3f[] points = [(0, 0, 0)]
}
"""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("nonsense", "it is damaged, no USD stage, or takes too much"),
        ("#usda 1.0\n", "shows no points and no faces"),
        (TORN, "has a face with a vertex that is missing"),
        ('#usda 1.0\ndef Points "p" {\n point3f[] points = [(inf, 0, 0)]\n}\n', "has a place that is not finite"),
    ],
)
def test_a_stage_that_shows_nothing_is_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "bad.usda"
    path.write_text(text)
    with pytest.raises(ra.RevanimError, match=sentence):
        make_pose("usd", 5, source=path)


CASES = Path(__file__).parents[1] / "cases" / "usd"


@pytest.mark.parametrize("name", ["instancer_mesh.usda", "instancer_sphere.usda"])
def test_instances_are_points_whatever_they_show(name: str) -> None:
    assert make_pose("usd", 3, source=CASES / name).position.tolist() == [[0, 0, 0], [10, 0, 0], [20, 5, 0]]


def test_what_cannot_be_seen_is_left_out() -> None:
    assert make_pose("usd", 3, source=CASES / "invisible.usda").position.tolist() == [[0, 0, 0], [1, 0, 0], [0, 1, 0]]


def test_holes_are_no_faces() -> None:
    assert make_pose("usd", 200, source=CASES / "mesh_holes.usda").position[:, 0].max() < 1


def test_what_is_neither_points_nor_mesh_is_named() -> None:
    with pytest.raises(ra.RevanimError, match="shows Cube, but no points"):
        make_pose("usd", 3, source=CASES / "gprims.usda")
    assert "also shows Mesh" in str(make_pose("usd", 1, source=CASES / "hidden_mesh_with_points.usda").note)


@pytest.mark.parametrize("prototype", ["sphere", "cube"])
def test_our_own_instances_come_back_with_their_colours(tmp_path: Path, prototype: str) -> None:
    scene = ra.example("figure-eight")
    ra.export(scene, tmp_path / "eight.usda", (1, 2), prototype=prototype)
    pose = make_pose("usd", 3, source=tmp_path / "eight.usda", frame=1)
    playhead = ra.Playhead(scene)
    playhead.seek(1)
    assert np.array_equal(pose.position, playhead.position.astype(np.float32))
    assert np.array_equal(pose.color, scene.bodies.color)


def test_what_is_instanced_is_shown_and_a_notch_stays_empty(tmp_path: Path) -> None:
    stage = Usd.Stage.CreateNew(str(tmp_path / "two.usda"))
    UsdGeom.SetStageUpAxis(stage, "Z")
    mesh = UsdGeom.Mesh.Define(stage, "/_class/mesh")
    mesh.CreatePointsAttr([(0, 3, 0), (0, 0, 0), (3, 0, 0), (3, 1, 0), (1, 1, 0), (1, 3, 0)])
    mesh.CreateFaceVertexCountsAttr([6])
    mesh.CreateFaceVertexIndicesAttr([0, 1, 2, 3, 4, 5])
    stage.GetPrimAtPath("/_class").SetSpecifier(Sdf.SpecifierClass)
    for x in (0.0, 10.0):
        copy = UsdGeom.Xform.Define(stage, f"/at{x:.0f}")
        copy.AddTranslateOp().Set((x, 0.0, 0.0))
        copy.GetPrim().GetReferences().AddInternalReference("/_class")
        copy.GetPrim().SetInstanceable(True)
    stage.GetRootLayer().Save()
    place = make_pose("usd", 300, source=tmp_path / "two.usda").position
    assert (place[:, 0] > 5).mean() == pytest.approx(0.5, abs=0.02)
    assert not ((place[:, 0] % 10 > 1) & (place[:, 1] > 1)).any()
