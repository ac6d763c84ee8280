"""A scene with something of everything that a file holds."""

import numpy as np
import pytest

import revanim as ra


@pytest.fixture
def rich() -> ra.Scene:
    random = np.random.default_rng(7)
    count = 40
    position = random.normal(size=(count, 3))
    links = [[i, i + 1] for i in range(count - 1)]
    rows = random.normal(size=(5, 3, 3))
    forces = [
        ra.force("gravity", strength=0.3, softening=0.2),
        ra.force("spring", links=links, stiffness=random.uniform(1, 9, count - 1)),
        ra.force("rod", links=[[0, 5], [7, 9]]),
        ra.force("nudge", bodies=[3, 1, 4], push=ra.Curve(5, 2, rows)),
        ra.force("attractor", law="harmonic", point=(1, 2, 3), strength=ra.Curve(-3, 4, [0.1, 0.2])),
    ]
    scene = ra.make_scene(
        position, random.normal(size=(count, 3)), random.uniform(1, 2, count), forces=forces,
        pinned=np.arange(count) == 2, fps=30, steps_per_frame=4, frames=(-5, 60), home=7, scheme="verlet",
        name="Zażółć 🎈 \"quoted\"\nlines", note="Everything at once.",
        radius=random.uniform(0, 1, count), color=random.integers(0, 256, (count, 3)),
        look=ra.Look("glow", exposure=0.7, trail=9, play="once", view=ra.View((1, 2, 3), -10, 45, 3.5, flat=True)),
    )  # fmt: skip
    scene = ra.edits.add_keyframe(scene, 20, [1, 8], position=random.normal(size=(2, 3)), weight=2.0, nail=True)
    many = np.arange(count)
    return ra.edits.add_keyframe(
        scene, 30, many, velocity=random.normal(size=(count, 3)), weights=random.uniform(0, 1, count),
        axes=(True, False, True), window=(25, 35),
    )  # fmt: skip
