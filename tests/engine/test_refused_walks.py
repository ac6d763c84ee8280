"""A body that cannot go on stops the walk, says so, and leaves a state from which every other walk is still exact."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import revanim as ra
from revanim.engine.grid import RANGE_BITS
from revanim.engine.scheme import Scheme, schemes
from revanim.scene.build import make_playhead

PLACES, SPEEDS = "leaves the range of places", "becomes faster than the range of speeds"
FORCES = "meets a force that is infinite or beyond the range of speeds"
FAR = 1000


def check_refusal(scene: ra.Scene, frame: int, body: int, trouble: str) -> int:
    """See that the way to a frame is refused as it should be, and return how many steps could be done."""
    playhead, start = make_playhead(scene), scene.timing.home * scene.timing.steps_per_frame
    home, way = playhead.digest(), 1 if frame > scene.timing.home else -1
    with pytest.raises(ra.RevanimError) as refused:
        playhead.seek(frame)
    stopped, done = playhead.digest(), playhead.now - start
    check_sentence(str(refused.value), playhead, body, trouble, way)
    assert np.abs(playhead.state).max() <= 2**RANGE_BITS

    twin = make_playhead(scene)
    twin.step(done)
    assert twin.digest() == stopped  # it stands at the last whole step
    for walk in (lambda: twin.step(way), lambda: twin.step(1000 * way), lambda: twin.seek(frame)):
        with pytest.raises(ra.RevanimError, match=re.escape(str(refused.value))):
            walk()
        assert (twin.now, twin.digest()) == (playhead.now, stopped)

    playhead.seek(scene.timing.home)
    assert playhead.digest() == home
    playhead.step(done)
    assert playhead.digest() == stopped
    return done


def check_sentence(sentence: str, playhead: Any, body: int, trouble: str, way: int) -> None:
    """See that one sentence names the body, the trouble and the frame."""
    found = re.fullmatch(r"Body (\d+) (.+?)(?: \(±.+\))? (after|before) frame (\S+); the walk stops there\.", sentence)
    assert found, sentence
    assert found[1] == str(body)
    assert found[2] == trouble
    assert found[3] == ("after" if way > 0 else "before")
    assert float(found[4]) == playhead.now / playhead.system.steps_per_frame


def leaving(scheme: str, way: int, start: float = 0.0) -> ra.Scene:
    """Return two bodies of which the second leaves the range of ±2048 after about two seconds, onward or back."""
    place, speed = [[1, 0, 0], [start, 1, 0]], [[1, 0, 0], [0, 0, way * 1000.0]]
    return ra.make_scene(place, speed, 1.0, forces=[ra.force("gravity")], scheme=scheme)


@pytest.mark.parametrize("way", [1, -1])
def test_a_body_that_leaves_the_range_of_places_stops_every_scheme(scheme: Scheme, way: int) -> None:
    done = check_refusal(leaving(scheme.name, way), way * FAR, 1, PLACES)
    assert done == pytest.approx(way * 2.048 * 192, abs=1)


@pytest.mark.parametrize("way", [1, -1])
def test_a_body_that_becomes_too_fast_stops_every_scheme(scheme: Scheme, way: int) -> None:
    pull = ra.force("uniform", acceleration=(0, -4e6, 0))
    scene = ra.make_scene([[1, 0, 0], [0, 1, 0]], np.zeros((2, 3)), 1.0, forces=[pull], scheme=scheme.name)
    scene = ra.edits.set_timing(scene, fps=9600.0)  # no single step adds too much
    check_refusal(scene, way * FAR, 0, SPEEDS)


@pytest.mark.parametrize("way", [1, -1])
def test_a_force_beyond_the_range_stops_every_scheme(scheme: Scheme, way: int) -> None:
    first = 4 if way > 0 else -3
    push = ra.Curve(first, 1, np.array([[0, 0, 1e9]]))
    forces = [ra.force("gravity"), ra.force("nudge", bodies=[2], push=push)]
    scene = ra.make_scene(np.eye(3), np.eye(3)[::-1], 1.0, forces=forces, scheme=scheme.name)
    done = check_refusal(scene, way * FAR, 2, FORCES)
    assert done == (first + (way < 0) - 1) * 8


@pytest.mark.parametrize("way", [1, -1])
def test_a_step_is_undone_from_whichever_kick_meets_the_trouble(scheme: Scheme, way: int) -> None:
    for part in {abs(part) for kind, part in scheme.stages if kind == "kick"}:
        too_much = 1.0001 * 2048 / (part / 16)  # the range of speeds, in this part of a step of 1/16 s
        push = ra.Curve(4 if way > 0 else -3, 1, np.array([[too_much, 0, 0]]))
        forces = [ra.force("nudge", push=push)]
        scene = ra.make_scene(np.eye(3), np.eye(3)[::-1], 1.0, forces=forces, scheme=scheme.name, fps=2)
        assert scene.bodies.grid.speed_range == 2048
        playhead = make_playhead(scene)
        home = playhead.digest()
        with pytest.raises(ra.RevanimError, match="after frame 4;" if way > 0 else "before frame -2;"):
            playhead.seek(way * FAR)
        playhead.seek(1)
        assert playhead.digest() == home


@pytest.mark.parametrize(("name", "phase"), [("verlet", 0.5), ("leapfrog", 0.0)])
@pytest.mark.parametrize("way", [1, -1])
def test_a_force_without_bounds_stops_at_the_step_that_meets_it(name: str, phase: float, way: int) -> None:
    # All numbers are powers of two, so the body meets the point exactly; until then the pull rounds to nothing.
    attractor = ra.force("attractor", strength=1e-30, softening=0.0)
    start = -(64 + phase) / 128
    place, speed = [[1, 1, 1], [start, 0, 0]], [[0, 0, 0], [way, 0, 0]]
    scene = ra.make_scene(place, speed, 1.0, forces=[attractor], scheme=name, fps=16)
    done = check_refusal(scene, way * FAR, 1, FORCES)
    assert done == (64 if name == "verlet" else 63) * way


@pytest.mark.parametrize("frame", [2, 0])
def test_bodies_in_one_place_do_not_take_a_single_step(frame: int) -> None:
    place = [[1, 0, 0], [0, 1, 0], [0, 1, 0]]
    for name in ("coulomb", "lennard_jones", "repulsion", "gravity"):
        soft = {"softening": 0.0} if name in ("coulomb", "gravity") else {}
        scene = ra.make_scene(place, np.zeros((3, 3)), 1.0, forces=[ra.force(name, **soft)])
        assert check_refusal(scene, frame, 1, FORCES) == 0


@given(
    name=st.sampled_from(sorted(schemes())),
    velocity=st.lists(st.floats(-60_000, 60_000), min_size=3, max_size=3),
    way=st.sampled_from([1, -1]),
)
def test_whatever_leaves_comes_back(name: str, velocity: list[float], way: int) -> None:
    scene = ra.make_scene([[1, 0, 0], [0, 1, 0]], [[0, 0, 0], velocity], 1.0, forces=[ra.force("gravity")], scheme=name)
    playhead = make_playhead(scene)
    home = playhead.digest()
    try:
        playhead.seek(way * 200)
    except ra.RevanimError:
        assert max(map(abs, velocity)) > 100
    playhead.seek(1)
    assert playhead.digest() == home


@pytest.mark.parametrize("way", [1, -1])
def test_a_stride_longer_than_the_integers_is_no_wrap(scheme: Scheme, way: int) -> None:
    fine = ra.make_scene([[1, 0, 0], [-0.5, 0, 0]], [[3e6, 0, 0], [-3e6, 0, 0]], 1.0, fps=10_000, scheme=scheme.name)
    slow = ra.edits.set_timing(fine, fps=0.01, steps_per_frame=1)
    assert check_refusal(slow, way * FAR, 0, PLACES) == 0


def test_the_first_of_several_bodies_is_named() -> None:
    scene = ra.make_scene(np.eye(3), [[0, 0, 0], [500, 0, 0], [1000, 0, 0]], 1.0)
    check_refusal(scene, FAR, 2, PLACES)
    check_refusal(
        replace(scene, bodies=replace(scene.bodies, state=scene.bodies.state[:, ::-1].copy())), FAR, 0, PLACES
    )


def test_the_edge_of_the_range_can_be_stood_on_but_not_passed() -> None:
    scene = ra.make_scene([[1, 0, 0]], [[0, 0, 0]], 1.0, scheme="verlet", fps=16, steps_per_frame=8)
    state = scene.bodies.state.copy()
    state[0], state[3] = 2**RANGE_BITS - 1 - 80, 80 * 16  # at 16 frames of 8 steps it moves by an eighth in a step
    scene = ra.edits.rehome(scene, state, 1)
    assert check_refusal(scene, FAR, 0, PLACES) == 8
    playhead = make_playhead(scene)
    playhead.step(8)
    assert playhead.state[0, 0] == 2**RANGE_BITS - 1


def test_pinned_bodies_are_not_lost_to_any_force() -> None:
    pull = ra.force("uniform", acceleration=(0, 0, 1e9))
    scene = ra.make_scene(np.eye(3), np.zeros((3, 3)), 1.0, forces=[pull], pinned=True)
    playhead = make_playhead(scene)
    home = playhead.digest()
    playhead.seek(100)
    assert playhead.digest() == home
