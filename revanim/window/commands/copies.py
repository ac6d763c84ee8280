"""The Edit menu: cut, copy, paste, duplicate and delete, at the frame that is shown."""

from PySide6.QtWidgets import QApplication

from revanim.session.work import bodies as editing
from revanim.session.work import clipboard
from revanim.window.command import Command
from revanim.window.commands.edit import something
from revanim.window.viewport.subject import SelectedBodies
from revanim.window.viewport.transform import MOVE, Transform
from revanim.window.window import Window


def of_keys(window: Window) -> bool:
    """Whether copying is about the selected keys: where the timeline has the keyboard, or no body is selected."""
    keys, focus = window.studio.keyframes.selected, QApplication.focusWidget()
    return bool(keys) and (window.timeline.isAncestorOf(focus or window) or not something(window))


def of_values(window: Window) -> bool:
    """Whether copying is about the selected keys of values: they are where the keyboard is, or nothing else is."""
    keys, focus = window.studio.tracks.selected, QApplication.focusWidget() or window
    places = (window.timeline, window.dock("curves"))
    return bool(keys) and (any(place.isAncestorOf(focus) for place in places) or not something(window))


def anything(window: Window) -> bool:
    """Whether there is something to copy."""
    return something(window) or bool(window.studio.keyframes.selected or window.studio.tracks.selected)


def copy(window: Window) -> bool:
    """Copy what is selected; return whether that could be."""
    if of_values(window):
        window.studio.tracks.copy()
        clipboard.mark_values()
        return True
    if not of_keys(window):
        return clipboard.copy(window.studio.session)
    clipboard.copy_keys(window.studio.session, window.studio.keyframes.selected)
    return True


def cut(window: Window) -> None:
    """Copy, then delete."""
    values, keys = of_values(window), of_keys(window)
    if not copy(window):
        return
    if values:
        window.studio.tracks.remove()
    elif keys:
        window.studio.keyframes.remove()
    else:
        editing.remove(window.studio.session)


def paste(window: Window) -> None:
    """Paste the keys that were copied at the playhead, or the bodies."""
    if clipboard.holds(clipboard.VALUES) and window.studio.tracks.copied:
        window.studio.tracks.paste()
    elif clipboard.holds(clipboard.KEYS):
        clipboard.paste_keys(window.studio.keyframes)
    else:
        clipboard.paste(window.studio.session)


def duplicate_and_move(window: Window) -> None:
    """Duplicate, and let the copies follow the pointer; both are one undo step."""
    studio, step = window.studio, object()
    before = studio.session.scene, studio.session.selection
    if editing.duplicate(studio.session, gesture=step):
        copies = SelectedBodies(studio, studio.session.scene, gesture=step, before=before)
        canvas = window.viewport.canvas
        canvas.hold(Transform(canvas, MOVE, copies, canvas.pointer, free=True))


cut_bodies = Command[Window](
    name="cut",
    text="Cut",
    menu="Edit",
    order=12,
    tip="Move the selected bodies, or keys, to the clipboard",
    shortcuts=("Ctrl+X",),
    enabled=anything,
    needs="Select bodies or keys first",
    run=cut,
)

copy_bodies = Command[Window](
    name="copy",
    text="Copy",
    menu="Edit",
    order=13,
    tip="Copy the selected bodies, as they are shown, or the selected keys, to the clipboard",
    shortcuts=("Ctrl+C",),
    enabled=anything,
    needs="Select bodies or keys first",
    run=copy,
)

paste_bodies = Command[Window](
    name="paste",
    text="Paste",
    menu="Edit",
    order=14,
    tip="Put the bodies of the clipboard into the scene, or its keys at the playhead",
    shortcuts=("Ctrl+V",),
    run=paste,
)

duplicate_bodies = Command[Window](
    name="duplicate",
    text="Duplicate",
    menu="Edit",
    order=15,
    tip="Put copies of the selected bodies beside them, with copies of their links",
    shortcuts=("Ctrl+D",),
    enabled=something,
    needs="Select bodies first",
    run=lambda window: editing.duplicate(window.studio.session),
)

duplicate_moving = Command[Window](
    name="duplicate-and-move",
    text="Duplicate and Move",
    menu="Edit",
    order=16,
    tip="Let copies of the selected bodies follow the pointer",
    shortcuts=("Shift+D",),
    in_viewport=True,
    enabled=something,
    needs="Select bodies first",
    run=duplicate_and_move,
)

delete_bodies = Command[Window](
    name="delete-bodies",
    text="Delete Bodies",
    menu="Edit",
    order=17,
    tip="Take the selected bodies out of the scene",
    shortcuts=("Del", "X"),
    in_viewport=True,
    enabled=something,
    needs="Select bodies first",
    run=lambda window: editing.remove(window.studio.session),
)
