"""A package for Debian, Ubuntu and their relatives."""

import gzip
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from bundle import CODE, FOLDER, PYTHON, bundle, fingerprint
from desktop import LINUX, NAME, share, write
from dev import say
from fresh import System
from trial import try_in_fresh_systems
from workshop import BUILD, DIST, ROOT, call, epoch, install, install_libraries, project, said, timed, version

STAGE = BUILD / "deb"
HOME = Path("usr/lib/revanim")
TOOLS = {"dpkg-deb": "dpkg", "dpkg-shlibdeps": "dpkg-dev"}
# Which libraries of Wayland a package depends on is only known where they are.
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
PATIENCE = 60  # seconds for lintian
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
        call("dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", STAGE, file, extra=dated)
    return [file]


def check(files: list[Path]) -> None:
    """Ask the validators, and install and try it in fresh systems without Python."""
    install(VALIDATORS)
    told = STAGE / "usr" / "share"
    call("desktop-file-validate", told / "applications" / "revanim.desktop")
    call("appstreamcli", "validate", "--no-net", told / "metainfo" / f"{NAME}.metainfo.xml")
    call("xmllint", "--noout", told / "mime" / "packages" / "revanim.xml")
    with suppress(subprocess.TimeoutExpired):  # it has its own mind about bundles, and takes many minutes to say so
        subprocess.run(["lintian", "--fail-on", "none", files[0]], check=False, timeout=PATIENCE)
    try_in_fresh_systems(files[0], put, take_away)


def put(system: System, file: Path) -> None:
    """Install the package, and what it asks for."""
    system.run("installed", f"apt-get -qq install --no-install-recommends -y {file}", by_root=True)


def take_away(system: System, file: Path) -> None:
    """Install it once more over itself, as an upgrade does, and purge it."""
    system.run("upgraded in place", f"apt-get -qq install --reinstall -y {file}", by_root=True)
    system.run("purged", "apt-get -qq purge -y revanim", by_root=True)


def stage() -> None:
    """Lay out the files as they will lie when installed."""
    shutil.rmtree(STAGE, ignore_errors=True)
    shutil.copytree(FOLDER, STAGE / HOME, symlinks=True, copy_function=os.link)
    told = STAGE / "usr" / "share"
    share(told, PYTHON)
    write(told / "doc" / "revanim" / "copyright", (CODE.parent / "licences" / "README.txt").read_bytes())
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    write(told / "doc" / "revanim" / "changelog.gz", gzip.compress(changes, mtime=0))
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


def architecture() -> str:
    """Return Debian's name for the family of processors."""
    return said("dpkg", "--print-architecture")


def control() -> str:
    """Return what dpkg is told about the package."""
    size = sum(path.stat().st_size for path in STAGE.rglob("*") if path.is_file() and not path.is_symlink())
    words = {
        "VERSION": version(),
        "ARCHITECTURE": architecture(),
        "SIZE": str(size // 1024),
        "DEPENDS": depends(),
        "HOMEPAGE": project()["urls"]["Homepage"],
    }
    text = (LINUX / "control").read_text(encoding="utf-8")
    for name, value in words.items():
        text = text.replace(f"@{name}@", value)
    return text


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
