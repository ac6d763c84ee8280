from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.window.frame.rebuild import switch_language
from revanim.window.window import Window


def test_the_welcome_page_shows_every_example_and_all_of_them_move(qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(lambda: not window.viewport.image.isNull())
    window.welcome.show()
    assert sorted(window.welcome.cards) == ra.examples()
    painted: set[str] = set()  # by the reel: what a card shows first is the picture in the file
    window.welcome._reel.painted.connect(lambda name, _: painted.add(name))
    qtbot.waitUntil(lambda: len(painted) == len(window.welcome.cards))
    before = {name: card.image.copy() for name, card in window.welcome.cards.items()}
    qtbot.waitUntil(lambda: all(card.image != before[name] for name, card in window.welcome.cards.items()))


def test_the_cards_rest_until_the_picture_behind_them_is_there(qtbot: QtBot, scene: ra.Scene) -> None:
    window = Window(scene)
    qtbot.addWidget(window)
    window.show()
    window.welcome.show()
    assert window.viewport.image.isNull()
    assert window.welcome._reel is None
    qtbot.waitUntil(lambda: not window.viewport.image.isNull())
    assert window.welcome._reel is not None
    window.leave()


def test_a_click_on_a_card_opens_the_scene(qtbot: QtBot, window: Window) -> None:
    window.welcome.show()
    QTest.mouseClick(window.welcome.cards["ring"], Qt.MouseButton.LeftButton)
    assert window.studio.session.scene.name == ra.example("ring").name
    assert not window.welcome.isVisible()


def test_a_card_shows_the_picture_in_the_file_before_its_scene_moves(window: Window) -> None:
    window.welcome.show()
    assert not any(card.image.isNull() for card in window.welcome.cards.values())


def test_the_last_card_begins_with_nothing(window: Window) -> None:
    window.welcome.show()
    QTest.mouseClick(window.welcome.blank, Qt.MouseButton.LeftButton)
    assert window.studio.session.scene.bodies.count == 0
    assert not window.welcome.isVisible()


def test_nothing_walks_behind_a_page_that_is_gone(qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(lambda: not window.viewport.image.isNull())
    window.welcome.show()
    assert window.welcome._reel is not None
    QTest.keyClick(window.welcome, Qt.Key.Key_Escape)
    assert not window.welcome.isVisible()
    assert window.welcome._reel is None
    QApplication.processEvents()


def test_the_page_covers_the_viewport_as_it_grows(window: Window) -> None:
    window.welcome.show()
    window.resize(1300, 800)
    QApplication.processEvents()
    assert window.welcome.size() == window.viewport.size()
    row = [card for card in window.welcome.cards.values() if card.y() == window.welcome.cards[ra.examples()[0]].y()]
    assert len(row) > 1


def test_nothing_of_the_page_is_cut_off_where_there_is_little_room(qtbot: QtBot, window: Window) -> None:
    switch_language(window, "de")
    window.resize(900, 600)
    window.welcome.show()
    area = window.welcome.findChild(QScrollArea)
    qtbot.waitUntil(lambda: window.welcome.width() == window.viewport.width() < 640)
    qtbot.waitUntil(lambda: area.widget().width() <= area.viewport().width())
    switch_language(window, "en")
