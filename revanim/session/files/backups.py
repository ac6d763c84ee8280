"""The files that were saved over: the newest of each are kept in the folder of the program's state."""

import filecmp
import hashlib
import shutil
from datetime import datetime
from pathlib import Path

from revanim.scene.file import SUFFIX
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
            shutil.copy2(path, folder / f"{datetime.now().strftime(STAMP)}{SUFFIX}")
            for old in backups(path)[KEPT:]:
                old.unlink(missing_ok=True)
    except OSError:
        pass


def backups(path: Path) -> list[Path]:
    """Return what there is of a file from before, the newest first."""
    return sorted(_folder(path).glob(f"*{SUFFIX}"), reverse=True)


def when(backup: Path) -> datetime:
    """Return when a backup was made."""
    return datetime.strptime(backup.stem, STAMP)


def _folder(path: Path) -> Path:
    mark = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:12]
    return state_folder("backups") / f"{path.stem[:LONGEST]}-{mark}"
