"""PC2 and MDD, read as their descriptions say: every place is that of the engine in float32."""

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import trimesh

import revanim as ra

Walked = Callable[[float], np.ndarray]


def read_pc2(path: Path) -> tuple[float, float, np.ndarray]:
    """Return the first frame, how far samples are apart, and float32[frames, points, 3]."""
    data = path.read_bytes()
    name, version, points, start, rate, frames = struct.unpack("<12siiffi", data[:32])
    assert (name, version) == (b"POINTCACHE2\0", 1)
    return start, rate, np.frombuffer(data, "<f4", offset=32).reshape(frames, points, 3)


def read_mdd(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return seconds, and float32[frames, points, 3]."""
    data = path.read_bytes()
    frames, points = struct.unpack(">ii", data[:8])
    numbers = np.frombuffer(data, ">f4", offset=8)
    return numbers[:frames], numbers[frames:].reshape(frames, points, 3)


def test_pc2_has_the_places_of_the_engine(scene: ra.Scene, walked: Walked, tmp_path: Path) -> None:
    ra.export(scene, tmp_path / "shot.pc2", (-2, 9))
    start, rate, places = read_pc2(tmp_path / "shot.pc2")
    assert (start, rate) == (-2, 1)
    assert places.shape == (12, 5, 3)
    for frame, place in enumerate(places, start=-2):
        assert np.array_equal(place, walked(frame).astype(np.float32))


def test_mdd_has_the_places_of_the_engine(scene: ra.Scene, walked: Walked, tmp_path: Path) -> None:
    ra.export(scene, tmp_path / "shot.mdd", (3, 9))
    seconds, places = read_mdd(tmp_path / "shot.mdd")
    assert np.array_equal(seconds, (np.arange(7) / 24).astype(np.float32))
    for frame, place in enumerate(places, start=3):
        assert np.array_equal(place, walked(frame).astype(np.float32))


def test_every_third_frame_stays_at_its_time(scene: ra.Scene, walked: Walked, tmp_path: Path) -> None:
    for suffix in (".pc2", ".mdd"):
        ra.export(scene, tmp_path / f"shot{suffix}", every=3)
    start, rate, places = read_pc2(tmp_path / "shot.pc2")
    seconds, same = read_mdd(tmp_path / "shot.mdd")
    assert (start, rate) == (1, 3)
    assert np.array_equal(seconds, (np.arange(4) / 8).astype(np.float32))
    assert np.array_equal(places, same)
    assert np.array_equal(places[2], walked(7).astype(np.float32))


def test_a_mesh_for_the_cache_is_written_if_it_is_asked_for(scene: ra.Scene, walked: Walked, tmp_path: Path) -> None:
    hidden = ra.edits.set_groups(scene, [ra.Group("shy", np.array([1]), hidden=True)])
    ra.export(hidden, tmp_path / "shot.pc2", (6, 9), mesh="yes")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["shot.pc2", "shot.ply"]
    mesh = trimesh.load(tmp_path / "shot.ply")
    assert np.array_equal(mesh.vertices, walked(6)[[0, 2, 3, 4]].astype(np.float32))
    assert np.array_equal(mesh.colors[:, :3], scene.bodies.color[[0, 2, 3, 4]])
    assert read_pc2(tmp_path / "shot.pc2")[2].shape == (4, 4, 3)
