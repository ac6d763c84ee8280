"""The camera that moves, in USD as Pixar reads it, in glTF as the format says, and in pictures."""

import json
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import trimesh

import revanim as ra
from revanim.draw.camera import project
from revanim.draw.eye import eye_at
from revanim.draw.plate import Plate
from revanim.export.exporter import exporters, facts
from revanim.export.film import Film


@pytest.fixture(params=["keys", "follows"])
def filmed(request: pytest.FixtureRequest, scene: ra.Scene) -> ra.Scene:
    """A camera that goes round, nearer and with a longer lens; or that follows two bodies."""
    if request.param == "follows":
        return ra.edits.aim_camera(scene, [0, 2], scene.look.view)
    keyed = ra.edits.key_camera(scene, ra.View(target=(0.1, 0.0, 0.2), yaw=10.0, distance=6.0), 1)
    return ra.edits.key_camera(keyed, ra.View(yaw=100.0, pitch=50.0, distance=4.0, lens=1.5), 12)


def seen_at(filmed: ra.Scene, frame: int) -> tuple[ra.View, np.ndarray]:
    """Return what the camera sees at a frame, and where the bodies are."""
    playhead = ra.Playhead(filmed)
    playhead.seek(frame)
    return eye_at(filmed, frame, playhead.position), playhead.position


def test_usd_sees_what_ours_sees_at_every_frame(filmed: ra.Scene, tmp_path: Path) -> None:
    from pxr import Usd, UsdGeom

    ra.export(filmed, tmp_path / "shot.usdc")
    stage, (width, height) = Usd.Stage.Open(str(tmp_path / "shot.usdc")), filmed.look.picture
    prim = UsdGeom.Camera(stage.GetPrimAtPath("/Five/camera"))
    for frame in (1, 5, 12):
        view, place = seen_at(filmed, frame)
        frustum = prim.GetCamera(frame).frustum
        clip = np.c_[place, np.ones(5)] @ np.array(frustum.ComputeViewMatrix() * frustum.ComputeProjectionMatrix())
        flat = clip[:, :2] / clip[:, 3:]
        ours = project(view, width, height, place)
        assert np.allclose((flat[:, 0] + 1) * width / 2, ours.x, atol=2e-3)
        assert np.allclose((1 - flat[:, 1]) * height / 2, ours.y, atol=2e-3)


def test_gltf_sees_what_ours_sees_at_every_frame(filmed: ra.Scene, tmp_path: Path) -> None:
    path = tmp_path / "shot.glb"
    ra.export(filmed, path)
    data = path.read_bytes()
    (size,) = struct.unpack("<I", data[12:16])
    document, binary = json.loads(data[20 : 20 + size]), data[28 + size :]
    node = next(index for index, each in enumerate(document["nodes"]) if "camera" in each)
    (motion,), ways = document["animations"], {}
    for channel in motion["channels"]:
        if channel["target"]["node"] == node:
            accessor = document["accessors"][motion["samplers"][channel["sampler"]]["output"]]
            view = document["bufferViews"][accessor["bufferView"]]
            begin, width = view["byteOffset"], int(accessor["type"][3:])
            rows = np.frombuffer(binary, "<f4", 12 * width, begin).reshape(12, width)
            ways[channel["target"]["path"]] = rows.astype(float)
    (lens,) = document["cameras"]
    tall = np.tan(lens["perspective"]["yfov"] / 2)
    for frame in (1, 5, 12):
        x, y, z, w = ways["rotation"][frame - 1]
        turn = trimesh.transformations.quaternion_matrix([w, x, y, z])[:3, :3]
        view, place = seen_at(filmed, frame)
        upright = place[:, [0, 2, 1]] * [1, 1, -1]
        across, above, behind = ((upright - ways["translation"][frame - 1]) @ turn).T
        ours = project(replace(view, lens=1.0), *filmed.look.picture, place)
        height = filmed.look.picture[1]
        assert np.allclose((1 + above / behind / tall) * height / 2, ours.y, atol=2e-3)
        assert np.allclose(160 - across / behind / tall * height / 2, ours.x, atol=2e-3)
    assert trimesh.load(path).graph.nodes_geometry  # it is read as a whole


def test_it_is_said_that_gltf_cannot_zoom(filmed: ra.Scene) -> None:
    said = facts(filmed, exporters()["gltf"], (1, 12), {})
    zooms = not isinstance(filmed.cues[0].values["lens"], np.ndarray)
    assert ("cannot zoom" in str(said)) == zooms


def test_pictures_are_made_through_it_also_between_frames(filmed: ra.Scene) -> None:
    film = Film(filmed, 3, 3)
    (_, shots), *_ = film.shots(1.0, 3)
    for shot in shots:
        still = replace(filmed, cues=(), look=replace(filmed.look, camera=eye_at(
            filmed, 3 + (shot.seconds - shots[1].seconds) * 24, shot.position)))  # fmt: skip
        both = [Plate(each, 64, 36).expose([shot]) for each in (filmed, still)]
        assert np.array_equal(*both)
    assert len({round(shot.seconds, 9) for shot in shots}) == 3
