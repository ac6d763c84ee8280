"""A scene as a file: everything comes back, the same scene gives the same bytes, and saving is whole or not at all."""

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.grid import ARITHMETIC
from revanim.scene.absent import remarks
from revanim.scene.file import MIMETYPE, decode, encode, save, thumbnail_in
from revanim.scene.gallery import sketch

PICTURE = b"\x89PNG is not looked at"


def same(one: Any, other: Any) -> bool:
    """Whether two scenes, or parts of them, hold the same values of the same types."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if is_dataclass(one):
        return all(same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def test_everything_comes_back(rich: ra.Scene, tmp_path: Path) -> None:
    save(rich, tmp_path / "rich.revanim", PICTURE)
    back = ra.load(tmp_path / "rich.revanim")
    for field in fields(rich):
        assert same(getattr(rich, field.name), getattr(back, field.name)), field.name


def test_the_motion_comes_back_bit_for_bit(rich: ra.Scene) -> None:
    one, other = ra.Playhead(rich), ra.Playhead(decode(io.BytesIO(encode(rich, PICTURE)), "rich"))
    for frame in (rich.timing.home, 12, 3):
        one.seek(frame)
        other.seek(frame)
        assert one.digest() == other.digest()
        assert one.energy() == other.energy()


def test_the_same_scene_gives_the_same_bytes(rich: ra.Scene) -> None:
    first = encode(rich, PICTURE)
    assert encode(rich, PICTURE) == first
    assert encode(decode(io.BytesIO(first), "rich"), PICTURE) == first


@pytest.mark.parametrize("system", ["win32", "linux"])
def test_every_system_writes_the_same_bytes(rich: ra.Scene, system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here = encode(rich, PICTURE)
    monkeypatch.setattr(sys, "platform", system)  # which zipfile would write into every member
    assert encode(rich, PICTURE) == here


def test_numbers_of_numpy_and_whole_numbers_give_the_same_bytes(rich: ra.Scene) -> None:
    changed = ra.edits.set_timing(rich, fps=np.float32(30), home=np.int8(7))
    assert encode(ra.edits.set_timing(changed, fps=30), PICTURE) == encode(rich, PICTURE)


@pytest.mark.parametrize("name", ra.examples())
def test_every_scene_of_the_gallery_comes_back(name: str) -> None:
    scene = sketch(name)
    assert same(decode(io.BytesIO(encode(scene, PICTURE)), name), scene)


def test_no_bodies_no_links_and_no_rows_come_back() -> None:
    forces = [ra.force("gravity", bodies=[]), ra.force("spring", links=[])]
    scene = ra.make_scene([], [], 1.0, forces=forces)
    assert same(decode(io.BytesIO(encode(scene, PICTURE)), "empty"), scene)


def test_the_file_begins_with_its_type_and_holds_what_it_should(rich: ra.Scene) -> None:
    data = encode(rich, PICTURE)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["mimetype", "scene.json", "state.npz", "thumbnail.png"]
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert archive.read("thumbnail.png") == PICTURE
        text = json.loads(archive.read("scene.json"))
    assert data[30:].startswith(b"mimetype" + MIMETYPE.encode())  # where `file` looks for it
    assert text["name"] == rich.name
    assert text["forces"][0]["values"] == {"strength": 0.3, "softening": 0.2, "sum": 0.0, "theta": 0.7}


def test_arrays_can_be_read_with_numpy_alone(rich: ra.Scene) -> None:
    with zipfile.ZipFile(io.BytesIO(encode(rich, PICTURE))) as archive:
        arrays = np.load(io.BytesIO(archive.read("state.npz")), allow_pickle=False)
    assert (arrays["state"] == rich.bodies.state).all()
    assert (arrays["force1.stiffness"] == rich.forces[1].values["stiffness"]).all()


def test_the_size_does_not_depend_on_the_number_of_frames(rich: ra.Scene) -> None:
    longer = ra.edits.set_timing(rich, last=9_999_999)
    assert abs(len(encode(longer, PICTURE)) - len(encode(rich, PICTURE))) < 50


def test_what_is_read_cannot_be_written(rich: ra.Scene) -> None:
    back = decode(io.BytesIO(encode(rich, PICTURE)), "rich")
    for array in (back.bodies.state, back.bodies.color, back.forces[1].values["stiffness"], back.forces[1].links):
        assert isinstance(array, np.ndarray)
        assert not array.flags.writeable


def test_a_large_scene_is_stored_rather_than_packed(monkeypatch: pytest.MonkeyPatch, rich: ra.Scene) -> None:
    monkeypatch.setitem(sys.modules["revanim.scene.file"].LARGEST, "state.npz", 1000)
    data = encode(rich, PICTURE)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.getinfo("state.npz").compress_type == zipfile.ZIP_STORED
    assert same(decode(io.BytesIO(data), "large"), rich)


def test_a_scene_with_too_much_text_is_not_saved(monkeypatch: pytest.MonkeyPatch, rich: ra.Scene) -> None:
    monkeypatch.setitem(sys.modules["revanim.scene.file"].LARGEST, "scene.json", 1000)
    with pytest.raises(ra.RevanimError, match="more forces and keyframes than fit"):
        encode(rich, PICTURE)


# Saving is whole or not at all.


def only(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_saving_takes_the_place_of_the_old_file_and_leaves_nothing_else(rich: ra.Scene, tmp_path: Path) -> None:
    path = tmp_path / "one.revanim"
    save(rich, path, PICTURE)
    save(ra.edits.rename(rich, "new"), path, PICTURE)
    assert only(tmp_path) == ["one.revanim"]
    assert ra.load(path).name == "new"


def test_saving_tells_how_far_it_is_and_whoever_hears_it_may_end_it(rich: ra.Scene, tmp_path: Path) -> None:
    path, parts = tmp_path / "one.revanim", list[float]()
    ra.save(rich, path, passed=parts.append)
    assert parts == sorted(parts)
    assert 0 <= parts[0] < 0.1
    assert 0.7 < parts[-1] <= 1
    before = path.read_bytes()
    for last in range(len(parts)):
        heard = iter(range(last))

        def end(part: float, heard: Iterator[int] = heard) -> None:
            next(heard)

        with pytest.raises(StopIteration):
            ra.save(ra.edits.rename(rich, "new"), path, passed=end)
        assert only(tmp_path) == ["one.revanim"]
        assert path.read_bytes() == before


def test_the_picture_of_a_file_is_read_alone_and_what_has_none_gives_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ring.revanim"
    ra.save(ra.example("ring"), path)
    assert thumbnail_in(path).startswith(b"\x89PNG")
    whole = path.read_bytes()
    for damage in (b"", whole[: len(whole) // 2], b"no scene at all"):
        path.write_bytes(damage)
        assert thumbnail_in(path) == b""
    assert thumbnail_in(tmp_path / "nowhere.revanim") == b""
    assert thumbnail_in(tmp_path) == b""


def test_a_hold_comes_back_and_a_scene_without_holds_is_written_as_before() -> None:
    scene = ra.make_scene([[0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0]], 1.0)
    scene = ra.edits.add_keyframe(scene, 10, [0], position=[[1.0, 0.0, 0.0]])
    plain, held = encode(scene, b""), encode(ra.edits.replace_keyframe(scene, 0, hold=12), b"")
    for data, hold, written in ((plain, 0, False), (held, 12, True)):
        (key,) = decode(io.BytesIO(data), "it").keyframes
        assert key.hold == hold
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert ('"hold": 12' in archive.read("scene.json").decode()) == written
            assert ('"hold"' in archive.read("scene.json").decode()) == written


@pytest.mark.parametrize("in_a_take", [False, True])
def test_a_revanim_without_holds_says_that_a_scene_with_one_is_newer(
    monkeypatch: pytest.MonkeyPatch, in_a_take: bool
) -> None:
    scene = ra.make_scene([[0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0]], 1.0)
    scene = ra.edits.add_keyframe(scene, 10, [0], position=[[1.0, 0.0, 0.0]])
    held = ra.edits.replace_keyframe(scene, 0, hold=12)
    if in_a_take:
        held = ra.edits.replace_keyframe(ra.edits.keep_take(held, "held"), 0, hold=0)
    plain, newer = encode(scene, b""), encode(held, b"")
    monkeypatch.setattr("revanim.scene.file.text.VERSION", 2)
    assert decode(io.BytesIO(plain), "it").keyframes
    with pytest.raises(ra.RevanimError, match=r"made by a newer revanim \(format 3\); this one reads up to 2"):
        decode(io.BytesIO(newer), "it")


def test_a_scene_of_another_arithmetic_opens_and_says_so_once(rich: ra.Scene, tmp_path: Path) -> None:
    assert rich.arithmetic == ARITHMETIC
    assert not remarks(rich)
    for change, stored in (({}, 1), ({"arithmetic": ARITHMETIC + 1}, ARITHMETIC + 1)):
        changed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(encode(rich, PICTURE))) as old, zipfile.ZipFile(changed, "w") as new:
            for member in old.infolist():
                data = old.read(member)
                if member.filename == "scene.json":
                    text = json.loads(data)
                    del text["arithmetic"]
                    data = json.dumps(text | change).encode()
                new.writestr(member, data)
        scene = decode(changed, "older")
        (remark,) = remarks(scene)
        assert f"({stored}; here it is {ARITHMETIC})" in str(remark)
        assert ra.Playhead(scene).digest() == ra.Playhead(rich).digest()
        assert not remarks(decode(io.BytesIO(encode(scene, PICTURE)), "renewed"))
