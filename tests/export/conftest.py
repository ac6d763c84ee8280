"""A small scene, and an eye on what an export leaves behind."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

import revanim as ra


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> None:
    """Let there be the application that windows need: who writes letters without one makes a lesser one."""


@pytest.fixture
def scene() -> ra.Scene:
    """Five bodies of different sizes, masses and colours that fall around each other, at home in frame 4."""
    turn = np.linspace(0, 2 * np.pi, 5, endpoint=False)
    position = np.column_stack([np.cos(turn), np.sin(turn), 0.1 * turn])
    velocity = 0.8 * np.column_stack([-np.sin(turn), np.cos(turn), 0 * turn])
    gravity = ra.force("gravity", strength=1.0, softening=0.1)
    return ra.make_scene(
        position, velocity, 1.0 + np.arange(5), forces=(gravity,), frames=(1, 12), home=4, steps_per_frame=16,
        radius=0.1 + 0.02 * np.arange(5), color=40 * np.arange(15).reshape(5, 3) % 256,
        look=ra.Look(view=ra.View(distance=6.0), picture=(320, 180)), name="Five",
    )  # fmt: skip


@pytest.fixture
def walked(scene: ra.Scene) -> Callable[[float], np.ndarray]:
    """Say where the bodies are at a frame, or between two, by a playhead of its own."""

    def places(frame: float) -> np.ndarray:
        playhead = ra.Playhead(scene)
        playhead.step(round((frame - scene.timing.home) * scene.timing.steps_per_frame))
        return playhead.position

    return places


@pytest.fixture
def left(tmp_path: Path) -> Callable[[], list[str]]:
    """Say what lies in the folder of the test, hidden files too."""
    return lambda: sorted(path.name for path in tmp_path.iterdir())
