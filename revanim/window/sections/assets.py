"""Assets under the hand: dialogs that save a part by itself or bring it from a file, and what is gained by that."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from revanim.scene.file import SUFFIX
from revanim.session.studio import Studio
from revanim.session.words import capital, tr
from revanim.session.work.forces import Place
from revanim.session.work.titles import title_of
from revanim.window.kit.widgets import column, label, push_button, row


class Gain(QWidget):
    """What an artist has of a part that no other gives, and a button that saves it as an asset."""

    def __init__(self, studio: Studio, place: Place, gain: str) -> None:
        super().__init__()
        keep = push_button(tr("Save as Asset…"), partial(ask_to_keep, studio, self, place), "keep")
        self.setLayout(column(label(tr(gain), name="name", wrap=True), row(keep, None), spacing=6))


def ask_to_keep(studio: Studio, beside: QWidget, place: Place) -> None:
    """Let the person choose a file for what stands at a place."""
    proposed = _folder(studio) / f"{capital(tr(title_of(studio.forces.at(place))))}{SUFFIX}"
    dialog = QFileDialog(beside.window(), tr("Save as an asset"), str(proposed), _assets())
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(SUFFIX)
    dialog.fileSelected.connect(lambda name: studio.assets.keep(place, Path(name)))
    _ask(dialog)


def ask_to_bring(studio: Studio, beside: QWidget) -> None:
    """Let the person choose a file whose forces are added."""
    dialog = QFileDialog(beside.window(), tr("Add from a file"), str(_folder(studio)), _assets())
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: studio.assets.bring(Path(name)))
    _ask(dialog)


def _folder(studio: Studio) -> Path:
    return studio.files.path.parent if studio.files.path else Path.home()


def _assets() -> str:
    return f"{tr('Assets and scenes of revanim')} (*{SUFFIX})"


def _ask(dialog: QFileDialog) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
