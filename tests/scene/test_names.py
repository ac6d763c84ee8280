"""Names: what nobody sees is no part of them, wherever they come from."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

import revanim as ra
from revanim.scene.scene import Marker
from revanim.sentence import visible

ZERO, MARK, BOM, SOFT = "\u200b", "\u200e", "\ufeff", "\u00ad"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (f"{BOM}Sun{ZERO}", "Sun"),
        (f"so{SOFT}lar{MARK}\u202edne\u2066", "solardne"),
        (" two\tlines\r\nof\x07 it\u2028\u00a0", "two lines of it"),
        (f"{ZERO}\u3164\u2800", ""),
        ("A\u200dB\u200c", "AB"),  # nothing joins Latin letters
        ("می\u200cشد", "می\u200cشد"),  # as Persian is written
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d🚀 flies", "👩\u200d🚀 flies"),
        ("naïve \U000e0041", "naïve"),
    ],
)
def test_of_a_text_what_is_seen_is_kept(text: str, seen: str) -> None:
    assert visible(text) == seen


def scene_of_two() -> ra.Scene:
    return ra.make_scene([[0, 0, 0], [1, 0, 0]], [[0, 0, 0]] * 2, 1.0, name=f"{BOM}two")


def test_names_are_seen_however_they_are_given() -> None:
    scene = ra.edits.add_group(scene_of_two(), f"left{ZERO}", [0])
    scene = ra.edits.add_marker(ra.edits.replace_group(scene, 0, name=f"l{SOFT}eft "), 5, f"{MARK}here")
    scene = ra.edits.keep_take(scene, f"{ZERO}second")
    names = scene.name, scene.groups[0].name, scene.markers[0].name, scene.take, Marker(1, "a\nb").name
    assert names == ("two", "left", "here", "second", "a b")
    assert ra.edits.rename(scene, f"x{ZERO}y").name == "xy"


@pytest.mark.parametrize("name", [ZERO, "\n", f" {BOM}", "left", f"left{ZERO}"])
def test_a_name_that_is_empty_or_taken_to_the_eye_is_refused(name: str) -> None:
    scene = ra.edits.add_group(scene_of_two(), "left", [0])
    with pytest.raises(ra.RevanimError, match="is empty or given twice"):
        ra.edits.add_group(scene, name, [1])


def test_an_older_file_whose_names_look_alike_opens_with_numbers(tmp_path: Path) -> None:
    scene = ra.edits.add_group(ra.edits.add_group(scene_of_two(), "left", [0]), "right", [1])
    ra.save(ra.edits.add_group(scene, "none", []), tmp_path / "it.revanim")
    with zipfile.ZipFile(tmp_path / "it.revanim") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    text = json.loads(members["scene.json"])
    for group, name in zip(text["groups"], ("left", f"left{ZERO}", ZERO), strict=True):
        group["name"] = name
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, data in {**members, "scene.json": json.dumps(text).encode()}.items():
            archive.writestr(name, data)
    (tmp_path / "it.revanim").write_bytes(whole.getvalue())
    assert [group.name for group in ra.load(tmp_path / "it.revanim").groups] == ["left", "left 2", "2"]


def test_a_table_with_names_that_look_alike_has_one_group_of_them(tmp_path: Path) -> None:
    (tmp_path / "it.csv").write_text(f"name,m,x,y\nEarth,1,0,0\n{BOM}Earth{ZERO},1,1,0\nMoon,1,0,1\n")
    scene = ra.import_scene(tmp_path / "it.csv")
    assert [(group.name, group.bodies.tolist()) for group in scene.groups] == [("Earth", [0, 1]), ("Moon", [2])]
