"""The command line as a process: exit codes, Ctrl-C, pipes, terminals, plug-ins, and what it imports."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import revanim as ra
from revanim.cli.verb import all_verbs
from revanim.scene.file import save

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals and terminals")


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Return a scene of a body at rest, which any walk passes quickly and none loses."""
    save(ra.make_scene([[1, 0, 0]], [[0, 0, 0]], 1.0, forces=[ra.force("gravity")]), tmp_path / "one.revanim", b"")
    return str(tmp_path / "one.revanim")


def run(*arguments: str, **given: Any) -> subprocess.CompletedProcess[str]:
    """Run the command line as a person would."""
    return subprocess.run([sys.executable, "-m", "revanim", *arguments], capture_output=True, text=True, **given)


def test_the_help_lists_every_command() -> None:
    ended = run("--help")
    assert ended.returncode == 0
    for command in all_verbs():
        assert f"    {command} " in ended.stdout


def test_a_pipe_of_few_letters_is_no_error(tmp_path: Path) -> None:
    scene = ra.make_scene([[1, 0, 0]], [[0, 0, 0]], 1.0, name="Кольцо")
    save(scene, tmp_path / "ring.revanim", b"")
    ended = run("info", str(tmp_path / "ring.revanim"), env=os.environ | {"PYTHONIOENCODING": "cp1252:strict"})
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "??????" in ended.stdout


def test_refusals_have_no_traceback_outside_this_process(file: str) -> None:
    for arguments in (["gone"], ["seek", file, "--frame", "99999999999"]):  # before and after the engine is loaded
        ended = run(*arguments)
        assert ended.returncode == 1
        assert ended.stdout == ""
        assert re.fullmatch(r"revanim: [^\n]*\.\n", ended.stderr)


# A third party adds a move whose inverse is wrong, and `verify` finds it out.

LEAK = """
import numpy as np
from revanim.engine.code.kernel import kernel
from revanim.engine.move import MOVE, MoveKernels, MoveKind


@kernel(MOVE)
def leaking(state, words, a, m, free, theta, slot, who, f, lane, units, h, tick, way):
    state[3, 0] += 1 if way > 0 else -2
    return -1


leak = MoveKind("leak", "Loses a little on the way back.", (), MoveKernels(leaking))
"""
MAKE = """
import sys
import revanim as ra
from revanim.scene.file import save
save(ra.make_scene([[1, 0, 0]], [[1, 0, 0]], 1.0, moves=[ra.move("leak")], frames=(1, 9)), sys.argv[1], b"")
"""


def test_verify_ends_with_3_when_a_bit_differs(tmp_path: Path) -> None:
    (tmp_path / "leak.py").write_text(LEAK, encoding="utf-8")
    information = tmp_path / "leak-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: leak\nVersion: 1.0\n", encoding="utf-8")
    (information / "entry_points.txt").write_text("[revanim.items]\nleak = leak:leak\n", encoding="utf-8")
    file, environment = str(tmp_path / "leak.revanim"), {**os.environ, "PYTHONPATH": str(tmp_path)}
    subprocess.run([sys.executable, "-c", MAKE, file], env=environment, check=True)
    ended = run("verify", file, "--json", env=environment)
    assert ended.returncode == 3
    assert json.loads(ended.stdout)["bits_different"] > 0
    assert ended.stderr == ""
    without = run("verify", file)
    assert without.returncode == 0  # where it is not installed, it rests


# Ctrl-C, pipes and terminals.


@posix
def test_ctrl_c_stops_a_long_walk_and_leaves_no_file(file: str, tmp_path: Path) -> None:
    import pty

    folder = tmp_path / "out"
    folder.mkdir()
    command = [sys.executable, "-m", "revanim", "seek", file, "--frame", "9000000", "--npy", str(folder / "x.npy")]
    screen, terminal = pty.openpty()
    given = {"stdout": subprocess.PIPE, "stderr": terminal, "text": True}
    with subprocess.Popen(command, preexec_fn=hear_ctrl_c, **given) as walking:
        os.close(terminal)
        shown = b""
        while b"%" not in shown:  # the bar is there: it is at work
            shown += os.read(screen, 4096)
        walking.send_signal(signal.SIGINT)
        out, _ = walking.communicate()
    shown += read_all(screen).encode()
    os.close(screen)
    assert walking.returncode == 128 + signal.SIGINT
    assert out == ""
    assert shown.endswith(b"revanim: stopped; nothing was written.\r\n")
    assert not list(folder.iterdir())


def hear_ctrl_c() -> None:
    """Undo what a shell does to a command in the background, so that it is as at a terminal."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_to_end_leaves_nothing_half_written(name: str, file: str, tmp_path: Path) -> None:
    folder, number = tmp_path / "out", getattr(signal, name)
    folder.mkdir()
    command = [sys.executable, "-m", "revanim", "export", file, "-o", str(folder / "x.csv"), "--frames", "1:9000000"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as writing:
        while not list(folder.iterdir()):
            assert writing.poll() is None
        writing.send_signal(number)
        _, said = writing.communicate()
    assert (writing.returncode, said) == (128 + number, "revanim: stopped; nothing was written.\n")
    assert not list(folder.iterdir())


@posix
def test_a_stopped_sequence_says_how_many_pictures_there_are(file: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    command = [sys.executable, "-m", "revanim", "export", file, "-o", str(folder / "x.png"), "--width", "32"]
    command += ["--frames", "1:100000"]
    with subprocess.Popen(command, preexec_fn=hear_ctrl_c, stderr=subprocess.PIPE, text=True) as writing:
        while not list(folder.glob("x.*.png")):
            assert writing.poll() is None
        writing.send_signal(signal.SIGINT)
        _, said = writing.communicate()
    there = sorted(path.name for path in folder.iterdir())
    assert writing.returncode == 130
    assert said == f"revanim: stopped; {len(there)} of 100000 pictures were written.\n"
    assert there == [f"x.{number:04d}.png" for number in range(1, len(there) + 1)]


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("arguments", [["examples"], ["--help"]])
def test_an_output_that_takes_nothing_is_one_sentence(arguments: list[str]) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with FULL.open("w") as full:
        command = [sys.executable, "-m", "revanim", *arguments]
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, env=environment)
    assert ended.returncode == 1
    assert ended.stderr == "revanim: the output cannot be written: no space left on device.\n"


@posix
def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    command = f"{sys.executable} -m revanim examples | head -n 1"
    ended = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True)
    assert ended.returncode == 0
    assert ended.stdout.startswith(ra.examples()[0])
    assert ended.stderr == ""


@posix
@pytest.mark.parametrize("quiet", [False, True])
def test_a_long_command_shows_how_far_it_is_on_a_terminal_but_not_with_json(file: str, quiet: bool) -> None:
    import pty

    screen, terminal = pty.openpty()
    command = [sys.executable, "-m", "revanim", "seek", file, "--frame", "30000", *(["--json"] if quiet else [])]
    ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=terminal, text=True)
    os.close(terminal)
    shown = read_all(screen)
    os.close(screen)
    assert ended.returncode == 0
    assert ended.stdout.count("\n") == 1
    if quiet:
        assert shown == ""
    else:
        assert re.search(r"\r\[#+ *\] +\d+%", shown)
        assert shown.endswith("\r" + " " * 50 + "\r")  # and is wiped away


def read_all(screen: int) -> str:
    shown = b""
    while True:
        try:
            piece = os.read(screen, 65536)
        except OSError:  # the other end is closed
            return shown.decode()
        if not piece:
            return shown.decode()
        shown += piece


# What it costs.

IMPORTS = """
import sys
from revanim.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(*sorted({"numba", "llvmlite", "PySide6", "pyqtgraph", "scipy"} & {name.split(".")[0] for name in sys.modules}))
"""


@pytest.mark.parametrize("arguments", [["--help"], ["seek", "--help"], ["info", "FILE"], ["examples"]], ids=" ".join)
def test_what_needs_no_engine_and_no_window_imports_neither(arguments: list[str], file: str) -> None:
    command = [sys.executable, "-c", IMPORTS, *(file if word == "FILE" else word for word in arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == ""


def test_seek_imports_no_qt(file: str) -> None:
    command = [sys.executable, "-c", IMPORTS, "seek", file, "--frame", "5"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not {"PySide6", "pyqtgraph"} & set(ended.stdout.splitlines()[-1].split())
