"""Sizes, opacities and colours by ramps, in USD, glTF and tables, as others read them."""

import csv
import json
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import revanim as ra
from revanim.draw.seen import colors, opacities, sizes
from revanim.draw.trail import shot_at
from revanim.scene.build import make_playhead
from revanim.scene.gauge import gauge
from revanim.scene.looks.ramp import color_ramp


@pytest.fixture
def ramped(scene: ra.Scene) -> ra.Scene:
    """Bodies that grow with their speed, fade with distance, and are coloured by both."""
    fade = ra.Ramp((0.0, 1.0), ((0.9,), (0.2,)), (0.5, 1.5))
    return ra.edits.set_look(scene, size_by="speed", opacity_by="distance", opacity_ramp=fade, color_by="speed",
                             color_ramp=color_ramp("#ff0000 #0000ff"))  # fmt: skip


def expected(scene: ra.Scene, frame: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return radius, opacity and colour of each body at a frame, by a walk of its own."""
    playhead = make_playhead(scene)
    playhead.seek(frame)
    shot, measure = shot_at(playhead, scene), gauge(scene)
    return (
        scene.bodies.radius * sizes(scene, shot, measure), opacities(scene, shot, measure), colors(scene, shot, measure)
    )  # fmt: skip


@pytest.mark.parametrize("prototype", ["none", "sphere"])
def test_usd(ramped: ra.Scene, tmp_path: Path, prototype: str) -> None:
    from pxr import Usd, UsdGeom

    ra.export(ramped, tmp_path / "shot.usdc", prototype=prototype)
    stage = Usd.Stage.Open(str(tmp_path / "shot.usdc"))
    prim = stage.GetPrimAtPath("/Five/bodies")
    for frame in (1, 9):
        radius, opacity, _ = expected(ramped, frame)
        if prototype == "none":
            assert np.array_equal(np.array(prim.GetAttribute("widths").Get(frame)), (2 * radius).astype("f4"))
        else:
            assert np.array_equal(np.array(prim.GetAttribute("scales").Get(frame))[:, 1], radius.astype("f4"))
        faded = UsdGeom.PrimvarsAPI(prim).GetPrimvar("displayOpacity").Get(frame)
        assert np.array_equal(np.array(faded), opacity.astype("f4"))


def test_gltf(ramped: ra.Scene, tmp_path: Path) -> None:
    ra.export(ramped, tmp_path / "shot.glb")
    data = (tmp_path / "shot.glb").read_bytes()
    (size,) = struct.unpack("<I", data[12:16])
    document, binary = json.loads(data[20 : 20 + size]), data[28 + size :]
    assert document["buffers"][0]["byteLength"] == len(binary)
    (motion,) = document["animations"]
    for channel in motion["channels"]:
        if channel["target"]["path"] == "scale":
            accessor = document["accessors"][motion["samplers"][channel["sampler"]]["output"]]
            begin = document["bufferViews"][accessor["bufferView"]]["byteOffset"] + accessor["byteOffset"]
            keys = np.frombuffer(binary, "<f4", 36, begin).reshape(12, 3)
            assert keys[8, 0] == np.float32(expected(ramped, 9)[0][channel["target"]["node"]])
    opaque = [each["pbrMetallicRoughness"]["baseColorFactor"][3] for each in document["materials"]]
    assert sorted(opaque) == pytest.approx(sorted(set(expected(ramped, 1)[1])))
    assert {each["alphaMode"] for each in document["materials"]} == {"BLEND"}


def test_tables(ramped: ra.Scene, tmp_path: Path) -> None:
    ra.export(ramped, tmp_path / "shot.csv")
    with (tmp_path / "shot.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["frame"] == "9"]
    radius, opacity, color = expected(ramped, 9)
    assert [float(row["radius"]) for row in rows] == radius.tolist()
    assert [float(row["opacity"]) for row in rows] == opacity.tolist()
    assert [int(row["red"]) for row in rows] == color[:, 0].tolist()
    ra.export(ramped, tmp_path / "shot.npz")
    with np.load(tmp_path / "shot.npz") as arrays:
        assert np.array_equal(arrays["sizes"][8] * arrays["radius"], radius)
        assert np.array_equal(arrays["opacities"][8], opacity)
        assert np.array_equal(arrays["colors"][8], color)


def test_a_film_without_ramps_has_no_such_columns(scene: ra.Scene, tmp_path: Path) -> None:
    ra.export(replace(scene), tmp_path / "shot.csv")
    assert "opacity" not in (tmp_path / "shot.csv").read_text().splitlines()[0]
