"""The Window menu: workspaces, panels, preferences."""

from functools import partial

from PySide6.QtWidgets import QDockWidget

from revanim.window.command import Choice, Command
from revanim.window.frame.front_panels import is_in_front
from revanim.window.frame.sheet import show_sheet
from revanim.window.frame.sheets.preferences import PreferencePage
from revanim.window.frame.sheets.shortcuts import ShortcutPage
from revanim.window.frame.workspaces import WORKSPACES, Workspace
from revanim.window.window import Window


def panel_choices(window: Window) -> list[Choice]:
    """Return the panels, each to show or to hide."""
    return [Choice(dock.windowTitle(), partial(show_or_hide, window, dock), is_in_front(dock)) for dock in window.docks]


def show_or_hide(window: Window, dock: QDockWidget) -> None:
    """Hide a panel that can be seen; one behind another comes to the front."""
    if is_in_front(dock):
        dock.hide()
    else:
        window.bring(dock.objectName())


def toggle_full_screen(window: Window) -> None:
    """Fill the screen, or stand in a window again."""
    if window.isFullScreen():
        window.showNormal()
    else:
        window.showFullScreen()


def to_workspace(number: int, workspace: Workspace) -> Command[Window]:
    """Return the command that goes to a workspace."""
    return Command[Window](
        name=f"workspace-{workspace.name}",
        text=workspace.title,
        menu="Window",
        order=10 + number - 1,
        tip=workspace.tip,
        shortcuts=(str(number),),
        on_canvas=True,
        checked=lambda window: window.workspaces.current is workspace,
        run=lambda window: window.workspaces.go(workspace),
    )


animate, edit, solve, look, measure, review, own = map(to_workspace, range(1, len(WORKSPACES) + 1), WORKSPACES)

reset_layout = Command[Window](
    name="reset-layout",
    text="Reset Workspace",
    menu="Window",
    order=18,
    tip="Put every panel of this workspace back in its place",
    run=lambda window: window.workspaces.reset(),
)

panels = Command[Window](
    name="panels",
    text="Panels",
    menu="Window",
    order=20,
    tip="Show or hide a panel",
    choices=panel_choices,
)

hide_panels = Command[Window](
    name="hide-panels",
    text="Hide Panels",
    menu="Window",
    order=21,
    tip="Leave only the viewport and the timeline",
    shortcuts=("Tab",),
    on_canvas=True,
    run=lambda window: window.workspaces.toggle_panels(),
)

maximise = Command[Window](
    name="maximise",
    text="Maximise Viewport",
    menu="Window",
    order=22,
    tip="Leave only the viewport",
    shortcuts=("Ctrl+Space",),
    run=lambda window: window.workspaces.toggle_panels(timeline=True),
)

full_screen = Command[Window](
    name="full-screen",
    text="Full Screen",
    menu="Window",
    order=23,
    tip="Fill the screen",
    shortcuts=("F11",),
    checked=lambda window: window.isFullScreen(),
    run=toggle_full_screen,
)

next_part = Command[Window](
    name="next-part",
    text="Next Part of the Window",
    menu="Window",
    order=24,
    tip="Take the keyboard to the next panel, the timeline or the viewport",
    shortcuts=("F6",),
    run=lambda window: window.go_to_area(1),
)

previous_part = Command[Window](
    name="previous-part",
    text="Previous Part of the Window",
    menu="Window",
    order=25,
    tip="Take the keyboard to the panel before, the timeline or the viewport",
    shortcuts=("Shift+F6",),
    run=lambda window: window.go_to_area(-1),
)

preferences = Command[Window](
    name="preferences",
    text="Preferences…",
    menu="Edit",
    order=90,
    tip="Choose colours, size, mouse, keys and how work is kept safe",
    shortcuts=("Ctrl+,",),
    icon="settings",
    run=partial(show_sheet, page=PreferencePage),
)

shortcuts = Command[Window](
    name="shortcuts",
    text="Shortcuts…",
    menu="Edit",
    order=91,
    tip="See and change the keys of every command",
    run=partial(show_sheet, page=ShortcutPage),
)
