"""Keys work where the person is: where the pointer has come to, or where the last click was; else in the picture."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from revanim.session.threads.runner import nothing
from revanim.window.cards.source_card import open_card
from revanim.window.frame.question import Question
from revanim.window.frame.sheet import Sheet
from revanim.window.kit.fields.number_field import NumberField
from revanim.window.kit.widgets import hand_back
from revanim.window.window import Window

Key, Modifier, Left = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton.LeftButton


def press(window: Window, key: Qt.Key, held: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
    """Press a key as the system tells of it: to the window, which hands it on."""
    QTest.keyClick(window.windowHandle(), key, held)


def point_at(widget: QWidget) -> None:
    """Move the pointer onto a widget, from another."""
    QTest.mouseMove(widget.window(), QPoint(1, 1))
    QTest.mouseMove(widget, widget.rect().center() + QPoint(5, 5))


@pytest.fixture
def tree(window: Window) -> QTreeView:
    """The outliner's tree, with the keyboard and a row."""
    found = window.bring("outliner").widget().findChild(QTreeView)
    found.setFocus()
    return found


def test_a_new_scene_hears_its_keys_at_once(qtbot: QtBot, window: Window) -> None:
    window.bring("outliner").widget().findChild(QTreeView).setFocus()
    press(window, Key.Key_N, Modifier.ControlModifier)
    qtbot.waitUntil(lambda: window.studio.session.scene.bodies.count == 0)
    press(window, Key.Key_A, Modifier.ShiftModifier)
    assert open_card(window.viewport) is not None


def test_the_welcome_page_leaves_the_keyboard_to_the_picture(window: Window) -> None:
    window.welcome.show()
    assert QApplication.focusWidget() is window.welcome
    press(window, Key.Key_Escape)
    assert QApplication.focusWidget() is window.viewport


def test_a_question_gives_the_keyboard_back_when_it_is_answered(qtbot: QtBot, window: Window) -> None:
    question = Question(window, "Title", "Text", [("Stay", nothing)], nothing)
    qtbot.waitUntil(question.isActiveWindow)
    QTest.keyClick(question, Key.Key_Escape)
    qtbot.waitUntil(window.isActiveWindow)


def test_keys_follow_the_pointer_from_a_list_into_the_picture(window: Window, tree: QTreeView) -> None:
    point_at(window.viewport)
    press(window, Key.Key_A, Modifier.ShiftModifier)
    assert open_card(window.viewport) is not None


def test_del_means_what_the_pointer_is_over(window: Window, tree: QTreeView) -> None:
    window.actions_by_name["select-all"].trigger()
    point_at(window.viewport)
    press(window, Key.Key_Delete)
    assert window.studio.session.scene.bodies.count == 0


def test_a_pointer_that_only_rests_takes_nothing_from_a_list(window: Window, tree: QTreeView) -> None:
    point_at(window.viewport)
    window.viewport.setFocus()
    tree.setFocus()
    press(window, Key.Key_A, Modifier.ShiftModifier)
    assert open_card(window.viewport) is None
    assert QApplication.focusWidget() is tree


def test_what_is_typed_stays_in_its_field_wherever_the_pointer_goes(window: Window) -> None:
    window.actions_by_name["select-all"].trigger()
    field = window.bring("properties").widget().bodies.findChild(NumberField, "mass")
    field.type_over("1")
    point_at(window.viewport)
    press(window, Key.Key_2)
    assert field.text() == "12"


def test_a_page_that_is_closed_by_its_button_gives_the_keyboard_back(window: Window) -> None:
    window.actions_by_name["preferences"].trigger()
    sheet = window.findChildren(Sheet)[-1]
    assert sheet.isAncestorOf(QApplication.focusWidget())
    sheet.close()
    assert QApplication.focusWidget() is window.viewport


def test_a_field_gives_the_keyboard_to_the_card_that_it_stands_on(window: Window) -> None:
    window.viewport.setFocus()
    press(window, Key.Key_A, Modifier.ShiftModifier)
    card = open_card(window.viewport)
    press(window, Key.Key_7)  # which begins the number of bodies
    field = card.options.findChild(NumberField, "count")
    assert field.text() == "7"
    hand_back(field)
    assert QApplication.focusWidget() is card
    press(window, Key.Key_Escape)
    assert open_card(window.viewport) is None


def test_a_key_that_comes_to_a_window_without_the_keyboard_is_heard_once(qtbot: QtBot, window: Window) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not window.isActiveWindow() and QApplication.focusWidget() is None)
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        QApplication.sendEvent(window, QKeyEvent(kind, Qt.Key.Key_F7, Qt.KeyboardModifier.NoModifier))
