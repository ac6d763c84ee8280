"""Print how many pictures a second one core paints at 1280 x 720.

python tests/speed/paint.py
"""

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

import revanim as ra
from revanim.draw.camera import frame_all, orbit, unit
from revanim.draw.picture import picture
from revanim.draw.shot import Shot
from revanim.scene.scene import Look, Scene

WIDTH, HEIGHT = 1280, 720
SECONDS = 1.5
COUNTS = (1_000, 10_000, 100_000, 1_000_000)


def cloud(count: int, style: str) -> Scene:
    """Return a ball of bodies that covers about the same part of the picture whatever their number."""
    random = np.random.default_rng(count)
    position = random.normal(size=(count, 3))
    scene = ra.make_scene(position, np.zeros((count, 3)), np.ones(count))
    radius = np.full(count, 2.0 / np.sqrt(count))
    bodies = replace(scene.bodies, radius=radius, color=random.integers(60, 256, (count, 3)).astype(np.uint8))
    view = frame_all(Look().view, position, WIDTH, HEIGHT)
    return replace(scene, bodies=bodies, look=Look(style=style, view=view))


def rate(paint: Callable[[], object]) -> float:
    """Return how often a second it paints: by the median, after one picture that loads the kernels."""
    paint()
    times, end = [], time.perf_counter() + SECONDS
    while time.perf_counter() < end or len(times) < 5:
        started = time.perf_counter()
        paint()
        times.append(time.perf_counter() - started)
    return 1 / float(np.median(times))


def shot(scene: Scene, trail: int = 0) -> Shot:
    """Return a frame, with a trail of so many pieces behind each body."""
    position = scene.bodies.position
    away = np.random.default_rng(0).normal(0.0, 0.02, position.shape)
    way = position - np.arange(trail, -1, -1)[:, None, None] * away if trail else None
    return Shot(1, 0.0, position, position, way)


def turning(scene: Scene, still: Shot) -> Callable[[], object]:
    """Return what paints from an ever new direction, so that nothing of the floor can be kept."""
    view = scene.look.view

    def paint() -> object:
        nonlocal view
        view = orbit(view, 1.0, 0.0)
        return picture(scene, still, WIDTH, HEIGHT, view=view)

    return paint


def main() -> None:
    """Print the table."""
    print(f"pictures/s at {WIDTH} x {HEIGHT}, one core\n{'bodies':>9} {'pixels':>8} {'disc':>8} {'glow':>8}")
    for count in COUNTS:
        rates = []
        for style in ("disc", "glow"):
            scene = cloud(count, style)
            still = shot(scene)
            rates.append(rate(lambda s=scene, f=still: picture(s, f, WIDTH, HEIGHT)))  # type: ignore[misc]
        pixels = 2 * scene.bodies.radius[0] / unit(scene.look.view, WIDTH, HEIGHT)  # across a body
        print(f"{count:9,} {pixels:8.1f} {rates[0]:8.1f} {rates[1]:8.1f}", flush=True)
    for name, trail in (("48 000 pieces of trail behind 2000 bodies", 24), ("2000 bodies, camera turning", 0)):
        rates = []
        for style in ("disc", "glow"):
            scene = cloud(2000, style)
            still = shot(scene, trail)
            paint = turning(scene, still) if not trail else lambda s=scene, f=still: picture(s, f, WIDTH, HEIGHT)
            rates.append(rate(paint))
        print(f"{name}: disc {rates[0]:.1f}, glow {rates[1]:.1f}", flush=True)


if __name__ == "__main__":
    main()
