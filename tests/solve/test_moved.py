"""What moves do to speeds along a way is what they do in a step there, and its slopes are those of differences."""

from dataclasses import replace

import numpy as np
import pytest

import revanim as ra
from revanim.engine.adjoint import Adjoint
from revanim.engine.halt import Halted
from revanim.scene.build import make_playhead
from revanim.solve.sequence.moved import Moments, changes, changes_pulled, lanes_of

COUNT, FRAMES = 6, np.array([3, 9])


def lossy() -> ra.Scene:
    """Return bodies, one of them pinned, that are slowed down, turned, blown and heated, and nothing else."""
    place, speed = np.random.default_rng(1).normal(size=(2, COUNT, 3))
    moves = [
        ra.move("drag", rate=0.7, quadratic=0.3, wind=(0.5, 0.0, -0.2)),
        ra.move("turn", rate=(0.3, 1.0, -2.0)),
        ra.move("gusts", rate=0.4, strength=0.6),
        ra.move("thermostat", temperature=0.5),
    ]
    return ra.make_scene(place, speed, 1.0, moves=moves, pinned=np.arange(COUNT) == 2, scheme="leapfrog")


def moments(playhead: ra.Playhead) -> Moments:
    """Return where bodies are, and how fast, at the frames."""
    found = []
    for frame in FRAMES:
        playhead.seek(int(frame))
        found.append((playhead.position, playhead.velocity, lanes_of(playhead)))
    return Moments(*(np.array(each) for each in zip(*found, strict=True)))


def test_speeds_change_as_they_do_in_a_step() -> None:
    playhead, short = make_playhead(lossy()), []
    at = moments(playhead)
    for frame in FRAMES:
        playhead.seek(int(frame))
        before = playhead.velocity
        playhead.step(1)
        short.append((playhead.velocity - before) / playhead.system.seconds)
    found = changes(playhead.system, at, FRAMES)
    np.testing.assert_allclose(found, short, rtol=0.05, atol=0.02)
    assert not found[:, 2].any()
    assert np.abs(found).max() > 1.0


def test_the_slopes_of_the_changes_are_those_of_differences() -> None:
    playhead, random = make_playhead(lossy()), np.random.default_rng(2)
    at, weights = moments(playhead), random.normal(size=(2, COUNT, 3))
    by_place, by_speed = changes_pulled(Adjoint(playhead), at, FRAMES, weights)
    way = random.normal(size=(2, *at.places.shape)) * (np.arange(COUNT) != 2)[:, None]
    sides = []
    for step in (1e-4, -1e-4):
        there = replace(at, places=at.places + step * way[0], speeds=at.speeds + step * way[1])
        sides.append(float(np.sum(weights * changes(playhead.system, there, FRAMES))))
    expected = (sides[0] - sides[1]) / 2e-4
    assert np.sum(way[0] * by_place) + np.sum(way[1] * by_speed) == pytest.approx(expected, rel=1e-5)
    assert abs(np.sum(way[0] * by_place)) > 1e-2


def test_what_was_erased_before_has_no_part_in_it() -> None:
    playhead = make_playhead(lossy())
    playhead.seek(9)
    assert playhead.erased.any()
    taped = playhead.system.lanes[playhead.system.taped] - 6
    assert not lanes_of(playhead)[np.add.outer(taped, range(3))].any()


def test_where_the_system_is_halted_there_is_nothing() -> None:
    playhead = make_playhead(lossy())
    at = moments(playhead)
    playhead.system.halt()
    with pytest.raises(Halted):
        changes(playhead.system, at, FRAMES)
    with pytest.raises(Halted):
        changes_pulled(Adjoint(playhead), at, FRAMES, at.speeds)
