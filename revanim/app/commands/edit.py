"""The Edit menu."""

from functools import partial

import numpy as np

from revanim.app.command import Choice, Command
from revanim.app.settings import mouse_scheme
from revanim.app.viewport.gestures import SCHEMES
from revanim.app.window import Window


def mouse_choices(window: Window) -> list[Choice]:
    """Return the mouse schemes of the viewport."""
    return [
        Choice(name.capitalize(), partial(window.set_mouse_scheme, name), name == mouse_scheme()) for name in SCHEMES
    ]


def select_all(window: Window) -> None:
    """Select every body."""
    window.session.select(np.ones_like(window.session.selection))


def select_none(window: Window) -> None:
    """Select no body."""
    window.session.select(np.zeros_like(window.session.selection))


undo = Command(
    name="undo",
    text="Undo",
    menu="Edit",
    order=10,
    tip="Take the last edit back",
    shortcuts=("Ctrl+Z",),
    icon="undo",
    enabled=lambda window: window.session.history.canUndo(),
    run=lambda window: window.session.history.undo(),
)

redo = Command(
    name="redo",
    text="Redo",
    menu="Edit",
    order=11,
    tip="Do again what was taken back",
    shortcuts=("Ctrl+Shift+Z", "Ctrl+Y"),
    icon="redo",
    enabled=lambda window: window.session.history.canRedo(),
    run=lambda window: window.session.history.redo(),
)

everything = Command(
    name="select-all",
    text="Select All",
    menu="Edit",
    order=20,
    tip="Select every body",
    shortcuts=("Ctrl+A",),
    run=select_all,
)

nothing = Command(
    name="select-none",
    text="Select None",
    menu="Edit",
    order=21,
    tip="Select no body",
    shortcuts=("Ctrl+Shift+A",),
    enabled=lambda window: bool(window.session.selection.any()),
    run=select_none,
)

mouse = Command(
    name="mouse",
    text="Mouse",
    menu="Edit",
    order=30,
    tip="Move the camera like the tool you come from",
    choices=mouse_choices,
)
