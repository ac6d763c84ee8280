"""The wheel's target, as far as it can be tried without building: whom it asks for and what it promises."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[2] / "packaging"


@pytest.fixture
def wheel(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the target as a module."""
    monkeypatch.syspath_prepend(str(FOLDER))
    spec = importlib.util.spec_from_file_location("wheel_target", FOLDER / "targets" / "wheel.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_is_tried_on_every_python_there_is(wheel: ModuleType) -> None:
    asked = [
        subprocess.run([python, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True)
        for python in wheel.pythons()
    ]
    versions = [tuple(map(int, answer.stdout.split())) for answer in asked]
    assert versions == sorted(set(versions))
    assert all(version >= (3, 11) for version in versions)


def test_a_pointer_to_no_python_is_none(wheel: ModuleType, tmp_path: Path) -> None:
    assert wheel.runs(sys.executable)
    if sys.platform != "win32":
        pointer = tmp_path / "python3"
        pointer.write_text("#!/bin/sh\nexit 127\n")
        pointer.chmod(0o755)
        assert not wheel.runs(str(pointer))


def test_an_installed_program_is_tried_as_this_one_is(tmp_path: Path) -> None:
    tried = subprocess.run([sys.executable, FOLDER / "smoke.py"], capture_output=True, text=True, cwd=tmp_path)
    assert tried.returncode == 0, tried.stderr
    assert "the window" in tried.stdout
