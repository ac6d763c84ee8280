"""What is remembered from one start to the next."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QByteArray, QLockFile, QSettings

from revanim.collect import in_safe_mode
from revanim.session.files.folders import state_folder

MOST_RECENT = 10
PATIENCE = 1000  # milliseconds


def settings() -> QSettings:
    """Return the store of this user; in safe mode one that begins empty and is thrown away."""
    if in_safe_mode():
        return QSettings(str(Path(_passing().name, "revanim.ini")), QSettings.Format.IniFormat)
    return QSettings("revanim", "revanim")


@cache
def _passing() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="revanim-")


def recent_files() -> list[Path]:
    """Return the files that were open last, the newest first; some may be gone."""
    return list(map(Path, _texts("recent")))


def remember_file(path: Path) -> None:
    """Put a file at the head of the recent ones."""
    _put_first("recent", str(path.absolute()))


def forget_files() -> None:
    """Forget which files were open."""
    settings().remove("recent")


def recent_commands() -> list[str]:
    """Return the names of the commands that were found last, the newest first."""
    return _texts("commands")


def remember_command(name: str) -> None:
    """Put a command at the head of the recent ones."""
    _put_first("commands", name)


def window_geometry() -> QByteArray:
    """Return where the window was when it was last closed, and how large."""
    return _bytes("geometry")


def remember_geometry(geometry: QByteArray) -> None:
    """Keep where the window is."""
    settings().setValue("geometry", geometry)


def layout(workspace: str) -> QByteArray:
    """Return how the panels of a workspace were left; nothing where they were never moved."""
    return _bytes(f"layouts/{workspace}")


def remember_layout(workspace: str, state: QByteArray) -> None:
    """Keep how the panels of a workspace are left."""
    settings().setValue(f"layouts/{workspace}", state)


def remembered(name: str) -> str:
    """Return a word that was kept, or nothing."""
    return str(settings().value(name) or "")


def remember(name: str, word: str) -> None:
    """Keep a word."""
    settings().setValue(name, word)


def _put_first(name: str, text: str) -> None:
    """Put a text at the head of a list, which another window may be doing as well."""
    store = settings()
    lock = QLockFile(str(state_folder("locks") / f"{name}.lock"))
    lock.tryLock(PATIENCE)  # without it the list may lose what the other puts there, and nothing else
    store.sync()
    texts = [text, *(other for other in _texts(name) if other != text)]
    store.setValue(name, texts[:MOST_RECENT])
    store.sync()
    lock.unlock()


def _texts(name: str) -> list[str]:
    stored = settings().value(name, [])
    return [str(text) for text in (stored if isinstance(stored, list) else [stored]) if text]


def _bytes(name: str) -> QByteArray:
    stored = settings().value(name)
    return stored if isinstance(stored, QByteArray) else QByteArray()
