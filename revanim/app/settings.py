"""What is remembered from one start to the next."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

MOST_RECENT = 10


def settings() -> QSettings:
    """Return the store of this user."""
    return QSettings("revanim", "revanim")


def recent_files() -> list[Path]:
    """Return the files that were open last and still exist, the newest first."""
    return [path for path in _recent() if path.is_file()]


def remember_file(path: Path) -> None:
    """Put a file at the head of the recent ones."""
    path = path.absolute()
    paths = [path, *(other for other in _recent() if other != path)]
    settings().setValue("recent", [str(path) for path in paths[:MOST_RECENT]])


def mouse_scheme() -> str:
    """Return the name of the mouse scheme of the viewport."""
    return str(settings().value("mouse", "blender"))


def set_mouse_scheme(name: str) -> None:
    """Choose a mouse scheme."""
    settings().setValue("mouse", name)


def window_layout() -> tuple[QByteArray, QByteArray]:
    """Return the geometry and the panels of the window when it was last closed."""
    geometry, layout = settings().value("geometry"), settings().value("layout")
    return QByteArray(geometry or b""), QByteArray(layout or b"")


def remember_window(geometry: QByteArray, layout: QByteArray) -> None:
    """Keep the geometry and the panels of the window."""
    settings().setValue("geometry", geometry)
    settings().setValue("layout", layout)


def _recent() -> list[Path]:
    paths = settings().value("recent", [])
    return [Path(str(path)) for path in (paths if isinstance(paths, list) else [paths]) if path]
