"""What a Linux desktop is told about the program: the tree below `share/` of a .deb and of a .run."""

import gzip
import re
import shutil
import time
from pathlib import Path

from workshop import BUILD, ROOT, call, epoch, filled, project, said

LINUX = ROOT / "packaging" / "linux"
NAME = "io.github.revanim.revanim"
MAN = Path("man", "man1", "revanim.1.gz")


def share(folder: Path, python: Path) -> None:
    """Write everything below `share/`; `python` is that of the bundle."""
    put(LINUX / "revanim.desktop", folder / "applications" / "revanim.desktop")
    put(LINUX / "revanim.xml", folder / "mime" / "packages" / "revanim.xml")
    write(folder / "metainfo" / f"{NAME}.metainfo.xml", metainfo().encode())
    write(folder / MAN, gzip.compress(manual(python).encode(), mtime=0))
    call(python, ROOT / "packaging" / "icons.py", BUILD / "icons", folder=BUILD)
    shutil.copytree(BUILD / "icons" / "hicolor", folder / "icons" / "hicolor", dirs_exist_ok=True)


def manual(python: Path) -> str:
    """Return the manual page."""
    dated = {"SOURCE_DATE_EPOCH": str(epoch())}
    return said(python, ROOT / "packaging" / "manual.py", folder=BUILD, extra=dated) + "\n"


def metainfo() -> str:
    """Return what software centres show."""
    home = project()["urls"]["Homepage"]
    text = (LINUX / "metainfo.xml").read_text(encoding="utf-8")
    return filled(text, HOMEPAGE=home, SCREENSHOTS=f"{home}/raw/main/resources/screenshots", RELEASES=releases())


def releases() -> str:
    """Return the releases as software centres read them."""
    return "\n".join(
        f'    <release version="{name}" date="{time.strftime("%Y-%m-%d", when)}"/>' for name, when in dated_releases()
    )


def dated_releases() -> list[tuple[str, time.struct_time]]:
    """Return the releases of the changelog, the newest first; one that is not out yet is as old as its last commit."""
    found = re.findall(r"^## (\S+) \((.+)\)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    today = time.gmtime(epoch())
    return [(name, today if when == "unreleased" else time.strptime(when, "%Y-%m-%d")) for name, when in found]


def put(source: Path, target: Path) -> None:
    """Copy a file to where there may be no folder yet."""
    write(target, source.read_bytes())


def write(target: Path, content: bytes) -> None:
    """Write a file to where there may be no folder yet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
