"""Scenes made by hand: the painter is tried without the engine."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from revanim.draw.camera import frame_all
from revanim.draw.look import DARK
from revanim.draw.picture import paint
from revanim.draw.shot import Shot
from revanim.engine.grid import fit_grid, to_counts
from revanim.scene.scene import Bodies, Look, Part, Scene, View

WIDTH, HEIGHT = 320, 180
FRONT = View(yaw=0.0, pitch=0.0, distance=10.0)  # looks along y: x to the right, z up


class Scenes:
    """Builds scenes, and paints them."""

    FRONT = FRONT

    def make(
        self, position: Any, radius: Any = 0.5, color: Any = (200, 120, 80), links: Any = None, **look: Any
    ) -> Scene:
        """Return a scene of bodies at rest."""
        position = np.asarray(position, np.float64).reshape(-1, 3)
        n = len(position)
        grid = fit_grid(float(np.abs(position).max(initial=1.0)), 192.0)
        state = np.zeros((6, n), np.int64)
        state[:3] = to_counts(position.T, grid.length_unit)
        colors = np.array(np.broadcast_to(np.asarray(color, np.uint8), (n, 3)))
        radii = np.array(np.broadcast_to(np.asarray(radius, np.float64), (n,)))
        bodies = Bodies(grid, state, np.ones(n), np.zeros(n, np.bool_), radii, colors)
        forces = () if links is None else (Part("rod", {}, links=np.asarray(links, np.int64)),)
        return Scene("by hand", bodies, forces, look=Look(**({"view": FRONT} | look)))

    def shot(self, scene: Scene, trail: Any = None) -> Shot:
        """Return the frame in which the bodies stand where the scene has them."""
        return Shot(1, 0.0, scene.bodies.position, scene.bodies.velocity, trail)

    def pixels(self, scene: Scene, shot: Shot | None = None, transparent: bool = False, ratio: float = 1.0) -> Any:
        """Paint a scene; return red, green, blue and alpha: int[h, w, 4]."""
        image = np.zeros((round(HEIGHT * ratio), round(WIDTH * ratio)), np.uint32)
        paint(scene, shot or self.shot(scene), image, ratio, scene.look.view, transparent, DARK)
        return np.stack([image >> 16 & 255, image >> 8 & 255, image & 255, image >> 24], axis=-1).astype(int)

    def framed(self, scene: Scene) -> View:
        """Return the scene's view, moved so that all bodies are in it."""
        return frame_all(scene.look.view, scene.bodies.position, WIDTH, HEIGHT)


@pytest.fixture(scope="session")
def scenes() -> Scenes:
    return Scenes()


@pytest.fixture
def cloud(scenes: Scenes) -> Callable[..., Scene]:
    """Return what makes a cloud of many bodies of many colours."""

    def make(n: int = 300, **look: Any) -> Scene:
        random = np.random.default_rng(7)
        color = random.integers(40, 256, (n, 3))
        return scenes.make(random.normal(0.0, 1.2, (n, 3)), random.uniform(0.01, 0.2, n), color, **look)

    return make
