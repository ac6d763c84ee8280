"""A playblast: what the viewport plays, as a video that opens by itself."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

from revanim.session.work.exports import Shot

if TYPE_CHECKING:
    from revanim.session.session import Session


def playblast(session: "Session") -> None:
    """Write the range that plays, seen as the artist sees it, and show the video when it is done."""
    scene, (first, last) = session.scene, session.range
    look = replace(scene.look, camera=None, view=session.view, picture=session.viewing.size)
    path = folder() / f"{scene.name or 'untitled'}-playblast.mp4"
    shot = Shot(replace(scene, look=look), path, "mp4", (first, last), {}, then=show)
    session.exporting.add(shot)


def folder() -> Path:
    """Return where this user keeps videos."""
    place = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation))
    return place if place.is_dir() else Path.home()


def show(path: Path) -> None:
    """Open a file with what the system opens such files with."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
