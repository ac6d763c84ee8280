"""One file that installs itself on any Linux, without root."""

import shutil
from pathlib import Path

from bundle import FOLDER, PYTHON, bundle
from desktop import LINUX, share, write
from dev import FOR_BUNDLES, LIBRARIES, say
from fresh import System
from trial import AROUND, try_in_fresh_systems
from weather import HERE
from workshop import BUILD, DIST, call, epoch, filled, install, machine, size_of, timed, version

STAGE = BUILD / "run"
PLACE = "~/.local/lib/revanim"

# A disk that is too small for the program, then one that is too small to unpack the file.
FULL = """
cd /
mkdir -m 1777 /small
mount -t tmpfs -o size=300m,mode=1777 tmpfs /small
refused() {
    said=$(setpriv --reuid=artist --regid=artist --clear-groups env HOME=/home/artist "$@" 2>&1) && exit 1 || true
    echo "$said"
}
refused sh @FILE@ -- --prefix /small/here
test -z "$(ls -A /small)"
echo "$said" | grep -q "^revanim was not installed: /small/here has room for"
mount -o remount,size=50m /small
refused env TMPDIR=/small sh @FILE@
echo "$said" | grep -q "Not enough space left in /small"
rmdir /small/selfgz* # an empty folder, which is makeself's
umount /small
rmdir /small
"""


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
    write(STAGE / "size", f"{size_of(FOLDER) // 1000}\n".encode())
    lines = [f"{library} {package}\n" for library, package in (LIBRARIES | FOR_BUNDLES).items()]
    write(STAGE / "libraries", "".join(lines).encode())
    same = [f"--mtime=@{epoch()}", "--sort=name", "--owner=0", "--group=0", "--numeric-owner"]
    call("tar", "-C", FOLDER, *same, "-I", "xz -T0 -2", "-cf", STAGE / "program.tar.xz", ".")


def check(files: list[Path]) -> None:
    """Install and try it in fresh systems without Python, as an ordinary person."""
    try_in_fresh_systems(files[0], put, put_over, take_away)


def put(system: System, file: Path) -> None:
    """Install as the person; first where there is no room and libraries are missing, which must be said."""
    system.run("xz installed", "apt-get -qq install --no-install-recommends -y xz-utils", by_root=True)
    print(system.run("a full disk is told", filled(FULL, FILE=str(file)), by_root=True))
    said = system.run("installed", f"sh {file}")
    print(said)
    print(system.run("the window says so", f"{HERE}DISPLAY=:0 refused 'sudo apt-get install lib'"))
    line = next(line for line in said.splitlines() if line.startswith("On Debian or Ubuntu: sudo "))
    command = line.partition("sudo ")[2]
    system.run("what it asked for", f"{command} -qq -y --no-install-recommends", by_root=True)
    system.run("desktop installed", f"apt-get -qq install --no-install-recommends -y {AROUND}", by_root=True)
    put_over(system, file)  # and now there is somebody to tell of the type of our files


def put_over(system: System, file: Path) -> None:
    """Install it over itself, as an upgrade does, and see that nothing of what was there is left."""
    system.run("something of an older version", f"touch {PLACE}/of-an-older-version")
    system.run("upgraded in place", f"sh {file}\ntest ! -e {PLACE}/of-an-older-version")


def take_away(system: System, file: Path) -> None:
    """Uninstall as the person."""
    system.run("uninstalled", f"{PLACE}/uninstall.sh")
