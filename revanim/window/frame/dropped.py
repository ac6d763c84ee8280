"""What falls on the window: one file of this machine, or a sentence."""

from pathlib import Path

from PySide6.QtCore import QMimeData

from revanim.session.studio import Studio


def dropped_file(data: QMimeData, studio: Studio) -> Path | None:
    """Return the one file that was dropped; of anything else, say what may be."""
    urls = data.urls()
    if len(urls) != 1:
        studio.session.failed.emit(f"{len(urls)} files were dropped; drop them one at a time.")
    elif not urls[0].isLocalFile():
        studio.session.failed.emit(
            f"{urls[0].toDisplayString()} is no file of this machine; only those can be dropped."
        )
    elif Path(urls[0].toLocalFile()).is_dir():
        studio.session.failed.emit(f"{Path(urls[0].toLocalFile()).name} is a folder; drop a file that is in it.")
    else:
        return Path(urls[0].toLocalFile())
    return None
