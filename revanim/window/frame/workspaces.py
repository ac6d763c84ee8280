"""Workspaces: which panels are open for one kind of work, each as it was left."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol
from zlib import crc32

from PySide6.QtCore import QByteArray, QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from revanim.session.files import settings
from revanim.window.frame.keyboard import keyboard_kept
from revanim.window.panel import panels_in_order

OUTLINE, DETAIL = 2, 3  # how a column of panels shares its height


@dataclass(frozen=True)
class Workspace:
    """The panels it begins with, those in front first; None stands for all of them."""

    name: str
    title: str
    tip: str
    panels: tuple[str, ...] | None = None
    strip: bool = True  # the tools beside the picture


WORKSPACES = (
    Workspace("animate", "Animate", "All but the rare", ("outliner", "properties", "keyframes", "solver", "energy")),
    Workspace("edit", "Edit", "Bodies, groups and forces", ("outliner", "properties", "history", "takes")),
    Workspace("solve", "Solve", "Keyframes, curves and the solver", ("solver", "keyframes", "curves", "outliner")),
    Workspace("look", "Look", "How the picture looks", ("look", "outliner", "properties")),
    Workspace(
        "measure",
        "Measure",
        "Energy, momentum, what is erased, and the check of every bit",
        ("energy", "ledger", "properties"),
    ),
    Workspace("review", "Review", "The picture and the timeline, and nothing else", (), strip=False),
    Workspace("own", "Custom", "Every panel, yours to arrange"),
)


@cache
def edition() -> int:
    """Return a number that changes with the set of panels: a layout of other panels cannot be restored."""
    places = [f"{panel.name} {panel.beside} {panel.area}" for panel in panels_in_order()]
    return crc32("\n".join(places).encode()) >> 1  # Qt keeps 31 bits


class Furnished(Protocol):
    """The widgets of a window that a workspace arranges, as they are now; another language builds new ones."""

    @property
    def viewport(self) -> QWidget: ...

    @property
    def strip(self) -> QWidget: ...

    @property
    def docks(self) -> Sequence[QDockWidget]: ...

    @property
    def foot(self) -> QDockWidget: ...


class Workspaces(QObject):
    """Changes between workspaces; each is remembered as it was left, and can be put back as it came."""

    changed = Signal()

    def __init__(self, window: QMainWindow, furnished: Furnished) -> None:
        super().__init__(window)
        self.window, self.furnished = window, furnished
        self.current = WORKSPACES[0]
        self._empty = QByteArray(window.saveState())  # every panel in its place
        self._hidden: tuple[QByteArray, bool] | None = None  # how the panels and the strip were, while they are hidden

    def begin(self) -> None:
        """Begin in the workspace in which the window was closed."""
        last = settings.remembered("workspace")
        self.current = next((each for each in WORKSPACES if each.name == last), WORKSPACES[0])
        self._enter()

    def go(self, workspace: Workspace) -> None:
        """Leave the workspace as it is for another."""
        self.keep()
        self.current = workspace
        self._enter()

    def keep(self) -> None:
        """Remember the workspace as it is, or as it was before its panels were hidden."""
        self.show_panels()
        settings.remember("workspace", self.current.name)
        settings.remember_layout(self.current.name, self.window.saveState(edition()))

    def reset(self) -> None:
        """Put every panel of the workspace back in its place."""
        self.show_panels()
        settings.remember_layout(self.current.name, QByteArray())
        self._enter()

    def toggle_panels(self, timeline: bool = False) -> None:
        """Hide whatever is beside the viewport, with the timeline or without; or show again what was there."""
        if self._hidden is not None:
            self.show_panels()
            return
        widgets, foot = self.furnished, [self.furnished.foot] if timeline else []
        self._hidden = self.window.saveState(), widgets.strip.isHidden()
        with keyboard_kept(widgets.viewport):
            for widget in (*widgets.docks, widgets.strip, *foot):
                widget.hide()

    def show_panels(self) -> None:
        """Show the panels again that were hidden, as they were."""
        if self._hidden is not None:
            (state, hidden), self._hidden = self._hidden, None
            with keyboard_kept(self.furnished.viewport):
                self.window.restoreState(state)
                self.furnished.strip.setHidden(hidden)

    def _enter(self) -> None:
        left = settings.layout(self.current.name)
        with keyboard_kept(self.furnished.viewport):
            if left.isEmpty() or not self.window.restoreState(left, edition()):
                self._arrange(self.current)
            self.furnished.strip.setVisible(self.current.strip)
        self.changed.emit()

    def _arrange(self, workspace: Workspace) -> None:
        self.window.restoreState(self._empty)
        docks = {dock.objectName(): dock for dock in self.furnished.docks}
        wanted = list(docks) if workspace.panels is None else workspace.panels
        for name, dock in docks.items():
            dock.setVisible(name in wanted)
        for name in reversed(workspace.panels or ()):
            docks[name].raise_()
        heights = [OUTLINE if name == "outliner" else DETAIL for name in docks]
        self.window.resizeDocks(list(docks.values()), heights, Qt.Orientation.Vertical)
