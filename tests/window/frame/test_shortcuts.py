"""Keys: presets, what a person changes, and what never happens to them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.error import RevanimError
from revanim.sentence import Sentence
from revanim.session.files.settings import settings
from revanim.window.command import commands
from revanim.window.frame.sheets.shortcuts import ShortcutPage
from revanim.window.shortcuts import Shortcuts, plain, presets
from revanim.window.window import Window

Key, Modifier, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton


@pytest.fixture
def shortcuts(qapp: QApplication) -> Shortcuts:
    return Shortcuts(qapp)


@pytest.fixture
def sheet(window: Window) -> ShortcutPage:
    window.actions_by_name["shortcuts"].trigger()
    return window.findChild(ShortcutPage)


@pytest.mark.parametrize("preset", presets().values(), ids=lambda preset: preset.name)
def test_a_preset_names_commands_that_exist_and_no_key_twice(preset) -> None:
    assert preset.keys.keys() <= commands().keys()
    keys = [(plain(key), commands()[name].in_viewport) for name, own in preset.keys.items() for key in own]
    assert all(key for key, _ in keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("preset", presets())
def test_no_command_loses_all_its_keys_to_a_preset(shortcuts: Shortcuts, preset: str) -> None:
    shortcuts.follow(preset)
    lost = [name for name, command in commands().items() if command.shortcuts and not shortcuts.of(name)]
    assert not lost


@pytest.mark.parametrize("preset", presets())
def test_no_two_commands_have_the_same_key(shortcuts: Shortcuts, preset: str) -> None:
    shortcuts.follow(preset)
    keys = [(key, command.in_viewport) for name, command in commands().items() for key in shortcuts.of(name)]
    assert len(set(keys)) == len(keys)


def test_there_are_the_four_presets_people_come_from() -> None:
    assert [preset.title for preset in presets().values()] == ["Blender", "Maya", "NLE", "revanim"]


def test_the_default_preset_is_what_the_commands_say(shortcuts: Shortcuts) -> None:
    assert shortcuts.preset == "revanim"
    for name, command in commands().items():
        assert shortcuts.of(name) == tuple(map(plain, command.shortcuts))


def test_a_key_that_is_taken_is_refused_and_nothing_changes(shortcuts: Shortcuts) -> None:
    with pytest.raises(RevanimError, match=r"Ctrl\+Z is the key of “Undo”"):
        shortcuts.give("grid", "ctrl+z")
    assert shortcuts.of("undo") == ("Ctrl+Z",)
    assert shortcuts.of("grid") == tuple(map(plain, commands()["grid"].shortcuts))


def test_a_key_can_be_taken_and_everything_comes_back(shortcuts: Shortcuts) -> None:
    before = {name: shortcuts.of(name) for name in commands()}
    shortcuts.give("grid", "Ctrl+Z", take=True)
    assert "Ctrl+Z" in shortcuts.of("grid")
    assert shortcuts.of("undo") == ()
    shortcuts.reset()
    assert {name: shortcuts.of(name) for name in commands()} == before


def test_what_a_person_gave_is_there_at_the_next_start(shortcuts: Shortcuts) -> None:
    shortcuts.follow("maya")
    shortcuts.give("grid", "Ctrl+Alt+G")
    again = Shortcuts(QApplication.instance())
    assert again.preset == "maya"
    assert "Ctrl+Alt+G" in again.of("grid")


@pytest.mark.parametrize("stored", ["no json", "[1, 2]", '{"undo": 3}', '{"undo": null}', '{"gone": ["X"]}'])
def test_stored_keys_that_make_no_sense_are_forgotten(qapp: QApplication, stored: str) -> None:
    settings().setValue("keys/own", stored)
    settings().setValue("keys/preset", "no such preset")
    assert Shortcuts(QApplication.instance()).of("undo") == ("Ctrl+Z",)


def test_the_menus_and_tips_follow_at_once(window: Window) -> None:
    undo = window.actions_by_name["undo"]
    window.shortcuts.follow("maya")
    assert [key.toString() for key in undo.shortcuts()] == ["Z", "Ctrl+Z"]
    assert undo.toolTip() == "Take the last edit back (Z, Ctrl+Z)"
    window.studio.session.edit(Sentence("Rename"), ra.edits.rename(window.studio.session.scene, "Six"))
    QTest.keyClick(window.viewport, Key.Key_Z)
    assert window.studio.session.scene.name == "Five"


def test_a_press_in_the_editor_gives_the_chosen_command_a_key(sheet: ShortcutPage, window: Window) -> None:
    sheet.choose("grid")
    sheet.catch.setFocus()
    QTest.keyClick(sheet.catch, Key.Key_G, Modifier.ControlModifier | Modifier.AltModifier)
    assert "Ctrl+Alt+G" in window.shortcuts.of("grid")
    shown = window.studio.session.scene.look.grid
    sheet.close()
    QTest.keyClick(window.viewport, Key.Key_G, Modifier.ControlModifier | Modifier.AltModifier)
    assert window.studio.session.scene.look.grid != shown


def test_the_editor_names_both_commands_before_a_key_is_taken(sheet: ShortcutPage, window: Window) -> None:
    sheet.choose("grid")
    QTest.keyClick(sheet.catch, Key.Key_Space)
    assert "“Play”" in sheet.news.text()
    assert "“Grid”" in sheet.news.text()
    assert window.studio.playback.direction == 0
    assert window.shortcuts.of("play") == ("Space",)
    QTest.mouseClick(sheet.take, Button.LeftButton)
    assert "Space" in window.shortcuts.of("grid")
    assert window.shortcuts.of("play") == ()
    QTest.mouseClick(sheet.all_back, Button.LeftButton)
    assert window.shortcuts.of("play") == ("Space",)


def test_a_lone_shift_is_no_key_and_escape_closes(sheet: ShortcutPage, window: Window) -> None:
    sheet.choose("grid")
    before = window.shortcuts.of("grid")
    QTest.keyPress(sheet.catch, Key.Key_Shift)
    QTest.keyRelease(sheet.catch, Key.Key_Shift)
    assert window.shortcuts.of("grid") == before
    QTest.keyClick(sheet, Key.Key_Escape)
    assert not sheet.isVisible()


def test_the_editor_finds_by_name_and_by_key(sheet: ShortcutPage) -> None:
    QTest.keyClicks(sheet.search, "ctrl+z")
    shown = [name for name, item in sheet._items.items() if not item.isHidden()]
    assert "undo" in shown
    assert "grid" not in shown
    sheet.search.clear()
    QTest.keyClicks(sheet.search, "grid")
    assert not sheet._items["grid"].isHidden()


def test_single_letters_never_fire_while_a_text_field_has_the_focus(window: Window) -> None:
    field = window.timeline.transport.frame
    field.setFocus()
    scene = window.studio.session.scene
    for key in range(Key.Key_A, Key.Key_Z + 1):
        QTest.keyClick(field, Key(key))
        QTest.keyClick(field, Key(key), Modifier.ShiftModifier)
    for key in (Key.Key_Space, Key.Key_Delete, Key.Key_Home, Key.Key_1, Key.Key_Comma, Key.Key_BracketLeft):
        QTest.keyClick(field, key)
    assert window.studio.session.scene is scene
    assert window.studio.playback.direction == 0
    assert window.studio.session.frame == 20


@pytest.mark.parametrize("name", ["viewport", "ruler"])
def test_space_plays_in_the_viewport_and_on_the_timeline(window: Window, name: str) -> None:
    part = window.viewport if name == "viewport" else window.timeline.ruler
    part.setFocus()
    QTest.keyClick(part, Key.Key_Space)
    assert window.studio.playback.direction == 1


def test_a_click_on_a_button_leaves_space_to_the_playback_and_tab_gives_it_to_it(qtbot: QtBot, window: Window) -> None:
    window.viewport.setFocus()
    button = window.findChild(QPushButton, "verify")
    QTest.mouseClick(button, Button.LeftButton)
    assert QApplication.focusWidget() is window.viewport
    assert button.text() == "Stop"
    qtbot.waitUntil(lambda: button.text() != "Stop")
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Key.Key_Space)
    assert window.studio.playback.direction == 0
    assert button.text() == "Stop"
    qtbot.waitUntil(lambda: button.text() != "Stop")


def test_preferences_and_quit_have_keys_on_every_system() -> None:
    assert commands()["preferences"].shortcuts == ("Ctrl+,",)
    assert commands()["quit"].shortcuts == ("Ctrl+Q",)


def test_f6_goes_round_the_parts_of_the_window(qtbot: QtBot, window: Window) -> None:
    window.viewport.setFocus()
    seen = []
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert any(window.timeline.isAncestorOf(each) for each in seen)
    assert window.viewport in seen
    assert any(dock.isAncestorOf(each) for dock in window.docks for each in seen)
