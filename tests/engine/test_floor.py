"""Bodies bounce off a hard plane as high as its restitution says, rub on it as Coulomb says, and come to rest on it."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.adjoint import Adjoint
from revanim.engine.grid import to_counts
from revanim.scene.build import make_playhead

G = 9.8
DOWN = ra.force("uniform", acceleration=(0, 0, -G))
TILTED = np.array([1.0, 2.0, 3.0]) / np.sqrt(14)


def scene(place: Any, speed: Any, pull: Any = (0, 0, -G), moves: tuple[ra.Part, ...] = (), **values: Any) -> ra.Scene:
    """Return bodies above a floor."""
    given = {name: values.pop(name) for name in ("planar", "scheme", "steps_per_frame", "pinned") if name in values}
    forces = [ra.force("uniform", acceleration=pull)]
    floors = (ra.move("floor", **values), *moves)
    return ra.make_scene(place, speed, 1.0, forces=forces, moves=floors, **{"scheme": "leapfrog", **given})


def highest(played: ra.Scene, normal: np.ndarray, bounces: int) -> np.ndarray:
    """Return float64[bounces, n], how high bodies come after each bounce."""
    playhead = ra.Playhead(played)
    speed, found = playhead.velocity @ normal, [[] for _ in range(played.bodies.count)]
    while min(map(len, found)) < bounces:
        playhead.step(1)
        before, speed = speed, playhead.velocity @ normal
        for i in np.flatnonzero((before > 0) & (speed <= 0)):
            found[i].append(playhead.position[i] @ normal)
    return np.array([heights[:bounces] for heights in found]).T


@pytest.mark.parametrize("normal", [np.array([0, 0, 1.0]), TILTED])
@pytest.mark.parametrize("e", [0.3, 0.6, 0.9, 1.0])
def test_a_ball_comes_as_high_as_its_restitution_says(e: float, normal: np.ndarray) -> None:
    heights = 1 + np.linspace(0, 0.2, 24)
    dropped = scene(heights[:, None] * normal, np.zeros((24, 3)), -G * normal, normal=normal, restitution=e)
    first, second = highest(dropped, normal, 2)
    once, again = np.sqrt(first / heights), np.sqrt(second / first)
    assert once == pytest.approx(np.full(24, e), abs=0.02)
    assert once.mean() == pytest.approx(e, abs=0.004)
    assert again.mean() == pytest.approx(e, abs=0.006)


@pytest.mark.parametrize("normal", [np.array([0, 0, 1.0]), TILTED])
@pytest.mark.parametrize("drag", [0.0, 0.5])
def test_a_ball_comes_to_rest_and_then_moves_nothing_and_erases_nothing(drag: float, normal: np.ndarray) -> None:
    slowing = (ra.move("drag", rate=drag),) if drag else ()
    side = np.cross(normal, [0.3, 1.0, 0.2])
    thrown = scene([normal, 0.7 * normal + 1], [side, 0 * side], -G * normal, slowing, normal=normal, restitution=0.6)
    playhead = ra.Playhead(thrown)
    home = playhead.digest()
    playhead.seek(24 * 12)
    still = playhead.state[:6], playhead.erased
    assert not playhead.velocity.any()
    assert 0 < playhead.erased.max() < 1000
    playhead.seek(24 * 14)
    assert (playhead.state[:6] == still[0]).all()
    assert (playhead.erased == still[1]).all()
    playhead.seek(1)
    assert playhead.digest() == home


def slope(tangent: float, turn: float) -> np.ndarray:
    """Return the normal of a plane so steep, and turned about the vertical."""
    level = np.array([tangent * np.cos(turn), tangent * np.sin(turn), 1.0])
    return level / np.sqrt(1 + tangent * tangent)


@pytest.mark.parametrize("turn", [0.0, 0.5, 0.785, 3.5])
def test_a_block_is_held_up_to_the_limit_and_costs_nothing_also_long_before_home(turn: float) -> None:
    normal = slope(0.49, turn)
    playhead = ra.Playhead(scene([[0, 0, 0]], [[0, 0, 0]], normal=normal, friction=0.5))
    for frame in (48, -239):
        playhead.seek(frame)
        assert not playhead.state[:6].any()
        assert not playhead.erased.any()


@pytest.mark.parametrize("turn", [0.0, 0.5, 3.5])
def test_a_block_beyond_the_limit_slides_as_coulomb_says(turn: float) -> None:
    normal, angle = slope(0.6, turn), np.arctan(0.6)
    playhead = ra.Playhead(scene([[0, 0, 0]], [[0, 0, 0]], normal=normal, friction=0.5))
    playhead.seek(49)
    down = np.array([0, 0, -1.0]) + normal * normal[2]
    expected = 2 * G * (np.sin(angle) - 0.5 * np.cos(angle)) * down / np.linalg.norm(down)
    np.testing.assert_allclose(playhead.velocity[0], expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("turn", [0.0, 0.4, 0.785])
def test_what_slides_stops_where_it_should_and_goes_straight(turn: float) -> None:
    way = np.array([np.cos(turn), np.sin(turn), 0.0])
    playhead = ra.Playhead(scene([[0, 0, 0], [1, 0, 0]], [2 * way, [0, 0, 0]], friction=0.4))
    playhead.seek(13)
    assert playhead.erased[0] < 20
    playhead.seek(60)
    assert not playhead.velocity.any()
    gone = playhead.position[0]
    assert gone @ way == pytest.approx(2 * 2 / (2 * 0.4 * G), rel=0.005)
    assert np.linalg.norm(np.cross(way, gone)) < 0.002
    assert playhead.erased[0] < 200


def test_a_bounce_rubs_as_hard_as_it_presses() -> None:
    playhead = ra.Playhead(scene([[0, 0, 1]], [[3, 0, -4]], (0, 0, 0), friction=0.2, restitution=0.5))
    playhead.seek(25)
    np.testing.assert_allclose(playhead.velocity[0], [3 - 0.2 * 1.5 * 4, 0, 2], rtol=1e-9)


def test_an_elastic_plane_erases_nothing_and_keeps_the_energy() -> None:
    playhead = ra.Playhead(scene([[0, 0, 1]], [[1, 0, 0]], restitution=1.0, friction=0.0))
    before = playhead.energy()
    playhead.seek(24 * 60)
    assert playhead.energy() == pytest.approx(before, rel=0.06)
    assert not playhead.erased.any()


def test_a_plane_has_two_sides_and_keeps_bodies_at_their_radius() -> None:
    playhead = ra.Playhead(
        scene([[0, 0, 3], [5, 0, -3]], [[0, 0, -4], [0, 0, 4]], (0, 0, 0), height=1.0, radius=[0.5, 0.0], friction=0.0)
    )
    lowest = np.inf
    for _ in range(100):
        playhead.step(2)
        lowest = min(lowest, playhead.position[0, 2])
    assert lowest == pytest.approx(1.5, abs=0.03)
    assert playhead.velocity[0, 2] == pytest.approx(2.4)
    assert playhead.velocity[1, 2] == pytest.approx(-2.4)
    assert playhead.position[1, 2] < 1.0


def test_what_is_pinned_stays_and_a_plane_stands_upright_in_a_flat_scene() -> None:
    place, pinned = [[0, 1, 0], [1, 0.5, 0]], [False, True]
    flat = scene(place, np.zeros((2, 3)), (0, -G, 0), normal=(0, 2, 5), planar=True, pinned=pinned)
    playhead = ra.Playhead(flat)
    playhead.seek(100)
    assert (playhead.state[:6, 1] == flat.bodies.state[:6, 1]).all()
    assert not playhead.state[[2, 5]].any()
    assert 0 <= playhead.position[0, 1] < 0.4


def test_a_body_that_stands_on_the_plane_stays_there_whatever_else_pulls_at_it() -> None:
    two = scene([[0, 0, 0], [0, 0, 0.5]], np.zeros((2, 3)), friction=0.5)
    two = ra.edits.set_forces(two, [DOWN, ra.force("spring", links=[[0, 1]], stiffness=200.0, length=0.5)])
    playhead = ra.Playhead(two)
    playhead.seek(200)
    assert abs(playhead.position[0, 2]) < 0.01
    assert 0.3 < playhead.position[1, 2] < 0.5


def test_a_scheme_that_goes_to_and_fro_is_refused_and_changed_where_a_floor_is_added() -> None:
    with pytest.raises(ra.RevanimError, match="floor needs a scheme whose drifts and kicks all go onward"):
        scene([[0, 0, 1]], [[0, 0, 0]], scheme="srkn6b")
    plain = ra.make_scene([[0, 0, 1]], [[0, 0, 0]], 1.0, forces=[DOWN])
    assert plain.scheme == "srkn6b"
    assert ra.edits.add_part(plain, ra.move("floor")).scheme == "leapfrog"
    assert ra.edits.add_part(plain, ra.move("drag")).scheme == "srkn6b"
    verlet = ra.edits.set_scheme(plain, "verlet")
    assert ra.edits.add_part(verlet, ra.move("floor")).scheme == "verlet"
    with pytest.raises(ra.RevanimError, match="floor needs a scheme"):
        ra.edits.set_scheme(ra.edits.add_part(plain, ra.move("floor")), "srkn6b")


@pytest.mark.parametrize("steps", [8, 32])
def test_the_gradient_of_bounces_is_that_of_the_bounces_that_are_meant(steps: int) -> None:
    """Two bounces: the slope of the steps themselves goes astray, as which part of a step is left wobbles."""
    last = 36

    def made(place: Any, steps: int) -> ra.Scene:
        return scene(place, np.tile([0.5, 0, 0], (len(place), 1)), restitution=0.6, friction=0.0, steps_per_frame=steps)

    heights = np.linspace(0.9, 1.1, 12)
    place = np.stack([0 * heights, 0 * heights, heights], axis=1)
    played = made(place, steps)
    playhead = make_playhead(played)
    playhead.seek(last)
    adjoint = Adjoint(playhead)
    adjoint.u[2] = 1.0
    adjoint.back(1)
    found = adjoint.gradient.position[:, 2]
    ends = []
    for way in (1, -1):
        fine = make_playhead(made(place + np.array([0, 0, way * 1e-3]), 256))
        fine.seek(last)
        ends.append(fine.position[:, 2])
    true = (ends[0] - ends[1]) / 2e-3
    off = np.abs(found - true) / np.abs(true).max()
    assert np.median(off) < 0.15
    assert (off < 0.4).mean() > 0.8


def test_a_ball_is_solved_into_a_cup_after_bounces() -> None:
    thrown = scene([[0, 0, 1.0]], [[1.0, 0, 1.0]], restitution=0.7, friction=0.1)
    playhead = ra.Playhead(thrown)
    playhead.seek(40)
    cup = playhead.position + np.array([0.1, 0.05, 0.03])
    aimed = ra.edits.add_keyframe(thrown, frame=40, bodies=[0], position=cup)
    *_, last = ra.solve(aimed, ["velocity"], iterations=40)
    assert last.miss < 0.01


@pytest.mark.parametrize("control", ["floor.restitution", "floor.friction", "floor.height"])
def test_a_solver_finds_what_a_floor_is_like(control: str) -> None:
    name, wanted = control.removeprefix("floor."), {"restitution": 0.8, "friction": 0.25, "height": 0.1}
    other = {"restitution": 0.7, "friction": 0.2, "height": 0.0}
    moving = [[0, 0, 1.0], [3, 0, 2.0]], [[1.0, 0.2, -3.0], [1.0, 0.2, -4.0]]
    walked = ra.Playhead(scene(*moving, (0, 0, 0), **{**other, name: wanted[name]}))
    walked.seek(25)
    aimed = ra.edits.add_keyframe(scene(*moving, (0, 0, 0), **other), frame=25, bodies=[0, 1], position=walked.position)
    *_, last = ra.solve(aimed, [control])
    assert float(last.scene.moves[0].values[name]) == pytest.approx(wanted[name], abs=1e-6)


def test_a_control_without_a_derivative_is_refused() -> None:
    played = ra.edits.add_keyframe(scene([[0, 0, 1.0]], [[0, 0, 0]]), frame=10, bodies=[0], position=[[0, 0, 2.0]])
    with pytest.raises(ra.RevanimError, match="floor has no parameter 'normal' to change; it has height"):
        ra.Objective(played, ["floor.normal"])


def test_rounding_at_an_edit_pushes_nobody_through() -> None:
    resting = scene([[0, 0, 0]], [[0, 0, 0]], normal=TILTED, friction=0.0, pull=tuple(-G * TILTED))
    state = resting.bodies.state.copy()
    state[3:6] += to_counts(np.full((3, 1), 1e-12), resting.bodies.grid.speed_unit)
    playhead = ra.Playhead(replace(resting, bodies=replace(resting.bodies, state=state)))
    playhead.seek(100)
    assert abs(playhead.position @ TILTED).max() < 1e-9
    assert np.abs(playhead.velocity).max() < 1e-9
