"""The walk back comes home to the bit, and brings the gradient that differences show, for every force and scheme."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.adjoint import Adjoint, Gradient
from revanim.engine.grid import Counts, to_counts
from revanim.engine.parameter import Floats
from revanim.engine.playhead import Playhead
from revanim.engine.system import System
from revanim.scene.build import build_system, make_playhead

Make = Callable[..., Any]
FRAMES = (4, 7)  # at which something is asked for
STEPS = (1e-4, 1e-6, 1e-8)  # of a difference: wide ones skip over where contact begins, narrow ones feel the rounding


def wishes(count: int) -> dict[int, tuple[Floats, Floats]]:
    """Return what a unit of place and of speed costs at each frame, float64[3, n] each."""
    random = np.random.default_rng(1)
    return {frame: (random.normal(size=(3, count)), random.normal(size=(3, count))) for frame in FRAMES}


def total(system: System, state: Counts) -> float:
    """Return the cost of the walk that begins with a state at frame 1."""
    playhead, cost = Playhead(system, state, 1), 0.0
    for frame, (places, speeds) in wishes(system.m.size).items():
        playhead.seek(frame)
        cost += float(np.sum(places * playhead.position.T) + np.sum(speeds * playhead.velocity.T))
    return cost


def gradient_of(system: System, state: Counts) -> Gradient:
    """Return the gradient of `total`, and check that the walk back came home."""
    adjoint = Adjoint(Playhead(system, state, 1), masses=True)
    adjoint.playhead.seek(max(FRAMES))
    for frame, (places, speeds) in reversed(wishes(system.m.size).items()):
        adjoint.back(frame)
        adjoint.u += places
        adjoint.w += speeds
    adjoint.back(1)
    assert (adjoint.playhead.live == state).all()
    assert adjoint.playhead.frame == 1
    return adjoint.gradient


def slopes(cost: Callable[[float], float]) -> list[float]:
    """Return fourth-order central differences of a function at 0, one for each of the steps."""
    return [(8 * (cost(h) - cost(-h)) - (cost(2 * h) - cost(-2 * h))) / (12 * h) for h in STEPS]


def slopes_along_random_directions(scene: ra.Scene) -> list[tuple[float, list[float]]]:
    """Return pairs of the gradient times a direction, and the differences along it: places, speeds, masses, theta."""
    system, state, random = build_system(scene), scene.bodies.state, np.random.default_rng(2)
    gradient, m, theta = gradient_of(system, state), system.m.copy(), system.theta.copy()
    pairs = []
    for lanes, exact, unit in (
        (slice(0, 3), gradient.position, scene.bodies.grid.length_unit),
        (slice(3, 6), gradient.velocity, scene.bodies.grid.speed_unit),
    ):
        way = random.normal(size=(3, m.size)) * system.free

        def moved(step: float, lanes: slice = lanes, way: Floats = way, unit: float = unit) -> float:
            there = state.copy()
            there[lanes] += to_counts(step * way, unit)
            return total(system, there)

        pairs.append((float(np.sum(exact * way.T)), slopes(moved)))
    for array, like, exact, may in (
        (system.m, m, gradient.mass, np.ones_like(m)),
        (system.theta, theta, gradient.theta, without_choices(system)),
    ):
        way = random.normal(size=like.shape) * may

        def changed(step: float, array: Floats = array, like: Floats = like, way: Floats = way) -> float:
            array[:] = like + step * way
            return total(system, state)

        pairs.append((float(exact @ way), slopes(changed)))
        array[:] = like
    return pairs


def without_choices(system: System) -> Floats:
    """Return 1 where theta holds a quantity, 0 where it holds the number of a choice or nothing."""
    may = np.zeros_like(system.theta)
    for (i, name), part in system.layout.items():
        may[part] = not next(p for p in system.items[i].kind.parameters if p.name == name).choices
    return may


def agree(scene: ra.Scene) -> None:
    pairs = slopes_along_random_directions(scene)
    size = max(abs(exact) for exact, _ in pairs)
    for exact, differences in pairs:
        nearest = min(differences, key=lambda difference: abs(difference - exact))
        assert exact == pytest.approx(nearest, rel=1e-4, abs=1e-6 * size)


@pytest.mark.parametrize("curves", [False, True])
def test_the_gradient_of_a_walk_is_that_of_differences(
    variant: Any, scheme: ra.Scheme, curves: bool, sample_scene: Make, sample_force: Make
) -> None:
    forces = [sample_force(variant, 5, curves=curves)]
    agree(sample_scene(5, forces, scheme=scheme.name, fps=120, steps_per_frame=3))


def test_so_it_is_where_many_bodies_take_another_form_of_the_force(
    variant: Any, sample_scene: Make, sample_force: Make
) -> None:
    agree(sample_scene(40, [sample_force(variant, 40, bodies=range(0, 40, 2))], fps=120, steps_per_frame=3))


def test_so_it_is_where_threads_share_the_work(variant: Any, sample_scene: Make, sample_force: Make) -> None:
    if not variant.is_tree:
        agree(sample_scene(300, [sample_force(variant, 300)], fps=240, steps_per_frame=2))


def test_so_it_is_with_every_force_at_once(scheme: ra.Scheme, everything: Make) -> None:
    agree(everything(6, scheme=scheme.name))


def test_what_is_pinned_or_out_of_the_plane_has_no_gradient(
    variant: Any, sample_scene: Make, sample_force: Make
) -> None:
    scene = sample_scene(
        6, [sample_force(variant, 6)], planar=True, pinned=np.arange(6) % 3 == 0, fps=120, steps_per_frame=3
    )
    gradient = gradient_of(build_system(scene), scene.bodies.state)
    for part in (gradient.position, gradient.velocity):
        assert not part[::3].any()
        assert not part[:, 2].any()
        assert part[1:3, :2].all()
    agree(scene)


def test_a_long_walk_back_needs_no_more_arrays_than_a_short_one(sample_scene: Make, sample_force: Make) -> None:
    import tracemalloc

    peaks = []
    for frame in (10, 1000):
        scene = sample_scene(3, [ra.force("gravity")], fps=240)
        adjoint = Adjoint(Playhead(build_system(scene), scene.bodies.state, 1))
        tracemalloc.start()
        adjoint.playhead.seek(frame)
        adjoint.u += 1.0
        adjoint.back(1)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert (adjoint.playhead.live == scene.bodies.state).all()
    assert peaks[1] < 2 * peaks[0] + 10_000


def test_going_back_to_a_later_frame_is_refused(sample_scene: Make) -> None:
    scene = sample_scene(3, [ra.force("gravity")])
    with pytest.raises(ValueError, match="not before"):
        Adjoint(make_playhead(scene)).back(2)


def test_masses_cost_nothing_where_nobody_asks(sample_scene: Make) -> None:
    scene = sample_scene(3, [ra.force("gravity")])
    adjoint = Adjoint(make_playhead(scene))
    adjoint.playhead.seek(3)
    adjoint.u += 1.0
    adjoint.back(1)
    assert adjoint.gradient.mass.size == 0
    assert adjoint.gradient.parameter(0, "strength").any()
