"""What physics says about every force: energy, momentum, and that a part of a scene is a scene."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from revanim.engine.alive.acting import potential
from revanim.engine.parameter import Floats
from revanim.engine.system import System
from revanim.scene.build import build_system
from revanim.scene.scene import Scene

Make = Callable[..., Any]
SPACINGS = [0.8, 0.2]  # apart, and crowded
BETWEEN_BODIES = {"coulomb", "gravity", "lennard_jones", "repulsion", "rod", "spring"}


def energy_at(system: System, x: Floats) -> float:
    """Return the potential energy of bodies at x, as `energy` of each force gives it."""
    return potential(system, x / system.grid.length_unit, 1)


@pytest.mark.parametrize("spacing", SPACINGS)
@pytest.mark.parametrize("count", [2, 5, 20])
def test_the_energy_falls_along_the_force(
    variant: Any, count: int, spacing: float, sample_scene: Make, sample_force: Make, acceleration: Make, places: Make
) -> None:
    scene = sample_scene(count, [sample_force(variant, count, spacing=spacing)], spacing)
    system, x = build_system(scene), places(scene)
    if variant.kind.drives:
        assert energy_at(system, x) == 0.0
        return
    push, step = system.m * acceleration(system, x), 1e-6 * spacing
    for c, i in np.ndindex(x.shape):
        there = [x.copy(), x.copy()]
        there[0][c, i] += step
        there[1][c, i] -= step
        slope = (energy_at(system, there[0]) - energy_at(system, there[1])) / (2 * step)
        assert -slope == pytest.approx(push[c, i], rel=1e-5, abs=1e-6 * np.abs(push).max())


def test_every_force_moves_something(
    variant: Any, sample_scene: Make, sample_force: Make, acceleration: Make, places: Make
) -> None:
    scene = sample_scene(20, [sample_force(variant, 20)])
    assert acceleration(build_system(scene), places(scene)).any()


@pytest.mark.parametrize("count", [2, 5, 20])
def test_a_force_that_is_the_same_everywhere_keeps_the_momentum(
    variant: Any, count: int, sample_scene: Make, sample_force: Make, acceleration: Make, places: Make
) -> None:
    scene = sample_scene(count, [sample_force(variant, count)])
    system, x = build_system(scene), places(scene)
    energies = [energy_at(system, x + shift) for shift in (0.0, 2.0, -2.0)]
    same_everywhere = not variant.kind.drives and energies == pytest.approx([energies[0]] * 3, rel=1e-9)
    assert same_everywhere or variant.kind.name not in BETWEEN_BODIES
    if same_everywhere:
        push = system.m * acceleration(system, x)
        noise = 1e-13 * np.abs(push).sum()
        assert np.abs(push.sum(axis=1)).max() <= noise
        turn = np.cross(x.T, push.T)
        assert np.abs(turn.sum(axis=0)).max() <= (1e-2 * np.abs(turn).sum() if variant.is_tree else noise)


@pytest.mark.parametrize("who", [[7, 2, 5], list(range(20, 3, -1))])
def test_a_force_on_some_bodies_is_that_force_in_a_scene_of_them(
    variant: Any, who: list[int], sample_scene: Make, sample_force: Make, acceleration: Make, places: Make
) -> None:
    force = sample_force(variant, 30, bodies=who)
    scene = sample_scene(30, [force])
    a = acceleration(build_system(scene), places(scene))
    assert (a[:, who] == acceleration(build_system(alone(scene, who)), places(scene)[:, who])).all()
    assert not np.delete(a, who, axis=1).any()


def alone(scene: Scene, who: list[int]) -> Scene:
    """Return a scene of some bodies of another one, and its one force on all of them."""
    bodies, (force,) = scene.bodies, scene.forces
    fields = {name: getattr(bodies, name)[..., who] for name in ("state", "mass", "pinned", "radius")}
    links = None if force.links is None else np.vectorize(who.index)(force.links)
    part = replace(bodies, **fields, color=bodies.color[who])
    return replace(scene, bodies=part, forces=(replace(force, links=links, bodies=None),))
