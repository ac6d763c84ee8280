"""Every force pulls back what it applies: the same bits of acceleration, and the derivatives that differences show."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.alive.acting import parameters_at
from revanim.engine.parameter import Floats
from revanim.engine.system import System
from revanim.scene.build import build_system

Make = Callable[..., Any]
SPACINGS = [0.8, 0.2]  # apart, and crowded


@dataclass(frozen=True)
class Pulled:
    """What `pull` adds, for the sum of w * a."""

    a: Floats
    x: Floats
    m: Floats
    theta: Floats


def pull(system: System, x: Floats, w: Floats, frame: int = 1, start: float = 0.0) -> Pulled:
    """Return what the one force of a system adds to arrays that hold `start`."""
    (push,) = system.pushes
    arrays = [np.full_like(like, start) for like in (x, x, system.m, system.theta)]
    push.pull(x, system.m, system.theta, parameters_at(system, frame)[1], system.who, 0, system.wide[0], w, *arrays)
    return Pulled(*arrays)


def differences(total: Callable[[Floats], float], at: Floats, step: float) -> Floats:
    """Return the central differences of a function along each entry of an array."""
    slopes = np.empty_like(at)
    for index in np.ndindex(at.shape):
        sides = []
        for way in (1, -1):
            there = at.copy()
            there[index] += way * step
            sides.append(total(there))
        slopes[index] = (sides[0] - sides[1]) / (2 * step)
    return slopes


def check_gradient(system: System, x: Floats, acceleration: Make, frame: int = 1) -> None:
    """Compare every derivative of the one force of a system with central differences."""
    w = np.random.default_rng(0).normal(size=x.shape)
    pulled = pull(system, x, w, frame)

    def total(**changed: Floats) -> float:
        return float(np.sum(w * acceleration(system, **{"x": x, "frame": frame, **changed})))

    size = float(np.abs(x).max())
    agree(pulled.x, differences(lambda there: total(x=there), x, 1e-6 * size))
    agree(pulled.m, differences(lambda there: total(m=there), system.m, 1e-5))
    slopes = differences(lambda there: total(theta=there), system.theta, 1e-6)
    for part in smooth(system):
        agree(pulled.theta[part], slopes[part])


def smooth(system: System) -> Iterator[slice]:
    """Yield where theta holds each parameter that is not a choice."""
    for (i, name), part in system.layout.items():
        if not next(p for p in system.items[i].kind.parameters if p.name == name).choices:
            yield part


def agree(exact: Floats, slopes: Floats) -> None:
    assert np.isfinite(exact).all()
    np.testing.assert_allclose(exact, slopes, rtol=1e-5, atol=1e-6 * np.abs(exact).max(initial=1e-3))


@pytest.mark.parametrize("spacing", SPACINGS)
@pytest.mark.parametrize("count", [5, 20])
def test_the_gradient_is_that_of_the_acceleration(
    variant: Any, count: int, spacing: float, sample_scene: Make, sample_force: Make, acceleration: Make, places: Make
) -> None:
    scene = sample_scene(count, [sample_force(variant, count, spacing=spacing)], spacing)
    check_gradient(build_system(scene), places(scene), acceleration)


@pytest.mark.parametrize("count", [5, 20])
def test_one_value_for_all_gathers_the_gradients_of_all(
    variant: Any, count: int, sample_scene: Make, sample_force: Make, acceleration: Make, places: Make
) -> None:
    one = sample_force(variant, count)
    shared = {
        p.name: None if one.values[p.name] is None else one.values[p.name].reshape(-1, p.axes)[0].squeeze()
        for p in variant.kind.parameters
    }
    scene = sample_scene(count, [ra.force(one.kind, links=one.links, bodies=one.bodies, **shared)])
    check_gradient(build_system(scene), places(scene), acceleration)


@pytest.mark.parametrize("frame", [1, 3, 6, 10, 11])
def test_only_the_row_of_the_frame_has_a_gradient(
    variant: Any, frame: int, sample_scene: Make, sample_force: Make, acceleration: Make, places: Make
) -> None:
    scene = sample_scene(6, [sample_force(variant, 6, curves=True)])
    system, x = build_system(scene), places(scene)
    check_gradient(system, x, acceleration, frame)
    pulled = pull(system, x, np.ones_like(x), frame)
    held = min(max((frame - 3) // 2, 0), 3)
    for (_, name), part in system.layout.items():
        if isinstance(scene.forces[0].values[name], ra.Curve):
            others = np.delete(pulled.theta[part].reshape(4, -1), held, axis=0)
            assert not others.any()


@pytest.mark.parametrize("spacing", SPACINGS)
@pytest.mark.parametrize("count", [2, 15, 16, 40])
def test_pull_adds_the_same_acceleration_to_the_bit(
    variant: Any, count: int, spacing: float, sample_scene: Make, sample_force: Make, acceleration: Make, places: Make
) -> None:
    for bodies in (None, range(0, count, 2)):
        scene = sample_scene(count, [sample_force(variant, count, spacing=spacing, bodies=bodies)], spacing)
        system, x = build_system(scene), places(scene)
        assert (pull(system, x, np.ones_like(x)).a == acceleration(system, x)).all()


def test_pull_adds_to_what_is_there(variant: Any, sample_scene: Make, sample_force: Make, places: Make) -> None:
    scene = sample_scene(20, [sample_force(variant, 20)])
    system, x = build_system(scene), places(scene)
    w = np.random.default_rng(0).normal(size=x.shape)
    new, added = pull(system, x, w), pull(system, x, w, start=1024.0)
    for name in ("a", "x", "m", "theta"):
        np.testing.assert_allclose(getattr(added, name) - 1024, getattr(new, name), rtol=1e-6, atol=1e-9)


def test_the_gradient_of_a_part_is_that_of_a_scene_of_its_own(
    variant: Any, sample_scene: Make, sample_force: Make, acceleration: Make, places: Make
) -> None:
    scene = sample_scene(30, [sample_force(variant, 30, bodies=[3, 28, 4, 9, 11, 17])])
    check_gradient(build_system(scene), places(scene), acceleration)


@pytest.mark.parametrize("count", [6, 20])
def test_bodies_without_mass_have_gradients_too(
    variant: Any, count: int, sample_scene: Make, sample_force: Make, acceleration: Make, places: Make
) -> None:
    if variant.kind.divides_by_mass:
        with pytest.raises(ra.RevanimError, match="has no mass"):
            sample_scene(count, [sample_force(variant, count)], mass=np.arange(count) % 3)
        return
    scene = sample_scene(count, [sample_force(variant, count)], mass=np.arange(count) % 3)
    check_gradient(build_system(scene), places(scene), acceleration)
