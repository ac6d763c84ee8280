"""What is known of vortices: how fast they go, and what they keep."""

from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.scene.build import make_playhead

FPS = 48


def plane(place: Any, circulation: Any, **given: Any) -> ra.Scene:
    """Return vortices, and smoke where the circulation is 0, in a plane."""
    rows = np.column_stack([np.asarray(place, np.float64), np.zeros(len(place))])
    values = {name: given.pop(name) for name in ("core", "walls", "corner") if name in given}
    flows = [ra.flow("vortices", circulation=circulation, **values)]
    timing = {"steps_per_frame": 2, "fps": FPS}
    return ra.make_scene(rows, 0 * rows, 1.0, flows=flows, planar=True, **{**timing, **given})


def ring(radius: float, count: int, height: float = 0.0) -> tuple[Floats, Floats]:
    """Return a ring of bodies about z, float64[n, 3], and its links, int64[n, 2]."""
    angle, number = 2 * np.pi * np.arange(count) / count, np.arange(count)
    place = np.column_stack([radius * np.cos(angle), radius * np.sin(angle), np.full(count, height)])
    return place, np.column_stack([number, np.roll(number, -1)])


def ring_speed(radius: float, core: float, circulation: float) -> float:
    """Return how fast a thin ring goes (Saffman 1992, with the core of Rosenhead and Moore)."""
    return circulation / (4 * np.pi * radius) * (np.log(8 * radius / core) - 1)


def test_two_alike_turn_about_their_middle() -> None:
    scene = plane([[0.5, 0.0], [-0.5, 0.0]], 2 * np.pi, core=0.1)
    rate = 2.0 / (1.0 + 0.1**2)  # radians a second
    playhead = ra.Playhead(scene)
    playhead.seek(1 + FPS)
    np.testing.assert_allclose(playhead.position[0, :2], 0.5 * np.array([np.cos(rate), np.sin(rate)]), atol=1e-8)


def test_a_pair_goes_straight_and_a_pinned_vortex_stirs_where_it_is() -> None:
    scene = plane([[0.0, 0.5], [0.0, -0.5]], [2 * np.pi, -2 * np.pi], core=0.1)
    playhead = ra.Playhead(scene)
    playhead.seek(1 + FPS)
    np.testing.assert_allclose(playhead.position[:, :2], [[1 / 1.01, 0.5], [1 / 1.01, -0.5]], atol=1e-8)
    stirred = ra.Playhead(plane([[0.0, 0.0], [0.5, 0.0]], [2 * np.pi, 0.0], core=0.1, pinned=[True, False]))
    stirred.seek(1 + FPS)
    angle = 1 / (0.25 + 0.01)
    np.testing.assert_allclose(stirred.position[1, :2], 0.5 * np.array([np.cos(angle), np.sin(angle)]), atol=1e-7)
    assert not stirred.position[0].any()


@pytest.mark.parametrize("walls", ["ground", "corner"])
def test_a_wall_is_what_a_mirror_image_does(walls: str) -> None:
    place, circulation = np.array([[0.6, 0.5], [1.0, 0.8], [0.3, 0.9]]), np.array([1.0, -2.0, 0.0])
    images = [(1, 1), (1, -1)] + [(-1, 1), (-1, -1)] * (walls == "corner")
    mirrored = np.concatenate([place * image for image in images])
    signs = np.concatenate([circulation * image[0] * image[1] for image in images])
    before, free = (
        ra.Playhead(plane(each, gamma, core=0.15, **more))
        for each, gamma, more in ((place, circulation, {"walls": walls}), (mirrored, signs, {}))
    )
    for playhead in (before, free):
        playhead.seek(1 + FPS)
    np.testing.assert_allclose(before.position, free.position[:3], atol=1e-9)
    assert (np.abs(before.position[:, :2] - place) > 0.05).any(axis=1).all()


def test_energy_impulse_and_lead_stay_over_a_long_walk() -> None:
    random = np.random.default_rng(3)
    circulation = random.choice([-1.0, 1.0], 12) * random.uniform(0.5, 1.0, 12)
    scene = plane(random.uniform(-1, 1, (12, 2)), circulation, core=0.2, scheme="verlet")
    playhead = make_playhead(scene)
    unit, home, energy = playhead.system.grid.length_unit, playhead.digest(), playhead.energy()
    impulse = [circulation @ playhead.position]
    for _ in range(2):
        playhead.step(25_000)
        twin = (playhead.state[:3] + playhead.state[6:9] / 2) * unit  # the mean of both keeps it, to rounding
        impulse.append(circulation @ twin.T)
        assert np.abs(playhead.state[6:9]).max() * unit < 1e-4
        assert playhead.energy() == pytest.approx(energy, abs=1e-4)
    np.testing.assert_allclose(impulse, np.broadcast_to(impulse[0], (3, 3)), atol=1e-9)
    playhead.step(-50_000)
    assert playhead.digest() == home


def test_a_ring_goes_as_fast_as_is_known() -> None:
    place, links = ring(1.0, 96)
    scene = ra.make_scene(
        place, 0 * place, 1.0, flows=[ra.flow("filaments", links=links, circulation=4.0, core=0.1)], fps=FPS
    )
    speed = ra.Playhead(scene).velocity
    np.testing.assert_allclose(speed[:, 2], ring_speed(1.0, 0.1, 4.0), rtol=5e-3)
    np.testing.assert_allclose(speed[:, :2], 0.0, atol=1e-9)


def test_rings_keep_energy_and_impulse_and_carry_smoke() -> None:
    one, links = ring(1.0, 40)
    two, _ = ring(1.0, 40, 0.8)
    smoke = np.array([[0.9, 0.1, 0.1], [0.0, 0.0, 0.4]])
    place, both = np.concatenate([one, two, smoke]), np.concatenate([links, links + 40])
    flow = ra.flow("filaments", links=both, circulation=4.0, core=0.2)
    scene = ra.make_scene(place, 0 * place, 1.0, flows=[flow], fps=FPS, steps_per_frame=2)
    playhead = ra.Playhead(scene)

    def impulse() -> Floats:
        ends = playhead.position[both]
        return np.sum(np.cross(ends[:, 0], ends[:, 1]), axis=0)

    energy, before = playhead.energy(), impulse()
    playhead.seek(1 + FPS)
    assert playhead.energy() == pytest.approx(energy, rel=1e-3)
    np.testing.assert_allclose(impulse(), before, atol=1e-6)
    assert (playhead.position[-2:, 2] > smoke[:, 2] + 0.3).all()


def test_smoke_named_beside_the_links_is_carried_and_others_are_pushed() -> None:
    place, links = ring(1.0, 40)
    rows = np.concatenate([place, [[0.0, 0.0, 0.1], [0.0, 0.0, 3.0]]])
    flow = ra.flow("filaments", links=links, bodies=[40], circulation=4.0)
    speed = np.broadcast_to((0.0, 0.5, 0.0), rows.shape)
    scene = ra.make_scene(rows, speed, 1.0, flows=[flow], forces=[ra.force("uniform", acceleration=(1.0, 0, 0))])
    playhead = ra.Playhead(scene)
    np.testing.assert_allclose(playhead.velocity[41], [0.0, 0.5, 0.0])
    playhead.seek(25)
    assert playhead.position[40, 2] > 1.0
    np.testing.assert_allclose(playhead.position[41], [0.5, 0.5, 3.0])
