"""A playhead stands in time, and shows what is there."""

import hashlib
from threading import Timer
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.halt import Halted
from revanim.scene.build import make_playhead


@pytest.fixture
def playhead() -> Any:
    place, speed = [[1, 0, 0], [-1, 0.5, 0], [0, -1, 0.25]], [[0, 0.5, 0], [0, -0.5, 0.1], [0.3, 0, 0]]
    forces = [ra.force("gravity"), ra.force("uniform", acceleration=(0, 0, -1))]
    return make_playhead(ra.make_scene(place, speed, [1.0, 2.0, 0.5], forces=forces, home=5, frames=(1, 9)))


def test_it_stands_at_home_at_first(playhead: Any) -> None:
    assert playhead.frame == 5
    assert playhead.now == 40
    assert playhead.position[1].tolist() == [-1, 0.5, 0]


def test_it_seeks_any_frame_in_the_range_and_outside(playhead: Any) -> None:
    home = playhead.digest()
    for frame in (9, 1, -300, 500, 0, 5):
        playhead.seek(frame)
        assert playhead.frame == frame
    assert playhead.digest() == home


def test_a_frame_lasts_until_the_next_one(playhead: Any) -> None:
    frames = []
    for _ in range(9):
        frames.append(playhead.frame)
        playhead.step(1)
    assert frames == [5] * 8 + [6]
    playhead.step(-10)
    assert playhead.frame == 4


def test_seeking_the_frame_it_is_in_goes_to_its_beginning(playhead: Any) -> None:
    home = playhead.digest()
    playhead.step(3)
    playhead.seek(5)
    assert playhead.digest() == home


def test_no_step_changes_nothing(playhead: Any) -> None:
    home = playhead.digest()
    playhead.step(0)
    playhead.seek(5)
    assert playhead.digest() == home


def test_what_it_shows_are_copies(playhead: Any) -> None:
    home = playhead.digest()
    for shown in (playhead.position, playhead.velocity, playhead.state):
        shown[:] = 7
    assert playhead.digest() == home


def test_the_arrays_have_the_promised_shapes(playhead: Any) -> None:
    assert (playhead.position.shape, playhead.position.dtype) == ((3, 3), np.float64)
    assert (playhead.velocity.shape, playhead.velocity.dtype) == ((3, 3), np.float64)
    assert (playhead.state.shape, playhead.state.dtype) == ((6, 3), np.int64)


def test_the_digest_is_the_sha256_of_the_integers(playhead: Any) -> None:
    playhead.seek(7)
    assert playhead.digest() == hashlib.sha256(playhead.state.astype("<i8").tobytes()).hexdigest()


def test_one_bit_changes_the_digest(playhead: Any) -> None:
    from revanim.engine.playhead import digest

    state = playhead.state
    before = digest(state)
    state[4, 1] ^= 1
    assert digest(state) != before


def test_the_energy_is_that_of_motion_and_of_all_forces() -> None:
    forces = [
        ra.force("uniform", acceleration=(0, 0, -2)),
        ra.force("spring", links=[[0, 1]], stiffness=4.0, length=1.0),
    ]
    scene = ra.make_scene([[0, 0, 1], [3, 0, 1]], [[0, 3, 0], [0, 0, 0]], [2.0, 1.0], forces=forces)
    assert make_playhead(scene).energy() == pytest.approx(9.0 + 2 * 3 * 1 + 0.5 * 4 * 2**2)


def test_the_energy_hardly_changes_on_the_way(playhead: Any) -> None:
    before = playhead.energy()
    playhead.seek(50)
    assert playhead.energy() == pytest.approx(before, rel=1e-5)


def test_two_playheads_of_a_scene_are_independent() -> None:
    scene = ra.make_scene(np.eye(3), np.eye(3)[::-1], 1.0, forces=[ra.force("gravity")])
    one, other = make_playhead(scene), make_playhead(scene)
    one.seek(20)
    assert other.digest() != one.digest()
    other.seek(20)
    assert other.digest() == one.digest()
    assert scene.bodies.position.tolist() == np.eye(3).tolist()


def test_a_walk_that_is_halted_ends_at_a_whole_step_and_is_exact_so_far() -> None:
    scene = ra.example("figure-eight")
    playhead, fresh = make_playhead(scene), make_playhead(scene)
    halted = Timer(0.2, playhead.system.halt)
    halted.start()
    with pytest.raises(Halted):
        playhead.step(10**7)  # far more than there is time for
    halted.join()
    done = playhead.now - fresh.now
    assert 0 < done < 10**7
    fresh.step(done)
    assert playhead.digest() == fresh.digest()
    with pytest.raises(Halted):
        playhead.step(-1)
    assert playhead.digest() == fresh.digest()
