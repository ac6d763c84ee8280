"""What is open, without a window."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.session.session import Session


@pytest.fixture
def session(qtbot: QtBot, scene: ra.Scene) -> Iterator[Session]:
    """A session on the small scene, which stands at home."""
    session = Session(scene)
    session.show(scene.timing.home)
    qtbot.waitUntil(lambda: session.arrived)
    yield session
    session.close()
