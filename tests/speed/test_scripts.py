"""Every script that measures runs once, on little: it is there when somebody wants to know."""

import importlib.util
import os
import runpy
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parent
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def script(name: str) -> ModuleType:
    """Return a script as a module."""
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # its dataclasses look for it
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Return what a script prints, with smaller numbers and some arguments."""

    def run(name: str, arguments: tuple[str, ...] = (), **small: object) -> str:
        monkeypatch.setattr(sys, "argv", [str(FOLDER / f"{name}.py"), *arguments])
        monkeypatch.setattr(sys, "path", [str(FOLDER), *sys.path])
        module = script(name)
        monkeypatch.delitem(sys.modules, name)
        for constant, value in small.items():
            monkeypatch.setattr(module, constant, value)
        module.main()
        return capsys.readouterr().out

    return run


def test_frames_are_written(printed) -> None:
    shown = printed("export", COUNTS=(20,), LENGTHS=(3,), SECONDS=1e-3, WIDTH=64, HEIGHT=36)
    assert "MP4 at 64 x 36" in shown
    assert ".usdc" in shown


def test_pictures_are_painted(printed) -> None:
    assert "camera turning" in printed("paint", COUNTS=(20,), SECONDS=0.0, WIDTH=64, HEIGHT=36)


def test_gradients_are_walked(printed) -> None:
    shown = printed("gradient", STEPS={2: 16}, TRIES=1, LENGTHS=(8,))
    assert "gradient us" in shown


def test_very_many_bodies_are_summed(printed) -> None:
    shown = printed("many", COUNTS=(300,), SAMPLE=50, PAIRS=100, TRIES=1, THETAS=(0.7,))
    assert "all pairs/" in shown
    assert "300 bodies on 1 threads" in shown


def test_fields_learn(printed) -> None:
    small = {"ROUND": 12, "ITERATIONS": 3, "CLOUD": 8, "SHAPES_ITERATIONS": 1, "POINTS": 20, "LESSONS": 2}
    shown = printed("field", **small, TRIES=1, LENGTHS=(48,))
    assert "spirals: rms" in shown
    assert "bits back: True" in shown
    assert "four shapes: rms ring" in shown
    assert "points that were held out" in shown


def test_fluids_return(printed) -> None:
    shown = printed("fluid", COUNT=64, TRIES=1, STEPS=100, SMOKE=12, STIRRERS=6, WALKS=3)
    assert "| bits that differ after 100 steps and back | 0 | 0 | yes |" in shown
    assert "12 bodies of smoke and 6 vortices to an S" in shown


def test_what_moves_erase_is_counted(printed) -> None:
    shown = printed("moves", STEPS=100, BODIES=5, BALLS=4, TRIES=1, MINUTE=1, HEAP=20, SECONDS=1)
    assert "bits that differ after 100 steps and back" in shown
    assert "| 0 | 0 | yes |" in shown


def test_steps_are_raced(printed) -> None:
    pytest.importorskip("rebound")
    assert printed("steps", GOALS={2: 1.3}, TURNS=1)


def test_poses_are_asked_for(printed) -> None:
    shown = printed("poses", ("--small", "--seed", "1"))
    assert "families meet their goals, seed 1" in shown
    assert "0 tasks end worse than they start" in shown


def test_every_seed_has_tasks_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(FOLDER), *sys.path])
    poses = script("poses")
    one, same, other = (next(poses.tasks(seed, small=True)).make() for seed in (1, 1, 2))
    assert one.keyframes[0].position.tolist() == same.keyframes[0].position.tolist()
    assert one.bodies.position.tolist() != other.bodies.position.tolist()


def test_the_gallery_is_walked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["gallery.py", "spring"])
    runpy.run_path(str(FOLDER / "gallery.py"))
    assert "frames/s" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("live", ["0.5"], "solves"),
        ("scrub", ["spring", "--seconds", "0.2"], "spring"),
        ("start", ["--turns", "1"], "warm"),
    ],
)
def test_a_window_is_worked_in_where_there_is_no_screen(name: str, arguments: list[str], told: str) -> None:
    at_once = f"import {name}; {name}.REST = 100; {name}.forget = print; {name}.main()"
    command = [sys.executable, "-c", at_once, *arguments]
    blind = {name: value for name, value in os.environ.items() if name not in SCREENS}
    ended = subprocess.run(command, cwd=FOLDER, env=blind, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "measured without a screen" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert told in ended.stdout


def test_every_script_is_run_here() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    scripts = {path.stem for path in FOLDER.glob("*.py")} - {Path(__file__).stem, "machine"}  # which they import
    assert not {name for name in scripts if f'"{name}' not in here}
