"""Whatever a file holds, it is a scene or one plain sentence, and never another exception."""

import json
import os
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import revanim as ra
from revanim.scene.file import MIMETYPE, encode

Members = dict[str, bytes]
Make = Callable[..., Any]


def test_the_file_itself_opens(whole: bytes, members: Members, zipped: Make, opened: Make) -> None:
    for data in (whole, zipped(members), zipped(members, zipfile.ZIP_STORED)):
        assert encode(opened(data), b"picture") == whole


def test_a_file_cut_anywhere_is_refused(whole: bytes, refused: Make) -> None:
    for length in {*range(0, len(whole), 7), *range(len(whole) - 120, len(whole))}:
        refused(whole[:length], "it is damaged, or not a revanim file")


@given(place=st.floats(0, 1, exclude_max=True))
def test_a_flipped_bit_is_refused_or_changes_nothing(place: float, whole: bytes, opened: Make) -> None:
    data, bit = bytearray(whole), int(place * 8 * len(whole))
    data[bit // 8] ^= 1 << bit % 8
    scene = opened(bytes(data))
    assert scene is None or encode(scene, b"picture") == whole


@given(data=st.binary(max_size=400))
def test_any_bytes_are_refused(data: bytes, refused: Make) -> None:
    refused(data)


@given(place=st.floats(0, 1), patch=st.binary(min_size=1, max_size=60))
def test_bytes_written_over_others_are_refused_or_change_nothing(
    place: float, patch: bytes, whole: bytes, opened: Make
) -> None:
    start = int(place * len(whole))
    scene = opened(whole[:start] + patch + whole[start + len(patch) :])
    assert scene is None or encode(scene, b"picture") == whole


@pytest.mark.parametrize("name", ["mimetype", "scene.json", "state.npz"])
def test_a_missing_member_is_refused(name: str, members: Members, zipped: Make, refused: Make) -> None:
    refused(zipped({key: data for key, data in members.items() if key != name}))


def test_a_missing_picture_is_no_harm(members: Members, zipped: Make, opened: Make) -> None:
    assert opened(zipped({key: data for key, data in members.items() if key != "thumbnail.png"})) is not None


@pytest.mark.parametrize("kind", [b"", b"application/zip", MIMETYPE.encode() + b"2", MIMETYPE.encode() * 1000])
def test_another_kind_of_file_is_refused(kind: bytes, members: Members, zipped: Make, refused: Make) -> None:
    refused(zipped({**members, "mimetype": kind}), "it is not a revanim file")


def test_a_kind_that_does_not_come_first_is_refused(members: Members, zipped: Make, refused: Make) -> None:
    refused(zipped(dict(reversed(members.items()))), "it is not a revanim file")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_packed_in_another_way_are_refused(method: int, members: Members, zipped: Make, refused: Make) -> None:
    refused(zipped(members, method), "packed in an unknown way")


def test_a_newer_file_is_refused_by_its_number(members: Members, zipped: Make, refused: Make) -> None:
    for change, number in (({"revanim": 6}, 6), ({"revanim": 10**30, "look": "gone"}, 10**30)):
        text = {**json.loads(members["scene.json"]), **change}
        newer = zipped({**members, "scene.json": json.dumps(text).encode()})
        refused(newer, rf"it was made by a newer revanim \(format {number}\); this one reads up to 5")


def test_a_file_of_the_first_format_is_read(members: Members, zipped: Make, tmp_path: Path) -> None:
    text = json.loads(members["scene.json"])
    first = {name: text[name] for name in text if name not in ("groups", "markers", "take", "takes")} | {"revanim": 1}
    path = tmp_path / "first.revanim"
    path.write_bytes(zipped({**members, "scene.json": json.dumps(first).encode()}))
    scene = ra.load(path)
    assert (scene.groups, scene.markers, scene.takes) == ((), (), ())
    assert scene.bodies.count == 3


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ra.RevanimError, match=f"{tmp_path.name} is no file"):
        ra.load(tmp_path)
    with pytest.raises(ra.RevanimError, match=r"gone\.revanim cannot be read: no such file or directory"):
        ra.load(tmp_path / "gone.revanim")
    (tmp_path / "empty.revanim").write_bytes(b"")
    with pytest.raises(ra.RevanimError, match=r"empty\.revanim cannot be opened: it is damaged, or not a revanim file"):
        ra.load(tmp_path / "empty.revanim")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_devices_and_pipes_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(ra.RevanimError, match="is no file"):
            ra.load(path)
