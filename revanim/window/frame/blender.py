"""The motion in Blender: a stage, a script that opens it, and Blender itself where it is found."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from revanim.error import RevanimError
from revanim.export.blender import open_in_blender, script_beside
from revanim.export.preset import FOR_BLENDER
from revanim.sentence import Sentence
from revanim.session.work.exports import QueuedExport
from revanim.window.window import Window


def hand_to_blender(window: "Window") -> None:
    """Write the scene's range as USD beside its file, with a script, and start Blender with it when it is done."""
    studio, path = window.studio, stage_of(window)

    def start(written: Path) -> None:
        try:
            open_in_blender(script_beside(written))
        except RevanimError as error:
            studio.session.failed.emit(error.sentence)
        else:
            studio.session.told.emit(Sentence("Blender opens {name}.", name=written.name))

    studio.session.told.emit(Sentence("Writing {name}…", name=path.name))
    asked = FOR_BLENDER
    scene, frames = studio.viewing.to_save(), studio.session.range
    studio.exports.add(QueuedExport(scene, path, asked.exporter, frames, asked.options, then=start))


def stage_of(window: "Window") -> Path:
    """Return where the stage goes: beside the file of the scene, or where this user keeps documents."""
    if window.studio.files.path is not None:
        return window.studio.files.path.with_suffix(".usdc")
    place = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return (place if place.is_dir() else Path.home()) / f"{window.studio.files.title}.usdc"
