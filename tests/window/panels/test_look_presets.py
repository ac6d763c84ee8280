"""Looks to begin with, by the mouse."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from revanim.draw.dress.preset import look_presets, wears
from revanim.window.sections.look_presets import LookPresets
from revanim.window.window import Window


def is_painted(button: QToolButton) -> bool:
    """Tell whether there is a picture in the place of the blank."""
    image = button.icon().pixmap(button.iconSize()).toImage()
    return image.pixelColor(image.rect().center()).alpha() == 255


def test_a_click_dresses_the_scene_in_one_step_that_can_be_undone(qtbot: QtBot, window: Window) -> None:
    session = window.studio.session
    before, presets = session.scene.look, window.bring("look").widget().findChild(LookPresets)
    assert isinstance(presets, LookPresets)
    for name, preset in look_presets().items():
        button = presets.buttons[name]
        qtbot.waitUntil(lambda button=button: is_painted(button))
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert wears(session.scene.look, preset)
        assert [other for other, each in presets.buttons.items() if each.isChecked()] == [name]
    for _ in look_presets():
        session.history.undo()
    assert session.scene.look == before


def test_an_empty_scene_wears_what_the_person_prefers(window: Window) -> None:
    window.file_dialogs.open_empty()
    assert wears(window.studio.session.scene.look, look_presets()["studio"])
