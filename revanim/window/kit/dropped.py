"""Files that are dropped on a widget: one local file at a time, else a sentence says why not."""

from pathlib import Path

from PySide6.QtCore import QMimeData

from revanim.sentence import Sentence
from revanim.session.studio import Studio


def dropped_file(data: QMimeData, studio: Studio) -> Path | None:
    """Return the one file that was dropped; of anything else, say what may be."""
    urls = data.urls()
    if len(urls) != 1:
        studio.session.failed.emit(Sentence("{count} files were dropped; drop them one at a time.", count=len(urls)))
    elif not urls[0].isLocalFile():
        studio.session.failed.emit(
            Sentence("{name} is no file of this machine; only those can be dropped.", name=urls[0].toDisplayString())
        )
    elif Path(urls[0].toLocalFile()).is_dir():
        studio.session.failed.emit(
            Sentence("{name} is a folder; drop a file that is in it.", name=Path(urls[0].toLocalFile()).name)
        )
    elif not_plain(Path(urls[0].toLocalFile())):
        studio.session.failed.emit(
            Sentence("{name} is no file that can be read.", name=Path(urls[0].toLocalFile()).name)
        )
    else:
        return Path(urls[0].toLocalFile())
    return None


def not_plain(path: Path) -> bool:
    """Whether there is a pipe or a device at a path: whoever opens it may wait for ever."""
    return path.exists() and not path.is_file()
