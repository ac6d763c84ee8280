"""Workspaces and panels: they come as they were left, float, close and come back."""

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.session.files import settings
from revanim.window.frame.front_panels import is_in_front
from revanim.window.frame.workspaces import WORKSPACES, edition
from revanim.window.panel import panels_in_order
from revanim.window.window import Window

Key, Modifier, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton


def shown(window: Window) -> list[str]:
    """Return the names of the panels that are not closed."""
    return [dock.objectName() for dock in window.docks if not dock.isHidden()]


def test_a_workspace_names_panels_that_exist() -> None:
    names = {panel.name for panel in panels_in_order()}
    for workspace in WORKSPACES:
        assert set(workspace.panels or ()) <= names, workspace.name


def test_the_keys_one_to_seven_go_to_the_workspaces(window: Window) -> None:
    for number, workspace in enumerate(WORKSPACES, start=1):
        QTest.keyClick(window.viewport, Key(Key.Key_0 + number))
        assert window.workspaces.current is workspace
        names = workspace.panels if workspace.panels is not None else [dock.objectName() for dock in window.docks]
        assert set(shown(window)) == set(names)
        assert window.strip.isVisible() == workspace.strip
        assert window.actions_by_name[f"workspace-{workspace.name}"].isChecked()


def test_whoever_has_the_keyboard_keeps_it_as_panels_come_and_go(window: Window) -> None:
    ruler = window.timeline.ruler
    ruler.setFocus()
    for number in (2, 3, 6, 7, 1):
        QTest.keyClick(QApplication.focusWidget(), Key(Key.Key_0 + number))
        assert window.workspaces.current is WORKSPACES[number - 1]
        assert QApplication.focusWidget() is ruler
    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        assert QApplication.focusWidget() is ruler
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Space, Modifier.ControlModifier)
    assert not ruler.isVisible()
    assert QApplication.focusWidget() is window.viewport


def test_digits_in_a_field_are_digits(window: Window) -> None:
    field = window.timeline.transport.frame
    field.setFocus()
    QTest.keyClicks(field, "5")
    assert window.workspaces.current.name == "animate"


def test_the_bar_above_shows_and_changes_the_workspace(window: Window) -> None:
    buttons = {button.text(): button for button in window.workspace_bar.findChildren(QToolButton)}
    assert list(buttons) == [workspace.title for workspace in WORKSPACES]
    QTest.mouseClick(buttons["Review"], Button.LeftButton)
    assert shown(window) == []
    assert buttons["Review"].isChecked()
    assert not buttons["Animate"].isChecked()


def test_a_workspace_is_found_as_it_was_left(window: Window) -> None:
    QTest.keyClick(window.viewport, Key.Key_2)
    window.dock("history").close()
    QTest.keyClick(window.viewport, Key.Key_3)
    QTest.keyClick(window.viewport, Key.Key_2)
    assert "history" not in shown(window)
    window.actions_by_name["reset-layout"].trigger()
    assert "history" in shown(window)


def test_the_workspace_is_there_at_the_next_start(qtbot: QtBot, window: Window, scene: ra.Scene) -> None:
    QTest.keyClick(window.viewport, Key.Key_2)
    window.dock("properties").close()
    window.close()
    again = Window(scene)
    qtbot.addWidget(again)
    again.show()
    assert again.workspaces.current.name == "edit"
    assert "properties" not in shown(again)


@pytest.mark.parametrize("state", [QByteArray(b"nonsense"), "a word", 3])
def test_a_damaged_layout_is_the_one_it_came_with(qtbot: QtBot, qapp: QApplication, scene: ra.Scene, state) -> None:
    settings.settings().setValue("layouts/animate", state)
    settings.settings().setValue("workspace", "no such workspace")
    settings.settings().setValue("geometry", state)
    window = Window(scene)
    qtbot.addWidget(window)
    assert set(shown(window)) == set(WORKSPACES[0].panels or ())


def test_a_panel_has_one_title_its_own_or_that_of_the_tab(qtbot: QtBot, window: Window) -> None:
    properties = window.dock("properties")
    assert properties.titleBarWidget().objectName() != "title-bar"
    for name in ("keyframes", "takes"):
        window.dock(name).close()
    qtbot.waitUntil(lambda: properties.titleBarWidget().objectName() == "title-bar")
    assert properties.titleBarWidget().isVisible()


def test_panels_that_were_hidden_come_back_with_the_next_workspace_and_start(
    qtbot: QtBot, window: Window, scene: ra.Scene
) -> None:
    before = shown(window)
    QTest.keyClick(window.viewport, Key.Key_Tab)
    assert shown(window) == []
    QTest.keyClick(window.viewport, Key.Key_2)
    assert shown(window)
    QTest.keyClick(window.viewport, Key.Key_1)
    assert shown(window) == before
    QTest.keyClick(window.viewport, Key.Key_Tab)
    window.close()
    again = Window(scene)
    qtbot.addWidget(again)
    again.show()
    assert shown(again) == before


def test_f11_fills_the_screen_and_gives_it_back(window: Window) -> None:
    QTest.keyClick(window.viewport, Key.Key_F11)
    assert window.isFullScreen()
    QTest.keyClick(window.viewport, Key.Key_F11)
    assert not window.isFullScreen()


def test_what_a_posed_scene_brought_forward_steps_back_for_the_next_scene(qtbot: QtBot, window: Window) -> None:
    window.file_dialogs.open_example("pendulum-pose")
    qtbot.waitUntil(lambda: is_in_front(window.dock("solver")) and is_in_front(window.dock("keyframes")))
    window.file_dialogs.open_example("figure-eight")
    qtbot.waitUntil(lambda: is_in_front(window.dock("outliner")) and is_in_front(window.dock("properties")))


def test_a_layout_that_knows_other_panels_is_not_taken_up(window: Window) -> None:
    window.dock("properties").close()
    settings.remember_layout("edit", window.saveState(edition() - 1))
    window.workspaces.go(WORKSPACES[1])
    assert set(shown(window)) == set(WORKSPACES[1].panels)
    window.dock("takes").close()
    window.workspaces.go(WORKSPACES[0])
    window.workspaces.go(WORKSPACES[1])
    assert set(shown(window)) == set(WORKSPACES[1].panels) - {"takes"}
