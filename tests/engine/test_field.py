"""A learnt field pushes as its network says, in its time and its place, and tells exactly how to change its weights."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.alive.acting import acceleration, parameters_at
from revanim.engine.forces.field import PARTS, SHARE
from revanim.engine.parameter import Floats
from revanim.engine.system import System
from revanim.scene.build import build_system

PLACE = np.random.default_rng(5).uniform(-1, 1, (40, 3))
UNITS = 5
Push = Callable[..., Floats]


def scene(bodies: Floats = PLACE, **values: Any) -> ra.Scene:
    given = {"units": UNITS, "layers": 2, "begin": 1 / 24, **values}
    return ra.make_scene(bodies, 0 * bodies, 1.0, forces=[ra.force("field", **given)])


@pytest.fixture
def pushed() -> Push:
    def find(frame: int = 1, bodies: Floats = PLACE, **values: Any) -> Floats:
        made = scene(bodies, **values)
        return acceleration(build_system(made), made.bodies.state, frame)

    return find


def by_formula(weights: Floats, told: Floats) -> Floats:
    """Return what a network says, as a person would write it down in numpy."""
    inputs = told.shape[1] + 1
    first, second = inputs * UNITS, inputs * UNITS + (UNITS + 1) * UNITS
    one = np.ones((len(told), 1))
    for matrix in (weights[:first], weights[first:second]):
        u = np.hstack([told, one]) @ matrix.reshape(-1, UNITS)
        told = u / np.sqrt(1 + u * u)
    return told @ weights[second:].reshape(UNITS, 3)


def test_it_pushes_as_its_network_says(pushed: Push) -> None:
    weights = np.random.default_rng(1).normal(size=(2, (3 + 2) * UNITS + (UNITS + 1) * UNITS + 3 * UNITS))
    for frame, layer in ((13, 0), (73, 1)):
        late = (frame - 1 + 0.5 / 8) / 24 / 4.0
        expected = by_formula(weights[layer], np.column_stack([PLACE, np.full(len(PLACE), late)])) / 4.0**2
        np.testing.assert_allclose(pushed(frame, weights=weights), expected, rtol=1e-9)


def test_before_and_after_its_time_it_lets_go(pushed: Push) -> None:
    assert not pushed(0).any()
    assert pushed(1).any()
    assert pushed(96).any()
    assert not pushed(97).any()


def test_the_same_seed_is_the_same_field_and_another_is_another(pushed: Push) -> None:
    assert (pushed(seed=3) == pushed(seed=3)).all()
    assert (pushed(seed=3) != pushed(seed=4)).any(axis=1).all()


def test_bodies_with_the_code_of_another_way_are_pushed_elsewhere_and_between_codes_in_between(pushed: Push) -> None:
    one, two = pushed(codes=3, code=0.0), pushed(codes=3, code=2.0)
    assert np.abs(one - two).max() > 0.1 * np.abs(one).max()
    mixed = pushed(codes=3, code=np.where(np.arange(40) < 20, 0.0, 2.0))
    assert (mixed == np.concatenate([one[:20], two[20:]])).all()
    steps = np.diff([pushed(codes=3, code=code) for code in np.linspace(0, 2, 101)], axis=0)
    assert np.abs(steps).max() < 0.1 * np.abs(one).max()


def test_it_can_be_moved_turned_and_made_larger_and_slower(pushed: Push) -> None:
    turned = PLACE @ np.array([[0.0, 1, 0], [-1, 0, 0], [0, 0, 1]])  # a quarter about z
    where = {"place": (1.0, -2.0, 0.5), "size": 3.0, "turn": (0.0, 0.0, 90.0)}
    found = pushed(1, 3 * turned + where["place"], **where, seconds=8.0, begin=1 / 24 - 0.5 / 192)
    plain = pushed(1) @ np.array([[0.0, 1, 0], [-1, 0, 0], [0, 0, 1]])
    np.testing.assert_allclose(found, plain * 3 / 4, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("code", [0.4, 1.7])
def test_the_gradient_for_codes_and_layers_agrees_with_differences(code: float) -> None:
    made = scene(codes=3, code=np.full(40, code), layers=3)
    w = np.random.default_rng(2).normal(size=(3, 40))
    for frame in (2, 50, 90):
        system = build_system(made)
        gradient = pulled_parameters(system, made, frame, w)
        for name in ("code", "weights"):
            at = system.layout[0, name]
            for index in np.random.default_rng(3).integers(at.start, at.stop, 12):
                assert gradient[index] == pytest.approx(difference(system, made, frame, w, index), rel=1e-6, abs=1e-9)


def pulled_parameters(system: System, made: ra.Scene, frame: int, w: Floats, wide: bool = False) -> Floats:
    theta, slot = parameters_at(system, frame)
    x = np.ascontiguousarray(made.bodies.position.T)
    a, gx, gtheta = np.zeros_like(x), np.zeros_like(x), np.zeros_like(theta)
    system.pushes[0].pull(x, system.m, theta, slot, system.who, 0, wide, w, a, gx, np.zeros(0), gtheta)
    return gtheta


def difference(system: System, made: ra.Scene, frame: int, w: Floats, index: int) -> float:
    sides, kept = [], system.theta[index]
    for step in (1e-5, -1e-5):
        system.theta[index] = kept + step
        sides.append(float(np.sum(w.T * acceleration(system, made.bodies.state, frame))))
    system.theta[index] = kept
    return (sides[0] - sides[1]) / 2e-5


def test_what_a_body_feels_hangs_on_nobody_else_and_on_no_thread(pushed: Push) -> None:
    many = np.random.default_rng(7).uniform(-1, 1, (SHARE * PARTS + SHARE + 5, 3))
    made = scene(many, begin=-1.0)
    system, state = build_system(made), made.bodies.state
    found = acceleration(system, state, 30)
    for few in ([0], [SHARE - 1, SHARE, -1], range(100, 140)):
        assert (pushed(30, many[few], begin=-1.0) == found[few]).all()
    alone = replace(system, wide=~system.wide)
    assert (acceleration(alone, state, 30) == found).all()
    w = np.random.default_rng(8).normal(size=(3, len(many)))
    one, two = (pulled_parameters(system, made, 30, w, wide) for wide in (False, True))
    assert (one == two).all()
    assert one.any()


def test_other_units_begin_anew_and_what_was_learnt_is_kept_through_all_else() -> None:
    weights = np.full((2, (3 + 2) * UNITS + (UNITS + 1) * UNITS + 3 * UNITS), 0.25)
    learnt = scene(weights=weights)
    larger = ra.edits.set_values(learnt, "forces", 0, size=3.0, units=UNITS)
    assert (larger.forces[0].values["weights"] == weights).all()
    for name, value in (("units", 7), ("layers", 3), ("codes", 2), ("seed", 9)):
        assert ra.edits.set_values(learnt, "forces", 0, **{name: value}).forces[0].values["weights"] is None


def test_weights_of_another_network_are_refused() -> None:
    with pytest.raises(ra.RevanimError, match=r"field\.weights has the shape \(3,\); allowed is \(2, 70\)"):
        scene(weights=[0.0, 1.0, 2.0])
