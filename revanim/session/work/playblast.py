"""A playblast: what the viewport plays, as a video that opens by itself."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

from revanim.draw.eye import seen_from
from revanim.export.preset import VIDEO
from revanim.session.session import Session
from revanim.session.work.exports import Exports, QueuedExport
from revanim.session.work.viewing import Viewing


def playblast(session: Session, viewing: Viewing, exports: Exports, name: str) -> None:
    """Write the range that plays, seen as the artist sees it, and show the video when it is done."""
    scene, look = viewing.left_of(session.scene), session.scene.look
    drawn = {"grid": look.grid, "axes": look.axes}
    scene = replace(scene, look=replace(look, picture=viewing.size))
    seen = scene if viewing.through else seen_from(scene, session.view)
    path = folder() / f"{name}-playblast.mp4"
    values = {what: "yes" if there else "no" for what, there in drawn.items()}
    exports.add(QueuedExport(seen, path, VIDEO.exporter, session.range, values, then=show))


def folder() -> Path:
    """Return where this user keeps videos."""
    place = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation))
    return place if place.is_dir() else Path.home()


def show(path: Path) -> None:
    """Open a file with what the system opens such files with."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
