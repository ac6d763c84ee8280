"""The camera by command line."""

import json
from pathlib import Path

import numpy as np
import pytest

import revanim as ra
from revanim.cli import main
from revanim.draw.eye import eye_at


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, with a scene in it."""
    monkeypatch.chdir(tmp_path)
    place = np.arange(6.0).reshape(2, 3)
    ra.save(ra.make_scene(place, 0 * place, 1.0, frames=(1, 48)), "a.revanim")
    return tmp_path


def test_it_is_keyed_moved_and_taken_away(folder: Path, capsys) -> None:
    key = ["--key", "20", "--yaw", "-30", "--target=0,0,1", "--distance", "4"]
    assert main(["camera", "a.revanim", "-o", "b.revanim", *key, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["keys"]["yaw"] == [20]
    assert told["view"]["target"] == [0, 0, 1]
    assert main(["camera", "b.revanim", "-o", "c.revanim", "--move", "turntable", "--frames", "5:10"]) == 0
    assert "keys of target, yaw" in capsys.readouterr().out
    scene = ra.load("c.revanim")
    assert eye_at(scene, 11).yaw - eye_at(scene, 5).yaw == 360.0
    assert main(["camera", "c.revanim", "-o", "d.revanim", "--remove"]) == 0
    assert not ra.load("d.revanim").cues


def test_it_follows_bodies_and_refuses_those_that_are_not_there(folder: Path, capsys) -> None:
    assert main(["camera", "a.revanim", "-o", "b.revanim", "--follow", "1"]) == 0
    assert ra.load("b.revanim").cues[0].bodies.tolist() == [1]
    assert main(["camera", "a.revanim", "-o", "no.revanim", "--follow", "7"]) == 1
    assert main(["camera", "a.revanim", "-o", "no.revanim", "--move", "up"]) == 1
    assert "There is no camera move called 'up'" in capsys.readouterr().err
    assert not Path("no.revanim").exists()
