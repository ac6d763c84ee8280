"""The menu under the right button: what is done most to what is under the pointer."""

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from revanim.window.viewport.canvas import Canvas
from revanim.window.viewport.picking import body_at, target_at

MENU = (
    ("move", "rotate", "scale"),
    ("duplicate", "copy", "paste", "delete-bodies"),
    ("pin", "group", "isolate", "frame-selected"),
    ("set-key", "delete-key"),
    ("select-all", "select-inverse", "select-linked"),
    ("add-bodies-from",),
)  # names of commands


def open_menu(widget: QWidget, canvas: Canvas, groups: list[list[QAction]], point: QPointF) -> None:
    """Show what can be done here; a body or a target under the pointer is what it is about."""
    choose(canvas, point)
    menu = QMenu(widget)
    menu.setObjectName("context")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for group in groups:
        menu.addActions(group)
        menu.addSeparator()
    menu.popup(widget.mapToGlobal(point.toPoint()))


def choose(canvas: Canvas, point: QPointF) -> None:
    """Select what is under a point, if it is not selected yet; where nothing is, what is selected stays so."""
    studio, body = canvas.studio, body_at(canvas, point)
    key = target_at(canvas, point) if body is None else None
    if body is not None and not studio.session.selection[body]:
        studio.session.select(np.arange(studio.session.selection.size) == body)
    elif key is not None and key not in studio.keyframes.selected:
        studio.keyframes.select((key,))


def groups_of(actions: dict[str, QAction]) -> list[list[QAction]]:
    """Return the actions of the menu, by groups."""
    return [[actions[name] for name in group] for group in MENU]
