"""Bodies bounce off each other as their restitution says, keep their momentum, and come to rest."""

from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.contacts.law import logarithm, slowing_of
from revanim.engine.parameter import Floats
from revanim.scene.build import make_playhead

G = 9.8
DOWN = ra.force("uniform", acceleration=(0, 0, -G))
R = 0.1


def scene(place: Any, speed: Any, mass: Any = 1.0, forces: Any = (), **values: Any) -> ra.Scene:
    """Return bodies that collide."""
    given = {name: values.pop(name) for name in ("planar", "steps_per_frame", "pinned", "scheme") if name in values}
    contact = ra.move("contact", **{"radius": R, **values})
    return ra.make_scene(place, speed, mass, forces=forces, moves=[contact], **{"scheme": "leapfrog", **given})


def highest(playhead: ra.Playhead, count: int) -> Floats:
    """Return how high each of the first bodies comes when it turns round for the first time."""
    found, before = np.zeros(count), playhead.velocity[:count, 2]
    while not found.all():
        playhead.step(1)
        speed = playhead.velocity[:count, 2]
        turning = (before > 0) & (speed <= 0) & (found == 0.0)
        found[turning], before = playhead.position[:count, 2][turning], speed
    return found


@pytest.mark.parametrize("e", [0.3, 0.6, 0.9, 1.0])
def test_two_bodies_part_as_fast_as_their_restitution_says_at_every_speed_and_mass(e: float) -> None:
    speed = np.array([0.25, 0.5, 1.0, 2.0, 4.0])
    row = np.arange(5.0)
    place = np.concatenate([np.stack([0 * row, row, 0 * row], 1), np.stack([0 * row + 0.23, row, 0 * row + 0.03], 1)])
    velocity = np.zeros((10, 3))
    velocity[:5, 0] = speed
    mass = np.concatenate([np.full(5, 1.0), [0.2, 1.0, 1.0, 5.0, 30.0]])
    playhead = ra.Playhead(scene(place, velocity, mass, restitution=e))
    momentum = mass @ playhead.velocity
    playhead.seek(49)
    apart = playhead.position[5:] - playhead.position[:5]
    away = playhead.velocity[5:] - playhead.velocity[:5]
    assert (np.linalg.norm(apart, axis=1) > 2 * R).all()
    touch = np.arcsin(0.03 / (2 * R))  # the angle at which they meet
    kept = np.linalg.norm(away, axis=1) / speed
    expected = np.hypot(e * np.cos(touch), np.sin(touch))
    assert kept == pytest.approx(np.full(5, expected), abs=0.02)
    np.testing.assert_allclose(mass @ playhead.velocity, momentum, atol=1e-10)


def test_a_ball_from_a_meter_comes_as_high_as_it_should() -> None:
    count = 24
    x = np.tile(np.arange(count) * 5 * R, 2)
    up = np.concatenate([R + np.linspace(1.0, 1.2, count), np.full(count, -R)])
    place = np.stack([x, 0 * x, up], axis=1)
    dropped = scene(place, 0 * place, forces=[DOWN], pinned=np.arange(2 * count) >= count, restitution=0.6)
    ratio = (highest(ra.Playhead(dropped), count) - R) / (up[:count] - R)
    assert ratio.mean() == pytest.approx(0.36, rel=0.05)
    assert ratio.std() < 0.02 * 0.36


def test_without_a_loss_bodies_keep_their_energy_and_erase_nothing_to_speak_of() -> None:
    random = np.random.default_rng(0)
    place = random.uniform(-0.5, 0.5, (30, 3))
    crowd = scene(place, random.normal(size=(30, 3)), restitution=1.0, stiffness=1e4, steps_per_frame=32)
    playhead = ra.Playhead(crowd)
    before = playhead.energy()
    playhead.seek(25)
    assert playhead.energy() == pytest.approx(before, rel=2e-3)
    assert playhead.erased.max() < 100


def test_the_energy_is_that_of_the_force() -> None:
    pair = scene([[0, 0, 0], [0.15, 0, 0]], np.zeros((2, 3)), [1.0, 3.0], stiffness=1e4, restitution=1.0)
    playhead = ra.Playhead(pair)
    stored = playhead.energy()
    assert stored == pytest.approx(0.25 * 1e4 * 0.05**4 * 0.75)
    playhead.seek(60)
    assert 0.5 * np.sum([1.0, 3.0] @ playhead.velocity**2) == pytest.approx(stored, rel=1e-3)


def test_a_pile_comes_to_rest_and_then_moves_nothing_erases_nothing_and_leaps_out_again() -> None:
    place = np.array([[0, 0, -0.1], [0, 0, 0.1], [0, 0, 0.35]])
    pile = scene(place, 0 * place, forces=[DOWN], pinned=[True, False, False], restitution=0.2)
    playhead = make_playhead(pile)
    home = playhead.stand
    playhead.seek(24 * 12)
    still, erased = playhead.state[:6], playhead.erased
    assert not playhead.velocity.any()
    playhead.seek(24 * 14)
    assert (playhead.state[:6] == still).all()
    assert (playhead.erased == erased).all()
    playhead.seek(1)
    assert playhead.stand.is_as(home)


def test_what_is_pinned_stands_fast_and_is_bounced_off() -> None:
    place, speed = [[0, 0, 0], [1, 0, 0]], [[0, 0, 0], [-2, 0, 0]]
    playhead = ra.Playhead(scene(place, speed, [5.0, 1.0], pinned=[True, False], restitution=0.5))
    playhead.seek(49)
    assert playhead.velocity[0].tolist() == [0, 0, 0]
    assert playhead.velocity[1] == pytest.approx([1.0, 0.0, 0.0], abs=0.02)


def test_bodies_at_one_place_are_pushed_apart() -> None:
    playhead = ra.Playhead(scene(np.zeros((2, 3)), np.zeros((2, 3)), restitution=1.0, stiffness=1000.0))
    playhead.seek(100)
    assert np.ptp(playhead.position, axis=0).max() > 2 * R


def test_rubbing_bodies_take_each_other_along() -> None:
    place, speed = [[0, 0, 0], [0, 0, 0.19]], [[0, 0, 0], [1, 0, 0]]
    smooth, rough = (ra.Playhead(scene(place, speed, friction=mu, restitution=0.5)) for mu in (0.0, 0.5))
    for playhead in (smooth, rough):
        playhead.seek(5)
    assert rough.velocity[0, 0] - smooth.velocity[0, 0] > 0.02
    assert rough.velocity[:, 0].sum() == pytest.approx(1.0)


def test_the_default_stiffness_grows_with_sub_steps_and_small_bodies_and_needs_no_radius() -> None:
    def dent(radius: Any, steps: int) -> float:
        two = scene([[0, 0, 0], [0.19, 0, 0]], np.zeros((2, 3)), radius=radius, steps_per_frame=steps)
        return ra.Playhead(two).energy()

    assert dent(R, 16) == pytest.approx(4 * dent(R, 8))
    assert dent([R, R], 8) == pytest.approx(dent(R, 8))
    assert dent(0.0, 8) == 0.0


@pytest.mark.parametrize("e", [1e-9, 0.01, 0.3, 0.5, 0.6999999, 0.7, 0.9, 1.0])
def test_restitution_is_what_half_a_swing_leaves(e: float) -> None:
    assert logarithm(e) == pytest.approx(np.log(e), rel=1e-15, abs=1e-15)
    al, by_e = slowing_of(e)
    turn = np.sqrt(2 - al * al / 4)
    assert np.exp(-0.5 * al * np.pi / turn) == pytest.approx(e)
    if 1e-6 < e < 1:
        assert by_e == pytest.approx((slowing_of(e + 1e-7)[0] - slowing_of(e - 1e-7)[0]) / 2e-7, rel=1e-6)


def test_bodies_without_mass_are_refused() -> None:
    with pytest.raises(ra.RevanimError, match="mass"):
        scene(np.zeros((2, 3)), np.zeros((2, 3)), [1.0, 0.0])
