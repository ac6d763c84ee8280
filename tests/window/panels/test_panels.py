"""Every panel opens, floats, closes and comes back, and follows the scene wherever it is."""

import sys

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDockWidget, QWidget
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.sentence import Sentence
from revanim.session.studio import Studio
from revanim.window.command import commands
from revanim.window.panel import Dock, Panel, panels_in_order
from revanim.window.window import Window

PANELS = [panel.name for panel in panels_in_order()]


def painted(dock: QDockWidget) -> bool:
    """Tell whether something other than one colour is shown in a panel."""
    image = dock.widget().grab().toImage()
    colors = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    return len(colors) > 1


def choose(window: Window, title: str) -> None:
    """Choose a panel in the menu, which shows it or puts it away."""
    choices = commands()["panels"].choices
    assert choices is not None
    next(choice for choice in choices(window) if choice.text == title).run()
    QApplication.processEvents()


def test_a_panel_opens_floats_closes_and_comes_back(qtbot: QtBot, window: Window) -> None:
    for name in PANELS:
        dock = window.bring(name)
        QApplication.processEvents()
        assert not dock.visibleRegion().isEmpty()
        assert painted(dock)
        before = dock.widget().minimumSizeHint()
        dock.setFloating(True)
        qtbot.waitUntil(dock.isVisible)
        assert dock.isWindow()
        assert dock.width() >= before.width()
        assert dock.height() >= before.height()
        assert painted(dock)
        window.studio.session.select(np.ones(5, np.bool_))
        window.studio.session.edit(Sentence("Faster"), ra.edits.set_timing(window.studio.session.scene, fps=48.0))
        window.studio.session.history.undo()
        dock.close()
        assert dock.isHidden()
        window.studio.session.edit(Sentence("Rename"), ra.edits.rename(window.studio.session.scene, "Unseen"))
        choose(window, dock.windowTitle())
        assert not dock.isHidden()
        dock.setFloating(False)
        qtbot.waitUntil(lambda: not dock.isFloating())  # noqa: B023 - called at once
        assert dock.window() is window
        window.bring(name)
        QApplication.processEvents()
        choose(window, dock.windowTitle())
        assert dock.isHidden()
        window.actions_by_name["reset-layout"].trigger()
        assert not dock.isHidden() or name not in shown_at_first(window)


def test_a_panel_behind_another_is_brought_to_the_front(window: Window) -> None:
    hidden, front = window.bring("console"), window.bring("outliner")
    QApplication.processEvents()
    assert hidden.visibleRegion().isEmpty()
    choose(window, hidden.windowTitle())
    assert not hidden.visibleRegion().isEmpty()
    assert front.visibleRegion().isEmpty()


def shown_at_first(window: Window) -> set[str]:
    """Return the panels that the usual workspace shows."""
    return {dock.objectName() for dock in window.docks if not dock.isHidden()}


@pytest.mark.parametrize("name", PANELS)
def test_a_floating_panel_goes_with_its_window(qtbot: QtBot, new_window: Window, name: str) -> None:
    dock = new_window.bring(name)
    dock.setFloating(True)
    qtbot.waitUntil(dock.isVisible)
    new_window.close()
    assert not dock.isVisible()
    assert not [one for one in QApplication.topLevelWidgets() if one.isVisible()]


def test_the_buttons_of_its_title_float_dock_and_close_a_panel(qtbot: QtBot, window: Window) -> None:
    for name in PANELS:
        dock = window.dock(name)
        for other in window.docks:
            other.setVisible(other is dock)  # so that its title is not a tab
        QApplication.processEvents()
        for floats in (True, False):
            press(dock, "float")
            qtbot.waitUntil(lambda: dock.isFloating() is floats)  # noqa: B023 - called at once
        press(dock, "Close")
        assert dock.isHidden()


def press(dock: QDockWidget, word: str) -> None:
    """Press the button of a title whose tip has a word in it."""
    buttons = dock.titleBarWidget().findChildren(QAbstractButton)
    (button,) = (button for button in buttons if word in button.toolTip())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def built(window: Window) -> set[str]:
    """Return the panels that there are."""
    return {dock.objectName() for dock in window.docks if dock._content is not None}


def test_a_panel_that_was_never_looked_at_is_not_built(qtbot: QtBot, qapp: QApplication, scene: ra.Scene) -> None:
    window = Window(scene)
    qtbot.addWidget(window)
    assert not built(window)
    window.show()
    QApplication.processEvents()
    assert built(window) == {"outliner", "properties"}
    window.bring("energy")
    assert built(window) == {"outliner", "properties", "energy"}
    assert window.dock("takes").widget() is window.dock("takes").widget()  # who asks for one gets it
    assert built(window) == {"outliner", "properties", "energy", "takes"}
    window.leave()


def test_energy_that_passed_before_anybody_looked_is_seen(qtbot: QtBot, window: Window) -> None:
    for frame in (25, 30):
        window.studio.session.show(frame)
        qtbot.waitUntil(lambda: window.studio.session.arrived)
    assert "energy" not in built(window)
    panel = window.bring("energy").widget()
    qtbot.waitUntil(lambda: panel._lines[0].value() == 30)
    frames, drift = panel._curves["drift"].getData()
    assert {20, 25, 30} <= set(frames)
    assert np.isfinite(drift).all()


def test_what_a_solver_may_change_goes_with_its_force_though_nobody_looks(window: Window) -> None:
    window.studio.solving.choices.allow("gravity.strength", True)
    window.studio.session.edit(Sentence("Remove"), ra.edits.set_forces(window.studio.session.scene, []))
    assert "solver" not in built(window)
    assert window.studio.solving.choices.controls == ("velocity",)


def test_a_button_of_a_panel_knows_its_keys_whenever_it_comes(window: Window) -> None:
    assert "G" in window.actions_by_name["group"].shortcut().toString()
    tip = window.dock("outliner").widget().group.toolTip()
    assert tip == window.actions_by_name["group"].toolTip()


def test_what_a_panel_takes_long_to_load_is_loaded_beside_the_window(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "wave", raising=False)
    built: list[bool] = []

    def build(studio: Studio) -> QWidget:
        built.append("wave" in sys.modules)
        return QWidget()

    dock = Dock(Panel(name="slow", title="Slow", order=1, build=build, loads="wave"), window.studio)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    dock.show()
    dock.raise_()
    qtbot.waitUntil(lambda: built == [True])
    assert dock.widget().parent() is dock
