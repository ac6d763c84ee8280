"""Dialogs for opening and saving; before work is lost, the person is asked."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

import revanim as ra
from revanim.draw.dress.preset import dressed, look_presets
from revanim.draw.worn.read import DRAWINGS, MESHES, PICTURES
from revanim.scene.file import SUFFIX
from revanim.scene.importer import importers
from revanim.scene.scene import Scene
from revanim.session.files.assets import is_asset
from revanim.session.files.files import Take, Then
from revanim.session.studio import Studio
from revanim.session.threads.runner import nothing
from revanim.session.words import tr
from revanim.window.frame.question import Answer, Question
from revanim.window.kit.title import title
from revanim.window.preference import value_of


class FileDialogs:
    """Opens and saves for a person: whatever would drop unsaved changes asks first."""

    def __init__(self, studio: Studio, window: QWidget) -> None:
        self.studio, self.files, self.window = studio, studio.files, window

    # Opening

    def open(self, path: Path) -> None:
        """Open a file; one of another tool as a new scene."""
        self._read(path, lambda scene: self.files.open_read(scene, path))

    def open_dropped(self, path: Path) -> None:
        """Open a file that was dropped; what an asset holds is added to the scene."""

        def take(scene: Scene) -> None:
            if is_asset(scene):
                self.studio.assets.add(scene, path.stem)
            else:
                self.guard(lambda: self.files.open_read(scene, path))

        self.files.read(path, take)

    def open_example(self, name: str) -> None:
        """Open a scene of the gallery as a new one, in motion: it is there to be seen."""

        def take(scene: Scene) -> None:
            self.files.open(scene)
            if moves_by_itself():
                self.studio.playback.play(1)

        self._fetch(partial(self.files.read_example, name, tr(title(name))), take)

    def open_empty(self) -> None:
        """Begin with a scene that has no bodies yet, in the look that the person prefers."""
        preset = look_presets()[str(value_of("new-look"))]
        self.guard(lambda: self.files.open(dressed(ra.make_scene([], [], []), preset)))

    def recover(self, path: Path | None, written_aside: Path, then: Then = nothing) -> None:
        """Open what was written aside, as changes to a file that are not in it yet; go on when they are there."""

        def take(scene: Scene) -> None:
            self.files.open(scene, path, saved=False)
            then()

        self._read(written_aside, take)

    def ask_and_open(self) -> None:
        """Let the person choose a file to open."""
        dialog = QFileDialog(self.window, tr("Open a scene"), str(self._folder()), scenes())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open(Path(name)))
        self._ask(dialog)

    def _read(self, path: Path, take: Take) -> None:
        self._fetch(partial(self.files.read, path), take)

    def _fetch(self, fetch: Callable[[Take], None], take: Take) -> None:
        """Ask about unsaved changes, fetch a scene, and ask again if there is new work by the time that it is there."""

        def begin() -> None:
            before = self.studio.session.scene

            def take_or_ask(scene: Scene) -> None:
                if self.studio.session.scene is before:
                    take(scene)
                else:
                    self.guard(lambda: take(scene))

            fetch(take_or_ask)

        self.guard(begin)

    # Saving

    def save(self, then: Then = nothing) -> None:
        """Save to the file, or ask for one; go on when that is done."""
        path = self.files.path
        if path is None:
            self.save_as(then)
        elif self.files.changed_elsewhere:
            text = tr("Somebody has changed “{name}” since it was opened here.", name=path.name)
            answers: list[Answer] = [
                (tr("Save As…"), lambda: self.save_as(then)),
                (tr("Overwrite"), lambda: self.files.save(path, then)),
                (tr("Cancel"), nothing),
            ]
            Question(self.window, tr("Save over the changes?"), text, answers)
        else:
            self.files.save(path, then)

    def save_as(self, then: Then = nothing) -> None:
        """Ask for a file and save to it; go on when that is done."""
        proposed = self._folder() / f"{self.files.title}{SUFFIX}"
        dialog = QFileDialog(self.window, tr("Save the scene"), str(proposed), scenes())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        dialog.fileSelected.connect(lambda name: self.files.save(Path(name), then))
        self._ask(dialog)

    def guard(self, then: Then) -> None:
        """Go on at once, or first ask about unsaved changes; a file that is being written comes first."""
        if self.files.saving:
            self.files.after_saving(lambda: self.guard(then))
            return
        if not self.files.modified:
            then()
            return
        text = tr("“{title}” has changes that are not in a file yet.", title=self.files.title)
        answers: list[Answer] = [
            (tr("Save"), lambda: self.save(then)),
            (tr("Don't Save"), then),
            (tr("Cancel"), nothing),
        ]
        Question(self.window, tr("Save the changes?"), text, answers)

    def ask_what_to_wear(self) -> None:
        """Let the person choose what bodies wear."""
        kinds = " ".join(f"*{suffix}" for suffix in (*PICTURES, *DRAWINGS, *MESHES))
        filters = f"{tr('Pictures and meshes')} ({kinds})"
        dialog = QFileDialog(self.window, tr("What bodies wear"), str(self._folder()), filters)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.studio.wearing.wear(Path(name)))
        self._ask(dialog)

    def _folder(self) -> Path:
        return self.files.path.parent if self.files.path else Path.home()

    def _ask(self, dialog: QFileDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def scenes() -> str:
    """Return the file filters of the dialogs."""
    others = " ".join(f"*{suffix}" for importer in importers().values() for suffix in importer.suffixes)
    return f"{tr('revanim scenes')} (*{SUFFIX});;{tr('Scenes of other tools')} ({others})"


def moves_by_itself() -> bool:
    """Whether an example plays as soon as it is open."""
    return bool(value_of("play-examples")) and not value_of("reduced-motion")
