import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.launch.start import fit_to_screen
from revanim.resources import resource
from revanim.sentence import Sentence
from revanim.window.command import MENUS, commands
from revanim.window.frame.search.palette import CommandPalette
from revanim.window.kit.icons import icon
from revanim.window.window import Window

Key = Qt.Key


@pytest.mark.parametrize("command", commands().values(), ids=lambda command: command.name)
def test_every_command_has_a_menu_a_tip_and_an_icon_that_exists(command) -> None:
    assert command.menu in MENUS
    assert command.tip
    assert not command.tip.endswith(".")
    for name in filter(None, (command.icon, command.icon_on)):
        assert resource("icons", f"{name}.svg").is_file()


def test_no_two_commands_have_the_same_keys_or_place() -> None:
    every = commands().values()
    keys = [(QKeySequence(key).toString(), command.in_viewport) for command in every for key in command.shortcuts]
    places = [(command.menu, command.order) for command in commands().values()]
    assert len(set(keys)) == len(keys)
    assert all(key for key, _ in keys)
    assert len(set(places)) == len(places)


def test_every_command_is_in_the_menu_bar(window: Window) -> None:
    menus = [action.menu() for action in window.menuBar().actions()]
    texts = {action.text() for menu in menus for action in menu.actions()}
    assert {command.text for command in commands().values()} <= texts


def test_what_cannot_be_done_is_grey(window: Window) -> None:
    assert not window.actions_by_name["undo"].isEnabled()
    window.studio.session.edit(Sentence("Rename"), ra.edits.rename(window.studio.session.scene, "Six"))
    assert window.actions_by_name["undo"].isEnabled()


def test_icons_are_one_colour_and_sixteen_pixels(qapp: QApplication) -> None:
    for path in resource("icons").glob("*.svg"):
        drawing = path.read_text()
        if 'stroke="currentColor"' in drawing:
            assert 'viewBox="0 0 16 16"' in drawing
            assert 'stroke-width="1.5"' in drawing
            assert not icon(path.stem).isNull()


def test_tab_hides_the_panels_in_the_viewport_only(window: Window) -> None:
    before = [dock.isHidden() for dock in window.docks]
    assert not all(before)
    window.viewport.setFocus()
    QTest.keyClick(window.viewport, Key.Key_Tab)
    assert all(dock.isHidden() for dock in window.docks)
    assert window.timeline.isVisible()
    QTest.keyClick(window.viewport, Key.Key_Tab)
    assert [dock.isHidden() for dock in window.docks] == before
    window.timeline.transport.frame.setFocus()
    QTest.keyClick(window.timeline.transport.frame, Key.Key_Tab)
    assert [dock.isHidden() for dock in window.docks] == before


def test_control_space_leaves_only_the_viewport(window: Window) -> None:
    QTest.keyClick(window.viewport, Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert not window.timeline.isVisible()
    assert window.studio.playback.direction == 0
    QTest.keyClick(window.viewport, Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert window.timeline.isVisible()


def test_a_panel_that_was_closed_comes_back_with_the_layout(window: Window) -> None:
    window.dock("outliner").close()
    window.actions_by_name["reset-layout"].trigger()
    assert not window.dock("outliner").isHidden()


def test_f3_finds_a_command_by_a_part_of_its_name(qtbot: QtBot, window: Window) -> None:
    QTest.keyClick(window.viewport, Key.Key_F3)
    palette = window.findChild(CommandPalette)
    QTest.keyClicks(palette.line, "last fr")
    QTest.keyClick(palette.line, Key.Key_Return)
    assert window.studio.session.frame == 60


def test_the_layout_is_remembered(qtbot: QtBot, window: Window, scene: ra.Scene) -> None:
    window.dock("solver").close()
    window.close()
    again = Window(scene)
    qtbot.addWidget(again)
    again.show()
    assert again.dock("solver").isHidden()
    assert not again.dock("outliner").isHidden()


def test_the_window_fits_a_small_screen(window: Window) -> None:
    assert window.minimumSizeHint().width() <= 1280
    assert window.minimumSizeHint().height() <= 720


def test_the_energy_panel_keeps_what_passes_and_goes_where_it_is_clicked(qtbot: QtBot, window: Window) -> None:
    panel = window.bring("energy").widget()
    for frame in (25, 30, 35):
        window.studio.session.show(frame)
        qtbot.waitUntil(lambda: window.studio.session.arrived)
    assert {20, 25, 30, 35} <= panel.conserved.keys()
    drift, *momentum = panel.conserved[30]
    assert abs(drift) < 1e-3
    assert momentum == pytest.approx(panel.conserved[20][1:], abs=1e-9)
    qtbot.waitUntil(lambda: panel._lines[0].value() == 35)
    plot = panel.plots["Momentum"]
    box = plot.getPlotItem().vb
    point = plot.mapFromScene(box.mapViewToScene(box.viewRect().center()))
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=point)
    qtbot.waitUntil(lambda: window.studio.session.frame == round(box.viewRect().center().x()))


def test_the_readings_begin_anew_when_the_motion_changes(qtbot: QtBot, window: Window) -> None:
    panel = window.bring("energy").widget()
    window.studio.session.show(30)
    qtbot.waitUntil(lambda: 30 in panel.conserved)
    window.studio.session.edit(Sentence("Faster"), ra.edits.set_timing(window.studio.session.scene, fps=48.0))
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    assert 20 not in panel.conserved


def test_a_window_that_is_larger_than_the_screen_becomes_smaller(window: Window) -> None:
    room = window.screen().availableGeometry().size()
    window.resize(room.width() + 500, room.height() + 500)
    fit_to_screen(window)
    assert window.width() == max(room.width(), window.minimumSizeHint().width())
    assert room.height() - 60 < window.height() < room.height()
