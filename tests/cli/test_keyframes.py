"""Keyframes by command line: set from places, words and files, solved, walked to; and what is refused on the way."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import revanim as ra
from revanim.cli import main
from revanim.scene.file import encode, save

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals and terminals")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{}</svg>'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, with a pendulum in it."""
    monkeypatch.chdir(tmp_path)
    main(["new", "pendulum", "-o", "p.revanim"])
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    """Return the facts that a command tells with --json."""
    assert main([*arguments, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    facts: dict[str, object] = json.loads(out)
    return facts


def refused(capsys: pytest.CaptureFixture[str], folder: Path, *arguments: str) -> str:
    """Return the one sentence with which a command is refused; nothing is written, and the scene is as it was."""
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert main([*arguments, "-o", "no.revanim"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"revanim: [^\n]*[^.]\.\n", err), err
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    return err


def test_a_pendulum_is_posed_solved_and_walked_to_its_target(folder: Path, capsys) -> None:
    facts = told(capsys, "pose", "p.revanim", "-o", "k.revanim", "--frame", "76", "--bodies", "5", "--at=0.6,1.1,0")
    assert facts == {"frame": 76, "bodies": 1, "source": "", "note": ""}
    facts = told(capsys, "solve", "k.revanim", "-o", "s.revanim", "--controls", "velocity", "--iterations", "200")
    assert facts.keys() >= {"cost_before", "cost_after", "iterations", "misses", "seconds"}
    assert facts["cost_after"] < 1e-9 < facts["cost_before"]
    told(capsys, "seek", "s.revanim", "--frame", "76", "--npy", "there.npy")
    miss = np.linalg.norm(np.load("there.npy")[5] - [0.6, 1.1, 0.0])
    assert miss < 1e-5
    assert miss == pytest.approx(facts["misses"][0], abs=1e-12)
    assert np.array_equal(ra.load("k.revanim").bodies.state, ra.load("p.revanim").bodies.state)


def test_python_does_the_same_to_the_last_bit(folder: Path, capsys) -> None:
    told(capsys, "pose", "p.revanim", "-o", "k.revanim", "--frame", "76", "--bodies", "5", "--at=0.6,1.1,0")
    told(capsys, "solve", "k.revanim", "-o", "s.revanim")
    scene = ra.example("pendulum")
    plane = (True, True, not scene.planar)
    keyed = ra.edits.add_keyframe(scene, 76, [5], position=[[0.6, 1.1, 0.0]], axes=plane)
    *_, done = ra.solve(keyed)
    assert encode(keyed, b"") == encode(ra.load("k.revanim"), b"")
    assert encode(done.scene, b"") == encode(ra.load("s.revanim"), b"")
    assert encode(scene, b"") == encode(ra.load("p.revanim"), b"")  # undo is the scene before


def test_a_pose_is_taken_from_where_the_bodies_are_then(folder: Path, capsys) -> None:
    wish = ["--frame", "60", "--here", "--bodies", "1,3:4", "--nail", "0.01"]
    told(capsys, "pose", "p.revanim", "-o", "k.revanim", *wish)
    (key,) = ra.load("k.revanim").keyframes
    play = ra.Playhead(ra.example("pendulum"))
    play.seek(60)
    assert key.bodies.tolist() == [1, 3, 4]
    assert np.array_equal(key.position, play.position[[1, 3, 4]])
    assert (key.nail, key.tolerance) == (True, 0.01)


@pytest.mark.parametrize(
    ("source", "count"), [(["--text", "HI", "--set", "paint=outline"], 5), (["--shape", "ring"], 5), ([], 3)]
)
def test_words_shapes_and_files_are_shapes_for_all_that_can_move(
    source: list[str], count: int, folder: Path, capsys
) -> None:
    np.savez("points.npz", position=np.add(np.eye(3), [5, 0, 0]))
    given = source or ["--from", "points.npz", "--count", "3"]
    told(capsys, "pose", "p.revanim", "-o", "k.revanim", "--frame", "60", *given)
    (key,) = ra.load("k.revanim").keyframes
    assert key.shape
    assert key.bodies.size == count
    assert not ra.load("p.revanim").bodies.pinned[key.bodies].any()
    if not source:
        assert np.allclose(np.sort(key.position[:, 0]), [5, 5, 6])


def test_the_rest_of_a_keyframe_can_be_asked_for(folder: Path, capsys) -> None:
    wish = ["--bodies", "2", "--velocity=-1,2.5,0", "--axes", "xy", "--window", "58:63", "--weight", "3"]
    told(capsys, "pose", "p.revanim", "-o", "k.revanim", "--frame", "60", *wish)
    (key,) = ra.load("k.revanim").keyframes
    assert key.velocity.tolist() == [[-1.0, 2.5, 0.0]]
    assert (key.axes, key.window, key.weight) == ((True, True, False), (58, 63), 3.0)


BAD = {
    "a body that does not exist": (["--bodies", "99", "--at=0,0,0"], "names body 99; there are bodies 0 to 5"),
    "a body named twice": (["--bodies", "2,2", "--at=0,0,0", "--at=0,0,0"], "names a body twice"),
    "NaN": (["--bodies", "2", "--at=nan,0,0"], "positions that are no finite numbers, of body 2"),
    "an infinite weight": (["--bodies", "2", "--at=0,0,0", "--weight", "inf"], "must be a finite number"),
    "a frame before home": (["--frame", "40", "--bodies", "2", "--at=0,0,0"], "must come after the home frame 52"),
    "home": (["--frame", "52", "--text", "HI"], "must come after the home frame 52"),
    "too few places": (["--bodies", "1,2", "--at=0,0,0"], "2 rows of 3 are needed"),
    "nothing": ([], "asks for nothing"),
    "an empty SVG": (["--from", "empty.svg"], "empty.svg"),
    "an SVG that shows nothing": (["--from", "blank.svg"], "blank.svg"),
    "a mesh without faces": (["--from", "points.obj"], "points.obj has no faces"),
    "no file": (["--from", "gone.png"], "gone.png cannot be read: no such file or directory"),
    "another file": (["--from", "notes.docx"], "notes.docx holds no pose"),
    "an empty word": (["--text", ""], "at least one letter"),
    "an unknown shape": (["--shape", "blob"], "There is no pose called 'blob'"),
    "an unknown setting": (["--text", "HI", "--set", "paint=dots"], "fill"),
    "a size that is no number": (["--text", "HI", "--set", "size=nan"], "size must lie between"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_pose_that_cannot_be_is_refused_and_nothing_is_written(name: str, folder: Path, capsys) -> None:
    Path("empty.svg").write_text("")
    Path("blank.svg").write_text(SVG.format(""))
    Path("points.obj").write_text("v 0 0 0\nv 1 0 0\n")
    Path("notes.docx").write_text("")
    wish, sentence = BAD[name]
    assert sentence in refused(capsys, folder, "pose", "p.revanim", "--frame", "60", *wish)


def test_two_hard_keys_that_contradict_are_refused(folder: Path, capsys) -> None:
    nail = ["--frame", "60", "--bodies", "2", "--nail", "0.001"]
    told(capsys, "pose", "p.revanim", "-o", "k.revanim", *nail, "--at=0,0,0")
    said = refused(capsys, folder, "pose", "k.revanim", *nail, "--at=1,0,0")
    assert "Two nails want body 2 at two places at frame 60, 1 apart; remove one." in said


def test_a_solve_without_controls_or_with_unknown_ones_is_refused(folder: Path, capsys) -> None:
    told(capsys, "pose", "p.revanim", "-o", "k.revanim", "--frame", "60", "--bodies", "2", "--at=0,0,0")
    assert "at least one control" in refused(capsys, folder, "solve", "k.revanim", "--controls", "")
    assert "nothing called 'speed'" in refused(capsys, folder, "solve", "k.revanim", "--controls", "speed")
    assert "no keyframe" in refused(capsys, folder, "solve", "p.revanim")


@pytest.mark.parametrize(
    "wish",
    [
        ["--at=0,0"],
        ["--at=a,b,c"],
        ["--bodies", "x"],
        ["--axes", "w"],
        ["--axes", ""],
        ["--text", "A", "--shape", "ring"],
        ["--count", "0"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(wish: list[str], capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["pose", "p.revanim", "-o", "k.revanim", "--frame", "60", *wish])
    assert ended.value.code == 2


# A solve as a process.


@pytest.fixture
def long_solve(tmp_path: Path) -> list[str]:
    """Return the command of a solve of which a single walk takes hours."""
    random = np.random.default_rng(0)
    gravity = ra.force("gravity", softening=0.05)
    place, target = random.normal(size=(2, 250, 3))
    scene = ra.make_scene(place, 0 * place, 1e-3, forces=[gravity], steps_per_frame=8)
    scene = ra.edits.add_keyframe(scene, 2_000_000, np.arange(250), position=target, shape=True)
    save(scene, tmp_path / "long.revanim", b"")
    (tmp_path / "out").mkdir()
    return [sys.executable, "-m", "revanim", "solve", str(tmp_path / "long.revanim"), "-o", str(tmp_path / "out" / "x")]


@posix
def test_a_solve_shows_how_far_it_is_and_ctrl_c_stops_it_amid_a_walk_and_leaves_no_file(
    long_solve: list[str], tmp_path: Path
) -> None:
    import pty

    screen, terminal = pty.openpty()
    hear = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # noqa: E731 - as at a terminal, also in the background
    with subprocess.Popen(long_solve, stdout=subprocess.PIPE, stderr=terminal, text=True, preexec_fn=hear) as solving:
        shown = b""
        while b"%" not in shown:  # the bar is there: it is at work
            shown += os.read(screen, 4096)
        solving.send_signal(signal.SIGINT)
        out, _ = solving.communicate()
    assert solving.returncode == 128 + signal.SIGINT
    assert out == ""
    assert re.search(rb"\r\[#* *\] +\d+%", shown)
    assert not list((tmp_path / "out").iterdir())
