"""What somebody leaves who is killed while writing a file is tidied away, but nothing of whoever is still at work."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import revanim as ra
from revanim.scene.file.whole import writing

KILLED = """
import os, sys
from pathlib import Path
from revanim.scene.file.whole import writing
with writing(Path(sys.argv[1])) as neighbour:
    neighbour.write_bytes(b"half")
    os._exit(9)
"""


def names(folder: Path) -> list[str]:
    """Return what lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", ["scene.revanim", "a [1] {b}.revanim"])
def test_what_was_left_half_written_goes_with_the_next_save(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    for _ in range(2):
        subprocess.run([sys.executable, "-c", KILLED, str(path)], env=os.environ, check=False)
    (tmp_path / f".{name}.mine.revanim").write_bytes(b"a name of somebody else's")
    assert len(names(tmp_path)) == 2  # the second has tidied up after the first
    ra.save(ra.example("figure-eight"), path)
    assert names(tmp_path) == sorted([f".{name}.mine.revanim", name])


@pytest.mark.skipif(sys.platform == "win32", reason="there an open file cannot be deleted at all")
def test_what_somebody_is_still_writing_stays(tmp_path: Path) -> None:
    path = tmp_path / "scene.revanim"
    with writing(path) as neighbour:
        neighbour.write_bytes(b"theirs")
        with writing(path) as other:
            other.write_bytes(b"mine")
        assert neighbour.exists()
    assert path.read_bytes() == b"theirs"
    assert names(tmp_path) == ["scene.revanim"]
