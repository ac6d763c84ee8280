"""How large everything is: changed at once, with every window where it stood."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.sentence import Sentence
from revanim.window.frame import scale
from revanim.window.frame.scale import FACTOR, qt_scale, rescale
from revanim.window.frame.sheets.preferences import PreferencePage
from revanim.window.preference import preferences
from revanim.window.window import Window


@pytest.fixture(autouse=True)
def as_it_was(window: Window) -> Iterator[None]:
    """Leave the next test at 100 %."""
    yield
    rescale(window, 100)


def choose(qtbot: QtBot, window: Window, percent: int) -> None:
    """Choose a scale in the preferences."""
    if window.findChild(PreferencePage) is None:
        QTest.keyClick(window.viewport, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    box = window.findChild(PreferencePage).lines["scale"].control
    assert isinstance(box, QComboBox)
    box.setFocus()
    box.showPopup()
    view, line = box.view(), box.model().index(box.findText(f"{percent} %"), 0)
    QTest.mouseMove(view.viewport(), view.visualRect(line).center())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(line).center())
    qtbot.waitUntil(lambda: window.devicePixelRatioF() == percent / 100 and window.isVisible())


def test_all_is_larger_at_once_in_a_window_that_stands_where_it_stood(qtbot: QtBot, window: Window) -> None:
    window.setGeometry(40, 40, 720, 600)
    session, viewport = window.studio.session, window.viewport
    session.edit(Sentence("Rename"), ra.edits.rename(session.scene, "Changed"))
    wide = window.width()
    choose(qtbot, window, 125)
    assert preferences()["scale"].value == "125"
    assert window.geometry().topLeft().toTuple() == (32, 32)
    assert window.width() >= round(wide / 1.25)  # as far as what is in it leaves room
    qtbot.waitUntil(lambda: viewport.image.devicePixelRatio() == 1.25)
    assert window.viewport is viewport
    assert session.history.count() == 1
    (page,) = window.findChildren(PreferencePage)
    assert page.isVisible()
    assert window.focusWidget() is page.lines["scale"].control
    choose(qtbot, window, 100)
    assert window.geometry().topLeft().toTuple() == (40, 40)
    qtbot.waitUntil(lambda: viewport.image.devicePixelRatio() == 1.0)


def test_a_floating_panel_goes_along_and_a_hidden_one_stays_hidden(qtbot: QtBot, window: Window) -> None:
    dock = window.dock("energy")
    dock.setFloating(True)
    dock.setGeometry(300, 200, 400, 300)
    dock.show()
    window.dock("takes").hide()
    choose(qtbot, window, 150)
    assert dock.isFloating()
    assert dock.isVisible()
    assert dock.devicePixelRatioF() == 1.5
    assert dock.geometry().topLeft().toTuple() == (200, 133)
    assert window.dock("takes").isHidden()


def test_a_window_that_fills_the_screen_fills_it_still(qtbot: QtBot, window: Window) -> None:
    window.showMaximized()
    choose(qtbot, window, 125)
    assert window.isMaximized()
    window.showNormal()


def test_where_qt_cannot_it_says_so(qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scale, "qt_scale", lambda: None)
    preferences()["scale"].choose(window, "150")
    qtbot.waitUntil(window.toast.isVisible)
    assert "next start" in window.toast.text()
    assert window.devicePixelRatioF() == 1.0


def test_whoever_told_qt_otherwise_is_obeyed(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FACTOR, "1")
    rescale(window, 150)
    assert window.devicePixelRatioF() == 1.0


def test_this_build_of_qt_can() -> None:
    assert qt_scale() is not None
