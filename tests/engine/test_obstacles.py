"""Balls, boxes, bars and bowls: where their surface is, and that bodies bounce, slide, stick and rest on them."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.adjoint import Adjoint
from revanim.engine.alive.acting import acceleration
from revanim.engine.contacts.forms import sine_of
from revanim.engine.playhead import Playhead
from revanim.scene.build import build_system, make_playhead

G = 9.8
DOWN = ra.force("uniform", acceleration=(0, 0, -G))
R = 0.1
DEEPEST = 0.06  # what counts of a depth


def scene(place: Any, obstacle: ra.Part, speed: Any = 0.0, forces: Any = (DOWN,), **given: Any) -> ra.Scene:
    """Return bodies beside an obstacle."""
    place = np.asarray(place, np.float64)
    return ra.make_scene(place, speed + 0 * place, 1.0, forces=forces, moves=[obstacle], scheme="leapfrog", **given)


def pushed(place: Any, obstacle: ra.Part) -> np.ndarray:
    """Return the cube root of what pushes bodies out: how deep they are in it, along the normal."""
    resting = scene(place, obstacle, forces=())
    a = acceleration(build_system(resting), resting.bodies.state, 1)
    size = np.linalg.norm(a, axis=1, keepdims=True)
    return a * np.divide(np.cbrt(size), size, where=size > 0, out=np.zeros_like(size))


def test_a_ball_is_round() -> None:
    random = np.random.default_rng(0)
    place = random.normal(size=(200, 3))
    away = place - (0.1, 0.2, 0.3)
    far = np.linalg.norm(away, axis=1, keepdims=True)
    found = pushed(place, ra.move("sphere", center=(0.1, 0.2, 0.3), size=0.8, radius=R, stiffness=1.0))
    np.testing.assert_allclose(found, np.clip(0.8 + R - far, 0.0, DEEPEST) * away / far, atol=1e-6)


@pytest.mark.parametrize("turn", [(0, 0, 0), (0, 90, 0), (20, -35, 70)])
def test_a_box_has_faces_edges_and_corners_and_pushes_out_the_nearest_way(turn: Any) -> None:
    half, random = np.array([0.5, 0.3, 0.2]), np.random.default_rng(1)
    x, y, z = np.radians(turn)
    about_x = np.array([[1, 0, 0], [0, np.cos(x), -np.sin(x)], [0, np.sin(x), np.cos(x)]])
    about_y = np.array([[np.cos(y), 0, np.sin(y)], [0, 1, 0], [-np.sin(y), 0, np.cos(y)]])
    about_z = np.array([[np.cos(z), -np.sin(z), 0], [np.sin(z), np.cos(z), 0], [0, 0, 1]])
    turned = about_z @ about_y @ about_x
    own = random.uniform(-0.7, 0.7, (400, 3))
    beyond = np.abs(own) - half
    out = np.maximum(beyond, 0.0)
    far = np.linalg.norm(out, axis=1)
    normal = np.sign(own) * np.divide(out, far[:, None], where=far[:, None] > 0, out=np.zeros_like(out))
    inside = np.flatnonzero(far == 0)
    face = beyond[inside].argmax(axis=1)
    normal[inside, face] = np.sign(own[inside, face])
    far[inside] = beyond[inside].max(axis=1)
    expected = np.clip(R - far, 0.0, DEEPEST)[:, None] * normal
    box = ra.move("box", center=(1, 0, 0), size=tuple(2 * half), turn=turn, radius=R, stiffness=1.0)
    np.testing.assert_allclose(pushed(own @ turned.T + (1, 0, 0), box), expected @ turned.T, atol=1e-6)


def test_a_bar_is_round_about_its_axis_and_at_its_ends() -> None:
    place, along = np.random.default_rng(2).uniform(-1, 1, (300, 3)), np.array([0.3, -0.4, 0.5])
    share = np.clip(place @ along / (along @ along), -1, 1)
    away = place - share[:, None] * along
    far = np.linalg.norm(away, axis=1, keepdims=True)
    found = pushed(place, ra.move("capsule", along=tuple(along), size=0.3, radius=R, stiffness=1.0))
    np.testing.assert_allclose(found, np.clip(0.3 + R - far, 0.0, DEEPEST) * away / far, atol=1e-6)


def test_a_bowl_is_hollow_open_above_and_round_at_its_rim() -> None:
    turn = np.linspace(0, 2 * np.pi, 4000)
    cap = np.stack([1.025 * np.sin(turn), 0 * turn, 1.025 * np.cos(turn)], axis=1)
    cap = cap[cap[:, 2] < -0.3 * 1.025 + 1e-3]  # the middle of its wall, up to the rim
    place = np.random.default_rng(3).uniform(-1.3, 1.3, (300, 3)) * (1, 0, 1)
    away = place[:, None] - cap
    nearest = np.linalg.norm(away, axis=2).argmin(axis=1)
    away = away[np.arange(300), nearest]
    far = np.linalg.norm(away, axis=1, keepdims=True)
    found = pushed(place, ra.move("bowl", size=1.0, height=0.7, radius=R, stiffness=1.0))
    expected = np.clip(0.025 + R - far, 0.0, DEEPEST) * away / far
    np.testing.assert_allclose(found, expected, atol=6e-3)


@pytest.mark.parametrize("turn", [0.0, 0.5, 0.785])
@pytest.mark.parametrize(("tangent", "friction"), [(0.45, 0.5), (0.49, 0.5), (0.8, 1.0)])
def test_a_block_on_a_slope_is_held_up_to_the_limit_and_then_costs_nothing(
    turn: float, tangent: float, friction: float
) -> None:
    steep = np.arctan(tangent)
    normal = np.array([np.sin(steep) * np.cos(turn), np.sin(steep) * np.sin(turn), np.cos(steep)])
    tilt = (0, np.degrees(steep), np.degrees(turn))
    slope = ra.move("box", center=tuple(-0.5 * normal), size=(9, 9, 1), turn=tilt, radius=R, friction=friction)
    playhead = make_playhead(scene([R * normal], slope))
    home = playhead.stand
    playhead.seek(24 * 5)
    still = playhead.stand
    assert not playhead.velocity.any()
    playhead.seek(24 * 6)
    assert (playhead.state == still.state)[[0, 1, 2, 3, 4, 5, 6]].all()
    playhead.seek(1)
    assert playhead.stand.is_as(home)


def test_what_slides_on_a_slope_slides_as_coulomb_says() -> None:
    steep = np.arctan(0.6)
    normal = np.array([np.sin(steep), 0, np.cos(steep)])
    slope = ra.move("box", center=tuple(-0.5 * normal), size=(99, 9, 1), turn=(0, np.degrees(steep), 0), radius=R)
    playhead = ra.Playhead(scene([R * normal], slope))
    playhead.seek(49)
    before = playhead.velocity[0]
    playhead.seek(97)
    assert np.linalg.norm(playhead.velocity[0] - before) / 2 == pytest.approx(
        G * (np.sin(steep) - 0.3 * np.cos(steep)), rel=1e-3
    )


def test_a_ball_that_is_dropped_on_a_box_comes_as_high_as_its_restitution_says() -> None:
    playhead = ra.Playhead(scene([[0, 0, 1.1]], ra.move("box", center=(0, 0, -0.5), radius=R, restitution=0.6)))
    heights, before = [], 0.0
    while len(heights) < 1:
        playhead.step(1)
        speed = playhead.velocity[0, 2]
        heights += [playhead.position[0, 2]] if before > 0 >= speed else []
        before = speed
    assert heights[0] - R == pytest.approx(0.36, rel=0.06)


def test_marbles_in_a_bowl_come_to_rest_at_its_bottom_and_go_back() -> None:
    random = np.random.default_rng(4)
    place = random.uniform((-0.4, -0.4, 0.5), (0.4, 0.4, 1.3), (12, 3))
    bowl = ra.move("bowl", center=(0, 0, 1), friction=0.2, radius=R)
    moves = [bowl, ra.move("contact", radius=R), ra.move("drag", rate=1.0)]
    marbles = ra.make_scene(place, 0 * place, 1.0, forces=[DOWN], moves=moves, scheme="leapfrog")
    playhead = make_playhead(marbles)
    home = playhead.stand
    playhead.seek(24 * 8)
    assert np.abs(playhead.velocity).max() < 1e-3
    assert (np.linalg.norm(playhead.position - (0, 0, 1), axis=1) < 1).all()
    assert playhead.position[:, 2].max() < 0.6
    playhead.seek(1)
    assert playhead.stand.is_as(home)


def test_an_obstacle_that_moves_takes_bodies_along() -> None:
    lift = ra.keyed([1, 48], [(0, 0, -0.5), (0, 0, 0.5)])
    playhead = ra.Playhead(scene([[0, 0, 0.1]], ra.move("box", center=lift, radius=R, restitution=0.0)))
    home = playhead.digest()
    playhead.seek(72)
    assert playhead.position[0, 2] == pytest.approx(1.1, abs=0.03)
    playhead.seek(1)
    assert playhead.digest() == home


def test_what_lies_on_an_obstacle_goes_along_as_fast() -> None:
    belt = ra.keyed([1, 49], [(0, 0, -0.5), (3, 0, -0.5)], "linear")
    playhead = ra.Playhead(scene([[0, 0, 0.1]], ra.move("box", center=belt, size=(9, 9, 1), radius=R, friction=0.8)))
    home = playhead.digest()
    playhead.seek(40)
    np.testing.assert_allclose(playhead.velocity, [[1.5, 0.0, 0.0]], atol=1e-3)
    playhead.seek(-20)
    playhead.seek(1)
    assert playhead.digest() == home


@pytest.mark.parametrize("restitution", [0.3, 0.6, 0.9])
def test_what_is_struck_leaves_as_fast_as_its_restitution_says(restitution: float) -> None:
    bat = ra.keyed([1, 25], [(-1.5, 0, 0), (1.5, 0, 0)], "linear")
    struck = ra.move("sphere", center=bat, size=0.5, restitution=restitution, radius=R, stiffness=1e6)
    playhead = ra.Playhead(scene([[0, 0, 0]], struck, forces=(), steps_per_frame=32))
    playhead.seek(24)
    assert playhead.velocity[0] == pytest.approx([3.0 * (1.0 + restitution), 0, 0], rel=0.04)


def test_the_gradient_for_the_keys_of_an_obstacle_that_moves_is_that_of_differences() -> None:
    lift = ra.keyed([1, 12, 25], [(0, 0, -0.5), (0.3, 0.1, -0.2), (0.9, 0, -0.4)])
    box = ra.move("box", center=lift, size=(5, 5, 1), radius=R, friction=0.05, stiffness=300.0)
    falling = scene([[0, 0, 0.1], [0.3, 0.2, 0.4]], box, speed=(0.5, 0.2, -1.0), steps_per_frame=16)
    system, weights = build_system(falling), np.random.default_rng(0).normal(size=(2, 3, 2))

    def cost(theta: np.ndarray) -> Playhead:
        playhead = Playhead(replace(system, theta=theta), falling.bodies.state, 1)
        playhead.seek(20)
        return playhead

    def total(theta: np.ndarray) -> float:
        there = cost(theta)
        return float(np.sum(weights[0] * there.position.T) + np.sum(weights[1] * there.velocity.T))

    adjoint = Adjoint(cost(system.theta))
    adjoint.u += weights[0]
    adjoint.w += weights[1]
    adjoint.back(1)
    keys = system.layout[1, "center"]
    for at in range(keys.start, keys.stop):
        by = 1e-6 * (np.arange(system.theta.size) == at)
        expected = (total(system.theta + by) - total(system.theta - by)) / 2e-6
        assert adjoint.gradient.theta[at] == pytest.approx(expected, rel=1e-4, abs=1e-5)


@pytest.mark.parametrize("degrees", [0.0, 30.0, -45.0, 90.0, 180.0, 270.0, 359.5, 1234.5])
def test_sine_and_cosine_are_those_of_the_angle(degrees: float) -> None:
    expected = np.sin(np.radians(degrees)), np.cos(np.radians(degrees))
    assert sine_of(degrees) == pytest.approx(expected, abs=2e-15 + 1e-16 * abs(degrees))
