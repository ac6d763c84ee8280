"""What every target works with: places, the version, commands and tools."""

import os
import platform
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dev import LIBRARIES, allowed_apt_get, loads, say

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
DIST = ROOT / "dist"


class BuildError(Exception):
    """Something cannot be built, or does not work; one sentence says what."""


def project() -> dict[str, Any]:
    """Return what `pyproject.toml` says of revanim."""
    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"])


def version() -> str:
    """Return the version of revanim."""
    return str(project()["version"])


def machine() -> str:
    """Return the processor's family as file names have it."""
    return {"AMD64": "x86_64", "arm64": "aarch64"}.get(platform.machine(), platform.machine())


def epoch() -> int:
    """Return the second that files are dated with: that of the last commit, or SOURCE_DATE_EPOCH."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or said("git", "log", "-1", "--format=%ct"))


def call(*command: str | Path, folder: Path = ROOT, extra: Mapping[str, str] | None = None) -> None:
    """Run a command to its end, and raise where it fails."""
    done = subprocess.run(command, cwd=folder, env=os.environ | dict(extra or {}), check=False)
    if done.returncode:
        raise BuildError(failure(done.returncode, command))


def failure(status: int, command: Sequence[str | Path]) -> str:
    """Return a sentence about a command that failed, which may have had hundreds of words."""
    words = " ".join(map(str, command))
    return f"This failed with status {status}: {words if len(words) < 400 else words[:400] + ' ...'}"


def said(*command: str | Path, folder: Path = ROOT, extra: Mapping[str, str] | None = None) -> str:
    """Return what a command prints, and raise where it fails."""
    surroundings = os.environ | dict(extra or {})
    done = subprocess.run(command, cwd=folder, env=surroundings, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise BuildError(failure(done.returncode, command))
    return done.stdout.strip()


def install(tools: Mapping[str, str]) -> None:
    """See to it that programs are there, named with the Debian package that brings each."""
    bring(tools, lambda tool: shutil.which(tool) is not None)


def install_libraries(libraries: Mapping[str, str]) -> None:
    """See to it that the window's libraries and some more are there, each named with its Debian package."""
    bring(LIBRARIES | dict(libraries), loads)


def bring(wanted: Mapping[str, str], is_there: Callable[[str], bool]) -> None:
    """Install the packages of what is missing where this user may, or refuse with the line that would."""
    missing = sorted({package for name, package in wanted.items() if not is_there(name)})
    if not missing:
        return
    line = ["install", "--no-install-recommends", "-y", *missing]
    if apt_get := allowed_apt_get():
        say(f"Installing {' '.join(missing)}")
        call(*apt_get, "-qq", "update")
        call(*apt_get, "-qq", *line)
    if still := [name for name in wanted if not is_there(name)]:
        raise BuildError(f"Missing: {', '.join(still)}. On Debian or Ubuntu: sudo apt-get {' '.join(line)}")


def size_of(folder: Path) -> int:
    """Return how many bytes the files in a folder take; a link takes none."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def filled(text: str, **words: str) -> str:
    """Return a text with the words that it leaves open, each as @NAME@."""
    for name, word in words.items():
        text = text.replace(f"@{name}@", word)
    return text


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long something took."""
    started = time.perf_counter()
    yield
    print(f"{what:34} {time.perf_counter() - started:6.1f} s", flush=True)


def environment(name: str, *packages: str) -> Path:
    """Make a virtual environment in `build/` with these packages, and return its Python."""
    folder = BUILD / name
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        call(sys.executable, "-m", "venv", folder)
    call(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--prefer-binary", *packages)
    return python
