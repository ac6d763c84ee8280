"""A parameter may carry a curve over frames: row r holds for `every` frames from frame `first + r * every` on."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.alive.acting import parameters_at
from revanim.engine.parameter import Curve, rows_of
from revanim.engine.scheme import Scheme
from revanim.scene.build import build_system, make_playhead

Make = Callable[..., Any]


def row_in(frame: int, rows: int) -> int:
    """Return the row of the sample curves (first 3, every 2) that holds in a frame."""
    return min(max((frame - 3) // 2, 0), rows - 1)


@pytest.mark.parametrize("frame", [-7, 2, 3, 4, 5, 6, 9, 10, 11, 50])
def test_a_frame_has_the_force_of_its_row(
    variant: Any, frame: int, sample_scene: Make, sample_force: Make, acceleration: Make, places: Make
) -> None:
    force = sample_force(variant, 9, curves=True)
    scene = sample_scene(9, [force])
    plain = {}
    for parameter in variant.kind.parameters:
        value = scene.forces[0].values[parameter.name]
        if isinstance(value, Curve):
            row = value.values[row_in(frame, 4)]
            plain[parameter.name] = 0 * row if parameter.outside == "zero" and not 3 <= frame < 11 else row
        else:
            plain[parameter.name] = value
    still = sample_scene(9, [ra.force(force.kind, links=force.links, **plain)])
    held, seen = (acceleration(build_system(given), places(given), frame=frame) for given in (still, scene))
    assert (held == seen).all()


def test_the_walk_and_the_energy_point_at_the_same_rows(everything: Make) -> None:
    playhead = make_playhead(everything(9))
    assert len(playhead.system.curves) > 10
    for _ in range(30):
        playhead.step(7)  # the last step began one before
        assert (playhead.slot == parameters_at(playhead.system, (playhead.now - 1) // 8)[1]).all()
    for _ in range(60):
        playhead.step(-7)
        assert (playhead.slot == parameters_at(playhead.system, playhead.now // 8)[1]).all()


@pytest.mark.parametrize("steps", [1, 8])
def test_a_push_gives_the_speed_of_its_frames_and_none_before_and_after(scheme: Scheme, steps: int) -> None:
    push = ra.force("nudge", bodies=[1], push=Curve(5, 1, np.array([[24.0, 0, 0], [0, 48.0, 0]])))
    place = [[0, 0, 1], [1, 0, 0]]
    playhead = make_playhead(
        ra.make_scene(place, np.zeros((2, 3)), 1.0, forces=[push], scheme=scheme.name, steps_per_frame=steps)
    )
    speeds = {}
    for frame in range(1, 10):
        playhead.seek(frame)
        assert not playhead.velocity[0].any()
        speeds[frame] = playhead.velocity[1]
    for frame, speed in {1: (0, 0, 0), 5: (0, 0, 0), 6: (1, 0, 0), 7: (1, 2, 0), 8: (1, 2, 0), 9: (1, 2, 0)}.items():
        np.testing.assert_allclose(speeds[frame], speed, atol=1e-14)


def test_a_frame_between_two_rows_is_entered_from_both_sides() -> None:
    push = ra.force("nudge", push=Curve(2, 3, np.array([[1.0, 0, 0], [0, 2.0, 0], [0, 0, 3.0]])))
    playhead = make_playhead(ra.make_scene(np.eye(3), np.eye(3), 1.0, forces=[push]))
    onward = {}
    for frame in range(-2, 14):
        playhead.seek(frame)
        onward[frame] = playhead.digest()
    for frame in range(13, -3, -1):
        playhead.seek(frame)
        assert playhead.digest() == onward[frame]


def test_a_plain_value_is_one_row_or_one_for_each_body() -> None:
    scalar, vector = ra.Parameter("p", 0.0, "", 0, 1, ""), ra.Parameter("v", (0.0, 0.0, 0.0), "", 0, 1, "", axes=3)
    assert rows_of(scalar, np.array(3.0)).tolist() == [[3.0]]
    assert rows_of(scalar, np.array([3.0, 4.0])).tolist() == [[3.0], [4.0]]
    assert rows_of(vector, np.array([3.0, 4.0, 5.0])).tolist() == [[3.0, 4.0, 5.0]]
    assert rows_of(vector, np.ones((2, 3))).shape == (2, 3)
