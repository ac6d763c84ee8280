"""Every test runs without a screen, far from the user's files, and leaves nothing running behind it.

No test passes or fails by the clock: what waits, waits for an event, and only a hang reaches the one deadline.
"""

import gc
import os
import signal
import sys
import threading
import wave
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import polib
import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.resources import resource
from revanim.session.words import speak

pytest_plugins = "pytester"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

LONG = 0.03  # seconds of a pass
slow = True  # the last pass

PATIENCE = 600  # seconds of one test; a machine that is fifty times as slow as usual takes less
FEW, MANY = 40, 1000  # examples of what hypothesis makes up


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the long tests too, as before a release")


def pytest_configure(config: pytest.Config) -> None:
    examples = MANY if config.getoption("--long") else FEW
    unasked = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    settings.register_profile("revanim", deadline=None, max_examples=examples, suppress_health_check=unasked)
    settings.load_profile("revanim")
    config.addinivalue_line("markers", "long: takes minutes, and runs only with --long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--long"):
        kept = [item for item in items if not item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("long")])
        items[:] = kept


class PatientBot(QtBot):
    """Waits for whatever a test waits for until it comes."""

    def waitUntil(self, callback: Callable[[], bool | None]) -> None:
        super().waitUntil(callback, timeout=1000 * PATIENCE)

    def waitSignal(self, signal: object) -> Any:
        return super().waitSignal(signal, timeout=1000 * PATIENCE)

    def waitExposed(self, widget: object) -> Any:
        return super().waitExposed(widget, timeout=1000 * PATIENCE)

    def waitActive(self, widget: object) -> Any:
        return super().waitActive(widget, timeout=1000 * PATIENCE)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    """Hands that are patient."""
    return PatientBot(request)


@pytest.fixture
def patience() -> int:
    """Return the seconds that only a hang takes."""
    return PATIENCE


@pytest.fixture(autouse=True)
def no_hang(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that hangs, whatever it waits for; Windows has no alarm, and waits for ever."""
    if sys.platform == "win32":
        yield
        return

    def ring(number: int, frame: object) -> None:
        raise TimeoutError("nothing has come of it for so long that it hangs")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(PATIENCE * (10 if request.node.get_closest_marker("long") else 1))
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def live_in(home: Path, patch: pytest.MonkeyPatch) -> None:
    """Keep settings, recent files and autosaves in a folder."""
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        patch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QSettings

        # Qt reads the variables above each time but for QSettings, which remembers the first answer.
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(home / "config"))


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test its own empty places for settings, recent files and autosaves."""
    live_in(tmp_path, monkeypatch)


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], AbstractContextManager[None]]:
    """Return what gives the tests of a file such places together, for a while."""
    home = tmp_path_factory.mktemp("home")

    @contextmanager
    def stay() -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            live_in(home, patch)
            yield

    return stay


@pytest.fixture
def scene() -> ra.Scene:
    """Five bodies that fall around each other, from frame 1 to 60, at home in frame 20."""
    turn = np.linspace(0, 2 * np.pi, 5, endpoint=False)
    position = np.column_stack([np.cos(turn), np.sin(turn), 0.1 * turn])
    velocity = 0.8 * np.column_stack([-np.sin(turn), np.cos(turn), 0 * turn])
    gravity = ra.force("gravity", strength=1.0, softening=0.1)
    return ra.make_scene(position, velocity, np.ones(5), forces=(gravity,), frames=(1, 60), home=20, name="Five")


@pytest.fixture(scope="session")
def translations() -> dict[str, str]:
    """What each text is in German; of one with several meanings, the last."""
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(resource("translations", "de.po")))}


@pytest.fixture
def german(translations: dict[str, str]) -> Iterator[dict[str, str]]:
    """Speak German for a while."""
    speak("de")
    yield translations
    speak("en")


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread, a running timer or a window behind."""
    before = list(running())
    if "PySide6.QtCore" in sys.modules:
        settle()
    yield
    finish_deletions()
    if "PySide6.QtCore" in sys.modules:
        sweep(everything="qapp" in request.fixturenames)
    left = [thing for thing in running() if not any(each in before for each in line_of(thing))]
    if "shared" in request.fixturenames:  # a plot of its window has widgets that belong to nobody and are never seen
        left = [thing for thing in left if getattr(thing, "isVisible", lambda: True)()]
    assert not left, f"left behind: {', '.join(map(repr, left))}"


def line_of(thing: Any) -> Iterator[object]:
    """Yield a thing and whatever it belongs to: a window that several tests share keeps its timers and threads."""
    while thing is not None:
        yield thing
        thing = thing.parent() if hasattr(thing, "parent") else None


def running() -> Iterator[object]:
    """Return the threads, active timers and windows of this moment."""
    # A foreign thread (Qt's, OpenMP's) that once ran Python stays listed as a dummy after it has ended.
    threads = [thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)]
    return chain(threads, qt_running()) if "PySide6.QtCore" in sys.modules else iter(threads)


def qt_running() -> Iterator[object]:
    """Return the Qt threads and timers that run, and the windows that live; only those that Python has seen."""
    import shiboken6
    from PySide6.QtCore import QThread, QTimer

    wrapped = shiboken6.getAllValidWrappers()
    yield from (thing for thing in wrapped if isinstance(thing, QThread) and thing.isRunning())
    yield from (thing for thing in wrapped if isinstance(thing, QTimer) and thing.isActive())
    if "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtWidgets import QApplication

        yield from QApplication.topLevelWidgets()


def settle() -> None:
    """Let no thread collect garbage: it would destroy the widgets of the test before (see session/threads/garbage.py).

    Where the last pass took long, what lives now, between two tests, is here to stay and is left out of the next ones.
    """
    global slow
    gc.disable()
    if slow:
        gc.collect()
        gc.freeze()
        slow = False


def sweep(everything: bool) -> None:
    """Collect here what no thread shall collect: all of it after a test with widgets, else what is young."""
    global slow
    started = perf_counter()
    gc.collect(2 if everything else 0)
    slow = perf_counter() - started > LONG


def finish_deletions() -> None:
    """Delete now what Qt would delete when its event loop runs next."""
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def tone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound file of two seconds: a tone that beats every half second."""
    time = np.arange(96_000) / 48_000
    samples = np.sin(880 * np.pi * time) * np.exp(-6 * (time % 0.5))
    path = tmp_path_factory.mktemp("sound") / "tone.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(np.int16(np.round(samples * 30_000)).tobytes())
    return path
