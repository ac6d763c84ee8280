"""The files that were saved over: the newest of each are kept in the folder of the program's state."""

import filecmp
import hashlib
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

from revanim.error import RevanimError
from revanim.scene.file import SUFFIX
from revanim.scene.file.whole import writing
from revanim.session.files.folders import state_folder

KEPT = 10  # of each file
LONGEST = 60  # letters of its name: four bytes each, and a folder may have 255
STAMP = "%Y-%m-%d %H.%M.%S.%f"


def keep_backup(path: Path) -> None:
    """Copy a file that is about to be saved over; that it cannot be copied is no reason not to save.

    What is kept already, because a save was cancelled, is not kept twice.
    """
    try:
        kept = backups(path)[:1]
        if path.is_file() and not (kept and filecmp.cmp(path, kept[0])):
            folder = _folder(path)
            folder.mkdir(exist_ok=True)
            with writing(folder / f"{datetime.now().strftime(STAMP)}{SUFFIX}") as neighbour:
                shutil.copyfile(path, neighbour)
            for old in backups(path)[KEPT:]:
                old.unlink(missing_ok=True)
    except (OSError, RevanimError):
        pass


def backups(path: Path) -> list[Path]:
    """Return what there is of a file from before, the newest first; what cannot be read does not count."""
    there = sorted(_folder(path).glob(f"*{SUFFIX}"), reverse=True)
    return [backup for backup in there if not backup.name.startswith(".") and _is_whole(backup)]


def _is_whole(backup: Path) -> bool:
    """Whether there is something in a file, and if that begins as a scene, whether it has an end."""
    try:
        with backup.open("rb") as file:
            start = file.read(2)
    except OSError:
        return False
    return bool(start) and (start != b"PK" or zipfile.is_zipfile(backup))


def when(backup: Path) -> datetime:
    """Return when a backup was made."""
    return datetime.strptime(backup.stem, STAMP)


def _folder(path: Path) -> Path:
    mark = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:12]
    return state_folder("backups") / f"{path.stem[:LONGEST]}-{mark}"
