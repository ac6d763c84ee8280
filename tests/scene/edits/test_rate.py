"""Another frame rate keeps the seconds of all that is there, or its frames."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import revanim as ra
from revanim.engine.parameter import Curve
from revanim.scene.curve import paced_by, value_at

CASE = Path(__file__).parents[2] / "cases" / "misc" / "fps_keyframe.revanim"


def miss(scene: ra.Scene) -> float:
    """Return how far the bodies of the first keyframe are from where they shall be."""
    (key,) = scene.keyframes
    playhead = ra.Playhead(scene)
    playhead.seek(key.frame)
    return float(np.abs(playhead.position[key.bodies] - key.position).max())


def test_a_keyframe_that_was_hit_is_hit_at_any_rate() -> None:
    scene = ra.load(CASE)
    assert scene.keyframes[0].frame == 25
    for fps, frame in ((30.0, 31), (48.0, 49), (12.0, 13), (120.0, 121)):
        timed = ra.edits.set_timing(scene, fps=fps)
        assert timed.keyframes[0].frame == frame
        assert miss(timed) == pytest.approx(miss(scene), abs=1e-9)


@pytest.fixture
def pushed() -> ra.Scene:
    """Two bodies on a spring that are pushed by curves, with a keyframe, markers and a range, at home in frame 5."""
    push = np.random.default_rng(3).normal(size=(20, 2, 3))
    forces = [
        ra.force("nudge", push=Curve(5, 4, push)),
        ra.force("spring", links=[[0, 1]], stiffness=Curve(3, 10, np.array([3.0, 9.0, 6.0])), length=1.0),
        ra.force("gravity", strength=0.5, softening=0.3),
    ]
    scene = ra.make_scene(np.eye(3)[:2], np.eye(3)[1:], [1.0, 2.0], forces=forces, home=5, frames=(1, 101))
    scene = ra.edits.set_timing(scene, steps_per_frame=24)
    playhead = ra.Playhead(scene)
    playhead.seek(65)
    scene = ra.edits.add_keyframe(scene, 65, [0, 1], position=playhead.position, hold=8, window=(45, 85))
    return ra.edits.add_marker(ra.edits.add_marker(scene, 65, "hit"), 66, "after")


@pytest.mark.parametrize("fps", [48.0, 30.0, 25.0, 12.0])
def test_seconds_are_kept(fps: float, pushed: ra.Scene) -> None:
    pushed = replace(pushed, look=replace(pushed.look, plays=(15, 65)))
    timed, ratio = ra.edits.set_rate(pushed, fps), fps / 24

    def frame(before: int) -> int:
        return 5 + round((before - 5) * ratio)

    (key,) = timed.keyframes
    assert (key.frame, key.end, key.window) == (frame(65), frame(73), (frame(45), frame(85)))
    assert (timed.timing.first, timed.timing.last, timed.timing.home) == (frame(1), frame(101), 5)
    assert timed.look.plays == (frame(15), frame(65))
    first, second = timed.markers
    assert (first.frame, second.frame) == (frame(65), max(frame(66), frame(65) + 1))
    if fps in (48.0, 30.0, 12.0):  # the second of the key is a whole frame
        assert miss(timed) < 2e-3
    assert ra.edits.set_rate(timed, 24.0).keyframes[0].frame == 65


@pytest.mark.parametrize("fps", [48.0, 12.0])
@pytest.mark.parametrize("part", [ra.force("turbulence", speed=3.0), ra.move("gusts", speed=3.0), ra.force("field")])
def test_what_goes_by_the_clock_comes_at_its_second_and_at_its_frame_also_for_a_home_that_is_late(
    part: ra.Part, fps: float
) -> None:
    role = {"moves": [part]} if part.kind == "gusts" else {"forces": [part]}
    scene = ra.make_scene(
        np.eye(3), 0 * np.eye(3), 1.0, home=60, frames=(1, 97), steps_per_frame=32, scheme="leapfrog", **role
    )
    for keep, frame in (("seconds", 60 + round(24 * fps / 24)), ("frames", 84)):
        before, after = ra.Playhead(scene), ra.Playhead(ra.edits.set_rate(scene, fps, keep=keep))
        before.seek(84)
        after.seek(frame)
        went = np.abs(before.position - scene.bodies.position).max()
        assert np.abs(after.position - before.position).max() < 5e-3 * went


def test_random_kicks_and_times_are_those_of_the_quicker_motion() -> None:
    moves = [ra.move("kick", strength=2.0), ra.move("thermostat", relaxation=3.0), ra.move("turn_back", at=1.0)]
    scene = ra.make_scene(np.eye(3), np.eye(3), 1.0, moves=moves, scheme="leapfrog")
    found = [ra.edits.set_rate(scene, 96.0, keep="frames").moves[k].values for k in range(3)]
    assert found[0]["strength"] == pytest.approx(16.0)
    assert found[1]["relaxation"] == pytest.approx(0.75)
    assert found[2]["at"] == pytest.approx(0.25)


@pytest.mark.parametrize("fps", [48.0, 30.0, 23.976, 5.0])
def test_frames_are_kept(fps: float, pushed: ra.Scene) -> None:
    playhead, ratio = ra.Playhead(pushed), fps / 24
    playhead.seek(65)
    pushed = ra.edits.replace_keyframe(pushed, 0, hold=0, velocity=playhead.velocity)
    timed = ra.edits.set_rate(pushed, fps, keep="frames")
    assert timed.markers == pushed.markers
    assert replace(timed.timing, fps=24.0) == pushed.timing
    before, after = ra.Playhead(pushed), ra.Playhead(timed)
    for shown in (65, 1, 90):
        before.seek(shown)
        after.seek(shown)
        assert after.position == pytest.approx(before.position, abs=1e-9)
        assert after.velocity == pytest.approx(before.velocity * ratio, abs=1e-8)
    assert timed.keyframes[0].velocity == pytest.approx(pushed.keyframes[0].velocity * ratio)
    assert miss(timed) < 1e-9


@pytest.mark.parametrize("ratio", [2.0, 1.25, 0.8, 1 / 3, 0.999, 7.3])
@pytest.mark.parametrize("outside", ["zero", "hold"])
def test_a_curve_pushes_as_much_as_before(ratio: float, outside: str) -> None:
    curve = Curve(7, 3, np.random.default_rng(1).normal(size=(9, 2)))
    other = paced_by(curve, ratio, 5, outside)
    reach = 300
    whole = sum(value_at(curve, frame, outside) for frame in range(5 - reach, 5 + reach))
    wide = round(reach * ratio)
    again = sum(value_at(other, frame, outside) for frame in range(5 - wide, 5 + wide)) / ratio
    assert again == pytest.approx(whole, abs=1e-9 if outside == "zero" else 3.0)
    assert np.abs(other.values).max() <= np.abs(curve.values).max() + 1e-12


def test_keys_of_a_value_keep_their_seconds_and_never_meet() -> None:
    speed = ra.keyed([1, 2, 13, 25], [0.0, 1.0, 3.0, 2.0])
    scene = ra.make_scene(np.zeros((1, 3)), np.zeros((1, 3)), 1.0, [ra.force("attractor", strength=speed)])
    quick, slow = (ra.edits.set_rate(scene, fps).forces[0].values["strength"] for fps in (48, 0.5))
    assert quick.frames.tolist() == [1, 3, 25, 49]
    np.testing.assert_array_equal(quick.reach, 2 * speed.reach)
    np.testing.assert_array_equal(quick.values, speed.values)
    assert (np.diff(slow.frames) > 0).all()
    kept = ra.edits.set_rate(scene, 48, keep="frames").forces[0].values["strength"]
    assert kept.frames.tolist() == speed.frames.tolist()


def test_a_key_never_comes_to_lie_at_home_and_no_marker_is_lost(pushed: ra.Scene) -> None:
    timed = ra.edits.set_rate(pushed, 0.1)
    assert timed.keyframes[0].frame > timed.timing.home
    assert [marker.name for marker in timed.markers] == ["hit", "after"]


def test_what_is_given_too_is_what_it_is_given_as(pushed: ra.Scene) -> None:
    timing = ra.edits.set_timing(pushed, fps=48.0, last=77).timing
    assert (timing.fps, timing.first, timing.last) == (48.0, -3, 77)
    with pytest.raises(ra.RevanimError, match="keeps seconds or frames, not 'time'"):
        ra.edits.set_timing(pushed, fps=48.0, keep="time")
