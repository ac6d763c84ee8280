"""The tests of a file on time share a window."""

import pytest

from revanim.window.window import Window


@pytest.fixture
def window(shared_window: Window) -> Window:
    """One window for all tests here."""
    return shared_window
