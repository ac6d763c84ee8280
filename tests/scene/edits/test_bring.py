"""Bodies are brought to places, and what they are joined to comes along: no rod becomes longer or shorter."""

import numpy as np
import pytest

import revanim as ra
from revanim.scene.edits.bring import joined, led_places

LENGTH = 0.5


def chain(rods: int, planar: bool = True, pinned: bool = True) -> ra.Scene:
    """Return a chain at rest, straight, let go from its first body."""
    body = np.arange(rods + 1)
    place = np.outer(LENGTH * body, (0.6, -0.8, 0.0))
    forces = [
        ra.force("uniform", acceleration=(0.0, -4.5, 0.0)),
        ra.force("rod", links=np.stack([body[:-1], body[1:]], axis=1), length=LENGTH),
    ]
    return ra.make_scene(
        place, 0 * place, 1.0, forces, pinned=(body == 0) & pinned, planar=planar, scheme="leapfrog", steps_per_frame=64
    )


def lengths(scene: ra.Scene) -> np.ndarray:
    links, place = scene.forces[-1].links, scene.bodies.position
    return np.linalg.norm(place[links[:, 0]] - place[links[:, 1]], axis=1)


def unit(scene: ra.Scene) -> float:
    """Return how fine lengths can be: some counts of the grid, or what a sum of squares rounds off."""
    return max(4 * scene.bodies.grid.length_unit, 1e-14 * float(np.abs(scene.bodies.position).max()))


@pytest.mark.parametrize("planar", [True, False])
@pytest.mark.parametrize("rods", [1, 2, 5, 20])
@pytest.mark.parametrize("seed", range(3))
def test_rods_keep_their_lengths_wherever_some_bodies_are_brought(rods: int, planar: bool, seed: int) -> None:
    random = np.random.default_rng([seed, rods])
    scene = chain(rods, planar)
    who = random.choice(rods + 1, size=int(random.integers(1, min(rods, 3) + 1)), replace=False)
    way = random.normal(0.0, LENGTH * rods / 2, size=(who.size, 3)) * (1, 1, not planar)
    after = ra.edits.bring_bodies(scene, who, position=scene.bodies.position[who] + way)
    assert lengths(after) == pytest.approx(lengths(scene), abs=unit(scene))
    if 0 not in who:
        assert np.array_equal(after.bodies.state[:, 0], scene.bodies.state[:, 0])  # it is pinned
    if planar:
        assert not after.bodies.state[2].any()


@pytest.mark.parametrize("seed", range(4))
def test_a_place_within_reach_is_reached(seed: int) -> None:
    random, scene = np.random.default_rng(seed), chain(5, planar=False)
    way = random.normal(size=3)
    target = way / np.linalg.norm(way) * random.uniform(0.3, 0.95) * 5 * LENGTH
    after = ra.edits.bring_bodies(scene, [5], position=[target])
    assert after.bodies.position[5] == pytest.approx(target, abs=1e-9)


def test_a_place_out_of_reach_is_approached_in_a_straight_line() -> None:
    after = ra.edits.bring_bodies(chain(5), [5], position=[[6.0, 2.0, 0.0]])
    nearest = 5 * LENGTH * np.array([6.0, 2.0, 0.0]) / np.hypot(6.0, 2.0)
    assert after.bodies.position[5] == pytest.approx(nearest, abs=0.05)


def test_a_straight_chain_bends_when_its_end_is_pressed_towards_its_beginning() -> None:
    scene = chain(5)
    target = scene.bodies.position[[5]] * 0.6
    after = ra.edits.bring_bodies(scene, [5], position=target)
    assert after.bodies.position[[5]] == pytest.approx(target, abs=1e-9)


def test_the_energy_stays_that_of_the_place() -> None:
    scene = ra.example("pendulum")
    before = ra.Playhead(scene).energy()
    who = [5]
    place = scene.bodies.position[who] + (0.4, 0.3, 0.0)
    brought = ra.Playhead(ra.edits.bring_bodies(scene, who, position=place)).energy()
    torn = ra.Playhead(ra.edits.set_motion(scene, who, position=place)).energy()
    assert abs(brought - before) < 10.0
    assert torn - before > 1000.0


def test_no_rod_is_stretched_faster_than_before() -> None:
    scene = ra.example("pendulum")
    after = ra.edits.bring_bodies(scene, [5], position=scene.bodies.position[[5]] + (0.4, 0.3, 0.0))
    assert rates(after) == pytest.approx(rates(scene), abs=1e-9)
    thrown = ra.edits.bring_bodies(scene, [3], velocity=[[4.0, 4.0, 0.0]])
    assert rates(thrown) == pytest.approx(rates(scene), abs=1e-9)
    assert np.array_equal(thrown.bodies.state[:3], scene.bodies.state[:3])


def rates(scene: ra.Scene) -> np.ndarray:
    """Return by how much each rod becomes longer in a second."""
    one, other = scene.forces[-1].links.T
    apart = scene.bodies.position[one] - scene.bodies.position[other]
    faster = scene.bodies.velocity[one] - scene.bodies.velocity[other]
    return np.sum(apart * faster, axis=1) / np.linalg.norm(apart, axis=1)


def test_what_moves_as_one_is_only_moved() -> None:
    scene = chain(5)
    place = scene.bodies.position + np.array([1.0, 2.0, 0.0])
    one = ra.edits.bring_bodies(scene, range(6), position=place)
    other = ra.edits.set_motion(scene, range(6), position=place)
    assert np.array_equal(one.bodies.state, other.bodies.state)


def test_bodies_that_nothing_joins_are_moved_as_ever_and_others_keep_their_bits(rich: ra.Scene) -> None:
    place = rich.bodies.position[[12]] + 0.3
    free = ra.edits.set_forces(rich, [part for part in rich.forces if part.kind == "gravity"])
    assert not joined(free, np.array([12]))
    one, other = (change(free, [12], position=place) for change in (ra.edits.bring_bodies, ra.edits.set_motion))
    assert np.array_equal(one.bodies.state, other.bodies.state)
    two = ra.edits.join(chain(3, planar=False), chain(3, planar=False))
    brought = ra.edits.bring_bodies(two, [7], position=two.bodies.position[[7]] + (0.2, 0.2, 0.1))
    assert np.array_equal(brought.bodies.state[:, :4], two.bodies.state[:, :4])


def test_what_is_brought_nowhere_keeps_every_bit() -> None:
    scene = ra.example("pendulum")
    same = ra.edits.bring_bodies(scene, [3], position=scene.bodies.position[[3]])
    assert np.array_equal(same.bodies.state, scene.bodies.state)


def test_a_muted_rod_holds_nobody() -> None:
    scene = chain(5)
    free = ra.edits.mute_part(scene, "forces", 1)
    after = ra.edits.bring_bodies(free, [5], position=[[9.0, 9.0, 0.0]])
    assert after.bodies.position[5].tolist() == [9.0, 9.0, 0.0]


@pytest.mark.parametrize("links", [[[0, 1], [1, 2], [1, 3], [2, 4], [3, 5]], [[0, 1], [1, 2], [2, 3], [3, 0], [3, 4]]])
def test_trees_and_loops_of_rods_are_brought_like_chains(links: list[list[int]]) -> None:
    place = np.array([[0, 0, 0], [0, -1, 0], [-0.7, -1.7, 0], [0.7, -1.7, 0.2], [-1, -2.5, 0], [1, -2.5, 0]])
    scene = ra.make_scene(place, 0 * place, 1.0, [ra.force("rod", links=links)], pinned=[True] + [False] * 5)
    after = ra.edits.bring_bodies(scene, [4], position=place[[4]] + (0.3, 0.4, 0.2))
    assert lengths(after) == pytest.approx(lengths(scene), abs=unit(scene))
    assert not np.array_equal(after.bodies.state[:, 4], scene.bodies.state[:, 4])


def test_a_cloth_of_swift_springs_becomes_no_longer_and_one_of_slow_springs_stretches() -> None:
    cloth = ra.edits.only(ra.example("cloth"), range(20 * 33, 26 * 33))
    place = cloth.bodies.position[[180]] + (0.1, 0.2, 0.1)
    after = ra.edits.bring_bodies(cloth, [180], position=place)
    near = cloth.forces[1].links
    longer = distances(after, near) - distances(cloth, near)
    assert longer.max() < 1e-12
    slow = ra.edits.mute_part(cloth, "forces", 2)
    slow = ra.edits.set_values(slow, "forces", 1, stiffness=0.01)
    assert not joined(slow, np.array([180]))


def distances(scene: ra.Scene, links: np.ndarray) -> np.ndarray:
    return np.linalg.norm(scene.bodies.position[links[:, 0]] - scene.bodies.position[links[:, 1]], axis=1)


def test_targets_are_led_with_the_lengths_of_the_shown_frame() -> None:
    scene = chain(4)
    place = scene.bodies.position
    led = led_places(scene, place, place, np.array([2]), np.array([[5.0, 0.0, 0.0]]), np.zeros(0, np.int64))
    assert np.linalg.norm(np.diff(led, axis=0), axis=1) == pytest.approx(np.full(4, LENGTH), abs=1e-12)
    assert led[2] == pytest.approx([2 * LENGTH, 0.0, 0.0], abs=0.1)


def test_other_targets_stay_where_rods_allow_it_and_come_along_where_they_do_not() -> None:
    scene, tip = chain(5), np.array([5])
    place = scene.bodies.position
    bent = led_places(scene, place, place, tip, place[tip] * 0.7, tip)
    near = np.array([[0.3, -0.6, 0.0]])
    led = led_places(scene, bent, place, np.array([2]), near, tip)
    assert led[2] == pytest.approx(near[0], abs=1e-9)
    assert led[5] == pytest.approx(bent[5], abs=1e-12)
    far = led_places(scene, bent, place, np.array([2]), np.array([[-1.0, 0.0, 0.0]]), tip)
    assert far[2] == pytest.approx([-1.0, 0.0, 0.0], abs=0.05)
    assert np.abs(far[5] - bent[5]).max() > 0.1
    for found in (led, far):
        assert np.linalg.norm(np.diff(found, axis=0), axis=1) == pytest.approx(np.full(5, LENGTH), abs=1e-12)


@pytest.mark.parametrize("position", [[[np.nan, 0.0, 0.0]], [[0.0, 0.0]], [[1e300, 0.0, 0.0]]])
def test_places_that_cannot_be_are_refused_in_a_sentence(position: list[list[float]]) -> None:
    with pytest.raises(ra.RevanimError, match="bodies need"):
        ra.edits.bring_bodies(chain(3), [3], position=position)
