"""Every command is run in the real window, and whoever reads the window aloud hears what each part is."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.scene.gallery import sketch
from revanim.window.command import commands
from revanim.window.frame.banner import Banner
from revanim.window.frame.question import Question
from revanim.window.frame.search.palette import CommandPalette
from revanim.window.frame.sheet import Sheet
from revanim.window.frame.tour import Tour
from revanim.window.kit.fields.form import Choice
from revanim.window.kit.theme import dress
from revanim.window.panel import panels_in_order
from revanim.window.welcome.card import Card
from revanim.window.window import Window

PLAIN = [command for command in commands().values() if not command.choices]
SUBMENUS = [command for command in commands().values() if command.choices]


def small_galaxies() -> ra.Scene:
    """Return the galaxies with a few of their bodies."""
    scene = ra.example("galaxy-collision")
    return ra.edits.only(scene, np.arange(0, scene.bodies.count, 20))


KINDS = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox, QAbstractItemView)  # that one presses or fills in
ROW = 12  # pixels: what is no more above another than this stands beside it
SCENES = {
    "empty": lambda: ra.make_scene([], [], []),
    "pendulum": lambda: ra.example("pendulum-pose"),
    "galaxies": small_galaxies,
}


@pytest.fixture(params=SCENES)
def opened(request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication) -> Iterator[Window]:
    """A window on one of three scenes, with nothing selected."""
    dress(qapp)
    window = Window(SCENES[request.param]())
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    yield window
    put_away(window)
    dress(qapp)


def put_away(window: Window) -> None:
    """Close what a command has opened."""
    window.studio.solving.cancel()
    window.studio.playback.stop()
    for opened in window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if isinstance(opened, QDialog | Sheet | Tour | CommandPalette):
            opened.close()
    window.welcome.hide()
    window.studio.session.history.setClean()


def test_every_command_runs_with_nothing_selected_and_with_everything(qtbot: QtBot, opened: Window) -> None:
    window, count = opened, opened.studio.session.scene.bodies.count
    nothing, everything = np.zeros(count, np.bool_), np.ones(count, np.bool_)
    few = 0 < count < 10  # they tell all that nothing selected can, in a tenth of the time
    for selected in (nothing, everything) if few else (everything,):
        scene = window.studio.session.scene
        for command in PLAIN:
            if command.name == "quit":
                continue
            if selected.size == window.studio.session.scene.bodies.count:
                window.studio.session.select(selected)
            window.actions_by_name[command.name].trigger()
            QApplication.processEvents()
            put_away(window)
            if window.isFullScreen():
                window.showNormal()
        window.studio.session.open(scene)
        qtbot.waitUntil(lambda: window.studio.session.arrived)


def test_every_line_of_every_submenu_runs(qtbot: QtBot, opened: Window) -> None:
    for command in SUBMENUS:
        if command.name == "gallery":
            continue  # every example is opened by a test of its own
        for text in [choice.text for choice in command.choices(opened)]:
            for choice in command.choices(opened):  # made anew, as a menu does when it opens
                if choice.text == text:
                    choice.run()
            QApplication.processEvents()
            put_away(opened)


def test_quit_closes_the_window(opened: Window) -> None:
    opened.actions_by_name["quit"].trigger()
    assert not opened.isVisible()


def test_every_example_opens_from_the_menu(qtbot: QtBot, window: Window) -> None:
    for name in ra.examples():
        choices = commands()["gallery"].choices(window)
        choices[ra.examples().index(name)].run()
        qtbot.waitUntil(lambda name=name: window.studio.session.scene.name == sketch(name).name)
        qtbot.waitUntil(lambda: window.studio.session.shot is not None)


# What is read aloud, and where Tab leads


def spoken(widget: QWidget) -> str:
    """Return the name that a screen reader says."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface else ""


def parts(window: Window) -> Iterator[QWidget]:
    """Yield everything in the window that one can press, choose or type into, with each sheet open in turn."""
    for name in ("preferences", "shortcuts", "keys", "log", "about", "tour"):
        window.actions_by_name[name].trigger()
        QApplication.processEvents()
        yield from (each for each in window.findChildren(QWidget) if isinstance(each, KINDS) and ours(each))


def ours(widget: QWidget) -> bool:
    """Tell whether a widget is a part that was laid out here, and not one that Qt makes for its own ends."""
    parents = QComboBox | QAbstractSpinBox | QLineEdit | QTabBar
    made_by_qt = widget.objectName().startswith("qt_") or isinstance(widget.parent(), parents)
    inside = widget.parent() is not None and "QComboBoxPrivateContainer" in type(widget.parent()).__name__
    view = isinstance(widget, QAbstractItemView) and widget.window() is not widget and widget.isHidden()
    return not (made_by_qt or inside or view or widget.metaObject().className() in ("CloseButton", "QComboBoxListView"))


def test_every_part_of_the_window_has_a_name_to_be_read_aloud(window: Window) -> None:
    silent = {
        f"{type(each).__name__} {each.objectName()!r} in {owner(each)}" for each in parts(window) if not spoken(each)
    }
    assert not silent, "\n" + "\n".join(sorted(silent))


def test_every_button_says_what_it_does_when_pointed_at(window: Window) -> None:
    buttons = {each for each in parts(window) if isinstance(each, QAbstractButton)}
    silent = {f"{type(each).__name__} {spoken(each)!r} in {owner(each)}" for each in buttons if not each.toolTip()}
    assert not silent, "\n" + "\n".join(sorted(silent))


def owner(widget: QWidget) -> str:
    """Return the kind of widget around it that has a name of ours."""
    around = widget.parentWidget()
    while around is not None and not type(around).__module__.startswith("revanim"):
        around = around.parentWidget()
    return type(around).__name__


@pytest.mark.parametrize("name", [panel.name for panel in panels_in_order()])
def test_tab_walks_down_a_panel_from_one_end_to_the_other(window: Window, name: str) -> None:
    window.resize(1440, 1600)
    window.studio.session.select(np.ones(5, np.bool_))
    panel = window.bring(name).widget()
    QApplication.processEvents()
    places = [each for each in panel.findChildren(QWidget) if reached(each)]
    if not places:
        return
    places[0].setFocus()
    walked = [QApplication.focusWidget()]
    while (following := step_on(window)) not in walked:
        walked.append(following)
    here = [walked.index(each) for each in places]
    assert sorted(here) == list(range(len(places)))  # all of them, and nothing between
    heights = [each.mapTo(panel, each.rect().center()).y() for each in walked[: len(places)]]
    assert all(after > before - ROW for before, after in pairwise(heights))


def step_on(window: Window) -> QWidget | None:
    """Press Tab, and return where that leads."""
    window.focusNextChild()
    return QApplication.focusWidget()


def reached(widget: QWidget) -> bool:
    """Whether Tab comes to a widget that can be seen."""
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy and widget.isEnabled() and not widget.visibleRegion().isEmpty())


# Pages that lie over the picture


def test_every_part_of_a_page_over_the_picture_has_a_name_to_be_read_aloud(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    ra.save(window.studio.session.scene, tmp_path / "five.revanim")
    window.file_dialogs.open(tmp_path / "five.revanim")
    window.actions_by_name["add-bodies-from"].trigger()
    Question(window, "Save?", "There are changes.", [("Save", QApplication.processEvents)])
    Banner(window.notices, "There is lost work.", [("Recover", QApplication.processEvents)])
    window.find_command()
    window.welcome.show()
    qtbot.waitUntil(lambda: bool(window.welcome.recent) and window.welcome.recent[0].isVisible())
    named = [each for each in window.findChildren(QWidget) if isinstance(each, KINDS) and ours(each)]
    assert {Card, QPushButton, Choice} <= {type(each) for each in named}
    assert not {f"{type(each).__name__} in {owner(each)}" for each in named if not spoken(each)}
    for page in (*window.findChildren(Question), *window.findChildren(Banner), *window.findChildren(CommandPalette)):
        assert page.accessibleName() or page.windowTitle(), type(page).__name__
        page.close()
