"""Fresh systems to try packages in: Debian 12 and 13 as debootstrap makes them, with no Python and no desktop."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dev import say
from workshop import BUILD, BuildError, call, install, machine, timed

SUITES = {"bookworm": "Debian 12", "trixie": "Debian 13"}
if machine() == "aarch64":
    del SUITES["bookworm"]  # whose C library is older than Qt's wheels for ARM ask for
MIRROR = "http://deb.debian.org/debian"
PERSON = "artist"
CHROOTS = BUILD / "chroots"

# Everything that is begun inside ends with it, and so do the mounts.
ENTER = """
mount -t proc proc "$0/proc"
mount --rbind /dev "$0/dev"
mount --rbind /sys "$0/sys"
mount -t tmpfs tmpfs "$0/dev/shm"
exec "$@"
"""

# What failed is told, also where it said nothing itself.
TELL = """trap 'echo "Status $? of: $BASH_COMMAND"' ERR"""


@dataclass(frozen=True)
class System:
    """A folder in which a system lies; commands run inside it as root, or as an ordinary person without a network."""

    root: Path
    title: str

    def home(self) -> Path:
        """Return the person's home, seen from outside."""
        return self.root / "home" / PERSON

    def run(self, what: str, script: str, by_root: bool = False) -> str:
        """Run a shell script inside, print what it did and how long it took, and return what it said."""
        with timed(f"  {what}"):
            done = subprocess.run(self.command(script, by_root), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  text=True, check=False)  # fmt: skip
            if done.returncode:
                raise BuildError(f"{self.title}: {what} failed with status {done.returncode}:\n{done.stdout[-4000:]}")
        return done.stdout.strip()

    def command(self, script: str, by_root: bool) -> list[str | Path]:
        """Return the command that runs a script inside."""
        home, who = ("/root", "root") if by_root else (f"/home/{PERSON}", PERSON)
        known = [f"HOME={home}", f"PATH={home}/.local/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LANG=C.UTF-8"]
        known += [f"{name}={value}" for name, value in os.environ.items() if name.lower().endswith("_proxy")]
        shell = ["bash", "-Eeuo", "pipefail", "-c", f"{TELL}\ncd {home}\n{script}"]
        inside: list[str | Path] = ["chroot", f"--userspec={who}:{who}", self.root, "env", "-i", *known, *shell]
        apart = ["--mount", "--pid", "--fork", "--kill-child", *([] if by_root else ["--net"])]
        return ["unshare", *apart, "sh", "-euc", ENTER, self.root, *inside]


@contextmanager
def fresh(suite: str) -> Iterator[System]:
    """Give a system of this suite that nothing has been done to, and take it away afterwards."""
    install({"debootstrap": "debootstrap", "unshare": "util-linux"})
    if sys.platform == "win32" or os.geteuid() != 0:
        raise BuildError("To try a package in fresh systems takes root: sudo python3 packaging/build.py deb --check")
    root = CHROOTS / f"{suite}-fresh"
    shutil.rmtree(root, ignore_errors=True)
    with timed(f"Made a fresh {SUITES[suite]}"):
        call("cp", "-a", base(suite), root)
    system = System(root, SUITES[suite])
    system.run("set up", f"useradd --create-home {PERSON}; apt-get -qq update", by_root=True)
    try:
        yield system
    finally:
        shutil.rmtree(root)


def base(suite: str) -> Path:
    """Return what debootstrap makes, with the ways to the network that this machine has."""
    folder = CHROOTS / suite
    finished = CHROOTS / f"{suite}.done"
    if not finished.exists():
        say(f"debootstrap of {SUITES[suite]}")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        call("debootstrap", "--variant=minbase", suite, folder, MIRROR)
        for settings in Path("/etc/apt/apt.conf.d").iterdir():
            if "Acquire::Check" in settings.read_text(encoding="utf-8"):
                shutil.copy(settings, folder / "etc/apt/apt.conf.d")
        shutil.copy("/etc/resolv.conf", folder / "etc" / "resolv.conf")
        finished.touch()
    return folder
