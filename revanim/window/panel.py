"""A panel is a file in `panels/`: a title, a place, and a widget that listens to the session."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget
from shiboken6 import isValid

from revanim.collect import collect
from revanim.scene.scene import Scene
from revanim.session.studio import Studio
from revanim.session.threads.worker import close_workers
from revanim.session.words import tr
from revanim.window.kit.beside import when_loaded
from revanim.window.kit.widgets import holder, icon_button, in_turn, label, row

Area = Qt.DockWidgetArea
ROUGHLY = (304, 240)  # pixels of a panel that is not built yet


@dataclass(frozen=True)
class Panel:
    """Declared once at the end of its file; the dock, the Window menu and the saved layout follow."""

    name: str
    title: str
    order: int  # from top to bottom
    build: Callable[[Studio], QWidget]
    area: Qt.DockWidgetArea = Qt.DockWidgetArea.RightDockWidgetArea
    beside: str = ""  # the panel whose place it shares, as a tab
    in_front: Callable[[Scene], bool] | None = None  # whether it comes to the front when such a scene is opened
    called_by: Callable[[Studio], SignalInstance] | None = None  # what else brings it to the front
    loads: str = ""  # a module that takes long to load: that is done beside the window when the panel is first seen


def panels_in_order() -> list[Panel]:
    """Return every panel, from top to bottom."""
    return sorted(collect("revanim.window.panels", Panel).values(), key=lambda panel: panel.order)


class Dock(QDockWidget):
    """A place for a panel under a title that can be dragged; the panel is built when it is first seen or asked for.

    Ten panels take a third of a second, and most of them are not looked at.
    """

    built = Signal(QWidget)

    def __init__(self, panel: Panel, studio: Studio) -> None:
        super().__init__(tr(panel.title))
        self.setObjectName(panel.name)
        self.setTitleBarWidget(title_bar(self))
        self._build, self._loads = partial(panel.build, studio), panel.loads
        self._content: QWidget | None = None
        studio.session.closing.connect(self._close)  # which ends with this dock
        self.visibilityChanged.connect(self._look)

    def _close(self) -> None:
        close_workers(self)

    def widget(self) -> QWidget:
        """Return the panel."""
        if self._content is None:
            self._content = self._build()
            self.setWidget(self._content)
            in_turn(self._content)
            self.built.emit(self._content)
        return self._content

    def inherit(self, before: "Dock") -> None:
        """Build the panel if it has been, for there is something to take over then."""
        if before._content is not None:
            self.widget()

    def sizeHint(self) -> QSize:
        return super().sizeHint() if self._content else QSize(*ROUGHLY)

    def _look(self, seen: bool) -> None:
        if not seen or self._content is not None:
            return
        if self._loads:
            when_loaded(self, self._loads, self.widget)
        else:
            self.widget()


def title_bar(dock: QDockWidget) -> QWidget:
    """Return a bar with the title of a dock and buttons to float and to close it; Qt's own are too small to read."""

    def float_or_dock() -> None:
        dock.setFloating(not dock.isFloating())

    buttons = (
        icon_button("float", float_or_dock, tr("Let the panel float, or dock it again")),
        icon_button("close", dock.close, tr("Close the panel; the Window menu brings it back")),
    )
    return holder(row(label(dock.windowTitle()), None, *buttons, margins=(12, 0, 4, 0)), "title-bar")


def lay_out(window: QMainWindow, foot: QDockWidget, docks: Mapping[Panel, QDockWidget]) -> None:
    """Give every dock its place: one across the foot of the window, those of panels where these are declared to be."""
    window.addDockWidget(Area.BottomDockWidgetArea, foot)
    window.setDockOptions(window.dockOptions() | QMainWindow.DockOption.GroupedDragging)
    window.setTabPosition(Area.AllDockWidgetAreas, QTabWidget.TabPosition.North)
    by_name = {panel.name: dock for panel, dock in docks.items()}
    for panel, dock in docks.items():
        window.addDockWidget(panel.area, dock)
        if panel.beside:  # the tabs say what they are, and can be dragged out
            window.tabifyDockWidget(by_name[panel.beside], dock)
            by_name[panel.beside].raise_()
    leave_titles_to_tabs(window, list(docks.values()))
    for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.BottomRightCorner):
        window.setCorner(corner, Area.BottomDockWidgetArea)


def leave_titles_to_tabs(window: QMainWindow, docks: Sequence[QDockWidget]) -> None:
    """Show the title of a dock only while no tab shows it."""
    bars = {dock: (dock.titleBarWidget(), QWidget()) for dock in docks}

    def refresh() -> None:
        if not isValid(window) or not window.isVisible():
            return  # docks speak while they are being destroyed, and a dozen times before anybody sees them
        for dock, (bar, nothing) in bars.items():
            tabbed = any(not other.isHidden() for other in window.tabifiedDockWidgets(dock))
            wanted = nothing if tabbed and not dock.isFloating() else bar
            if dock.titleBarWidget() is not wanted:
                dock.setTitleBarWidget(wanted)
                bar.setVisible(wanted is bar)

    soon = QTimer(docks[0], interval=0, singleShot=True)  # a workspace changes all docks, one by one
    soon.timeout.connect(refresh)
    for dock in docks:
        for news in (dock.topLevelChanged, dock.visibilityChanged, dock.dockLocationChanged):
            news.connect(lambda: soon.start())
    refresh()
