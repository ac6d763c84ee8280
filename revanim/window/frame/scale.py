"""The interface scale: set before Qt draws anything, and changed while windows are open.

Qt takes a scale from the environment, once. It can take another later, but says so to itself alone: the function is
exported for Qt's own tests. Where a build of Qt has none, a scale that is chosen holds from the next start on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CDLL, c_double
from functools import cache
from typing import TYPE_CHECKING

from PySide6 import QtGui
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from revanim.sentence import Sentence

if TYPE_CHECKING:
    from revanim.window.window import Window

FACTOR = "QT_SCALE_FACTOR"
LATER = Sentence("The interface has this scale from the next start on.")
ON_WINDOWS = "?setGlobalFactor@QHighDpiScaling@@SAXN@Z"  # void QHighDpiScaling::setGlobalFactor(double)
ELSEWHERE = "_ZN15QHighDpiScaling15setGlobalFactorEd"
PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
SPREAD = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen


@contextmanager
def scaled(percent: int) -> Iterator[None]:
    """Let Qt draw everything so large, if nobody has told it otherwise; programs that this one starts are not told."""
    if percent == 100 or FACTOR in os.environ:
        yield
    else:
        os.environ[FACTOR] = f"{percent / 100:g}"
        yield
        del os.environ[FACTOR]


def rescale(window: Window, percent: int) -> None:
    """Change the scale while windows are open; they keep their places."""
    scale = qt_scale()
    if FACTOR in os.environ:
        return
    if scale is None:
        window.studio.session.told.emit(LATER)
        return
    before = window.screen().devicePixelRatio()
    with recreated(window) as windows:
        scale(percent / 100)
        for each in windows:
            keep_place(each, window.screen().devicePixelRatio() / before)


@contextmanager
def recreated(window: Window) -> Iterator[list[QWidget]]:
    """Destroy all native windows of the program, and show those again that were visible."""
    known = [each for each in QApplication.topLevelWidgets() if each.windowHandle() is not None]
    seen = [each for each in known if each.isVisible() and each.windowType() not in PASSING]
    seen.sort(key=lambda each: each is not window)
    for each in known:
        each.destroy()
    yield seen
    for each in seen:
        each.hide()
        each.show()
    window.activateWindow()


def keep_place(window: QWidget, ratio: float) -> None:
    """Let a window take as much of its screen as before, where everything is so many times as large."""
    state, corner = window.windowState(), window.screen().geometry().topLeft()
    place = window.normalGeometry() if state & SPREAD else window.geometry()
    window.setWindowState(state & ~SPREAD)
    window.setGeometry(QRect(corner + (place.topLeft() - corner) / ratio, place.size() / ratio))
    window.setWindowState(state)


@cache
def qt_scale() -> Callable[[float], object] | None:
    """Return the function of Qt that sets the scale of everything, while there is no window; None where it has none."""
    try:
        library = CDLL("Qt6Gui.dll") if os.name == "nt" else CDLL(QtGui.__file__)
        found = library[ON_WINDOWS if os.name == "nt" else ELSEWHERE]
    except (OSError, AttributeError):
        return None
    found.argtypes, found.restype = [c_double], None
    return found
