"""Commands become actions, and actions become the menu bar and the strip."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QMenu, QMenuBar, QToolBar, QToolButton, QWidget

from revanim.sentence import N_
from revanim.session.words import tr
from revanim.window.command import Command, by_menu, commands
from revanim.window.frame.workspaces import WORKSPACES
from revanim.window.kit.icons import icon
from revanim.window.kit.widgets import action_button, row
from revanim.window.shortcuts import Shortcuts, native

Actions = dict[str, QAction]
Place = Callable[[Command[Any], QAction], None]  # lets the keys of a command be alive where they belong
AIR = 22  # pixels: beside the name of a menu
STRIP = (("Bodies", "Keyframes"), ("View",), ("Look",))  # the menus whose commands stand together on the strip
ROLES = {
    "preferences": QAction.MenuRole.PreferencesRole,
    "about": QAction.MenuRole.AboutRole,
    "quit": QAction.MenuRole.QuitRole,
}


def make_actions(window: QMainWindow, place: Place) -> Actions:
    """Return an action for each command, by name, put in its place."""
    actions = {command.name: make_action(window, command) for command in commands().values() if not command.choices}
    for name, action in actions.items():
        place(commands()[name], action)
    return actions


def make_action(window: QMainWindow, command: Command[Any]) -> QAction:
    """Return the action of one command."""
    action = QAction(tr(command.text), window, checkable=command.checked is not None)
    action.setObjectName(command.name)
    action.setMenuRole(ROLES.get(command.name, QAction.MenuRole.NoRole))
    action.setStatusTip(tr(command.tip))
    drawing = command.icon or "none"  # which keeps the texts of a menu in line
    action.setIcon(icon(drawing, command.icon_on, lit=command.lit))
    action.setAutoRepeat(command.repeats)
    action.triggered.connect(lambda: command.run(window))
    return action


def give_keys(window: QMainWindow, actions: Actions, shortcuts: Shortcuts) -> None:
    """Give every action its keys as they are chosen now, and every button of a command a tip with them."""
    for name, action in actions.items():
        keys = shortcuts.of(name)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setToolTip(with_keys(tr(commands()[name].tip), keys))
    tell_keys(window, actions)


def tell_keys(widget: QWidget, actions: Actions) -> None:
    """Give every button of a command in a widget a tip with its keys."""
    for button in widget.findChildren(QAbstractButton):
        name = button.property("command")
        if name in actions:
            button.setToolTip(actions[name].toolTip())


def with_keys(tip: str, keys: Sequence[str]) -> str:
    """Return a tip followed by its keys."""
    return f"{tip} ({', '.join(map(native, keys))})" if keys else tip


def refresh(window: QMainWindow, actions: Actions) -> None:
    """Enable and check every action as its command says."""
    for name, action in actions.items():
        command = commands()[name]
        action.setEnabled(command.enabled(window))
        if command.checked:
            action.setChecked(command.checked(window))


def fill_menu_bar(bar: QMenuBar, window: QMainWindow, actions: Actions) -> None:
    """Add a menu for each group of commands."""
    for title, group in by_menu().items():
        menu = bar.addMenu(tr(title))
        for command in separated(group, menu):
            if command.choices:
                menu.addMenu(choice_menu(menu, window, command))
            else:
                menu.addAction(actions[command.name])


def fill_strip(strip: QToolBar, actions: Actions) -> None:
    """Put the commands that want it on the strip beside the viewport: the tools first."""
    for menus in STRIP:
        if strip.actions():
            strip.addSeparator()
        shown = [command for menu in menus for command in by_menu()[menu] if command.on_strip]
        strip.addActions([actions[command.name] for command in shown])
        for command in shown:
            strip.widgetForAction(actions[command.name]).setProperty("tool", command.is_tool)


class WorkspaceBar(QWidget):
    """Watches the menu bar that it stands in: every menu must be seen before the workspaces are."""

    def __init__(self, bar: QMenuBar, actions: dict[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("workspaces")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bar, self._actions = bar, [actions[f"workspace-{each.name}"] for each in WORKSPACES]
        self._buttons = [action_button(action) for action in self._actions]
        for button in self._buttons:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._list = self._list_button()
        self.setLayout(row(*self._buttons, self._list, margins=(0, 0, 4, 0)))
        for action in self._actions:
            action.toggled.connect(self._name)
        bar.installEventFilter(self)
        self._name()
        self._fit()

    def _list_button(self) -> QToolButton:
        made = QToolButton()
        made.setObjectName("workspace-list")
        made.setAccessibleName(tr(N_("Workspace")))
        made.setToolTip(tr("Choose a workspace"))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(made)
        menu.addActions(self._actions)
        made.setMenu(menu)
        return made

    def _name(self) -> None:
        """Write the workspace that is open on the button that lists all."""
        self._list.setText(next((action.text() for action in self._actions if action.isChecked()), tr("Workspace")))

    def _fit(self) -> None:
        metrics = self._bar.fontMetrics()
        menus = sum(metrics.horizontalAdvance(action.text()) + AIR for action in self._bar.actions())
        wide = sum(button.sizeHint().width() for button in self._buttons) + AIR
        narrow = self._bar.width() < menus + wide
        for button in self._buttons:
            button.setVisible(not narrow)
        self._list.setVisible(narrow)
        self.adjustSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False


def separated(group: list[Command[Any]], menu: QMenu) -> Iterator[Command[Any]]:
    """Yield the commands, and put a separator into the menu wherever another ten begins."""
    ten = None
    for command in group:
        if ten not in (None, command.order // 10):
            menu.addSeparator()
        ten = command.order // 10
        yield command


def choice_menu(parent: QMenu, window: QMainWindow, command: Command[Any]) -> QMenu:
    """Return a submenu that asks for its choices each time it opens."""
    menu = QMenu(tr(command.text), parent)
    menu.setObjectName(command.name)
    menu.setIcon(icon(command.icon or "none"))
    menu.setToolTipsVisible(True)

    def fill() -> None:
        menu.clear()
        for choice in command.choices(window) if command.choices else ():
            action = menu.addAction(choice.text)
            action.setIcon(choice.icon or QIcon())
            action.setEnabled(choice.enabled)
            action.setToolTip(choice.tip)
            action.setStatusTip(choice.tip)
            action.triggered.connect(choice.run)
            if choice.checked is not None:
                action.setCheckable(True)
                action.setChecked(choice.checked)

    menu.aboutToShow.connect(fill)
    return menu
