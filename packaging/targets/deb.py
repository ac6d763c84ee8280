"""A package for Debian, Ubuntu and their relatives."""

import gzip
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from bundle import CODE, FOLDER, PYTHON, bundle, fingerprint
from desktop import LINUX, NAME, dated_releases, share, write
from dev import say
from fresh import System
from trial import try_in_fresh_systems
from workshop import (
    BUILD,
    DIST,
    ROOT,
    BuildError,
    call,
    epoch,
    filled,
    install,
    install_libraries,
    project,
    said,
    size_of,
    timed,
    version,
)

STAGE = BUILD / "deb"
HOME = Path("usr/lib/revanim")
TOOLS = {"dpkg-deb": "dpkg", "dpkg-shlibdeps": "dpkg-dev"}
# Which libraries of Wayland a package depends on is only known where they are.
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
COMPRESSION = ["-Zzstd", "-z12", "--no-uniform-compression"]
# The disk is full while the package is unpacked: dpkg says so, and takes back what it has written.
FULL = r"""
mkdir /usr/lib/revanim
mount -t tmpfs -o size=100m tmpfs /usr/lib/revanim
said=$(dpkg --install @FILE@ 2>&1) && exit 1 || true
echo "$said" | grep "No space left on device"
test -z "$(find /usr/lib/revanim -mindepth 1)"
umount /usr/lib/revanim
rmdir /usr/lib/revanim
test -z "$(find /usr/bin /usr/share -name '*revanim*')"
dpkg-query -W -f '${Status}\n' revanim | grep " not-installed"
"""
VALIDATORS = {
    "desktop-file-validate": "desktop-file-utils",
    "appstreamcli": "appstream",
    "xmllint": "libxml2-utils",
    "lintian": "lintian",
}


def build() -> list[Path]:
    """Bundle the program, and pack it with all that a desktop is told."""
    install(TOOLS)
    install_libraries(WAYLAND)
    bundle()
    say("Package")
    with timed("Staged"):
        stage()
    file = DIST / f"revanim_{version()}_{architecture()}.deb"
    DIST.mkdir(exist_ok=True)
    with timed("Packed"):
        dated = {"SOURCE_DATE_EPOCH": str(epoch())}
        call("dpkg-deb", "--root-owner-group", *COMPRESSION, "--build", STAGE, file, extra=dated)
    return [file]


def check(files: list[Path]) -> None:
    """Ask the validators, and install and try it in fresh systems without Python."""
    install(VALIDATORS)
    told = STAGE / "usr" / "share"
    call("desktop-file-validate", told / "applications" / "revanim.desktop")
    call("appstreamcli", "validate", "--no-net", told / "metainfo" / f"{NAME}.metainfo.xml")
    call("xmllint", "--noout", told / "mime" / "packages" / "revanim.xml")
    with linted(files[0]):
        try_in_fresh_systems(files[0], put, put_newer, take_away)


@contextmanager
def linted(file: Path) -> Iterator[None]:
    """Let lintian read the package, which takes minutes, while something else is done."""
    with TemporaryFile("w+") as heard, timed("Read by lintian, too"):
        reading = subprocess.Popen(
            ["lintian", "--allow-root", "--fail-on=error,warning", file], stdout=heard, stderr=heard
        )
        try:
            yield
            if reading.wait():
                heard.seek(0)
                raise BuildError(f"lintian is not content:\n{heard.read()}")
        finally:
            reading.kill()


def put(system: System, file: Path) -> None:
    """Install the package, and what it asks for; first where there is no room."""
    print(system.run("a full disk is told", filled(FULL, FILE=str(file)), by_root=True))
    system.run("installed", f"apt-get -qq install --no-install-recommends -y {file}", by_root=True)


def put_newer(system: System, file: Path) -> None:
    """Install a newer version over it."""
    with TemporaryDirectory(dir=BUILD) as folder, timed("  newer version packed"):
        call("dpkg-deb", "--raw-extract", system.root / file.relative_to("/"), folder)
        told = Path(folder, "DEBIAN", "control")
        text, newer = told.read_text(encoding="utf-8"), f"{version()}+newer"
        told.write_text(re.sub("^Version: .*$", f"Version: {newer}", text, flags=re.MULTILINE), encoding="utf-8")
        call("dpkg-deb", "-Znone", "--build", folder, system.root / "tmp" / "newer.deb")
    system.run("upgraded", "apt-get -qq install -y /tmp/newer.deb; rm /tmp/newer.deb", by_root=True)
    system.run("it is newer", f"dpkg-query -W revanim | grep {newer}; revanim --help >/dev/null", by_root=True)


def take_away(system: System, file: Path) -> None:
    """Purge it."""
    system.run("purged", "apt-get -qq purge -y revanim", by_root=True)


def stage() -> None:
    """Lay out the files as they will lie when installed."""
    shutil.rmtree(STAGE, ignore_errors=True)
    shutil.copytree(FOLDER, STAGE / HOME, symlinks=True, copy_function=os.link)
    told = STAGE / "usr" / "share"
    share(told, PYTHON)
    write(told / "doc" / "revanim" / "copyright", rights().encode())
    write(told / "doc" / "revanim" / "changelog.gz", gzip.compress(changes().encode(), mtime=0))
    write(told / "doc" / "revanim" / "NEWS.md.gz", gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0))
    write(told / "lintian" / "overrides" / "revanim", (LINUX / "lintian-overrides").read_bytes())
    link(told / "doc" / "revanim" / "licences", f"/{HOME}/_internal/licences")
    link(STAGE / "usr" / "bin" / "revanim", f"/{HOME}/revanim")
    for path in STAGE.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == STAGE / HOME / "revanim" else 0o644)
    write(STAGE / "DEBIAN" / "control", control().encode())


def link(path: Path, target: str) -> None:
    """Make a link that also holds while the tree lies elsewhere."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(os.path.relpath(target, f"/{path.parent.relative_to(STAGE)}"))


def rights() -> str:
    """Return who may do what with the program and its parts."""
    parts = (CODE.parent / "licences" / "README.txt").read_text(encoding="utf-8")
    common = "The texts of the GPL and the LGPL also lie in /usr/share/common-licenses/GPL-3 and LGPL-3."
    return f"{(ROOT / 'LICENSE').read_text(encoding='utf-8')}\n{parts}\n{common}\n"


def changes() -> str:
    """Return the releases in Debian's words."""
    told = (LINUX / "control").read_text(encoding="utf-8").splitlines()
    maintainer = next(line.partition(": ")[2] for line in told if line.startswith("Maintainer: "))
    entry = "revanim ({}) unstable; urgency=medium\n\n  * What is new stands in NEWS.md.gz.\n\n -- {}  {}\n"
    dated = ((name, time.strftime("%a, %d %b %Y %H:%M:%S +0000", when)) for name, when in dated_releases())
    return "\n".join(entry.format(name, maintainer, when) for name, when in dated)


def architecture() -> str:
    """Return Debian's name for the family of processors."""
    return said("dpkg", "--print-architecture")


def control() -> str:
    """Return what dpkg is told about the package."""
    return filled(
        (LINUX / "control").read_text(encoding="utf-8"),
        VERSION=version(),
        ARCHITECTURE=architecture(),
        SIZE=str(size_of(STAGE) // 1024),
        DEPENDS=depends(),
        HOMEPAGE=project()["urls"]["Homepage"],
    )


def depends() -> str:
    """Return the packages whose libraries the bundle links with; that takes a minute, so it is asked once a bundle.

    numba asks for the library of its threads by the name of the file, which no package declares.
    """
    kept = FOLDER.parent / f"depends-{fingerprint()}"
    if kept.is_file():
        return kept.read_text(encoding="utf-8")
    folder = BUILD / "shlibdeps"
    (STAGE / "DEBIAN").mkdir(exist_ok=True)  # by which the tool knows where a package begins
    write(folder / "debian" / "control", b"Source: revanim\n\nPackage: revanim\nArchitecture: any\n")
    files = (path for path in (STAGE / HOME).rglob("*.so*") if path.is_file() and not path.is_symlink())
    libraries = sorted(path for path in files if path.open("rb").read(4) == b"\x7fELF")
    own = sorted({f"-l{library.parent}" for library in libraries})
    found = said(
        "dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0", *own, STAGE / HOME / "revanim", *libraries,
        folder=folder,
    )  # fmt: skip
    line = next(line for line in found.splitlines() if line.startswith("shlibs:Depends="))
    kept.write_text(", ".join(sorted({*line.partition("=")[2].split(", "), "libgomp1"})), encoding="utf-8")
    return kept.read_text(encoding="utf-8")
