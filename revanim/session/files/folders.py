"""The folders in which the program keeps what is no setting: log, backups, recovery, locks."""

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QStandardPaths


def state_folder(name: str) -> Path:
    """Return a folder for what the program keeps between two starts, and make it if need be."""
    place = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.StateLocation)) / name
    with suppress(OSError):  # whoever writes there says so, if it matters
        place.mkdir(parents=True, exist_ok=True)
    return place
