"""One file that installs itself on any Linux, without root."""

import shutil
from pathlib import Path

from bundle import FOLDER, PYTHON, bundle
from desktop import LINUX, share, write
from dev import LIBRARIES, say
from fresh import System
from trial import AROUND, try_in_fresh_systems
from workshop import BUILD, DIST, call, epoch, install, machine, timed, version

STAGE = BUILD / "run"
INSTALLED = "~/.local/lib/revanim/uninstall.sh"


def build() -> list[Path]:
    """Bundle the program, and put it into one file that unpacks itself."""
    install({"makeself": "makeself", "xz": "xz-utils"})
    bundle()
    say("Self-extracting file")
    with timed("Packed"):
        stage()
    file = DIST / f"revanim-{version()}-linux-{machine()}.run"
    DIST.mkdir(exist_ok=True)
    same = f"--mtime=@{epoch()} --sort=name --owner=0 --group=0"
    quiet = ["--quiet", "--nocomp", "--nox11", "--noprogress", "--packaging-date", str(epoch()), "--tar-extra", same]
    call("makeself", *quiet, STAGE, file, f"revanim {version()}", "./install.sh")
    return [file]


def stage() -> None:
    """Lay out what the file unpacks: the program in one archive, what the desktop is told, and who installs it."""
    shutil.rmtree(STAGE, ignore_errors=True)
    share(STAGE / "share", PYTHON)
    for name in ("install.sh", "uninstall.sh"):
        shutil.copy(LINUX / name, STAGE)
    lines = [f"{library} {package}\n" for library, package in LIBRARIES.items()]
    write(STAGE / "libraries", "".join(lines).encode())
    same = [f"--mtime=@{epoch()}", "--sort=name", "--owner=0", "--group=0", "--numeric-owner"]
    call("tar", "-C", FOLDER, *same, "-I", "xz -T0 -2", "-cf", STAGE / "program.tar.xz", ".")


def check(files: list[Path]) -> None:
    """Install and try it in fresh systems without Python, as an ordinary person."""
    try_in_fresh_systems(files[0], put, take_away)


def put(system: System, file: Path) -> None:
    """Install as the person; first where libraries are missing, which must be said, then with what was said."""
    system.run("xz installed", "apt-get -qq install --no-install-recommends -y xz-utils", by_root=True)
    said = system.run("installed", f"sh {file}")
    print(said)
    line = next(line for line in said.splitlines() if line.startswith("On Debian or Ubuntu: sudo "))
    command = line.partition("sudo ")[2]
    system.run("what it asked for", f"{command} -qq -y --no-install-recommends", by_root=True)
    system.run("desktop installed", f"apt-get -qq install --no-install-recommends -y {AROUND}", by_root=True)
    system.run("upgraded in place", f"sh {file}")  # and now there is somebody to tell of the type of our files


def take_away(system: System, file: Path) -> None:
    """Uninstall as the person."""
    system.run("uninstalled", INSTALLED)
