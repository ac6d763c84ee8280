"""The palette, the keys, the log, About and the tour."""

import logging
import re

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QtMsgType
from PySide6.QtGui import QGuiApplication, QStatusTipEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.launch.start import guide
from revanim.session.files import log as logs
from revanim.session.files import settings
from revanim.window.cards.source_card import open_card
from revanim.window.command import always, commands
from revanim.window.frame.palette import CommandPalette
from revanim.window.frame.sheet import Sheet
from revanim.window.frame.sheets.about import BUNDLED, AboutPage
from revanim.window.frame.sheets.keys import KeyPage
from revanim.window.frame.sheets.log import LogPage
from revanim.window.frame.sheets.sources import SOURCES
from revanim.window.frame.tour import Tour, start_tour_once
from revanim.window.window import Window

Key, Modifier, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton


def palette_of(window: Window, keys: str = "") -> CommandPalette:
    """Open the palette and type."""
    QTest.keyClick(window.viewport, Key.Key_P, Modifier.ControlModifier | Modifier.ShiftModifier)
    palette = window.findChildren(CommandPalette)[-1]
    QTest.keyClicks(palette.line, keys)
    return palette


def test_the_palette_lists_every_command_with_its_menu_and_keys(window: Window) -> None:
    palette = palette_of(window)
    found = {entry.name: entry for entry in palette.found}
    plain = {name for name, command in commands().items() if not command.choices}
    assert plain <= found.keys()
    assert found["undo"].menu == "Edit"
    assert found["undo"].keys == "Ctrl+Z"
    assert any(entry.text == "Gallery: Pendulum" for entry in palette.found)
    palette.close()


def test_the_palette_says_why_a_command_cannot_be_done_and_stays(window: Window) -> None:
    palette = palette_of(window, "redo")
    assert palette.found[0].why == commands()["redo"].needs
    assert palette.foot.text() == commands()["redo"].needs
    QTest.keyClick(palette.line, Key.Key_Return)
    assert palette.isVisible()
    palette.close()


def test_every_command_that_is_not_always_possible_says_what_it_needs() -> None:
    silent = [name for name, command in commands().items() if command.enabled is not always and not command.needs]
    assert not silent


def test_the_palette_remembers_what_was_found_last(window: Window) -> None:
    QTest.keyClick(palette_of(window, "last frame").line, Key.Key_Return)
    assert window.studio.session.frame == 60
    palette = palette_of(window)
    assert palette.found[0].name == "last-frame"
    palette.close()


def test_words_in_any_order_find_a_command_and_nonsense_finds_none(window: Window) -> None:
    palette = palette_of(window, "frame last")
    assert palette.found[0].name == "last-frame"
    palette.line.clear()
    QTest.keyClicks(palette.line, "xyzzy")
    assert palette.found == []
    assert palette.foot.text() == "There is no command of that name."
    QTest.keyClick(palette.line, Key.Key_Down)
    QTest.keyClick(palette.line, Key.Key_Return)
    assert not window.findChildren(CommandPalette) or not palette.isVisible()


def test_a_scene_of_the_gallery_is_found_by_its_name(qtbot: QtBot, window: Window) -> None:
    QTest.keyClick(palette_of(window, "gallery spring").line, Key.Key_Return)
    assert window.studio.session.scene.name == ra.example("spring").name


def test_f1_shows_all_keys_and_finds_them(window: Window) -> None:
    QTest.keyClick(window.viewport, Key.Key_F1)
    sheet = window.findChild(KeyPage)
    texts = [text.text() for text in sheet.findChildren(QLabel)]
    assert "Undo" in texts
    assert "Ctrl+Z" in texts
    assert any("orbit" in text.lower() for text in texts)
    QTest.keyClicks(sheet.search, "undo")
    lines = [text.text() for text in sheet.findChildren(QLabel) if text.isVisible()]
    assert "Undo" in lines
    assert "Play" not in lines
    QTest.keyClick(window.viewport, Key.Key_F1)
    assert not any(each.isVisible() for each in window.findChildren(Sheet))


def test_about_names_the_science_and_a_licence_for_all_that_is_bundled(window: Window) -> None:
    window.actions_by_name["about"].trigger()
    text = " ".join(each.text() for each in window.findChild(AboutPage).findChildren(QLabel))
    for word in ("Stam", "JANUS", "Verlet", "Suzuki", "DE 421", "SIL Open Font License", "LGPL", "x264", "GPL 2"):
        assert word in text
    assert all(licence for _, licence, _ in BUNDLED)
    assert len({name for name, _, _ in BUNDLED}) == len(BUNDLED)
    assert "not installed" not in text


def test_about_knows_everybody_whom_a_scheme_names() -> None:
    known = " ".join(source.authors for sources in SOURCES.values() for source in sources)
    first = {scheme.source.split()[0].rstrip(",") for scheme in ra.schemes()}
    assert {"Kahan", "Blanes", "Suzuki"} <= first
    assert not {name for name in first if name not in known}
    addresses = [source.address for sources in SOURCES.values() for source in sources if source.address]
    assert all(address.startswith("http") for address in addresses)
    assert len(set(addresses)) == len(addresses)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("could not open /home/anna/My Films/x.revanim.", "could not open …/x.revanim."),
        (r"C:\Users\Anna B\Desktop\a.revanim is gone", "…/a.revanim is gone"),
        ('File "/home/anna/v/lib/site-packages/numpy/core.py", line 3', 'File "…/site-packages/numpy/core.py", line 3'),
        ("3/4 of 1/2 and/or", "3/4 of 1/2 and/or"),
        ("no path at all", "no path at all"),
    ],
)
def test_a_report_has_no_private_folders(written: str, left: str) -> None:
    assert logs.without_paths(written) == left


def test_the_report_holds_versions_the_machine_and_the_last_lines(qtbot: QtBot, window: Window, tmp_path) -> None:
    logs.begin_log()
    try:
        window.studio.session.failed.emit(f"There is no file {tmp_path}/secret place/film.revanim.")
        logging.getLogger("revanim").error("the end of the log")
        window.actions_by_name["copy-report"].trigger()
        text = QGuiApplication.clipboard().text()
        assert re.search(r"^revanim: \d", text, re.MULTILINE)
        assert re.search(r"^Processor: .+, \d+ threads$", text, re.MULTILINE)
        assert "numpy: " in text
        assert "film.revanim" in text
        assert "secret place" not in text
        assert str(tmp_path) not in text
        assert text.rstrip().endswith("the end of the log")
        window.actions_by_name["log"].trigger()
        assert "the end of the log" in window.findChild(LogPage).text.toPlainText()
        assert logs.log_file().is_file()
        assert tmp_path in logs.log_file().parents
    finally:
        logs.end_log()


def test_what_qt_says_is_in_the_log(qapp: QApplication) -> None:
    logs.begin_log()
    try:
        logs._hear_qt(QtMsgType.QtWarningMsg, None, "a word of Qt")
        assert "Qt: a word of Qt" in logs.last_lines()[-1]
    finally:
        logs.end_log()


def test_there_is_a_report_where_the_log_cannot_be_written(window: Window, tmp_path, monkeypatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    logs.begin_log()
    try:
        window.actions_by_name["copy-report"].trigger()
        assert "revanim: " in QGuiApplication.clipboard().text()
    finally:
        logs.end_log()


# The tour


def test_the_tour_comes_once_when_there_is_a_scene_to_take_it_in(window: Window) -> None:
    window.welcome.show()
    guide(window)
    assert window.findChild(Tour) is None
    QTest.keyClick(window.welcome, Key.Key_Escape)
    tour = window.findChild(Tour)
    assert tour.isVisible()
    assert not tour.isWindow()
    QTest.mouseClick(tour.skip, Button.LeftButton)
    assert not tour.isVisible()
    QApplication.processEvents()
    start_tour_once(window)
    assert not any(each.isVisible() for each in window.findChildren(Tour))
    assert settings.remembered("tour")


def test_the_tour_sees_what_is_done_and_ends_after_three_steps(qtbot: QtBot, window: Window, hand, ruler_x) -> None:
    window.actions_by_name["tour"].trigger()
    tour = window.findChild(Tour)
    assert tour.step.title == "Scrub"
    window.studio.playback.play(1)
    qtbot.waitUntil(lambda: window.studio.session.frame != 20)
    assert "✓" not in tour._count.text()
    window.studio.playback.stop()
    hand.drag(window.timeline.ruler, [ruler_x(20), ruler_x(30)])
    assert "✓" in tour._count.text()
    QTest.mouseClick(tour.next, Button.LeftButton)
    assert tour.step.title == "Edit"
    assert "✓" not in tour._count.text()
    QTest.keyClick(window.viewport, Key.Key_A, Modifier.ControlModifier)
    assert "✓" in tour._count.text()
    QTest.mouseClick(tour.next, Button.LeftButton)
    assert tour.step.title == "Solve"
    assert tour.next.text() == "Done"
    QTest.mouseClick(tour.next, Button.LeftButton)
    assert not tour.isVisible()


def test_the_tour_has_room_for_all_its_lines(window: Window) -> None:
    window.actions_by_name["tour"].trigger()
    tour = window.findChild(Tour)
    for number in range(3):
        QApplication.processEvents()
        text = tour._text
        assert text.height() >= text.heightForWidth(text.width()), number
        tour.go_on()


def test_the_tour_stays_inside_the_window_and_off_the_ruler(window: Window) -> None:
    window.actions_by_name["tour"].trigger()
    tour = window.findChild(Tour)
    for size in ((1280, 720), (1440, 900)):
        window.resize(*size)
        QApplication.processEvents()
        assert window.rect().contains(tour.geometry())
        ruler = window.timeline.ruler
        assert not tour.geometry().contains(ruler.mapTo(window, QPoint(ruler.width() // 2, 2)))


# The line at the foot


def test_the_line_at_the_foot_says_what_the_mouse_does_where_it_is(window: Window) -> None:
    ruler, hint = window.timeline.ruler, window.status.hint
    usual = hint.text()
    assert "orbit" in usual
    QApplication.sendEvent(ruler, QEvent(QEvent.Type.Enter))
    assert "scrub" in hint.text()
    window.studio.session.hinted.emit("A tool asks for something.")
    assert hint.text() == "A tool asks for something."
    window.studio.session.hinted.emit("")
    QApplication.sendEvent(ruler, QEvent(QEvent.Type.Leave))
    assert hint.text() == usual


def test_an_entry_of_a_menu_is_explained_at_the_foot(window: Window) -> None:
    hint = window.status.hint
    usual = hint.text()
    QApplication.sendEvent(window.menuBar(), QStatusTipEvent("What the entry does."))
    assert hint.text() == "What the entry does."
    QApplication.sendEvent(window.menuBar(), QStatusTipEvent(""))
    assert hint.text() == usual


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("gravity", "force/uniform"),
        ("floor", "force/wall"),
        ("bounce", "force/wall"),
        ("rope", "Add Bodies/chain"),
        ("render", "playblast"),
        ("film", "export/mp4"),
        ("language", "preferences/language"),
        ("color by speed", "color-by/Speed"),
        ("colour by speed", "color-by/Speed"),
    ],
)
def test_the_palette_finds_what_can_be_added_written_or_set_by_other_words(
    window: Window, typed: str, found: str
) -> None:
    palette = palette_of(window, typed)
    assert found in [entry.name for entry in palette.found]
    palette.close()


def test_what_the_palette_finds_is_added_and_set(qtbot: QtBot, window: Window) -> None:
    QTest.keyClick(palette_of(window, "gravity down").line, Key.Key_Return)
    assert window.studio.session.scene.forces[-1].kind == "uniform"
    QTest.keyClick(palette_of(window, "box cloud").line, Key.Key_Return)
    assert open_card(window.viewport).chosen.name == "box_cloud"
    QTest.keyClick(palette_of(window, "reduced motion").line, Key.Key_Return)
    sheet = window.findChildren(Sheet)[-1]
    shown = {name for name, line in sheet.page.lines.items() if line.isVisible()}
    assert "reduced-motion" in shown
    assert "theme" not in shown
