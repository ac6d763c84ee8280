"""The window: it builds the widgets, gives each its place, and leaves the work to the session."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeyEvent, QStatusTipEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDockWidget, QMainWindow, QToolBar, QWidget

from revanim.scene.scene import Scene
from revanim.session.files import settings
from revanim.session.files.log import log
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.window.cards.dropping import Dropping
from revanim.window.cards.source_card import show_card_of_pose
from revanim.window.command import Command
from revanim.window.frame.file_dialogs import FileDialogs
from revanim.window.frame.front_panels import FrontPanels, is_in_front
from revanim.window.frame.keyboard import Keyboard, pass_keyboard
from revanim.window.frame.leaving import ask_about_work, at_work
from revanim.window.frame.menus import (
    WorkspaceBar,
    fill_menu_bar,
    fill_strip,
    give_keys,
    make_actions,
    refresh,
    tell_keys,
)
from revanim.window.frame.questions import Questions
from revanim.window.frame.search.palette import CommandPalette, entries
from revanim.window.frame.search.things import things
from revanim.window.frame.shuttle import Shuttle
from revanim.window.frame.status import RULER, Status
from revanim.window.frame.toast import Toast
from revanim.window.frame.workspaces import Workspaces
from revanim.window.kit.icons import SIZE
from revanim.window.kit.theme import named, theme
from revanim.window.kit.widgets import column, holder, row
from revanim.window.panel import Dock, lay_out, panels_in_order
from revanim.window.preference import preferences, value_of
from revanim.window.shortcuts import Shortcuts
from revanim.window.timeline.timeline import Timeline
from revanim.window.viewport.context import groups_of
from revanim.window.viewport.viewport import Viewport
from revanim.window.welcome.page import Welcome

DEFAULT_SIZE = (1440, 900)


class Window(QMainWindow):
    """One session, seen through a viewport, a timeline and panels."""

    welcomed = Signal(bool)  # whether the welcome page is there or gone

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self._leaving = False
        self.studio = Studio(scene)
        # It goes with the window, and lets go of whoever listens; else both would stay in memory.
        self.studio.session.setParent(self)
        self.file_dialogs = FileDialogs(self.studio, self)
        self.shortcuts = Shortcuts(self)
        self.installEventFilter(self)  # the first to be asked for is the last to be asked
        self.shuttle = Shuttle(self, self.studio.playback, self.shortcuts)
        self.front_panels = FrontPanels(self, self.studio.session, self.dock)
        self.setAcceptDrops(True)
        self.furnish()
        self.resize(*DEFAULT_SIZE)
        self.workspaces = Workspaces(self, self)
        self.restoreGeometry(settings.window_geometry())
        self.workspaces.begin()
        self.front_panels.follow()
        for preference in preferences().values():
            if not preference.early:
                preference.apply(self, preference.value)
        self._listen()
        self.refresh()
        self.studio.session.show(self.studio.session.frame)

    def furnish(self) -> None:
        """Build every widget and give each its place; the state of the work is in the session, not in them."""
        self.viewport = Viewport(self.studio)
        self.timeline = Timeline(self.studio)
        self.toast = Toast(self.viewport)
        self.notices = holder(column())
        self.questions = Questions(self.studio.session, self.notices)
        self.installEventFilter(Dropping(self.viewport, self.file_dialogs.open_dropped))
        self.status = Status(self.studio)
        self.welcome = Welcome(self.studio, self.file_dialogs, self.viewport)
        self.actions_by_name = make_actions(self, self._place)
        self._give_keys()
        self.docks = [Dock(panel, self.studio) for panel in panels_in_order()]
        self._lay_out()
        self.welcome.shown.connect(self.welcomed)
        self.welcome.shown.connect(self.viewport.canvas.leave_bare)
        self.viewport.canvas.tool_changed.connect(self._refresh_actions)
        for dock in self.docks:
            dock.built.connect(self._tell_keys)
        self.keyboard = Keyboard((self.viewport, self.timeline.ruler))
        self.viewport.setFocus()

    def _lay_out(self) -> None:
        self.setStatusBar(self.status)
        fill_menu_bar(self.menuBar(), self, self.actions_by_name)
        self.workspace_bar = WorkspaceBar(self.menuBar(), self.actions_by_name)
        self.menuBar().setCornerWidget(self.workspace_bar)
        self.strip = QToolBar(tr("Tools"))
        self.strip.setObjectName("strip")
        self.strip.setOrientation(Qt.Orientation.Vertical)
        self.strip.setIconSize(QSize(SIZE, SIZE))
        fill_strip(self.strip, self.actions_by_name)
        picture = column(self.notices, self.viewport)
        picture.setStretch(1, 1)
        self.setCentralWidget(holder(row(self.strip, picture)))
        self.timeline.add_buttons(self.actions_by_name)
        self.viewport.menu = groups_of(self.actions_by_name)
        self.status.watch(self.timeline.ruler, RULER)
        self._lay_out_docks()

    def _lay_out_docks(self) -> None:
        self.foot = QDockWidget(tr("Timeline"))
        self.foot.setObjectName("foot")
        self.foot.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self.foot.setTitleBarWidget(QWidget())
        self.foot.setWidget(self.timeline)
        lay_out(self, self.foot, dict(zip(panels_in_order(), self.docks, strict=True)))

    def _listen(self) -> None:
        studio = self.studio
        studio.session.failed.connect(lambda sentence: self.toast.say(sentence))
        studio.session.failed.connect(log.warning)
        studio.session.told.connect(lambda sentence: self.toast.say(sentence, "ok"))
        studio.session.offered.connect(self.toast.offer)
        studio.session.scene_changed.connect(self.toast.withdraw)
        studio.session.opened.connect(lambda: self.welcome.hide())
        studio.session.opened.connect(lambda: self.viewport.setFocus())
        studio.session.opened.connect(self._refresh_title)
        studio.session.opened.connect(self.front_panels.follow)
        studio.session.scene_changed.connect(self.front_panels.follow)
        studio.solving.changed.connect(self._lend_keyboard)
        studio.poses.changed.connect(lambda: show_card_of_pose(self.viewport))
        self.studio.files.changed.connect(self._refresh_title)
        for signal in (
            studio.session.scene_changed,
            studio.session.selection_changed,
            studio.session.view_changed,
            studio.session.range_changed,
            studio.playback.changed,
            studio.keyframes.changed,
            studio.forces.changed,
            studio.tracks.changed,
            studio.markers.changed,
            studio.timeline.changed,
            studio.assignments.changed,
            studio.solving.changed,
            studio.viewing.changed,
            studio.session.history.indexChanged,
            self.workspaces.changed,
        ):
            signal.connect(self._refresh_actions)
        for panel in panels_in_order():
            if panel.called_by:
                panel.called_by(studio).connect(partial(self.bring, panel.name))
        self.shortcuts.changed.connect(self._give_keys)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    def _place(self, command: Command["Window"], action: QAction) -> None:
        """Let the keys of a command be alive in the viewport, on what shows time, or in the whole window."""
        if command.in_viewport:
            self.viewport.take_first(action)
        elif command.on_canvas:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.viewport.addAction(action)
            self.timeline.ruler.addAction(action)
        else:
            self.addAction(action)

    def refresh(self) -> None:
        """Let every action and the title show how things are."""
        self._refresh_actions()
        self._refresh_title()

    def _refresh_actions(self) -> None:
        if self.studio.keyframes.draft is None:  # a hand that drags a target chooses no command meanwhile
            refresh(self, self.actions_by_name)

    def _give_keys(self) -> None:
        give_keys(self, self.actions_by_name, self.shortcuts)

    def _tell_keys(self, panel: QWidget) -> None:
        tell_keys(panel, self.actions_by_name)

    def _follow_system(self) -> None:
        theme.wear(named(str(value_of("theme"))))

    def dock(self, name: str) -> Dock:
        """Return the dock of a panel."""
        return next(dock for dock in self.docks if dock.objectName() == name)

    def bring(self, name: str) -> Dock:
        """Bring a panel to the front, and return its dock."""
        dock = self.dock(name)
        dock.show()
        dock.raise_()
        return dock

    def _refresh_title(self) -> None:
        self.setWindowTitle(f"{self.studio.files.title}[*] — revanim")
        self.setWindowModified(self.studio.files.modified)

    def follow_mouse_scheme(self, name: str) -> None:
        """Let the mouse move the camera like another tool."""
        self.viewport.canvas.mouse_scheme = name
        self.status.explain(name)

    def find_command(self) -> None:
        """Let the person type what to do."""
        commands = entries(self, self.actions_by_name, self.shortcuts)
        others = things(self, self.viewport, self.actions_by_name, lambda name: self.bring(name).widget())
        CommandPalette(self, (*commands, *others))

    def go_to_area(self, step: int) -> None:
        """Move the keyboard to the next area: viewport, timeline, and every panel that can be seen."""
        seen = [dock.widget() for dock in self.docks if is_in_front(dock)]
        pass_keyboard([self.viewport, self.timeline, *seen], step)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave Space to a button that has the keyboard, everywhere else it plays; go without a thread left.

        It filters its own events: while Qt works in a method that Python overrides, no other thread runs Python.
        """
        space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        override = event.type() == QEvent.Type.ShortcutOverride
        if isinstance(event, QStatusTipEvent):
            self.status.explain_at(event.tip())
            return True
        if event.type() == QEvent.Type.DeferredDelete:
            self.studio.session.close()
        if override and space and isinstance(QApplication.focusWidget(), QAbstractButton):
            event.accept()
            return True
        return override and isinstance(event, QKeyEvent) and self.keyboard.lead(event)

    def _lend_keyboard(self) -> None:
        """Give the picture the keyboard where no widget has it, so that Return accepts what was solved."""
        if self.isActiveWindow() and QApplication.focusWidget() in (None, self):
            self.viewport.setFocus()

    # The end

    def closeEvent(self, event: QCloseEvent) -> None:
        if (self.studio.files.modified or self.studio.files.saving or at_work(self.studio)) and not self._leaving:
            event.ignore()
            self.file_dialogs.guard(lambda: ask_about_work(self, self.studio, self.leave))
        else:
            settings.remember_geometry(self.saveGeometry())
            self.workspaces.keep()
            for dock in self.docks:
                dock.setVisible(dock.isVisible() and not dock.isFloating())  # a floating one would stay behind
            self.hide()  # a thread may need a while to end, and nobody shall look at a window that does not answer
            self.studio.session.close()

    def leave(self) -> None:
        """Close without asking about anything."""
        self._leaving = True
        self.close()
