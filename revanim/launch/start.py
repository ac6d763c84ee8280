"""How the window comes up: dressed, and with something that moves."""

import gc
import os
import threading
from pathlib import Path

from PySide6.QtCore import QMargins, Qt, QTimer

from revanim.collect import faults, in_safe_mode
from revanim.launch.application import Application
from revanim.launch.signals import BY_SIGNAL, heeding_signals
from revanim.launch.splash import Splash
from revanim.sentence import Sentence
from revanim.session.files.files import example, scene_in
from revanim.session.files.log import PAINTED, SHOWN, log
from revanim.session.threads.garbage import collect_here
from revanim.session.threads.mishap import catch_mishaps, forget_mishaps
from revanim.window.frame.recover import ask_to_recover
from revanim.window.frame.tour import start_tour_once
from revanim.window.preference import value_of
from revanim.window.window import Window

TITLE_BAR = 36  # pixels at most
PATIENCE = 3.0  # seconds that a thread may take to end, once everything is in its file
SAFE = Sentence(
    "Safe mode: saved layout, preferences and installed packages are left aside, and what is chosen now is forgotten."
)
FIRST = "galaxy-collision"  # the example that moves behind the welcome page


def start(application: Application, splash: Splash, path: Path | None = None) -> int:
    """Open the window, with a file or with the welcome page, and return the exit code when it closes."""

    code = 0

    def end(number: int) -> None:
        nonlocal code
        code = BY_SIGNAL + number
        window.studio.recovery.leave()
        window.leave()
        application.exit(code)

    with heeding_signals(end):
        window = open_window(path)
        splash.give_way(window)
        application.asked_to_open.connect(window.file_dialogs.open)
        # A thread may be in the midst of a walk that takes minutes.
        last = threading.Timer(PATIENCE, lambda: os._exit(code))
        last.daemon = True
        window.studio.session.finishing.connect(last.start)
        try:
            return application.exec()
        finally:
            forget_mishaps()
            window.hide()
            window.studio.session.close()
            last.cancel()


def open_window(path: Path | None) -> Window:
    """Return the window, shown, with whatever it begins with."""
    window = Window(scene_in(path) if path else example(FIRST))
    catch_mishaps(window.studio.recovery.write_now, window.studio.session.failed.emit)
    fit_to_screen(window)
    window.show()
    window.activateWindow()  # where no window manager does it, keys would be for nobody until a click
    note_when_it_stands(window)
    if path:
        window.studio.files.stand_behind(path)
    else:
        window.welcome.show()
        if not value_of("reduced-motion"):
            play_from_the_first_picture(window)
    if in_safe_mode():
        window.studio.session.told.emit(SAFE)
    window.studio.files.tell_remarks()
    for fault in faults():
        window.studio.session.failed.emit(fault)
    ask_to_recover(window)
    guide(window)
    collect_here(window)
    gc.freeze()  # what is there now stays; to look for the little of it that nobody needs takes a tenth of a second
    return window


def fit_to_screen(window: Window) -> None:
    """Let a window that is too large for its screen be as large as that, but for the bar that the desktop adds."""
    room = window.screen().availableGeometry().size()
    window.resize(window.size().boundedTo(room.shrunkBy(QMargins(0, TITLE_BAR, 0, 0))))


def note_when_it_stands(window: Window) -> None:
    """Write to the log when the window and its first picture are there: `tests/speed/start.py` waits for both."""
    QTimer.singleShot(0, window, lambda: log.info(SHOWN))
    drawn = window.viewport.painted
    drawn.connect(lambda: log.info(PAINTED), Qt.ConnectionType.SingleShotConnection)


def play_from_the_first_picture(window: Window) -> None:
    """Let the scene behind the welcome page move as soon as it is seen; before that, walking would but delay it."""

    def play() -> None:
        if window.welcome.isVisible():
            window.studio.playback.play(1)

    window.viewport.painted.connect(play, Qt.ConnectionType.SingleShotConnection)


def guide(window: Window) -> None:
    """Offer the tour as soon as there is a scene to take it in."""

    def begin(shown: bool) -> None:
        if not shown and window.isVisible():
            start_tour_once(window)

    window.welcomed.connect(begin)
    begin(window.welcome.isVisible())
