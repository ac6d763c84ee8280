"""Holds, loops and bends by command line."""

import json
from pathlib import Path

import numpy as np
import pytest

import revanim as ra
from revanim.cli import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, with a moving cloud in it."""
    monkeypatch.chdir(tmp_path)
    random = np.random.default_rng(4)
    gravity = ra.force("gravity", softening=0.3)
    place, speed = random.normal(size=(6, 3)), 0.3 * random.normal(size=(6, 3))
    ra.save(ra.make_scene(place, speed, 1 / 6, [gravity], steps_per_frame=4, frames=(1, 90)), "c.revanim")
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    """Return the facts that a command tells with --json."""
    assert main([*arguments, "--json"]) == 0
    facts: dict[str, object] = json.loads(capsys.readouterr().out)
    return facts


def test_a_pose_holds_and_info_says_so(folder: Path, capsys) -> None:
    told(capsys, "pose", "c.revanim", "-o", "k.revanim", "--frame", "40", "--bodies", "2", "--at=0,0,0", "--hold", "12")
    facts = told(capsys, "info", "k.revanim")
    assert (facts["keyframes"], facts["holds"]) == ([40], [12])
    assert ra.load("k.revanim").keyframes[0].end == 52


def test_only_some_frames_are_bent(folder: Path, capsys) -> None:
    told(capsys, "pose", "c.revanim", "-o", "k.revanim", "--frame", "33", "--bodies", "2", "--at=0.1,0.2,0")
    facts = told(capsys, "solve", "k.revanim", "-o", "s.revanim", "--between", "9:57")
    assert facts["misses"][0] < 1e-9
    assert facts["seam"].startswith("Before frame 9, 0 bits differ; at frame 57 each body is within")
    before, after = ra.Playhead(ra.load("c.revanim")), ra.Playhead(ra.load("s.revanim"))
    for playhead in (before, after):
        playhead.seek(9)
    assert before.digest() == after.digest()
    assert main(["solve", "k.revanim", "-o", "s.revanim", "--between", "9:57"]) == 0
    assert "Before frame 9, 0 bits differ" in capsys.readouterr().out


def test_frames_that_cannot_be_bent_are_refused_in_a_sentence(folder: Path, capsys) -> None:
    told(capsys, "pose", "c.revanim", "-o", "k.revanim", "--frame", "33", "--bodies", "2", "--at=0.1,0.2,0")
    assert main(["solve", "k.revanim", "-o", "no.revanim", "--between", "40:57"]) == 1
    assert "There is no keyframe after frame 40 and up to frame 57; set one there first." in capsys.readouterr().err
    assert not Path("no.revanim").exists()


def test_a_loop_is_asked_for_and_closed(folder: Path, capsys) -> None:
    facts = told(capsys, "pose", "c.revanim", "-o", "l.revanim", "--loop", "9:57")
    assert facts == {"frame": 57, "from": 9, "bodies": 6}
    told(capsys, "solve", "l.revanim", "-o", "s.revanim", "--between", "9:57")
    playhead, places = ra.Playhead(ra.load("s.revanim")), []
    for frame in (9, 57):
        playhead.seek(frame)
        places.append(playhead.position)
    assert np.abs(places[0] - places[1]).max() < 1e-9
    assert main(["pose", "c.revanim", "-o", "no.revanim", "--loop", "0:57"]) == 1
    assert "must begin at the home frame 1 or later" in capsys.readouterr().err


def test_a_pose_needs_a_frame_or_a_loop(folder: Path, capsys) -> None:
    for wish in ([], ["--frame", "40", "--loop", "9:57"]):
        with pytest.raises(SystemExit) as ended:
            main(["pose", "c.revanim", "-o", "k.revanim", *wish])
        assert ended.value.code == 2
