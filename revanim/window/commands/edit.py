"""The Edit menu."""

from functools import partial

import numpy as np

from revanim.session.session import Selection
from revanim.session.work.selection import grouped, linked, pickable
from revanim.window.command import Choice, Command
from revanim.window.preference import preferences
from revanim.window.window import Window


def mouse_choices(window: Window) -> list[Choice]:
    """Return the mouse schemes of the viewport."""
    kept = preferences()["mouse"]
    return [Choice(text, partial(kept.choose, window, name), name == kept.value) for name, text in kept.options.items()]


def free(window: Window) -> Selection:
    """Return which bodies can be picked at the shown frame, bool[n]."""
    session = window.studio.session
    return pickable(session.scene, window.studio.viewing.only, session.frame)


def select_all(window: Window) -> None:
    """Select every body that can be picked."""
    window.studio.session.select(free(window))


def select_none(window: Window) -> None:
    """Select no body, and no key."""
    window.studio.session.select(np.zeros_like(window.studio.session.selection))
    window.studio.keyframes.select(())


def invert(window: Window) -> None:
    """Select what is not selected."""
    window.studio.session.select(free(window) & ~window.studio.session.selection)


def select_linked(window: Window) -> None:
    """Select every body that is linked to a selected one, directly or through others."""
    window.studio.session.select(linked(window.studio.session.scene, window.studio.session.selection))


def select_group(window: Window) -> None:
    """Select the groups of what is selected."""
    window.studio.session.select(grouped(window.studio.session.scene, window.studio.session.selection))


def something(window: Window) -> bool:
    """Whether a body is selected."""
    return bool(window.studio.session.selection.any())


undo = Command[Window](
    name="undo",
    text="Undo",
    menu="Edit",
    order=10,
    tip="Take the last edit back",
    shortcuts=("Ctrl+Z",),
    icon="undo",
    enabled=lambda window: window.studio.session.history.canUndo(),
    needs="Nothing was changed yet",
    run=lambda window: window.studio.session.history.undo(),
)

redo = Command[Window](
    name="redo",
    text="Redo",
    menu="Edit",
    order=11,
    tip="Do again what was taken back",
    shortcuts=("Ctrl+Shift+Z", "Ctrl+Y"),
    icon="redo",
    enabled=lambda window: window.studio.session.history.canRedo(),
    needs="Nothing was undone",
    run=lambda window: window.studio.session.history.redo(),
)

everything = Command[Window](
    name="select-all",
    text="Select All",
    menu="Edit",
    order=20,
    tip="Select every body",
    shortcuts=("Ctrl+A",),
    run=select_all,
)

nothing = Command[Window](
    name="select-none",
    text="Select None",
    menu="Edit",
    order=21,
    tip="Select no body",
    shortcuts=("Alt+A", "Ctrl+Shift+A"),
    enabled=lambda window: something(window) or bool(window.studio.keyframes.selected),
    needs="Nothing is selected",
    run=select_none,
)

inverse = Command[Window](
    name="select-inverse",
    text="Invert Selection",
    menu="Edit",
    order=22,
    tip="Select every body that is not selected",
    shortcuts=("Ctrl+I",),
    run=invert,
)

links = Command[Window](
    name="select-linked",
    text="Select Linked",
    menu="Edit",
    order=23,
    tip="Select every body that springs and rods lead to",
    shortcuts=("Ctrl+L",),
    enabled=something,
    needs="Select bodies first",
    run=select_linked,
)

group = Command[Window](
    name="select-group",
    text="Select Group",
    menu="Edit",
    order=24,
    tip="Select every body of the groups of what is selected",
    shortcuts=("Shift+G",),
    enabled=something,
    needs="Select bodies first",
    run=select_group,
)

mouse = Command[Window](
    name="mouse",
    text="Mouse",
    menu="Edit",
    order=30,
    tip="Move the camera like the tool you come from",
    choices=mouse_choices,
)
