"""What bodies wear, by command line."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import revanim as ra
from revanim.cli import main


def test_a_sheet_and_a_mesh_are_worn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    ra.save(ra.make_scene(np.eye(3), np.zeros((3, 3)), 1.0), "a.revanim")
    Image.fromarray(np.full((6, 9, 4), 200, np.uint8)).save("s.png")
    Path("m.obj").write_text("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n")
    assert main(["wear", "a.revanim", "-o", "b.revanim", "--sprite", "s.png", "--sheet", "3x2", "--spin", "0.5"]) == 0
    worn = ra.load("b.revanim")
    assert (worn.sprite.across, worn.sprite.down, worn.look.style, worn.look.spin) == (3, 2, "sprites", 0.5)
    assert main(["wear", "b.revanim", "-o", "c.revanim", "--figure", "m.obj", "--facing", "velocity"]) == 0
    assert (ra.load("c.revanim").figure.name, ra.load("c.revanim").sprite.name) == ("m.obj", "s.png")
    assert main(["wear", "a.revanim", "-o", "no.revanim", "--figure", "s.png"]) == 1
    assert "s.png is no mesh for bodies to wear" in capsys.readouterr().err
    assert not Path("no.revanim").exists()
