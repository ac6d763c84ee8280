"""Whatever drives the bodies, a walk there and back changes not one bit, however it is cut into pieces."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import revanim as ra
from revanim.engine.scheme import Scheme
from revanim.scene.build import make_playhead

Make = Callable[..., Any]


def check_return(scene: ra.Scene, *frames: int) -> None:
    """Walk to each frame in turn and home again, and see that every arrival is the same as at the first time."""
    playhead = make_playhead(scene)
    seen = {scene.timing.home: playhead.digest()}
    for frame in (*frames, scene.timing.home, *reversed(frames), scene.timing.home):
        playhead.seek(frame)
        assert playhead.frame == frame
        assert seen.setdefault(frame, playhead.digest()) == playhead.digest()
    assert len(set(seen.values())) == len(seen)


def test_a_force_returns_exactly(variant: Any, sample_scene: Make, sample_force: Make) -> None:
    check_return(sample_scene(20, [sample_force(variant, 20)]), 9, -6, 2, 40)


def test_a_force_among_few_bodies_returns_exactly(variant: Any, sample_scene: Make, sample_force: Make) -> None:
    check_return(sample_scene(4, [sample_force(variant, 4)]), 9, -6, 2, 40)


def test_a_force_whose_parameters_change_over_frames_returns_exactly(
    variant: Any, sample_scene: Make, sample_force: Make
) -> None:
    check_return(sample_scene(20, [sample_force(variant, 20, curves=True)]), 4, 30, -5, 7)


def test_a_force_on_some_bodies_returns_exactly(variant: Any, sample_scene: Make, sample_force: Make) -> None:
    force = sample_force(variant, 20, bodies=[3, 17, 4, 9, 11])
    check_return(sample_scene(20, [force]), 9, -6)


@pytest.mark.parametrize(("count", "frames"), [(15, (12, -4)), (16, (12, -4)), (300, (3, -1))])
def test_all_forces_together_return_exactly(count: int, frames: tuple[int, ...], everything: Make) -> None:
    check_return(everything(count), *frames)


def test_every_scheme_returns_exactly(scheme: Scheme, everything: Make) -> None:
    check_return(everything(20, scheme=scheme.name), 12, -4)


def test_every_scheme_returns_exactly_in_a_plane_and_with_pins(scheme: Scheme, everything: Make) -> None:
    check_return(everything(20, scheme=scheme.name, planar=True, pinned=np.arange(20) % 5 == 0), 12, -4)


@pytest.mark.parametrize("steps", [1, 2, 3, 7, 64])
def test_any_number_of_steps_per_frame_returns_exactly(steps: int, everything: Make) -> None:
    check_return(everything(9, steps_per_frame=steps, fps=240 * 8 / steps), 12, -4)


def test_a_home_in_the_middle_of_the_range_is_walked_from_both_ways(everything: Make) -> None:
    check_return(everything(9, home=6, frames=(1, 12)), 12, 1)


def test_no_bodies_and_a_single_body_walk_too(all_variants: list[Any], sample_force: Make) -> None:
    forces = [sample_force(variant, 1) for variant in all_variants if not variant.kind.linked]
    for count in (0, 1):
        given_ = forces if count else [ra.force("gravity"), ra.force("coulomb"), ra.force("uniform")]
        playhead = make_playhead(ra.make_scene(np.ones((count, 3)), np.zeros((count, 3)), 1.0, forces=given_))
        home = playhead.digest()
        playhead.seek(9)
        playhead.seek(1)
        assert playhead.digest() == home


@pytest.mark.parametrize("name", ["srkn6b", "verlet", "leapfrog"])
@given(chunks=st.lists(st.integers(-40, 40), max_size=12))
def test_a_walk_in_pieces_is_the_walk_in_one(name: str, chunks: list[int]) -> None:
    scene = chaotic(name)
    pieces, whole = make_playhead(scene), make_playhead(scene)
    for chunk in chunks:
        pieces.step(chunk)
    whole.step(sum(chunks))
    assert pieces.now == whole.now == scene.timing.steps_per_frame + sum(chunks)
    assert pieces.digest() == whole.digest()


def chaotic(scheme: str) -> ra.Scene:
    """Return three bodies that meet again and again while a push comes, changes and goes."""
    push = ra.Curve(2, 1, np.array([[3.0, 0, 0], [0, 3.0, 0], [0, 0, -3.0]]))
    forces = [ra.force("gravity", strength=1.0), ra.force("nudge", bodies=[1], push=push)]
    return ra.make_scene(np.eye(3), np.eye(3)[::-1] / 2, [1.0, 2.0, 3.0], forces=forces, scheme=scheme)


def test_mixed_strides_meet_the_same_bits_at_every_step(everything: Make) -> None:
    scene = everything(17)
    playhead, by_step = make_playhead(scene), {}
    for _ in range(100):
        by_step[playhead.now] = playhead.digest()
        playhead.step(1)
    for stride in (-1, 2, -3, 7, -5, 31, -50, 64, -11, 13):
        for _ in range(6):
            if playhead.now + stride in by_step:
                playhead.step(stride)
                assert playhead.digest() == by_step[playhead.now]


def test_a_long_walk_returns_exactly() -> None:
    place = [[0.97000436, -0.24308753, 0.0], [-0.97000436, 0.24308753, 0.0], [0.0, 0.0, 0.0]]
    speed = [[0.466203685, 0.43236573, 0.0], [0.466203685, 0.43236573, 0.0], [-0.93240737, -0.86473146, 0.0]]
    playhead = make_playhead(ra.make_scene(place, speed, 1.0, forces=[ra.force("gravity", softening=0.0)]))
    home = playhead.digest()
    playhead.step(1_000_000)
    away = playhead.digest()
    playhead.step(-1_000_000)
    assert away != home
    assert playhead.digest() == home
