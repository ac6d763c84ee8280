"""A heat bath brings bodies to its temperature and keeps them there, and takes back all it did."""

import numpy as np
import pytest

import revanim as ra


def crowd(temperature: float, speed: float, **given: object) -> ra.Scene:
    """Return bodies on springs of many kinds, so that heat gets everywhere."""
    random, count = np.random.default_rng(2), 24
    place = random.normal(size=(count, 3))
    links = np.array([[i, (i + step) % count] for i in range(count) for step in (1, 3, 7)])
    forces = [ra.force("spring", links=links, stiffness=random.uniform(5, 60, len(links)), length=0.7)]
    moves = [ra.move("thermostat", temperature=temperature, relaxation=0.3)]
    mass = random.uniform(0.5, 2.0, count)
    return ra.make_scene(place, speed * random.normal(size=(count, 3)), mass, forces=forces, moves=moves, **given)


def warmth(playhead: ra.Playhead, mass: np.ndarray) -> float:
    return float(np.sum(mass[:, None] * playhead.velocity**2) / (3 * mass.size))


@pytest.mark.parametrize(("temperature", "speed"), [(0.5, 3.0), (2.0, 0.1)])
def test_bodies_come_to_the_temperature_of_the_bath_and_back(temperature: float, speed: float) -> None:
    scene = crowd(temperature, speed, scheme="leapfrog")
    playhead, found = ra.Playhead(scene), []
    home = playhead.digest()
    playhead.seek(240)
    for frame in range(241, 1441):
        playhead.seek(frame)
        found.append(warmth(playhead, scene.bodies.mass))
    assert np.mean(found) == pytest.approx(temperature, rel=0.08)
    playhead.seek(1)
    assert playhead.digest() == home


@pytest.mark.parametrize("temperature", [0.1, 9.0])
def test_what_cools_erases_and_what_heats_takes_back(temperature: float) -> None:
    free = ra.edits.set_forces(crowd(temperature, 1.0), [])
    playhead = ra.Playhead(free)
    before = warmth(playhead, free.bodies.mass)
    playhead.seek(9)
    bits = 1.5 * np.log2(before / warmth(playhead, free.bodies.mass))  # a body, of three speeds, at the least
    assert abs(bits) > 0.5
    assert 0.4 < playhead.erased.mean() / bits < 2  # a tape with nothing on it gives the first of each neighbours


def test_pinned_bodies_have_no_part_in_it() -> None:
    pinned = np.arange(24) % 3 == 0
    scene = crowd(1.0, 1.0, pinned=pinned)
    playhead = ra.Playhead(scene)
    playhead.seek(50)
    assert (playhead.state[:6, pinned] == scene.bodies.state[:6, pinned]).all()
    assert ra.Playhead(crowd(1.0, 1.0, pinned=np.ones(24, bool))).seek(50) is None
