"""A turn turns the speeds by its rate about its axis, and keeps how fast they are."""

import numpy as np
import pytest

import revanim as ra
from revanim.scene.placing import rotation

AXES = [(0, 0, 1.0), (0, 0, -2.0), (1.0, 2.0, 3.0), (-3.0, 0.5, 1.0), (0, 7.0, 0)]


def turned(rate: tuple[float, ...], **given: object) -> ra.Playhead:
    speed = np.random.default_rng(1).normal(size=(5, 3)) * (1, 1, not given.get("planar", False))
    scene = ra.make_scene(np.zeros((5, 3)), speed, 1.0, moves=[ra.move("turn", rate=rate)], **given)
    return ra.Playhead(scene)


@pytest.mark.parametrize("rate", AXES)
@pytest.mark.parametrize("steps", [1, 8])
def test_the_speeds_turn_by_the_rate_about_the_axis(rate: tuple[float, ...], steps: int) -> None:
    playhead = turned(rate, steps_per_frame=steps)
    before = playhead.velocity
    playhead.seek(25)
    expected = before @ rotation(np.array(rate), np.degrees(np.linalg.norm(rate))).T
    np.testing.assert_allclose(playhead.velocity, expected, atol=1e-10)


def test_a_charge_goes_round_in_a_circle_and_keeps_its_speed() -> None:
    scene = ra.make_scene([[0, 0, 0]], [[1.0, 0, 0]], 1.0, moves=[ra.move("turn", rate=(0, 0, 2 * np.pi))])
    playhead, speeds = ra.Playhead(scene), []
    for frame in range(1, 26):
        playhead.seek(frame)
        speeds.append(np.linalg.norm(playhead.velocity))
    np.testing.assert_allclose(playhead.position, 0, atol=1e-4)
    np.testing.assert_allclose(speeds, 1.0, rtol=1e-12)
    assert not playhead.erased.any()


def test_in_a_plane_it_turns_in_the_plane() -> None:
    playhead = turned((3.0, 1.0, 1.0), planar=True)
    before = playhead.velocity
    playhead.seek(25)
    np.testing.assert_allclose(
        playhead.velocity, before @ rotation(np.array([0, 0, 1.0]), np.degrees(1.0)).T, atol=1e-10
    )


@pytest.mark.parametrize("rate", [1e9, 1e-300, 0.0])
def test_any_rate_is_walked_and_returns(rate: float) -> None:
    playhead = turned((rate, 0, rate))
    home = playhead.digest()
    playhead.seek(9)
    playhead.seek(1)
    assert playhead.digest() == home


def test_a_solver_finds_the_field() -> None:
    walked = turned((0.5, -1.0, 2.0))
    walked.seek(25)
    speed = np.random.default_rng(1).normal(size=(5, 3))
    start = ra.make_scene(np.zeros((5, 3)), speed, 1.0, moves=[ra.move("turn", rate=(0.3, -0.7, 1.5))])
    aimed = ra.edits.add_keyframe(start, frame=25, bodies=range(5), position=walked.position)
    *_, last = ra.solve(aimed, ["turn.rate"])
    np.testing.assert_allclose(last.scene.moves[0].values["rate"], (0.5, -1.0, 2.0), atol=1e-6)
