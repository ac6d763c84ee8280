"""Files that another process reads: one that dies, or never ends, is a sentence, and whoever waits may end it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import revanim as ra
from revanim.scene.beside import process
from revanim.scene.imports import archive
from revanim.scene.meshes import shown
from revanim.scene.pose import make_pose

DYING = """
import os, resource, sys
what = float(sys.argv[4])
if what == 1:
    os.kill(os.getpid(), 11)
if what == 2:
    resource.setrlimit(resource.RLIMIT_DATA, (int(sys.argv[3]),) * 2)
    rows = [bytearray(1 << 26) for _ in range(20)]
while True:
    pass
"""


def read_archive(folder: Path, number: int, passed: Any) -> object:
    (folder / "bad.bin").write_bytes(b"REBOUND")
    return ra.import_scene(folder / "bad.bin", snapshot=number, passed=passed)


def read_stage(folder: Path, number: int, passed: Any) -> object:
    (folder / "bad.usda").write_text("#usda 1.0\n")
    return make_pose("usd", 3, source=folder / "bad.usda", frame=number, passed=passed)


@pytest.mark.parametrize("read", [read_archive, read_stage])
def test_a_reader_that_dies_or_never_ends_is_one_sentence(
    read: Callable[[Path, int, Any], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dying_reader.py").write_text(DYING)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(archive, "find_spec", lambda name: True)
    monkeypatch.setattr(archive, "READER", "dying_reader")
    monkeypatch.setattr(shown, "READER", "dying_reader")
    for number in (1, 2):
        with pytest.raises(ra.RevanimError, match=r"bad\.(bin|usda) cannot be read: it is damaged"):
            read(tmp_path, number, lambda part: None)
    monkeypatch.setattr(process, "SECONDS", 0)
    with pytest.raises(ra.RevanimError, match=r"bad\.(bin|usda) cannot be read: it is damaged"):
        read(tmp_path, 3, lambda part: None)
    with pytest.raises(ZeroDivisionError):
        read(tmp_path, 3, lambda part: 1 / 0)


def test_a_file_that_a_stage_names_and_that_is_gone_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "it.usda").write_text(
        '#usda 1.0\n(subLayers = [@gone.usda@])\ndef Points "p" {\n point3f[] points = [(1, 2, 3)]\n}\n'
    )
    assert make_pose("usd", 1, source=tmp_path / "it.usda").position.tolist() == [[1, -3, 2]]
