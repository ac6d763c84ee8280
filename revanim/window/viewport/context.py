"""The menu under the right button: what is done most to what is under the pointer; a drag turns the camera instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from revanim.window.viewport.gestures import CLICK, MoveCamera
from revanim.window.viewport.picking import body_at, target_at

if TYPE_CHECKING:
    from revanim.window.viewport.viewport import Viewport

MENU = (
    ("move", "rotate", "scale"),
    ("duplicate", "copy", "paste", "delete-bodies"),
    ("pin", "group", "isolate", "frame-selected"),
    ("set-key", "delete-key"),
    ("select-all", "select-inverse", "select-linked"),
    ("add-bodies-from",),
)  # names of commands


class MenuOrCamera:
    """Moves the camera from a press on, if it may, or opens the menu where the button comes up at the same place."""

    def __init__(self, viewport: Viewport, start: QPointF, move: str | None) -> None:
        self.viewport, self.start = viewport, start
        self._camera = MoveCamera(viewport, move, start) if move else None
        self._dragged = False

    def move(self, point: QPointF) -> None:
        self._dragged = self._dragged or (point - self.start).manhattanLength() > CLICK
        if self._dragged and self._camera:
            self._camera.move(point)

    def finish(self) -> None:
        if not self._dragged:
            open_menu(self.viewport, self.start)

    def cancel(self) -> None:
        if self._camera:
            self._camera.cancel()


def open_menu(viewport: Viewport, point: QPointF) -> None:
    """Offer what can be done here; a body or a target under the pointer is what it is about."""
    choose(viewport, point)
    menu = QMenu(viewport)
    menu.setObjectName("context")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for group in viewport.menu:
        menu.addActions(group)
        menu.addSeparator()
    menu.popup(viewport.mapToGlobal(point.toPoint()))


def choose(viewport: Viewport, point: QPointF) -> None:
    """Select what is under a point, if it is not selected yet; where nothing is, what is selected stays so."""
    studio, body = viewport.studio, body_at(viewport, point)
    key = target_at(viewport, point) if body is None else None
    if body is not None and not studio.session.selection[body]:
        studio.session.select(np.arange(studio.session.selection.size) == body)
    elif key is not None and key not in studio.keyframes.selected:
        studio.keyframes.select((key,))


def groups_of(actions: dict[str, QAction]) -> list[list[QAction]]:
    """Return the actions of the menu, by groups."""
    return [[actions[name] for name in group] for group in MENU]
