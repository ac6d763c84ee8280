"""Small scenes to solve, and differences to compare gradients with."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.parameter import Floats

COUNT = 4


def make_cloud(**given: Any) -> ra.Scene:
    """Return four bodies under every sort of force, one of them pinned, with per-link, per-body and curved values."""
    random = np.random.default_rng(3)
    links = [[0, 1], [1, 2], [2, 3]]
    push = ra.Curve(2, 2, random.normal(size=(3, COUNT, 3)))
    forces = [
        ra.force("gravity", strength=2.0, softening=0.3),
        ra.force("spring", links=links, stiffness=[3.0, 4.0, 5.0], length=[0.8, 0.9, 1.0]),
        ra.force("nudge", push=push),
        ra.force("gravity", strength=-0.5, softening=0.4),
    ]
    return ra.make_scene(
        random.normal(size=(COUNT, 3)),
        random.normal(size=(COUNT, 3)),
        random.uniform(0.5, 2.0, COUNT),
        forces=given.pop("forces", forces),
        pinned=np.arange(COUNT) == 3,
        frames=(1, 12),
        **given,
    )


def make_chain(rods: int = 2, frame: int = 25, seed: int = 1, spin: float = 2.0) -> tuple[ra.Scene, Floats]:
    """Return a planar chain at rest, and float64[rods, 3]: where a launch nobody knows has brought it at a frame."""
    length, random = 0.5, np.random.default_rng(seed)
    body, along, across = np.arange(rods + 1), np.array([0.6, 0.8, 0.0]), np.array([-0.8, 0.6, 0.0])
    forces = [
        ra.force("uniform", acceleration=(0.0, -4.5, 0.0)),
        ra.force("rod", links=np.stack([body[:-1], body[1:]], axis=1), length=length),
    ]
    place = np.outer(length * body, along)
    speed = np.outer(np.r_[0.0, np.cumsum(spin * length * random.normal(size=rods))], across)

    def launched(velocity: Floats) -> ra.Scene:
        return ra.make_scene(
            place, velocity, 1.0, forces, pinned=body == 0, planar=True, steps_per_frame=64, scheme="leapfrog"
        )

    playhead = ra.Playhead(launched(speed))
    playhead.seek(frame)
    return launched(0 * speed), playhead.position[1:]


def find_slopes(objective: ra.Objective, z: Floats, step: float) -> Floats:
    """Return the central differences of the cost along each entry of z, over the scale of that entry."""
    slopes = np.empty_like(z)
    for i in range(z.size):
        way = np.zeros_like(z)
        way[i] = step * objective.scale[i]
        above, below = objective.value_and_gradient(z + way)[0], objective.value_and_gradient(z - way)[0]
        slopes[i] = (above - below) / (2 * step)
    return slopes


# Test files cannot import each other, but they can ask for these functions.


@pytest.fixture
def cloud() -> Callable[..., ra.Scene]:
    return make_cloud


@pytest.fixture
def chain() -> Callable[..., tuple[ra.Scene, Floats]]:
    return make_chain


@pytest.fixture
def agrees() -> Callable[..., None]:
    """Compare a gradient with differences of 1e-3 and 1e-4, whose error must shrink with the step."""

    def compare(objective: ra.Objective, z: Floats | None = None) -> None:
        z = objective.start if z is None else z
        gradient = objective.value_and_gradient(z)[1] * objective.scale
        size = np.abs(gradient).max()
        assert size > 0
        for step, tolerance in ((1e-3, 1e-2), (1e-4, 1e-4)):
            np.testing.assert_allclose(
                gradient, find_slopes(objective, z, step), rtol=tolerance, atol=tolerance * size / 10
            )

    return compare
