"""Pictures, read back with readers that are not ours, are what the painter paints."""

import os
import struct
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image, ImageSequence

import revanim as ra
from revanim.draw.picture import picture
from revanim.draw.shot import Shot
from revanim.export.exporter import exporters, facts, numbered
from revanim.export.video import Codec, rate

SIZE = {"width": 160, "height": 90}


def painted(scene: ra.Scene, frame: int, width: int = 160, height: int = 90, **given: Any) -> np.ndarray:
    """Return what the screen shows of a frame without grid and axes, uint8[h, w, 4]."""
    scene = replace(scene, look=replace(scene.look, grid=False, axes=False))
    playhead = ra.Playhead(scene)
    playhead.seek(frame)
    shot = Shot(frame, frame / 24, playhead.position, playhead.velocity)
    image = picture(scene, shot, width, height, **given)
    stored = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).astype(int)
    color, alpha = stored[..., 2::-1], stored[..., 3:]
    plain = np.where(alpha > 0, (color * 255 + alpha // 2) // np.maximum(alpha, 1), color)
    return np.concatenate([np.minimum(plain, 255), alpha], axis=-1).astype(np.uint8)


def written(scene: ra.Scene, path: Path, **given: Any) -> Path:
    ra.export(scene, path, **{"frames": (3, 6), **SIZE, **given})
    return path


def pictures_in(path: Path) -> list[np.ndarray]:
    with Image.open(path) as file:
        return [np.array(one.convert("RGBA")) for one in ImageSequence.Iterator(file)]


def stays(path: Path) -> list[float]:
    """Return how long each picture stays, in milliseconds."""
    with Image.open(path) as file:
        return [one.load() and one.info["duration"] for one in ImageSequence.Iterator(file)]


def video_in(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as file:
        return [frame.to_ndarray(format="rgba") for frame in file.decode(video=0)]


def far_from(one: np.ndarray, other: np.ndarray) -> float:
    """Return the mean difference of what is seen."""
    return float(np.abs(one[..., :3].astype(float) - other[..., :3]).mean())


@pytest.mark.parametrize("transparent", ["no", "yes"])
def test_a_png_is_the_picture_of_the_screen_pixel_for_pixel(scene: ra.Scene, tmp_path: Path, transparent: str) -> None:
    path = written(scene, tmp_path / "shot.png", transparent=transparent)
    for frame in range(3, 7):
        (found,) = pictures_in(numbered(path, frame))
        assert np.array_equal(found, painted(scene, frame, transparent=transparent == "yes"))


def test_density_is_that_of_a_finer_screen(scene: ra.Scene, tmp_path: Path) -> None:
    (found,) = pictures_in(numbered(written(scene, tmp_path / "shot.png", density=2, frames=(3, 3)), 3))
    assert np.array_equal(found, painted(scene, 3, ratio=2.0))


def test_a_picture_has_the_size_and_the_camera_of_the_scene(scene: ra.Scene, tmp_path: Path) -> None:
    camera = ra.View(distance=9.0, yaw=80.0)
    scene = ra.edits.set_look(scene, camera=camera)
    ra.export(scene, tmp_path / "shot.png", (3, 3))
    (found,) = pictures_in(tmp_path / "shot.0003.png")
    assert np.array_equal(found, painted(scene, 3, 320, 180, view=camera))


@pytest.mark.parametrize(("given", "shape"), [({"width": 80}, (45, 80)), ({"height": 90}, (90, 160))])
def test_one_side_keeps_the_shape(scene: ra.Scene, tmp_path: Path, given: dict[str, int], shape: Any) -> None:
    ra.export(scene, tmp_path / "shot.png", (3, 3), **given)
    assert pictures_in(tmp_path / "shot.0003.png")[0].shape == (*shape, 4)


def test_a_picture_that_is_too_large_is_refused(scene: ra.Scene, tmp_path: Path) -> None:
    with pytest.raises(ra.RevanimError, match="too large; 16384 pixels are the most"):
        written(scene, tmp_path / "shot.png", width=9000, density=4)


def test_supersampling_is_the_mean_of_finer_pixels(scene: ra.Scene, tmp_path: Path) -> None:
    fine = painted(scene, 3, ratio=2.0).astype(float)
    mean = np.sqrt((fine**2).reshape(90, 2, 160, 2, 4).mean(axis=(1, 3)))
    (found,) = pictures_in(numbered(written(scene, tmp_path / "shot.png", oversample=2, frames=(3, 3)), 3))
    assert np.abs(found[..., :3] - mean[..., :3]).max() <= 0.5 + 1e-3


def test_what_stands_still_is_not_blurred(tmp_path: Path) -> None:
    still = ra.make_scene([[0.0, 0, 0], [1.0, 0, 0]], np.zeros((2, 3)), [1.0, 1.0], look=ra.Look(picture=(160, 90)))
    ra.export(still, tmp_path / "sharp.png", (3, 3))
    ra.export(still, tmp_path / "blurred.png", (3, 3), shutter=1, samples=8)
    assert np.array_equal(pictures_in(tmp_path / "sharp.0003.png"), pictures_in(tmp_path / "blurred.0003.png"))


def test_what_moves_is_spread_over_its_way(scene: ra.Scene, tmp_path: Path) -> None:
    samples = np.array([painted_at(scene, 3 + part / 16) for part in (-4, -2, 0, 2, 4)], float)
    mean = np.sqrt((samples**2).mean(axis=0))
    path = written(scene, tmp_path / "shot.png", shutter=0.5, samples=5, frames=(3, 3))
    assert np.abs(pictures_in(numbered(path, 3))[0][..., :3] - mean[..., :3]).max() <= 0.5 + 1e-3


def painted_at(scene: ra.Scene, frame: float) -> np.ndarray:
    """Return the picture between two frames, without grid and axes."""
    scene = replace(scene, look=replace(scene.look, grid=False, axes=False))
    playhead = ra.Playhead(scene)
    playhead.step(round((frame - scene.timing.home) * scene.timing.steps_per_frame))
    image = picture(scene, Shot(playhead.frame, frame / 24, playhead.position, playhead.velocity), 160, 90)
    return np.frombuffer(image.constBits(), np.uint8).reshape(90, 160, 4)[..., 2::-1].copy()


@pytest.mark.parametrize("transparent", ["no", "yes"])
@pytest.mark.parametrize(("suffix", "given"), [(".apng", {}), (".webp", {"lossless": "yes"})])
def test_a_lossless_animation_has_every_pixel(
    scene: ra.Scene, tmp_path: Path, suffix: str, given: dict[str, str], transparent: str
) -> None:
    found = pictures_in(written(scene, tmp_path / f"shot{suffix}", transparent=transparent, **given))
    assert len(found) == 4
    for frame, one in enumerate(found, start=3):
        wanted = painted(scene, frame, transparent=transparent == "yes")
        seen = wanted[..., 3:] > 0  # what is wholly transparent has no colour
        assert np.array_equal(one * seen, wanted * seen)


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_a_lossy_animation_looks_like_the_screen(scene: ra.Scene, tmp_path: Path, suffix: str) -> None:
    found = pictures_in(written(scene, tmp_path / f"shot{suffix}"))
    assert len(found) == 4
    for frame, one in enumerate(found, start=3):
        assert far_from(one, painted(scene, frame)) < min(3.0, 0.75 * far_from(one, painted(scene, frame - 12)))


@pytest.mark.parametrize("suffix", [".gif", ".apng", ".webp"])
@pytest.mark.parametrize(("loop", "turns"), [("yes", 0), ("no", None)])
def test_an_animation_lasts_as_long_as_the_motion(
    scene: ra.Scene, tmp_path: Path, suffix: str, loop: str, turns: int | None
) -> None:
    path = written(scene, tmp_path / f"shot{suffix}", frames=(1, 12), loop=loop)
    assert len(stays(path)) == 12
    assert abs(sum(stays(path)) - 12 * 1000 / 24) <= 10
    with Image.open(path) as file:
        assert file.info.get("loop") in ((turns,) if turns == 0 else (None, 1))


@pytest.mark.parametrize(
    ("name", "given", "codec", "far"),
    [
        ("a.mp4", {"quality": 100}, "h264", 2.0),
        ("a.webm", {"quality": 100}, "vp9", 2.5),
        ("a.webm", {"quality": 100, "codec": "av1"}, "av1", 2.5),
        ("a.mov", {}, "prores", 1.5),
    ],
)
def test_a_video_has_each_picture_once_in_true_colours(
    scene: ra.Scene, tmp_path: Path, name: str, given: dict[str, Any], codec: str, far: float
) -> None:
    path = written(scene, tmp_path / name, **given)
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        assert codec in (stream.codec_context.codec.canonical_name, stream.codec_context.name, stream.codec.name)
        assert stream.average_rate == 24
    found = video_in(path)
    assert len(found) == 4
    for frame, one in enumerate(found, start=3):
        wanted = painted(scene, frame)
        assert far_from(one, wanted) < far
        assert np.abs((one[..., :3].astype(float) - wanted[..., :3]).mean(axis=(0, 1))).max() < far / 2  # no tint


def test_prores_has_an_alpha_channel(scene: ra.Scene, tmp_path: Path) -> None:
    found = video_in(written(scene, tmp_path / "a.mov", transparent="yes"))
    wanted = painted(scene, 3, transparent=True)
    assert np.abs(found[0][..., 3].astype(int) - wanted[..., 3]).mean() < 2
    assert wanted[..., 3].min() == 0 < wanted[..., 3].max()


def test_a_codec_without_transparency_says_so(scene: ra.Scene, tmp_path: Path) -> None:
    with pytest.raises(ra.RevanimError, match="libsvtav1 has no transparency"):
        written(scene, tmp_path / "a.webm", codec="av1", transparent="yes")


def test_a_codec_that_is_not_there_is_one_sentence(
    scene: ra.Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codecs = import_module("revanim.export.exporters.webm").CODECS
    monkeypatch.setitem(codecs, "vp9", Codec("libgone", "yuv420p"))
    with pytest.raises(ra.RevanimError, match="FFmpeg cannot write libgone here"):
        written(scene, tmp_path / "a.webm")


@pytest.mark.parametrize(
    ("fps", "fraction"), [(24, (24, 1)), (23.976, (24000, 1001)), (29.97, (30000, 1001)), (12.5, (25, 2)), (8, (8, 1))]
)
def test_rates_are_those_of_video(fps: float, fraction: tuple[int, int]) -> None:
    assert rate(fps).as_integer_ratio() == fraction


def test_odd_sizes_are_made_even_for_video(scene: ra.Scene, tmp_path: Path) -> None:
    height, width, _ = video_in(written(scene, tmp_path / "a.mp4", width=161, height=91))[0].shape
    assert (height, width) in ((90, 160), (92, 160), (90, 162), (92, 162))


@pytest.mark.parametrize("look", [{"velocities": True}, {"centre": True}, {"color_by": "speed"}, {"trail": 30}])
def test_what_the_look_asks_for_is_in_the_picture(scene: ra.Scene, tmp_path: Path, look: dict[str, Any]) -> None:
    frame = max(range(-20, 28), key=lambda frame: np.abs(state(scene, frame).velocity).max())  # arrows are long then
    pictures = []
    for name, one in (("plain", scene), ("drawn", ra.edits.set_look(scene, **look))):
        pictures += pictures_in(numbered(written(one, tmp_path / f"{name}.png", frames=(frame, frame)), frame))
    assert not np.array_equal(*pictures)


def state(scene: ra.Scene, frame: int) -> ra.Playhead:
    playhead = ra.Playhead(scene)
    playhead.seek(frame)
    return playhead


@pytest.mark.parametrize("fps", [24.0, 50.0, 60.0, 100.0, 1000.0])
def test_a_gif_lasts_as_long_as_the_motion_however_many_pictures_a_second_it_has(
    fps: float, scene: ra.Scene, tmp_path: Path
) -> None:
    frames = (1, 1 + round(fps / 10))
    quick = ra.edits.set_timing(scene, fps=fps)
    path = written(quick, tmp_path / "a.gif", frames=frames, width=32, height=18)
    assert min(stays(path)) >= 20  # below, players show each picture for 100
    assert sum(stays(path)) == pytest.approx(1000 * (1 + round(fps / 10)) / fps, abs=20)
    told = str(facts(quick, exporters()["gif"], frames, {}))
    assert ("A GIF shows 50 pictures a second at most" in told) == (fps > 50)


@pytest.mark.parametrize("suffix", [".mp4", ".mov"])
def test_the_index_of_a_video_comes_before_its_pictures(suffix: str, scene: ra.Scene, tmp_path: Path) -> None:
    data = written(scene, tmp_path / f"a{suffix}", width=64, height=36).read_bytes()
    kinds, at = list[bytes](), 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        kinds.append(kind)
        at += size if size > 1 else struct.unpack_from(">Q", data, at + 8)[0]
    assert kinds.index(b"moov") < kinds.index(b"mdat")


@pytest.mark.parametrize("name", ["grid", "axes"])
def test_a_film_has_grid_and_axes_only_where_they_are_asked_for(scene: ra.Scene, tmp_path: Path, name: str) -> None:
    with_them = replace(scene, look=replace(scene.look, grid=True, axes=True))
    bare = pictures_in(numbered(written(with_them, tmp_path / "bare.png"), 3))[0]
    asked = pictures_in(numbered(written(with_them, tmp_path / "asked.png", **{name: "yes"}), 3))[0]
    assert np.array_equal(bare, painted(with_them, 3))
    assert (asked != bare).any()


@pytest.mark.skipif(not hasattr(os, "sched_getscheduler"), reason="threads have a schedule of their own on Linux only")
def test_who_has_encoded_a_film_is_no_real_time_thread_afterwards(scene: ra.Scene, tmp_path: Path) -> None:
    before = os.sched_getscheduler(0)
    written(scene, tmp_path / "a.webm", codec="av1")
    assert os.sched_getscheduler(0) == before
