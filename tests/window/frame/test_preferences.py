"""What a person chooses once: it takes effect, it is kept, and nonsense in the store does no harm."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.draw.look import DARK, LIGHT
from revanim.session.files.settings import settings
from revanim.window.frame.sheets.preferences import PreferencePage
from revanim.window.kit.theme import dress, theme
from revanim.window.preference import Preference, preferences, value_of
from revanim.window.welcome.reel import Reel
from revanim.window.window import Window

Key, Modifier, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton
BOX = QPoint(8, 10)  # on a check box


@pytest.fixture
def sheet(qapp: QApplication, window: Window):
    QTest.keyClick(window.viewport, Key.Key_Comma, Modifier.ControlModifier)
    yield window.findChild(PreferencePage)
    dress(qapp)


def pick(box: QComboBox, text: str) -> None:
    """Choose a line of a box with the keyboard."""
    box.setFocus()
    box.showPopup()
    QTest.keyClicks(box.view(), text)
    QTest.keyClick(box.view(), Key.Key_Return)


@pytest.mark.parametrize("preference", preferences().values(), ids=lambda preference: preference.name)
def test_every_preference_says_what_it_does(preference: Preference) -> None:
    assert preference.text
    assert preference.tip
    assert not preference.tip.endswith(".")
    assert isinstance(preference.default, bool) or preference.value in preference.named


@pytest.mark.parametrize("preference", preferences().values(), ids=lambda preference: preference.name)
@pytest.mark.parametrize("stored", ["", "nonsense", "-1", "1e9", None, b"\x00"])
def test_nonsense_in_the_store_is_the_default(qapp: QApplication, preference: Preference, stored: object) -> None:
    settings().setValue(preference.name, stored)
    value = preference.value
    assert type(value) is type(preference.default)
    assert isinstance(value, bool) or value in preference.named


def test_the_sheet_stops_nothing(qtbot: QtBot, sheet: PreferencePage, window: Window) -> None:
    assert sheet.isVisible()
    assert not sheet.isWindow()
    window.viewport.setFocus()
    QTest.keyClick(window.viewport, Key.Key_Space)
    assert window.studio.playback.direction == 1
    assert sheet.isVisible()


def test_escape_puts_the_sheet_away_and_gives_the_keyboard_back(sheet: PreferencePage, window: Window) -> None:
    QTest.keyClick(sheet.search, Key.Key_Escape)
    assert not sheet.isVisible()
    assert QApplication.focusWidget() is window.viewport


def test_the_theme_changes_as_it_is_chosen_and_is_kept(sheet: PreferencePage, window: Window) -> None:
    pick(sheet.lines["theme"].control, "Light")
    assert theme.tokens is LIGHT
    assert value_of("theme") == "light"
    QTest.mouseClick(sheet.lines["theme"].back, Button.LeftButton)
    assert theme.tokens is DARK
    assert not sheet.lines["theme"].back.isVisible()


def test_a_window_comes_up_in_the_colours_that_were_chosen(qtbot: QtBot, qapp: QApplication, scene: ra.Scene) -> None:
    settings().setValue("theme", "light")
    window = Window(scene)
    qtbot.addWidget(window)
    assert theme.tokens is LIGHT
    dress(qapp)


def test_the_mouse_follows_the_tool_one_comes_from(sheet: PreferencePage, window: Window) -> None:
    pick(sheet.lines["mouse"].control, "Maya")
    assert window.viewport.canvas.mouse_scheme == "maya"
    assert "Alt-drag" in window.status.hint.text()


def test_every_frame_is_a_default_of_the_playback(sheet: PreferencePage, window: Window) -> None:
    box = sheet.lines["every-frame"].control
    assert isinstance(box, QCheckBox)
    box.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(box, Key.Key_Space)
    assert window.studio.playback.every_frame


def test_a_program_that_starts_takes_the_scale(qapp: QApplication) -> None:
    settings().setValue("scale", "150")
    settings().sync()
    question = (
        "import sys; from revanim.launch.application import application_of; "
        "print(application_of(['revanim']).primaryScreen().devicePixelRatio())"
    )
    said = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True).stdout
    assert float(said) == 1.5


def test_changes_are_written_aside_as_often_as_one_likes(sheet: PreferencePage, window: Window) -> None:
    pick(sheet.lines["autosave"].control, "5 minutes")
    assert window.studio.recovery._timer.interval() == 300_000


def test_a_word_finds_a_preference(sheet: PreferencePage) -> None:
    QTest.keyClicks(sheet.search, "fades")
    assert [name for name, line in sheet.lines.items() if line.isVisible()] == ["reduced-motion"]
    sheet.search.clear()
    QTest.keyClicks(sheet.search, "xyzzy")
    assert not any(line.isVisible() for line in sheet.lines.values())
    assert sheet.nothing.isVisible()
    sheet.search.clear()
    assert all(line.isVisible() for line in sheet.lines.values())


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """Grow by one whenever the thread behind the gallery has gone round its scenes."""
    rounds, turn = list[None](), Reel._turn
    monkeypatch.setattr(Reel, "_turn", lambda reel, films: (turn(reel, films), rounds.append(None)))
    return rounds


def test_nothing_moves_by_itself_with_reduced_motion(
    qtbot: QtBot, sheet: PreferencePage, window: Window, rounds: list[None]
) -> None:
    QTest.mouseClick(sheet.lines["reduced-motion"].control, Button.LeftButton, pos=BOX)
    assert value_of("reduced-motion") is True
    window.studio.session.failed.emit("A sentence.")
    assert window.toast._fade.state() == window.toast._fade.State.Stopped
    assert window.toast.graphicsEffect().opacity() == 1.0
    window.welcome.show()
    cards = window.welcome.cards.values()
    qtbot.waitUntil(lambda: not any(card.image.isNull() for card in cards))
    before, passed = [card.image.copy() for card in cards], len(rounds)
    qtbot.waitUntil(lambda: len(rounds) > passed + 3)
    assert [card.image for card in cards] == before
