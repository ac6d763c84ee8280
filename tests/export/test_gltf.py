"""glTF: what stands there is read by trimesh, and the keys as the format describes them."""

import json
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import trimesh

import revanim as ra
from revanim.export import gltf
from revanim.export.exporter import exporters, facts

Walked = Callable[[float], np.ndarray]


def read(path: Path) -> tuple[dict[str, Any], Callable[[int], np.ndarray]]:
    """Return the document, and what reads an array of it."""
    data = path.read_bytes()
    magic, version, length = struct.unpack("<4sII", data[:12])
    assert (magic, version, length) == (b"glTF", 2, len(data))
    size, kind = struct.unpack("<I4s", data[12:20])
    assert kind == b"JSON"
    document, binary = json.loads(data[20 : 20 + size]), data[20 + size + 8 :]
    assert struct.unpack("<I4s", data[20 + size : 28 + size]) == (document["buffers"][0]["byteLength"], b"BIN\0")

    def array(index: int) -> np.ndarray:
        accessor = document["accessors"][index]
        view = document["bufferViews"][accessor["bufferView"]]
        begin, width = (
            view["byteOffset"] + accessor.get("byteOffset", 0),
            {"SCALAR": 1, "VEC3": 3, "VEC4": 4}[accessor["type"]],
        )
        assert accessor["componentType"] == 5126
        return np.frombuffer(binary, "<f4", accessor["count"] * width, begin).reshape(-1, width)

    return document, array


def keys(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return seconds, and float32[bodies, frames, 3] with z up."""
    document, array = read(path)
    (animation,) = document["animations"]
    bodies = [node for node in document["nodes"] if "mesh" in node]
    ways = np.empty((len(bodies), document["accessors"][0]["count"], 3), np.float32)
    for channel in animation["channels"]:
        if channel["target"]["node"] >= len(bodies):
            continue  # the camera
        assert channel["target"]["path"] == "translation"
        sampler = animation["samplers"][channel["sampler"]]
        ways[channel["target"]["node"]] = array(sampler["output"])
    return array(animation["samplers"][0]["input"]).ravel(), ways[..., [0, 2, 1]] * np.float32([1, -1, 1])


@pytest.mark.parametrize("chunk", [1, 200, 8 << 20])
def test_keys_are_places_of_the_engine(
    scene: ra.Scene, walked: Walked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(gltf, "CHUNK", chunk)
    ra.export(scene, tmp_path / "shot.glb")
    seconds, ways = keys(tmp_path / "shot.glb")
    assert np.array_equal(seconds, (np.arange(1, 13) / 24).astype(np.float32))
    assert ways.shape == (5, 12, 3)
    for index in range(12):
        assert np.array_equal(ways[:, index], walked(index + 1).astype(np.float32))


def test_no_second_is_negative(scene: ra.Scene, walked: Walked, tmp_path: Path) -> None:
    ra.export(scene, tmp_path / "shot.glb", (-4, 4), every=2)
    seconds, ways = keys(tmp_path / "shot.glb")
    assert np.array_equal(seconds, (np.arange(5) / 12).astype(np.float32))
    assert np.array_equal(ways[:, 0], walked(-4).astype(np.float32))


def test_spheres_stand_where_the_bodies_are(scene: ra.Scene, walked: Walked, tmp_path: Path) -> None:
    ra.export(scene, tmp_path / "shot.glb", (3, 5))
    found = trimesh.load(tmp_path / "shot.glb")
    assert len(found.graph.nodes_geometry) == 5
    for body in range(5):
        matrix, name = found.graph[f"body {body}"]
        ball = found.geometry[name].copy().apply_transform(matrix)
        assert np.allclose(ball.bounds.mean(axis=0)[[0, 2, 1]] * [1, -1, 1], walked(3)[body], atol=1e-6)
        assert np.ptp(ball.bounds, axis=0) == pytest.approx(2 * scene.bodies.radius[body], rel=0.02)
        assert ball.is_watertight
        color = np.array(ball.visual.material.baseColorFactor)[:3] / 255  # linear, as trimesh rounds it
        srgb = np.where(color <= 0.0031308, 12.92 * color, 1.055 * color ** (1 / 2.4) - 0.055)
        assert np.allclose(255 * srgb, scene.bodies.color[body], atol=8)


def test_more_bodies_than_programs_bear_are_refused(tmp_path: Path) -> None:
    place = np.random.default_rng(0).normal(size=(501, 3))
    crowd = ra.make_scene(place, 0 * place, np.ones(501))
    with pytest.raises(ra.RevanimError, match=r"bear 500 of them; write the 501 bodies as USD, PC2 or CSV\.$"):
        ra.export(crowd, tmp_path / "shot.glb")
    with pytest.raises(ra.RevanimError, match="bear 500"):
        facts(crowd, exporters()["gltf"], (1, 2), {})
    assert list(tmp_path.iterdir()) == []
    few = ra.edits.set_groups(crowd, [ra.Group("shy", np.array([7]), hidden=True)])
    ra.export(few, tmp_path / "shot.glb", (1, 2))
    assert len(keys(tmp_path / "shot.glb")[1]) == 500


def test_more_keys_than_a_file_holds_are_refused(scene: ra.Scene, tmp_path: Path) -> None:
    with pytest.raises(ra.RevanimError, match="A glTF file holds 4 GB"):
        ra.export(scene, tmp_path / "shot.glb", (1, 9_999_999), speed=0.01)
    assert list(tmp_path.iterdir()) == []
