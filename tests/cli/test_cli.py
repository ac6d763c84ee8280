"""The command line: what it prints, what it refuses and with which exit code, and that it leaves nothing half done."""

import json
import re
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest

import revanim as ra
from revanim.cli import main
from revanim.cli.verb import all_verbs
from revanim.engine.grid import ARITHMETIC
from revanim.scene.file import save
from revanim.scene.scene import Absent

COMMANDS = sorted(all_verbs())


@pytest.fixture
def scene() -> ra.Scene:
    forces = [ra.force("gravity"), ra.force("spring", links=[[0, 1]])]
    return ra.make_scene(
        np.eye(3), np.eye(3)[::-1] / 2, [1.0, 2.0, 3.0], forces=forces, frames=(1, 20), home=4, name="three"
    )


@pytest.fixture
def file(scene: ra.Scene, tmp_path: Path) -> str:
    path = tmp_path / "three.revanim"
    save(scene, path, b"")
    return str(path)


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    """Return what a command prints when it ends as it should."""
    assert main(list(arguments)) == code
    out, err = capsys.readouterr()
    assert err == ""
    return out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return the one line with which a command is refused."""
    assert main(list(arguments)) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"revanim: [^\n]*[^.]\.\n", err), err
    return err


# Help and usage.


@pytest.mark.parametrize(
    "arguments", [["--help"], ["-h"], *([command, "--help"] for command in COMMANDS)], ids=" ".join
)
def test_every_command_explains_itself(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
    out = capsys.readouterr().out
    assert out.startswith("usage: revanim ")
    assert len(arguments) == 1 or f"usage: revanim {arguments[0]} " in out


def test_it_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"revanim {version('revanim')}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nonsense"],
        ["seek"],
        ["seek", "x.revanim"],
        ["seek", "x.revanim", "--frame", "two"],
        ["seek", "x.revanim", "--frame", "2.5"],
        ["info"],
        ["new", "ring"],
        ["verify", "x.revanim", "--frames", "1"],
        ["verify", "x.revanim", "--frames", "a:b"],
        ["picture", "x.revanim", "-o", "x.png", "--size", "0x10"],
        ["picture", "x.revanim", "-o", "x.png", "--size", "big"],
        ["solve", "x.revanim", "-o", "y.revanim", "--iterations", "0"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_says_how_it_goes(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: revanim ")


# What it prints.


def test_examples_lists_the_gallery(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(told(capsys, "examples", "--json"))
    assert [row["name"] for row in rows] == ra.examples()
    assert all(row.keys() == {"name", "bodies", "note"} for row in rows)
    lines = told(capsys, "examples").splitlines()
    assert [line.split()[0] for line in lines] == ra.examples()


def test_new_writes_a_copy_of_an_example(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.revanim"
    assert told(capsys, "new", "figure-eight", "-o", str(path)) == ""
    copy, example = ra.load(path), ra.example("figure-eight")
    assert ra.Playhead(copy).digest() == ra.Playhead(example).digest()
    assert [entry.name for entry in tmp_path.iterdir()] == ["mine.revanim"]


def test_info_says_what_a_scene_holds(file: str, scene: ra.Scene, capsys: pytest.CaptureFixture[str]) -> None:
    facts = json.loads(told(capsys, "info", file, "--json"))
    assert facts == {
        "name": "three", "bodies": 3, "alive": 3, "pinned": 0, "forces": ["gravity", "spring"], "flows": [],
        "cues": [],
        "moves": [], "missing": [],
        "scheme": "srkn6b",
        "frames": [1, 20], "home": 4, "fps": 24.0, "steps_per_frame": 8, "planar": False, "keyframes": [], "holds": [],
        "range": scene.bodies.grid.length_range, "resolution": scene.bodies.grid.length_unit,
        "speed_range": scene.bodies.grid.speed_range, "speed_resolution": scene.bodies.grid.speed_unit,
        "arithmetic": ARITHMETIC, "digest": ra.Playhead(scene).digest(),
    }  # fmt: skip
    lines = told(capsys, "info", file).splitlines()
    assert [line.split()[0] for line in lines] == list(facts)
    assert "forces           gravity, spring" in lines
    assert "moves            none" in lines


@pytest.mark.parametrize("frame", [-30, 1, 4, 5, 100])
def test_seek_says_what_is_at_a_frame(
    file: str, scene: ra.Scene, frame: int, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = json.loads(told(capsys, "seek", file, "--frame", str(frame), "--json"))
    playhead = ra.Playhead(scene)
    playhead.seek(frame)
    assert facts.keys() == {"frame", "digest", "energy", "erased", "seconds"}
    assert (facts["frame"], facts["digest"], facts["energy"]) == (frame, playhead.digest(), playhead.energy())
    assert facts["seconds"] >= 0
    words = told(capsys, "seek", file, "--frame", str(frame))
    assert words == f"frame {frame}  energy {playhead.energy():.12g}  digest {playhead.digest()}\n"


def test_seek_writes_the_positions(file: str, scene: ra.Scene, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(file).with_name("places.npy")
    told(capsys, "seek", file, "--frame", "9", "--npy", str(path))
    playhead = ra.Playhead(scene)
    playhead.seek(9)
    places = np.load(path)
    assert places.dtype == np.float64
    assert places.tolist() == playhead.position.tolist()


def test_an_energy_that_is_no_number_is_null_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, gravity = tmp_path / "one.revanim", ra.force("gravity", softening=0.0)
    save(ra.make_scene([[1, 0, 0]] * 2, np.zeros((2, 3)), 1.0, forces=[gravity]), path, b"")
    told_json = told(capsys, "seek", str(path), "--frame", "1", "--json")
    assert json.loads(told_json, parse_constant=pytest.fail)["energy"] is None


@pytest.mark.parametrize("frames", [[], ["--frames", "3:9"], ["--frames", "9:3"], ["--frames=-5:5"]])
def test_verify_proves_that_no_bit_is_lost(
    file: str, scene: ra.Scene, frames: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    facts = json.loads(told(capsys, "verify", file, *frames, "--json"))
    assert facts.keys() >= {"bits_different", "digests", "seconds"}
    assert facts["bits_different"] == 0
    assert facts["bits"] == 64 * 6 * 3
    first, last = {0: (1, 20), 1: (-5, 5)}.get(len(frames)) or map(int, frames[1].split(":"))
    playhead = ra.Playhead(scene)
    for name, frame in (("first", first), ("last", last), ("back", first)):
        playhead.seek(frame)
        assert facts["digests"][name] == playhead.digest()
    words = told(capsys, "verify", file, *frames)
    assert re.fullmatch(rf"0 of 1.152 bits differ after frames {first} to {last} and back \(\d+\.\d\d s\)\n", words)


def test_solve_hits_a_keyframe(scene: ra.Scene, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keyed = ra.edits.add_keyframe(scene, 12, [0], position=[[1.1, 0.1, 0.0]])
    given, solved = tmp_path / "given.revanim", tmp_path / "solved.revanim"
    save(keyed, given, b"")
    facts = json.loads(told(capsys, "solve", str(given), "-o", str(solved), "--iterations", "50", "--json"))
    assert facts.keys() >= {"cost_before", "cost_after", "iterations", "misses", "seconds"}
    assert facts["cost_after"] < 1e-6 * facts["cost_before"]
    playhead = ra.Playhead(ra.load(solved))
    playhead.seek(12)
    assert np.linalg.norm(playhead.position[0] - [1.1, 0.1, 0.0]) == pytest.approx(facts["misses"][0], abs=1e-9)


def test_picture_paints_a_frame(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "frame.png"
    told(capsys, "picture", file, "-o", str(path), "--frame", "7", "--size", "64x36")
    assert path.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    assert path.read_bytes()[16:24] == (64).to_bytes(4, "big") + (36).to_bytes(4, "big")


# What it refuses.


@pytest.mark.parametrize("command", [["info"], ["seek", "--frame", "3"], ["verify"]], ids=lambda c: c[0])
@pytest.mark.parametrize("what", ["nothing", "damaged", "folder"])
def test_a_file_that_cannot_be_read_is_refused(
    command: list[str], what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / what
    if what == "damaged":
        path.write_bytes(b"PK\x03\x04 and no more")
    if what == "folder":
        path.mkdir()
    assert what in refused(capsys, command[0], str(path), *command[1:])


@pytest.mark.parametrize(
    "arguments",
    [["seek", "FILE", "--frame", "10000001"], ["verify", "FILE", "--frames=0:99999999999"]],
    ids=lambda arguments: arguments[0],
)
def test_a_frame_out_of_reach_is_refused_at_once(
    arguments: list[str], file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, *(file if word == "FILE" else word for word in arguments))
    assert "Frames may lie between -10000000 and 10000000" in said


def test_an_unknown_example_is_refused_with_the_names_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, "new", "unicorn", "-o", str(tmp_path / "x.revanim"))
    assert "There is no example called 'unicorn'" in said
    assert "figure-eight" in said
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        ["seek", "FILE", "--frame", "5", "--npy", "PLACE"],
        ["picture", "FILE", "-o", "PLACE", "--size", "32x18"],
        ["new", "figure-eight", "-o", "PLACE"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_place_that_cannot_be_written_is_refused(
    arguments: list[str], file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = str(tmp_path / "gone" / "out")
    words = {"FILE": file, "PLACE": place}
    said = refused(capsys, *(words.get(word, word) for word in arguments))
    assert f"{place} cannot be written: no such file or directory" in said


def test_a_walk_that_cannot_go_on_is_refused_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "fast.revanim", tmp_path / "out.npy"
    save(ra.make_scene([[1, 0, 0]], [[1000, 0, 0]], 1.0), path, b"")
    said = refused(capsys, "seek", str(path), "--frame", "500", "--npy", str(out))
    assert "Body 0 leaves the range of places" in said
    assert refused(capsys, "verify", str(path), "--frames", "1:500") == said
    assert not out.exists()


def test_a_scene_without_keyframes_cannot_be_solved(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(capsys, "solve", file, "-o", str(tmp_path / "out.revanim"))
    assert not (tmp_path / "out.revanim").exists()


# Wedges.


def test_a_wedge_is_files_takes_and_a_table(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    arguments = ["--set", "gravity.strength=1:2:2", "--set", "mass=1,3", "--out", str(out), "--jobs", "1", "--json"]
    table = json.loads(told(capsys, "wedge", file, *arguments))
    assert [(one["gravity.strength"], one["mass"]) for one in table["variants"]] == [(1, 1), (1, 3), (2, 1), (2, 3)]
    assert table == json.loads((out / "wedge.json").read_text())
    assert sorted(path.name for path in out.iterdir()) == [
        *(f"three.{number:04d}.revanim" for number in range(1, 5)), "three.takes.revanim", "wedge.json"
    ]  # fmt: skip
    for one in table["variants"]:
        playhead = ra.Playhead(ra.load(out / one["file"]))
        playhead.seek(20)
        assert playhead.digest() == one["digest"]
    takes = ra.load(out / "three.takes.revanim")
    assert takes.take == "gravity.strength 1, mass 1"
    assert len(takes.takes) == 3


@pytest.mark.parametrize("what", ["mass", "mass=", "mass=a", "mass=1:2", "mass=1:2:x", "=1"])
def test_a_wedge_of_nonsense_is_wrong_usage(what: str, file: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["wedge", file, "--set", what, "--out", str(tmp_path / "out")])
    assert ended.value.code == 2
    assert not (tmp_path / "out").exists()


# Export and import.


def test_export_writes_what_the_suffix_says_and_tells_it(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "three.npz"
    facts = json.loads(told(capsys, "export", file, "-o", str(out), "--frames", "5:9", "--every", "2", "--json"))
    assert facts.pop("seconds") > 0
    assert facts == {"exporter": "npz", "file": str(out), "frames": [5, 9]}
    with np.load(out) as arrays:
        assert arrays["frame"].tolist() == [5, 7, 9]


def test_machines_that_share_a_shot_write_the_same_pictures(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    size = ("--width", "64", "--height", "36")
    for folder, parts in (("one", ["3:6"]), ("two", ["3:4", "5:6"])):
        (tmp_path / folder).mkdir()
        for part in parts:
            told(capsys, "export", file, "-o", str(tmp_path / folder / "shot.png"), "--frames", part, *size)
    pictures = [{path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two")]
    assert sorted(pictures[0]) == [f"shot.{number:04d}.png" for number in range(3, 7)]
    assert pictures[0] == pictures[1]


def test_an_option_of_another_format_is_refused(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "quality" in refused(capsys, "export", file, "-o", str(tmp_path / "a.npz"), "--quality", "50")
    assert "has no format that can be written" in refused(capsys, "export", file, "-o", str(tmp_path / "a.xyz"))
    assert not list(tmp_path.glob("a.*"))


def test_a_table_of_bodies_becomes_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, out = tmp_path / "pair.csv", tmp_path / "pair.revanim"
    table.write_text("name,m,x,y,vx,vy\nsun,1,0,0,0,0\nearth,0,1,0,0,1\n")
    facts = json.loads(told(capsys, "import", str(table), "-o", str(out), "--pace", "2", "--json"))
    assert facts["bodies"] == 2
    assert ra.load(out).bodies.velocity[1].tolist() == [0, 2, 0]
    assert "vy" in refused(capsys, "import", str(file_without(table)), "-o", str(tmp_path / "no.revanim"))
    assert not (tmp_path / "no.revanim").exists()


def file_without(table: Path) -> Path:
    """Return a table whose last line ends too soon."""
    short = table.with_name("short.csv")
    short.write_text(table.read_text().rstrip().rpartition(",")[0] + "\n")
    return short


CASES = Path(__file__).parents[1] / "cases" / "tables"


def test_a_table_of_bodies_is_a_scene_for_every_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(told(capsys, "info", str(CASES / "comet_aphelion.csv"), "--json"))["bodies"] == 2
    assert "places_only.csv has places alone" in refused(capsys, "info", str(CASES / "places_only.csv"))
    (tmp_path / "words.md").write_text("no scene")
    assert "it is not a revanim file" in refused(capsys, "info", str(tmp_path / "words.md"))


def test_another_frame_rate_keeps_seconds_or_frames(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case, out = str(CASES.parent / "misc" / "fps_keyframe.revanim"), str(tmp_path / "out.revanim")
    facts = json.loads(told(capsys, "timing", case, "-o", out, "--fps", "30", "--json"))
    assert (facts["fps"], facts["keyframes"], facts["between"]) == (30, [31], 0)
    assert ra.load(out).keyframes[0].frame == 31
    facts = json.loads(told(capsys, "timing", case, "-o", out, "--fps", "29,97", "--keep", "frames", "--json"))
    assert (facts["fps"], facts["keyframes"]) == (29.97, [25])
    told(capsys, "timing", case, "-o", out, "--steps", "4", "--frames", "-3:9")
    assert (ra.load(out).timing.steps_per_frame, ra.load(out).timing.first) == (4, -3)


def test_a_sound_is_added_marked_and_followed(tone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("av")
    case, out = str(tmp_path / "case.revanim"), str(tmp_path / "out.revanim")
    ra.save(ra.make_scene([[0, 0, 0]], [[0, 0, 0]], 1.0, [ra.force("gravity", strength=3.0)]), case)
    drive = ("--drive", "gravity.strength=bass")
    facts = json.loads(told(capsys, "sound", case, str(tone), "-o", out, "--beats", *drive, "--json"))
    assert facts["sound"] == "tone.wav"
    assert facts["markers"] == pytest.approx([1, 13, 25, 37], abs=1)
    assert ra.load(out).forces[0].values["strength"].formula.texts == ("3 * value",)
    assert "PART.VALUE=BAND" in refused(capsys, "sound", case, str(tone), "-o", out, "--drive", "bass")
    assert "cannot be read" in refused(capsys, "sound", case, str(tmp_path / "none.wav"), "-o", out)


def test_a_negative_value_may_follow_its_option(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "out.revanim")
    told(capsys, "pose", file, "-o", out, "--frame", "9", "--bodies", "0", "--at", "-1,0,-.5", "--weight", "1,5")
    (key,) = ra.load(out).keyframes
    assert key.position is not None
    assert key.position.tolist() == [[-1, 0, -0.5]]
    assert key.weight == 1.5
    told(capsys, "export", file, "-o", str(tmp_path / "x.csv"), "--frames", "-2:1")
    assert (tmp_path / "x.csv").read_text().splitlines()[1].startswith("-2,")


@pytest.mark.parametrize("words", [("seek", "--frame", "9"), ("verify", "--frames", "1:9"), ("info",)])
def test_what_is_not_installed_is_said_and_rests(
    scene: ra.Scene, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    command, *options = words
    breeze = replace(scene.forces[0], kind="breeze", muted=True, absent=Absent(muted=False))
    path = tmp_path / "windy.revanim"
    save(replace(scene, forces=(breeze,)), path, b"")
    assert main([command, str(path), *options]) == 0
    out, err = capsys.readouterr()
    assert "This scene has a force 'breeze' that is not installed; it rests." in (out if command == "info" else err)
