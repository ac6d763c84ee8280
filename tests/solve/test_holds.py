"""Keyframes that hold: every frame of them counts, and bodies rest there."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.solve.advice.foresight import push_frames
from revanim.solve.settling import retime
from revanim.solve.terms import by_keyframe, terms_of

Make = Callable[..., Any]


def make_swarm(count: int = 12) -> ra.Scene:
    """Return a cloud at rest under its own gravity."""
    place = np.random.default_rng(2).normal(size=(count, 3))
    gravity = ra.force("gravity", softening=0.2)
    return ra.make_scene(place, 0 * place, 1 / count, [gravity], steps_per_frame=4, scheme="verlet", frames=(1, 80))


def last(progress: Any) -> ra.Progress:
    """Return what a solve ends with."""
    *_, end = progress
    return end


def held(scene: ra.Scene, frames: tuple[int, ...], hold: int, **fields: Any) -> ra.Scene:
    random = np.random.default_rng(7)
    for frame in frames:
        places = random.normal(size=(scene.bodies.count, 3))
        scene = ra.edits.add_keyframe(scene, frame, np.arange(len(places)), position=places, hold=hold, **fields)
    return scene


def fastest(scene: ra.Scene, frames: range) -> list[float]:
    """Return the largest speed along an axis at each frame."""
    playhead, found = ra.Playhead(scene), []
    for frame in frames:
        playhead.seek(frame)
        found.append(float(np.abs(playhead.velocity).max()))
    return found


def test_two_held_poses_are_hit_at_every_frame_and_bodies_rest_there() -> None:
    scene = held(make_swarm(), (25, 61), 12)
    solved = last(ra.solve(scene))
    assert len(solved.misses) == 2
    assert max(solved.misses) < 1e-8
    playhead = ra.Playhead(solved.scene)
    for key in scene.keyframes:
        for frame in range(key.frame, key.end + 1):
            playhead.seek(frame)
            assert np.abs(playhead.position - key.position).max() < 1e-7
    assert max(fastest(solved.scene, range(25, 38)) + fastest(solved.scene, range(61, 74))) < 1e-6


def test_a_hold_is_eased_into_and_out_of() -> None:
    speeds = fastest(last(ra.solve(held(make_swarm(), (25, 61), 12))).scene, range(1, 62))
    before, after = speeds[18:25], speeds[36:43]  # frames 19 to 25, and 37 to 43
    assert all(one > other for one, other in pairwise(before))
    assert all(one <= other for one, other in pairwise(after))


def test_a_shape_that_holds_keeps_who_goes_where() -> None:
    scene = held(make_swarm(), (25,), 12, shape=True)
    solved = last(ra.solve(scene))
    assert solved.miss < 1e-3
    playhead = ra.Playhead(solved.scene)
    order = solved.orders[0]
    for frame in (25, 31, 37):
        playhead.seek(frame)
        assert np.abs(playhead.position - scene.keyframes[0].position[order]).max() < 1e-2


def test_the_cost_of_a_hold_is_the_mean_over_its_frames_and_the_miss_root_mean_square(cloud: Make) -> None:
    scene = ra.edits.add_keyframe(cloud(), 4, [1, 2], position=np.ones((2, 3)), weight=3.0, hold=4)
    playhead, squares = ra.Playhead(scene), []
    for frame in range(4, 9):
        playhead.seek(frame)
        squares.append(np.sum((playhead.position[[1, 2]] - 1.0) ** 2, axis=1))
    objective = ra.Objective(scene)
    assert objective.value_and_gradient(objective.start)[0] == pytest.approx(3.0 * np.sum(np.mean(squares, axis=0)))
    assert objective.misses(objective.start) == [pytest.approx(np.sqrt(np.mean(squares)))]
    assert objective.last == 8


def test_a_window_moves_the_whole_hold() -> None:
    scene = ra.make_scene([[0, 0, 0]], [[1, 0, 0]], 1.0, fps=1, frames=(1, 20))
    wish = {"position": [[10.0, 0, 0]], "window": (4, 16), "hold": 2}
    objective = ra.Objective(ra.edits.add_keyframe(scene, 5, [0], **wish))
    assert objective.last == 18
    assert retime(objective, objective.start)
    assert [key.frame for key in objective.keyframes] == [10]  # so that 10, 11 and 12 lie around the moment it is there
    assert [term.frame for term in objective.terms] == [10, 11, 12]


def test_a_nail_holds_all_along() -> None:
    scene = held(make_swarm(4), (25,), 8, nail=True, tolerance=1e-6)
    solved = last(ra.solve(scene))
    assert solved.excess == 0.0
    playhead = ra.Playhead(solved.scene)
    for frame in range(25, 34):
        playhead.seek(frame)
        assert np.linalg.norm(playhead.position - scene.keyframes[0].position, axis=1).max() < 1e-6


def test_a_chain_holds_a_pose(chain: Make) -> None:
    scene, target = chain()
    scene = ra.edits.add_keyframe(scene, 25, [2], position=target[1:], hold=6)
    solved = last(ra.solve(scene, iterations=6))
    assert solved.miss < 1e-3


def test_pushes_are_shorter_where_holds_leave_little_time() -> None:
    scene = held(make_swarm(4), (13, 33), 12)  # 8 frames from one to the next
    assert push_frames(ra.Objective(scene)) == 2
    assert push_frames(ra.Objective(held(make_swarm(4), (25, 61), 0))) == 8
    assert last(ra.solve(scene)).miss < 1e-8


def test_terms_stand_in_the_order_of_their_frames_and_know_their_keyframe() -> None:
    scene = held(make_swarm(2), (10, 12), 3)
    terms = terms_of(scene.keyframes)
    assert [term.frame for term in terms] == [10, 11, 12, 12, 13, 13, 14, 15]
    assert [[term.frame for term in group] for group in by_keyframe(terms)] == [[10, 11, 12, 13], [12, 13, 14, 15]]


def test_a_launch_alone_is_said_not_to_hold_and_one_click_allows_pushes() -> None:
    scene = held(make_swarm(4), (25,), 8)
    ended = last(ra.solve(scene, ["velocity"], iterations=5))
    assert ended.why == "A launch alone cannot hold the key at frame 25: allow pushes."
    assert ended.advice is not None
    assert ended.advice.remedy is not None
    again, wishes = ended.advice.remedy.change(scene, ["velocity"])
    assert last(ra.solve(again, wishes)).miss < 1e-8
