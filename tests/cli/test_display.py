"""Where no window can be opened, one sentence says why, and the rest works."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import revanim as ra
from revanim.cli import display, main
from revanim.cli.libraries import FOR_PICTURES, FOR_THREADS, FOR_X11
from revanim.resources import resource

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
RING = resource("scenes", "ring.revanim")


def revanim(*arguments: object, **surroundings: str) -> subprocess.CompletedProcess[str]:
    """Run the command line with neither a display nor a platform but what is given."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_SESSION_TYPE")
    environment = {name: value for name, value in os.environ.items() if name not in hidden} | surroundings
    command = [sys.executable, "-m", "revanim", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_without_a_display_a_sentence_says_so() -> None:
    ended = revanim()
    assert ended.returncode == 1
    assert ended.stderr == (
        "revanim: There is no display to open a window on. The command line works without: revanim --help.\n"
    )


def test_a_display_that_does_not_answer_is_named() -> None:
    ended = revanim(DISPLAY=":987")
    assert ended.returncode == 1
    assert ended.stderr.startswith("revanim: The display :987 cannot be reached")
    assert ended.stderr.count("\n") == 1


def test_without_a_display_pictures_are_painted(tmp_path: Path) -> None:
    ended = revanim("picture", RING, "-o", tmp_path / "ring.png")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert (tmp_path / "ring.png").stat().st_size > 1000


def test_a_library_that_is_missing_is_named_with_its_package() -> None:
    missing = {"libc.so.6": "libc6", "libnowhere.so.9": "libnowhere9", "libaway.so.2": "libaway2"}
    with pytest.raises(ra.RevanimError, match=r"libnowhere.so.9, libaway.so.2.*install libnowhere9 libaway2$"):
        display.check_libraries(missing)


def test_a_python_that_can_ask_for_no_library_says_what_it_misses_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ctypes", None)  # as where libffi is missing
    with pytest.raises(ra.RevanimError, match=r"needs libffi.so.8, .*sudo apt-get install libffi8$"):
        display.check_libraries()


def test_the_help_asks_for_no_library_of_the_system() -> None:
    program = "import sys; sys.modules['ctypes'] = None; from revanim.cli import main; main(['--help'])"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


def test_a_command_that_misses_a_library_of_qt_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(options: object) -> int:
        raise ImportError("libEGL.so.1: cannot open shared object file")

    monkeypatch.setattr("revanim.cli.display.loads", lambda library: library != "libEGL.so.1")
    monkeypatch.setattr("revanim.cli.all_verbs", lambda: {"fail": display_verb(fail)})
    assert main(["fail"]) == 1
    assert capsys.readouterr().err.endswith("sudo apt-get install libegl1\n")


def display_verb(run: object) -> object:
    """Return a command."""
    from revanim.cli.verb import Verb

    return Verb("fail", "fail", run, takes_file=False)


def test_every_library_has_a_package() -> None:
    known = FOR_PICTURES | FOR_X11 | FOR_THREADS
    assert all(".so." in library for library in known)
    assert all(package.startswith("lib") for package in known.values())
