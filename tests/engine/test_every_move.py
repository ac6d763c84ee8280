"""Every move that is registered returns exactly, also from before home and after edits, and keeps its tape alone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.adjoint import Adjoint
from revanim.engine.grid import to_counts
from revanim.engine.move import MoveKind
from revanim.engine.playhead import AT_ONCE, Playhead
from revanim.engine.scheme import schemes
from revanim.engine.tape import EVER, HEAD, RUN, has_tape
from revanim.scene.build import build_system, make_playhead

Make = Callable[..., Any]
Sample = Callable[..., ra.Scene]
COUNT = 12


@pytest.fixture
def moved(sample_scene: Make, sample_move: Make) -> Sample:
    """Return a scene of bodies that fall past each other, and a move; with more moves where more are given."""

    def make(
        kind: MoveKind, *more: Any, curves: bool = False, bodies: Any = None, pull: float = -2.0, **given: Any
    ) -> ra.Scene:
        moves = [sample_move(kind, COUNT, curves=curves, bodies=bodies), *more]
        forces = [ra.force("uniform", acceleration=(0, 0, pull))]
        return sample_scene(COUNT, forces, moves=moves, **{"scheme": "leapfrog", **given})

    return make


def check_return(playhead: Playhead, *frames: int) -> None:
    """Walk to each frame and home again, and see that every arrival is the same as at the first time."""
    home = playhead.frame
    seen = {home: playhead.digest()}
    for frame in (*frames, home, *reversed(frames), home):
        playhead.seek(frame)
        assert seen.setdefault(frame, playhead.digest()) == playhead.digest(), frame
    assert len(set(seen.values())) == len(seen)


def test_it_returns_exactly_in_every_scheme(move_kind: MoveKind, moved: Sample) -> None:
    for name, scheme in schemes().items():
        if scheme.onward or not move_kind.kernels.goes_inside:
            check_return(make_playhead(moved(move_kind, scheme=name)), 9, -6, 2)
        else:
            with pytest.raises(ra.RevanimError, match="drifts and kicks all go onward, such as leapfrog"):
                moved(move_kind, scheme=name)


def test_it_returns_exactly_from_long_before_home(move_kind: MoveKind, moved: Sample) -> None:
    check_return(make_playhead(moved(move_kind, fps=240)), -239, 60)


def test_it_returns_exactly_where_its_values_change_over_frames(move_kind: MoveKind, moved: Sample) -> None:
    check_return(make_playhead(moved(move_kind, curves=True)), 4, 30, -5, 7)


def test_it_returns_exactly_on_some_beside_another(move_kind: MoveKind, moved: Sample, sample_move: Make) -> None:
    check_return(make_playhead(moved(move_kind, sample_move(move_kind, COUNT), bodies=[7, 2, 4])), 9, -6)


def test_it_returns_exactly_in_a_plane_with_pins_and_moves_neither(move_kind: MoveKind, moved: Sample) -> None:
    scene = moved(move_kind, planar=True, pinned=np.arange(COUNT) % 4 == 0)
    scene = ra.edits.set_forces(scene, [ra.force("uniform", acceleration=(0, -2, 0))])
    playhead = make_playhead(scene)
    check_return(playhead, 20, -6)
    playhead.seek(20)
    assert not playhead.state[[2, 5]].any()
    assert (playhead.state[:6, ::4] == scene.bodies.state[:6, ::4]).all()


def test_a_walk_in_pieces_is_the_walk_in_one(move_kind: MoveKind, moved: Sample) -> None:
    scene = moved(move_kind)
    pieces, whole = make_playhead(scene), make_playhead(scene)
    for chunk in (1, -3, 40, -7, 300, -100):
        pieces.step(chunk)
    whole.step(231)
    assert pieces.digest() == whole.digest()


def scribbled(playhead: Playhead, random: np.random.Generator) -> Playhead:
    """Return a playhead with other places and speeds, and with anything on the tapes."""
    system, state = playhead.system, playhead.state
    state[:6] += random.integers(-(2**40), 2**40, state[:6].shape) * np.tile(system.free, (2, 1)).astype(np.int64)
    for lane in system.lanes[system.taped]:
        state[lane] = random.integers(-2000, 2000, COUNT)
        state[lane + HEAD] = random.integers(1 << (state[lane] & 31))
        state[lane + RUN] = random.choice([0, -EVER, -EVER + 3, 5], COUNT)
    tapes = random.integers(0, 2**32, (len(system.move_items), COUNT, 40 if len(system.taped) else 0))
    return Playhead(system, state, playhead.frame, tapes.astype(np.uint32))


@pytest.mark.parametrize("seed", range(4))
def test_it_returns_exactly_whatever_is_on_its_tape(move_kind: MoveKind, seed: int, moved: Sample) -> None:
    playhead = scribbled(make_playhead(moved(move_kind)), np.random.default_rng(seed))
    stand = playhead.stand
    for steps in (-20, 20, 60, -80):
        playhead.step(steps)
        playhead.step(-steps)
        assert playhead.stand.is_as(stand)


def test_an_edit_at_any_frame_leaves_the_past_of_other_bodies_as_it_was(move_kind: MoveKind, moved: Sample) -> None:
    scene, others = moved(move_kind, bodies=np.arange(1, COUNT) if move_kind.couples else None), np.arange(1, COUNT)
    before = {}
    playhead = ra.Playhead(scene)
    for frame in range(1, 31, 6):
        playhead.seek(frame)
        before[frame] = playhead.state[:6, others]
    for frame in (13, 30):
        there = ra.edits.stand_at(scene, frame)
        edited = ra.edits.set_motion(there, [0], velocity=[[0.3, -0.2, 0.1]])
        playhead = make_playhead(edited)
        check_return(playhead, 1, -3)
        for earlier in (one for one in before if one <= frame):
            playhead.seek(earlier)
            assert (playhead.state[:6, others] == before[earlier]).all()


def test_home_moves_with_all_that_was_erased(move_kind: MoveKind, moved: Sample) -> None:
    scene = moved(move_kind)
    playhead, there = ra.Playhead(scene), ra.Playhead(ra.edits.stand_at(scene, 40))
    playhead.seek(40)
    assert there.digest() == playhead.digest()
    assert (there.erased == playhead.erased).all()
    assert ra.Playhead(ra.edits.rehome(scene, playhead.state, 40)).digest() == playhead.digest()
    there.seek(1)
    assert there.digest() == ra.Playhead(scene).digest()
    assert not there.erased.any()


def test_its_tape_is_in_the_file(move_kind: MoveKind, moved: Sample, tmp_path: Any) -> None:
    scene = ra.edits.stand_at(moved(move_kind), 200)
    ra.save(scene, tmp_path / "there.revanim")
    loaded = ra.load(tmp_path / "there.revanim")
    assert ra.Playhead(loaded).digest() == ra.Playhead(scene).digest()
    back = ra.Playhead(loaded)
    back.seek(1)
    assert back.digest() == ra.Playhead(moved(move_kind)).digest()


def test_tapes_get_longer_where_they_are_full_and_no_bit_tells(move_kind: MoveKind, moved: Sample) -> None:
    scene = moved(move_kind)
    short, long = make_playhead(scene), make_playhead(scene)
    if has_tape(move_kind):
        for _ in range(4):
            long.lengthen()
    for frame in (900, 400, 1):
        short.seek(frame)
        long.seek(frame)
        assert short.digest() == long.digest()
    assert short.tapes.shape[2] == 0


def test_its_walk_back_with_the_gradient_is_its_walk_back(move_kind: MoveKind, moved: Sample) -> None:
    playhead = make_playhead(moved(move_kind))
    home = playhead.stand
    playhead.seek(30)
    adjoint = Adjoint(playhead)
    adjoint.u += 1.0
    adjoint.back(7)
    adjoint.back(-2)
    playhead.seek(1)
    assert playhead.stand.is_as(home)


def slope(function: Callable[[float], float]) -> float:
    """Return the fourth-order central difference of a function at 0."""
    h = 1e-6  # so near that hardly a contact begins in between
    return (8 * (function(h) - function(-h)) - (function(2 * h) - function(-2 * h))) / (12 * h)


@pytest.mark.parametrize("seed", range(2))
def test_its_gradient_is_that_of_differences(move_kind: MoveKind, seed: int, moved: Sample) -> None:
    random = np.random.default_rng(seed)
    place, speed = random.normal(size=(2, 3, COUNT))  # what a unit of each costs in the end
    scene = moved(move_kind, pull=0.0)  # what gravity does to a bounce, no step can tell
    system = build_system(scene)
    ways, d_mass, d_theta = random.normal(size=(2, 3, COUNT)), random.random(COUNT), np.zeros(system.theta.size)
    for parameter in move_kind.parameters:
        part = system.layout[1, parameter.name]
        d_theta[part] = parameter.graded * random.normal(size=part.stop - part.start)

    def cost(playhead: Playhead) -> float:
        playhead.seek(25)
        return float(np.sum(place * playhead.position.T) + np.sum(speed * playhead.velocity.T))

    def changed(by: np.ndarray) -> float:
        state = scene.bodies.state.copy()
        state[:3] += to_counts(by[0] * ways[0], system.grid.length_unit)
        state[3:6] += to_counts(by[1] * ways[1], system.grid.speed_unit)
        other = replace(system, theta=system.theta + by[2] * d_theta, m=system.m + by[3] * d_mass)
        return cost(Playhead(other, state, 1))

    playhead = Playhead(system, scene.bodies.state, 1)
    adjoint = Adjoint(playhead, masses=True)
    cost(playhead)
    adjoint.u += place
    adjoint.w += speed
    adjoint.back(1)
    found = adjoint.gradient
    parts = [
        np.sum(found.position.T * ways[0]),
        np.sum(found.velocity.T * ways[1]),
        np.sum(found.theta * d_theta),
        np.sum(found.mass * d_mass),
    ]
    for index, part in enumerate(parts):
        expected = slope(lambda by: changed(by * np.eye(4)[index]))  # noqa: B023 - called at once
        assert part == pytest.approx(expected, rel=1e-6, abs=1e-6)


def test_a_long_walk_is_kept_in_pieces_and_returns(move_kind: MoveKind, moved: Sample) -> None:
    playhead = make_playhead(moved(move_kind, fps=2400))
    home = playhead.digest()
    playhead.step(2 * AT_ONCE + 1)
    playhead.step(-2 * AT_ONCE - 1)
    assert playhead.digest() == home
