"""Widgets in rings that nobody needs are destroyed in the thread of the window."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from revanim.session.threads.garbage import collect_here, sweep

MANY = 40_000


class Ring(QWidget):
    """A widget that holds itself."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self
        self.ended = threading.Event()


@pytest.fixture
def parent() -> Iterator[QObject]:
    """Something that lives as long as a window."""
    parent = QObject()
    yield parent
    parent.deleteLater()


def test_only_this_thread_destroys_a_widget(qtbot: QtBot, parent: QObject) -> None:
    collect_here(parent)
    ring = Ring()
    gone: list[int] = []
    ring.destroyed.connect(lambda: gone.append(threading.get_ident()))
    del ring

    kept: list[list[int]] = []

    def work() -> None:
        kept.extend([] for _ in range(MANY))  # far more than make Python collect by itself

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert gone == []
    qtbot.waitUntil(lambda: gone == [threading.get_ident()])


def test_a_pass_that_took_long_leaves_what_it_found_out_of_the_next(qtbot: QtBot) -> None:
    kept = [[] for _ in range(20 * MANY)]
    gc.disable()
    for _ in range(30):  # passes over the young make one over the old due
        fresh = [[] for _ in range(2000)]
        sweep()
    assert len(kept) + len(fresh) > 20 * MANY
    assert len(gc.get_objects()) < len(kept)
