"""The File menu."""

from functools import partial

from PySide6.QtGui import QIcon, QPixmap

import revanim as ra
from revanim.sentence import N_
from revanim.session.files.backups import backups, when
from revanim.session.words import moment, tr
from revanim.session.work.playblast import playblast as write_playblast
from revanim.window.command import Choice, Command
from revanim.window.frame.blender import hand_to_blender
from revanim.window.kit.title import title
from revanim.window.sections.assets import ask_to_bring, ask_to_keep
from revanim.window.window import Window


def gallery_choices(window: Window) -> list[Choice]:
    """Return the scenes that come with the program."""
    return [Choice(tr(title(name)), partial(window.file_dialogs.open_example, name)) for name in ra.examples()]


def backup_choices(window: Window) -> list[Choice]:
    """Return the earlier versions of the file; each opens as unsaved changes to it."""
    path = window.studio.files.path
    kept = backups(path) if path else []
    return [
        Choice(moment(when(one), N_("d MMMM yyyy, HH:mm:ss")), partial(window.file_dialogs.recover, path, one))
        for one in kept
    ]


def recent_choices(window: Window) -> list[Choice]:
    """Return the files that were open last, each with its picture; those that are away now cannot be chosen."""
    recent = window.studio.files.recent
    lines = [
        Choice(
            file.path.name if file.there else tr("{name}  ·  not there", name=file.path.name),
            partial(window.file_dialogs.open, file.path),
            enabled=file.there,
            tip=str(file.path),
            icon=QIcon(QPixmap.fromImage(file.picture)),
        )
        for file in recent.files
    ]
    return [*lines, Choice(tr("Clear Recent Files"), recent.clear, enabled=bool(lines))]


def keep_chosen(window: Window) -> None:
    """Ask for a file for the force that is looked at."""
    place = window.studio.forces.place
    assert place is not None
    ask_to_keep(window.studio, window, place)


def has_bodies(window: Window) -> bool:
    """Whether there is anything to write."""
    return window.studio.session.scene.bodies.count > 0


empty = Command[Window](
    name="empty",
    text="New",
    menu="File",
    order=9,
    tip="Begin with a scene that has no bodies yet",
    shortcuts=("Ctrl+N",),
    run=lambda window: window.file_dialogs.open_empty(),
)

new = Command[Window](
    name="new",
    text="New from Gallery…",
    menu="File",
    order=10,
    tip="Choose a scene to begin with",
    shortcuts=("Ctrl+Shift+N",),
    icon="gallery",
    run=lambda window: window.welcome.show(),
)

open_file = Command[Window](
    name="open",
    text="Open…",
    menu="File",
    order=11,
    tip="Open a scene",
    shortcuts=("Ctrl+O",),
    icon="open",
    run=lambda window: window.file_dialogs.ask_and_open(),
)

recent = Command[Window](
    name="recent",
    text="Open Recent",
    menu="File",
    order=12,
    tip="Open one of the scenes that were open last",
    choices=recent_choices,
)

gallery = Command[Window](
    name="gallery",
    text="Gallery",
    menu="File",
    order=13,
    tip="Open a scene that comes with the program",
    choices=gallery_choices,
)

bring = Command[Window](
    name="add-from-file",
    text="Add Force from File…",
    menu="File",
    order=14,
    tip="Add what was saved as an asset, or acts on all bodies of another scene",
    words="asset preset library import reuse learnt field flow move",
    run=lambda window: ask_to_bring(window.studio, window),
)

save = Command[Window](
    name="save",
    text="Save",
    menu="File",
    order=20,
    tip="Save the scene",
    shortcuts=("Ctrl+S",),
    icon="save",
    run=lambda window: window.file_dialogs.save(),
)

save_as = Command[Window](
    name="save-as",
    text="Save As…",
    menu="File",
    order=21,
    tip="Save the scene under another name",
    shortcuts=("Ctrl+Shift+S",),
    run=lambda window: window.file_dialogs.save_as(),
)

keep = Command[Window](
    name="save-asset",
    text="Save Force as Asset…",
    menu="File",
    order=23,
    tip="Save the force that is chosen in a file of its own, for other scenes",
    words="asset preset library export reuse learnt field flow move",
    enabled=lambda window: window.studio.forces.place is not None,
    needs="Choose a force in the outliner first",
    run=keep_chosen,
)

backup = Command[Window](
    name="backups",
    text="Earlier Versions",
    menu="File",
    order=22,
    tip="Open the file as it was before it was saved over",
    enabled=lambda window: window.studio.files.path is not None and bool(backups(window.studio.files.path)),
    needs="The file has not been saved over yet",
    choices=backup_choices,
)

export = Command[Window](
    name="export",
    text="Export…",
    menu="File",
    order=30,
    tip="Write frames as video, pictures or points",
    words="render video film movie animation",
    shortcuts=("Ctrl+E",),
    icon="export",
    run=lambda window: window.bring("export"),
    enabled=has_bodies,
    needs="There are no bodies to write",
)

playblast = Command[Window](
    name="playblast",
    text="Playblast",
    menu="File",
    order=31,
    tip="Write what the viewport plays as a video, and show it",
    words="render preview video film movie",
    shortcuts=("Ctrl+Alt+E",),
    run=lambda window: write_playblast(
        window.studio.session, window.studio.viewing, window.studio.exports, window.studio.files.title
    ),
    enabled=has_bodies,
    needs="There are no bodies to write",
)

blender = Command[Window](
    name="open-in-blender",
    text="Open in Blender",
    menu="File",
    order=32,
    tip="Write the motion as USD with a script that opens it, and start Blender",
    words="render usd",
    run=hand_to_blender,
    enabled=has_bodies,
    needs="There are no bodies to write",
)

leave = Command[Window](
    name="quit",
    text="Quit",
    menu="File",
    order=40,
    tip="Close the window",
    shortcuts=("Ctrl+Q",),
    run=lambda window: window.close(),
)
