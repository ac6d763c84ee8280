"""The machine code in the user's cache folder: where it lies, sealed by a digest, and swept away when long unused.

A folder holds the code of one version of one kernel, so versions share what is the same and never overwrite the rest.
"""

import hashlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from uuid import uuid4

UNUSED = 60 * 86_400  # seconds after which a folder that nobody has read is taken away


def caches() -> Path:
    """Return the folder for the user's caches, as each system has it."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def make_folder(*kind: str) -> Path | None:
    """Return the folder for machine code of a kind; None where the user may not write."""
    with suppress(OSError, RuntimeError):  # there may be no home at all
        root = caches() / "revanim" / "kernels"
        folder = root.joinpath(*kind)
        folder.mkdir(parents=True, exist_ok=True)
        TemporaryFile(dir=folder).close()
        sweep(root)
        return folder
    return None


def sweep(root: Path) -> None:
    """Take away what was left by versions that nobody has started for long; what is in use has been touched."""
    for folder in root.glob("*/*/*"):
        with suppress(OSError):  # another process sweeps, too
            if time.time() - folder.stat().st_mtime > UNUSED:
                shutil.rmtree(folder)
                folder.parent.rmdir()
                folder.parent.parent.rmdir()


def touch(folder: Path) -> None:
    """Note that a folder is in use."""
    with suppress(OSError):
        os.utime(folder)


def seal(folder: Path, name: str) -> None:
    """Write a digest of what a folder holds of a function, without which it would not be trusted."""
    with suppress(OSError):  # on a full disk it is made again next time
        passing = folder / uuid4().hex
        passing.write_text(digest_of_files(folder, name), encoding="ascii")
        passing.replace(seal_of(folder, name))


def is_whole(folder: Path, name: str) -> bool:
    """Tell whether machine code of a function lies in a folder as it was written there, to the last bit."""
    with suppress(OSError, ValueError):
        return seal_of(folder, name).read_text(encoding="ascii") == digest_of_files(folder, name)
    return False


def clear(folder: Path, name: str) -> None:
    """Delete what a folder holds of a function."""
    for file in (*files_of(folder, name), seal_of(folder, name)):
        with suppress(OSError):
            file.unlink()


def seal_of(folder: Path, name: str) -> Path:
    """Return the file with the digest."""
    return folder / f"{name}.sha256"


def digest_of_files(folder: Path, name: str) -> str:
    """Return a digest of all files of a function."""
    seen = hashlib.sha256()
    for file in files_of(folder, name):
        content = file.read_bytes()
        seen.update(f"{file.name} {len(content)} ".encode() + content)
    return seen.hexdigest()


def files_of(folder: Path, name: str) -> Iterator[Path]:
    """Yield the index and the machine code of a function."""
    yield from sorted(folder.glob(f"*.{name}.nbi"))
    yield from sorted(folder.glob(f"*.{name}.*.nbc"))
