"""Set up a fresh machine, then run revanim or check it.

    python3 packaging/dev.py run [FILE]        open the window; without a display, prove and paint an example
    python3 packaging/dev.py test [OPTIONS]    every lint and every test; the options go to pytest
    python3 packaging/dev.py test --long       the long ones too, as before a release

Both install what is missing: Qt's system libraries, an environment in `.venv`, and the package in it. What is there is
left alone, so the second time is quick. Standard library only; a Python too old for revanim still reads this file.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = ROOT / ".venv"
PYTHON = str(ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))
OLDEST = (3, 11)

LINTS = {"ruff check": ["ruff", "check"], "ruff format": ["ruff", "format", "--check"], "mypy": ["mypy"]}
# One worker more than there are cores, since some tests wait; on two cores those left a quarter of the time unused.
# Who has run out of tests takes half of another's, so all end together. A later option wins.
WORKERS = str((os.cpu_count() or 1) + 1)
PYTEST = ["pytest", "-n", WORKERS, "--dist", "worksteal", "--durations", "20"]

# What PySide6 and numba load on Linux, and the Debian or Ubuntu package that brings it.
_KNOWN = run_path(str(ROOT / "revanim" / "cli" / "libraries.py"))
LIBRARIES = {**_KNOWN["FOR_PICTURES"], **_KNOWN["FOR_X11"], **_KNOWN["FOR_THREADS"]}
FOR_BUNDLES: dict[str, str] = _KNOWN["FOR_BUNDLES"]


def main() -> int:
    """Do what the command line asks and return the exit status."""
    jobs = {"run": run, "test": test}
    if len(sys.argv) < 2 or sys.argv[1] not in jobs:
        print(__doc__)
        return 2
    if sys.version_info[:2] < OLDEST:
        return refuse(f"revanim needs Python 3.{OLDEST[1]} or newer, and this is {sys.version.split()[0]}.")
    # Hundreds of processes import the same files, and numba keeps its code beside them in any case.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    set_up = install_system_packages() or install_python_packages()
    return set_up or jobs[sys.argv[1]](sys.argv[2:])


def run(arguments: list[str]) -> int:
    """Open the window, or show without one what the engine does."""
    if status := prepare_engine():
        return status
    if arguments or has_display():
        return call(PYTHON, "-m", "revanim", *arguments, folder=Path.cwd())
    say("There is no display: walking an example there and back, and painting it")
    picture = ROOT / "build" / "ring.png"
    picture.parent.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        scene = str(Path(folder) / "ring.revanim")
        status = in_turn(
            [PYTHON, "-m", "revanim", "new", "ring", "-o", scene],
            [PYTHON, "-m", "revanim", "verify", scene],
            [PYTHON, "-m", "revanim", "picture", scene, "-o", str(picture)],
        )
    if status == 0:
        print(f"The picture is {picture}")
    return status


def test(arguments: list[str]) -> int:
    """Run every check, also after one has failed, and say which did; the engine is compiled beside the lints."""
    with ThreadPoolExecutor() as beside:
        prepared = beside.submit(prepare_engine)
        failed = [name for name, command in LINTS.items() if not passes(name, command)]
    if status := prepared.result():
        return status
    if not passes("pytest", [*PYTEST, *arguments]):
        failed.append("pytest")
    return refuse(f"Failed: {', '.join(failed)}.") if failed else 0


def passes(name: str, command: list[str]) -> bool:
    """Run a check, and tell whether it found nothing."""
    say(name)
    return call(PYTHON, "-m", *command) == 0


def install_system_packages() -> int:
    """Install the libraries that are missing where this user may; else print the line that would."""
    missing = missing_packages()
    install = ["install", "--no-install-recommends", "-y", *missing]
    if missing and (apt_get := allowed_apt_get()):
        say(f"Installing system packages: {' '.join(missing)}")
        call(*apt_get, "-qq", "update")
        call(*apt_get, "-qq", *install)
        missing = missing_packages()
    if not missing:
        return 0
    line = f"sudo apt-get {' '.join(install)}"
    return refuse(f"System libraries are missing. On Debian or Ubuntu run this, then try again:\n{line}")


def missing_packages() -> list[str]:
    """Return the packages whose libraries this machine cannot load.

    The files are asked, not the package list: packages change their names between releases, libraries do not.
    """
    if sys.platform != "linux":
        return []
    missing = [package for library, package in LIBRARIES.items() if not loads(library)]
    if find_spec("ensurepip") is None:  # Debian keeps this part of `venv` apart
        missing.append(f"python3.{sys.version_info.minor}-venv")
    return missing


def loads(library: str) -> bool:
    """Tell whether the system finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def allowed_apt_get() -> list[str]:
    """Return the words that start apt-get with the right to install, or none."""
    apt_get = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    if sys.platform == "win32" or not shutil.which("apt-get"):
        return []
    if os.geteuid() == 0:
        return apt_get
    sudo = ["sudo"] if os.isatty(0) else ["sudo", "-n"]  # at a terminal it may ask for the password
    return [*sudo, *apt_get] if shutil.which("sudo") and call(*sudo, "true") == 0 else []


def install_python_packages() -> int:
    """Make the environment and install revanim in it."""
    make = [sys.executable, "-m", "venv", str(ENVIRONMENT)]
    install = [PYTHON, "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--prefer-binary"]
    install += ["--no-compile", "--editable", ".[test]"]  # most of what the packages hold is never imported
    what = "Installing Python packages into .venv (about a minute)"
    return once("installed-for", what, [ROOT / "pyproject.toml"], make, install)


def prepare_engine() -> int:
    """Compile the engine, so that the first scene opens at once and parallel tests do not compile it twice."""
    what = "Compiling the engine for this processor (about three minutes on two cores)"
    return once("prepared-for", what, sorted(ROOT.glob("revanim/**/*.py")), [PYTHON, "-m", "revanim", "prepare"])


def once(stamp: str, what: str, sources: list[Path], *commands: list[str]) -> int:
    """Run the commands, unless they were run for these sources and this Python before."""
    seen = hashlib.sha256(f"{ROOT} {sys.version}".encode())
    for source in sources:
        seen.update(source.read_bytes())
    file = ENVIRONMENT / stamp
    if file.is_file() and file.read_text(encoding="utf-8") == seen.hexdigest():
        return 0
    say(what)
    status = in_turn(*commands)
    if status == 0:
        file.write_text(seen.hexdigest(), encoding="utf-8")
    return status


def has_display() -> bool:
    """Tell whether a window can be shown."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def in_turn(*commands: list[str]) -> int:
    """Run commands one after the other, and stop at the first that fails."""
    if any(call(*command) for command in commands):
        return refuse("That did not work; the lines above say why.")
    return 0


def call(*command: str, folder: Path = ROOT) -> int:
    """Run a command to its end and return its exit status."""
    return subprocess.run(command, cwd=folder, check=False).returncode


def say(heading: str) -> None:
    """Print what comes next."""
    print(f"\n== {heading}", flush=True)


def refuse(reason: str) -> int:
    """Print why it stops, and return the exit status that says so."""
    print(f"\n{reason}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
