"""The line at the foot of the window: how exact, how fast, and what is prepared."""

from pytestqt.qtbot import QtBot

from revanim.engine.code.kernel import listeners
from revanim.window.frame.status import Status
from revanim.window.window import Window


def test_coming_home_lights_the_badge(qtbot: QtBot, window: Window) -> None:
    assert "Lights up" in window.status.exact.toolTip()
    window.studio.session.show(25)
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    window.studio.session.show(15)
    qtbot.waitUntil(lambda: "once, with every bit as it left" in window.status.exact.toolTip())
    qtbot.waitUntil(lambda: "frames/s" in window.status.speed.text())


def test_a_start_says_what_is_prepared_and_nothing_when_nothing_is(qtbot: QtBot, window: Window) -> None:
    shot, window.studio.session.shot = window.studio.session.shot, None  # as before the first picture
    status = Status(window.studio)
    qtbot.addWidget(status)
    status._show_hint()
    assert status.hint.text() == ""
    for listener in list(listeners):
        listener("lennard_jones")
    assert "Preparing the engine" in status.hint.text()
    assert "lennard jones" in status.hint.text()
    window.studio.session.shot = shot
    window.studio.session.frame_shown.emit(shot)
    assert "Preparing" not in status.hint.text()
    assert not listeners
