"""Increments are rounded to the nearest count, half to even: anything else drifts, or tells left from right."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.binding.bind import bind
from revanim.engine.force import force_kinds
from revanim.engine.grid import Grid
from revanim.engine.playhead import Playhead
from revanim.engine.scheme import Scheme, schemes
from revanim.engine.system import Item

Make = Callable[..., Any]


@pytest.mark.parametrize("speed", [-7, -6, -5, -3, -2, -1, 0, 1, 2, 3, 5, 6, 7, 2**54 + 2, -(2**54) - 6])
def test_a_drift_adds_the_nearest_count_and_the_even_one_between_two(speed: int) -> None:
    system = bind(
        Grid(-50, -50), np.ones(1), np.zeros(1, bool), schemes()["leapfrog"], [], seconds=0.25, steps_per_frame=1
    )
    state = np.zeros((6, 1), np.int64)
    state[3] = speed
    playhead = Playhead(system, state, 0)
    playhead.step(1)
    assert playhead.state[0, 0] == round(float(speed) / 4)  # Python rounds half to even, too


@pytest.mark.parametrize("push", [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.75, -3.75])
def test_a_kick_adds_the_nearest_count_and_the_even_one_between_two(push: float) -> None:
    item = Item(force_kinds()["uniform"], {"acceleration": np.array([push, 0, 0])}, np.arange(1))
    system = bind(
        Grid(0, 0), np.ones(1), np.zeros(1, bool), schemes()["verlet"], [item], seconds=1.0, steps_per_frame=1
    )
    playhead = Playhead(system, np.zeros((6, 1), np.int64), 0)
    playhead.step(1)
    assert playhead.state[3, 0] == round(push)


def test_the_mirror_image_of_a_motion_is_the_motion_of_the_mirror_image(scheme: Scheme) -> None:
    place, speed, mass = np.eye(3), np.eye(3)[::-1] / 3, [1.0, 2.0, 3.0]
    forces = [ra.force("gravity"), ra.force("spring", links=[[0, 1], [1, 2]])]
    left, right = (
        ra.Playhead(ra.make_scene(way * place, way * speed, mass, forces=forces, scheme=scheme.name)) for way in (1, -1)
    )
    left.seek(100)
    right.seek(100)
    assert (left.state == -right.state).all()


def test_the_momentum_of_a_million_steps_does_not_drift() -> None:
    place = [[0.97000436, -0.24308753, 0.0], [-0.97000436, 0.24308753, 0.0], [0.0, 0.0, 0.0]]
    speed = [[0.466203685, 0.43236573, 0.0], [0.466203685, 0.43236573, 0.0], [-0.93240737, -0.86473146, 0.0]]
    forces = [ra.force("gravity", softening=0.0)]
    playhead = ra.Playhead(ra.make_scene(place, speed, 1.0, forces=forces, scheme="leapfrog"))
    before = playhead.state[3:5].sum(axis=1)
    playhead.step(1_000_000)
    # Two kicks a step: rounded down, each would take half a count from each of three bodies, three million in all.
    assert np.abs(playhead.state[3:5].sum(axis=1) - before).max() < 20_000


def test_a_planar_scene_keeps_z_at_exactly_zero(scheme: Scheme, everything: Make) -> None:
    playhead = ra.Playhead(everything(20, scheme=scheme.name, planar=True))
    for frame in (3, 9, -9):
        playhead.seek(frame)
        assert not playhead.state[[2, 5]].any()
        assert not playhead.position[:, 2].any()
        assert playhead.state[[0, 1, 3, 4]].all()


def test_pinned_bodies_never_move(scheme: Scheme, everything: Make) -> None:
    pinned = np.arange(20) % 4 == 0
    scene = everything(20, scheme=scheme.name, pinned=pinned)
    playhead = ra.Playhead(scene)
    for frame in (3, 9, -9):
        playhead.seek(frame)
        assert (playhead.state[:, pinned] == scene.bodies.state[:, pinned]).all()
        assert (playhead.state[:, ~pinned] != scene.bodies.state[:, ~pinned]).all()
