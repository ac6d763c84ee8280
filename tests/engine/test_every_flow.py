"""Every flow that is registered returns exactly, keeps its twins together, and pulls back what it applies."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.adjoint import Adjoint
from revanim.engine.grid import to_counts
from revanim.engine.parameter import Floats
from revanim.engine.playhead import Playhead
from revanim.engine.scheme import Scheme
from revanim.engine.system import System
from revanim.scene.build import build_system, make_playhead

Make = Callable[..., Any]
Sample = Callable[..., ra.Scene]
COUNT = 14
LEAD = slice(6, 9)


@pytest.fixture
def carried(sample_scene: Make, sample_flow: Make) -> Sample:
    """Return a scene of bodies that a flow carries, by default all; the others fall."""

    def make(flow: Any, *, count: int = COUNT, curves: bool = False, bodies: Any = None, **given: Any) -> ra.Scene:
        planar = bool(flow.kind.planar)
        flows = [sample_flow(flow, count, curves=curves, bodies=bodies)]
        forces = [ra.force("gravity"), ra.force("uniform", acceleration=(0.0, -2.0, 0.0))]
        return sample_scene(count, forces, flows=flows, planar=planar, **{"fps": 60, "mass": 1.0, **given})

    return make


def check_return(playhead: Playhead, *frames: int) -> None:
    """Walk to each frame and home again, and see that every arrival is the same as at the first time."""
    home = playhead.frame
    seen = {home: playhead.digest()}
    for frame in (*frames, home, *reversed(frames), home):
        playhead.seek(frame)
        assert seen.setdefault(frame, playhead.digest()) == playhead.digest(), frame
    assert len(set(seen.values())) == len(seen)


def test_it_returns_exactly_in_every_scheme(flow: Any, scheme: Scheme, carried: Sample) -> None:
    check_return(make_playhead(carried(flow, scheme=scheme.name)), 9, -6, 2)


def test_it_returns_exactly_where_its_values_change_over_frames(flow: Any, carried: Sample) -> None:
    check_return(make_playhead(carried(flow, curves=True)), 4, 30, -5, 7)


def test_it_returns_exactly_on_some_beside_pins_and_bodies_that_are_pushed(flow: Any, carried: Sample) -> None:
    scene = carried(flow, bodies=[3, 1, 4, 9, 2, 6, 5], pinned=np.arange(COUNT) % 4 == 0)
    playhead = make_playhead(scene)
    check_return(playhead, 20, -6)
    playhead.seek(20)
    moved = (playhead.state[:3] != scene.bodies.state[:3]).any(axis=0)
    assert (moved == ~scene.bodies.pinned).all()
    assert not playhead.state[3:6, [3, 1, 4, 9, 2, 6, 5]].any()


def test_a_walk_in_pieces_is_the_walk_in_one(flow: Any, carried: Sample) -> None:
    scene = carried(flow)
    pieces, whole = make_playhead(scene), make_playhead(scene)
    for chunk in (1, -3, 40, -7, 300, -100):
        pieces.step(chunk)
    whole.step(231)
    assert pieces.digest() == whole.digest()


def test_the_lead_is_small_and_does_not_grow(flow: Any, carried: Sample) -> None:
    playhead = make_playhead(carried(flow, scheme="verlet"))
    unit, leads = playhead.system.grid.length_unit, []
    for _ in range(4):
        playhead.step(300)
        leads.append(np.abs(playhead.state[LEAD]).max() * unit)
    assert 0 < max(leads) < 1e-3
    assert leads[-1] < 10 * leads[0]


def test_the_error_falls_as_the_order_says(flow: Any, carried: Sample) -> None:
    def place(steps: int) -> Floats:
        playhead = make_playhead(carried(flow, scheme="verlet", steps_per_frame=steps, fps=12))
        playhead.seek(3)
        return playhead.position

    exact = place(256)
    errors = [float(np.abs(place(steps) - exact).max()) for steps in (8, 16)]
    assert errors[0] / errors[1] == pytest.approx(4.0, rel=0.15)


def test_a_body_has_the_velocity_of_the_fluid(flow: Any, carried: Sample) -> None:
    playhead = make_playhead(carried(flow, scheme="srkn6b", steps_per_frame=100))
    shown = playhead.velocity
    playhead.step(1)
    after = playhead.position
    playhead.step(-2)
    slope = (after - playhead.position) * 60 * 100 / 2
    np.testing.assert_allclose(shown, slope, atol=1e-5 * np.abs(shown).max())
    assert shown.any(axis=1).all()


def test_an_edit_at_any_frame_moves_a_body_and_its_twin(flow: Any, carried: Sample) -> None:
    there = ra.edits.stand_at(carried(flow), 25)
    moved = ra.edits.move_bodies(there, [5], [0.05, 0.02, 0.0])
    assert (moved.bodies.state[LEAD] == there.bodies.state[LEAD]).all()
    check_return(make_playhead(moved), 1, 40)


def test_home_moves_and_is_saved_with_the_lead(flow: Any, carried: Sample, tmp_path: Any) -> None:
    scene = carried(flow)
    there = ra.edits.stand_at(scene, 40)
    assert there.bodies.state[LEAD].any()
    ra.save(there, tmp_path / "there.revanim")
    playhead = ra.Playhead(ra.load(tmp_path / "there.revanim"))
    assert playhead.digest() == ra.Playhead(there).digest()
    playhead.seek(1)
    assert playhead.digest() == ra.Playhead(scene).digest()
    assert not playhead.state[LEAD].any()


def test_what_does_not_act_leaves_the_lead_alone(flow: Any, carried: Sample) -> None:
    there = ra.edits.stand_at(carried(flow), 25)
    resting = ra.edits.mute_part(there, "flows", 0)
    playhead = ra.Playhead(resting)
    playhead.seek(30)
    assert (playhead.state[LEAD] == there.bodies.state[LEAD]).all()
    again = ra.edits.mute_part(resting, "flows", 0, muted=False)
    assert ra.Playhead(again).digest() == ra.Playhead(there).digest()
    gone = ra.edits.remove_part(there, "flows", 0)
    assert len(gone.bodies.state) == len(there.bodies.state) - 3
    check_return(make_playhead(gone), 9, -6)


def applied(system: System, x: Floats, theta: Floats | None = None, wide: bool = False) -> Floats:
    """Return float64[3, n], the velocities that the one flow of a system gives at x."""
    u, f = np.zeros_like(x), int(system.streams[0])
    given = (x, system.m, system.theta if theta is None else theta, system.slot, system.who, f, wide)
    system.flow_items[0].kind.kernels.apply(*given, u)
    return u


def pulled(system: System, x: Floats, w: Floats, wide: bool = False) -> list[Floats]:
    """Return what its pull adds: velocities, and derivatives for places, masses and parameters."""
    f, arrays = int(system.streams[0]), [np.zeros_like(like) for like in (x, x, system.m, system.theta)]
    given = (x, system.m, system.theta, system.slot, system.who, f, wide)
    system.flow_items[0].kind.kernels.pull(*given, w, *arrays)
    return arrays


@pytest.mark.parametrize("count", [8, 63, 64, 65, 300])
def test_pull_and_threads_give_the_same_velocities_to_the_bit(
    flow: Any, count: int, carried: Sample, places: Make
) -> None:
    scene = carried(flow, count=count)
    system, x = build_system(scene), places(scene)
    w = np.random.default_rng(0).normal(size=x.shape)
    alone, shared = pulled(system, x, w), pulled(system, x, w, wide=True)
    assert alone[0].any()
    for velocities in (alone[0], applied(system, x, wide=True)):
        assert velocities.tobytes() == applied(system, x).tobytes()
    assert all(one.tobytes() == other.tobytes() for one, other in zip(alone, shared, strict=True))


def central(function: Callable[[float], float], step: float = 1e-4) -> float:
    """Return the fourth-order central difference of a function at 0."""
    sides = {k: function(k * step) - function(-k * step) for k in (1, 2)}
    return (8 * sides[1] - sides[2]) / (12 * step)


def graded(system: System, random: np.random.Generator) -> Floats:
    """Return a random way for every parameter that has a derivative and is not 0 now: 0 takes a source out."""
    way = np.zeros_like(system.theta)
    for (i, name), part in system.layout.items():
        if next(each for each in system.items[i].kind.parameters if each.name == name).graded:
            way[part] = random.normal(size=way[part].shape) * (system.theta[part] != 0.0)
    return way


def test_its_gradient_is_that_of_the_velocity(flow: Any, carried: Sample, places: Make) -> None:
    scene = carried(flow)
    system, x, random = build_system(scene), places(scene), np.random.default_rng(1)
    w = random.normal(size=x.shape) * system.carried
    _, gx, gm, gtheta = pulled(system, x, w)
    to = random.normal(size=x.shape) * system.loose
    way = graded(system, random) * np.isin(np.arange(system.theta.size), np.flatnonzero(gtheta))
    assert np.count_nonzero(way) >= 2
    assert not gm.any()
    slope_x = central(lambda by: float(np.sum(w * applied(system, x + by * to))))
    slope_theta = central(lambda by: float(np.sum(w * applied(system, x, system.theta + by * way))))
    assert np.sum(gx * to) == pytest.approx(slope_x, rel=1e-8)
    assert np.sum(gtheta * way) == pytest.approx(slope_theta, rel=1e-8)


@pytest.mark.parametrize("name", ["verlet", "srkn6b", "kahan_li6"])
def test_the_gradient_of_a_walk_is_that_of_differences(flow: Any, name: str, carried: Sample) -> None:
    scene, random = carried(flow, scheme=name, curves=True, bodies=range(10)), np.random.default_rng(2)
    system = build_system(scene)
    cost, speed = random.normal(size=(2, 3, COUNT))
    ways, to = random.normal(size=(3, COUNT)), graded(system, random)
    for (i, name_), part in system.layout.items():
        to[part] *= i >= system.streams[0] or name_ == "strength"

    def total(playhead: Playhead) -> float:
        playhead.seek(9)
        live = playhead.state[3:6] * system.grid.speed_unit
        return float(np.sum(cost * playhead.position.T) + np.sum(speed * live))

    def changed(places: float, values: float) -> float:
        state = scene.bodies.state.copy()
        state[:3] += to_counts(places * ways * system.loose, system.grid.length_unit)
        return total(Playhead(replace(system, theta=system.theta + values * to), state, 1))

    playhead = Playhead(system, scene.bodies.state, 1)
    total(playhead)
    adjoint = Adjoint(playhead)
    adjoint.u += cost
    adjoint.w += speed
    adjoint.back(5)
    adjoint.back(1)
    assert (playhead.state == scene.bodies.state).all()
    found = adjoint.gradient
    assert np.sum(found.position.T * ways) == pytest.approx(central(lambda by: changed(by, 0.0)), rel=1e-6)
    assert np.sum(found.theta * to) == pytest.approx(central(lambda by: changed(0.0, by)), rel=1e-6)
