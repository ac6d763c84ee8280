"""Formulas: what they are at each moment, on every machine alike, both ways, and what they refuse."""

import hashlib
import math
from contextlib import suppress
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.formulas.language import programs_of
from revanim.engine.formulas.smooth import exponential, wander, wave
from revanim.engine.keyed import values_of
from revanim.engine.parameter import Parameter
from revanim.engine.verify import verify
from revanim.scene.build import make_playhead

FREE = Parameter("free", 0.0, "", -1e9, 1e9, "")
PINNED = "dc0f7612d5af508fa7d9e4cd35af39e3e60f3ff7cc0fee1b9184a1946387071b"
PAIR = Parameter("pair", (0.0, 0.0, 0.0), "", -1e9, 1e9, "", axes=3, per="body")


def said(text: str, t: float = 0.0, value: float = 0.0) -> float:
    """Return what a formula of a value with one key is at a frame."""
    return float(values_of(FREE, ra.keyed([0], [value], formula=text), np.array([t]))[0])


@pytest.mark.parametrize("turns", range(4))
def test_waves_are_those_of_the_circle(turns: int) -> None:
    angles = np.r_[np.linspace(-40, 40, 2001), np.random.default_rng(turns).uniform(-1e6, 1e6, 500)]
    found = [wave.compiled(angle, turns) for angle in angles]
    np.testing.assert_allclose(found, np.sin(angles + turns * np.pi / 2), atol=2e-10)
    if turns < 2:
        exact = [(math.sin, math.cos)[turns](angle) for angle in angles]
        np.testing.assert_allclose(found, exact, atol=2e-16)
    assert wave.compiled(1e300, turns) == wave.compiled(np.inf, turns) == 0.0


def test_the_exponential_is_that_of_the_library_to_the_last_bits() -> None:
    powers = np.linspace(-690, 690, 3001)
    np.testing.assert_allclose([exponential.compiled(x) for x in powers], np.exp(powers), rtol=1e-15)
    assert exponential.compiled(1e9) < np.inf


def test_noise_is_smooth_and_differs_by_its_seed() -> None:
    along = np.linspace(-3, 3, 601)
    heights, slopes = np.array([wander.compiled(x, 1) for x in along]).T
    assert np.abs(heights).max() <= 1
    np.testing.assert_allclose(np.gradient(heights, along)[1:-1], slopes[1:-1], atol=2e-2)
    assert said("wiggle(t)", 0.5) != said("wiggle(t, 1)", 0.5)


def test_the_bits_of_a_formula_are_pinned() -> None:
    text = "2*sin(t*tau/48) + exp(-t/24)*cos(3*t) + wiggle(t/7, 5) + sqrt(t) % 0.3 + t**3/1e3"
    value = ra.keyed([0], [0.0], formula=text)
    found = values_of(FREE, value, np.arange(1, 2000) / 8.0)
    assert hashlib.sha256(found.tobytes()).hexdigest() == PINNED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 + 3*4 - 6/3", 12.0), ("-t", -7.0), ("+t % 4", 3.0), ("-t % 4", 1.0), ("t**2", 49.0), ("t**0", 1.0),
        ("value/2", 1.5), ("min(t, 2) + max(t, 2)", 9.0), ("abs(-t)", 7.0), ("floor(-2.5)", -3.0), ("sqrt(49)", 7.0),
        ("1 if t < 7 else 2", 2.0), ("1 if t <= 7 else 2", 1.0), ("1 if t > 6.5 else 2", 1.0), ("(t >= 8) + 5", 5.0),
        ("t == 7", 1.0), ("smooth(6, 8, t)", 0.5), ("smooth(6, 8, 9)", 1.0), ("smooth(8, 8, 9)", 0.0),
        ("sin(pi/2) + cos(tau)", 2.0), ("exp(0)", 1.0), ("  t\n+ 1 ", 8.0),
        ("1/0", 0.0), ("sqrt(-1)", 0.0), ("5 % 0", 0.0), ("exp(700)*exp(700)", 0.0),
    ],
)  # fmt: skip
def test_a_formula_is_arithmetic(text: str, expected: float) -> None:
    assert said(text, 7.0, 3.0) == pytest.approx(expected, abs=1e-14)


def test_each_axis_has_its_own_and_each_body_its_number() -> None:
    value = ra.keyed([0], np.ones((1, 4, 3)), formula=("i", "value + t", "-i"))
    found = values_of(PAIR, value, np.array([5.0]))[0]
    assert found.tolist() == [[body, 6.0, -body] for body in range(4)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2*sin(t", "breaks off at character 6"),
        ("", "breaks off at character 1"),
        ("2 3", "breaks off at character 3"),
        ("1 + foo*2", "a name that is not known at character 5: foo; known are t, value, i, pi"),
        ("ä + ö.x", "not known at character 1: ä"),
        ("t + ö.x", "something at character 5 that formulas do not know"),
        ("t.real", "something at character 1"),
        ("2*__import__('os')", "a name that is not known at character 3: __import__"),
        ("(lambda: 1)()", "something at character 1"),
        ("[t][0]", "something at character 1"),
        ("'a'", "something at character 1"),
        ("1 < t < 2", "something at character 1"),
        ("1e999", "something at character 1"),
        ("sin(x=t)", "something at character 1"),
        ("sin", "a name that is not known at character 1: sin"),
        ("1 + sin(t, 2)", "sin at character 5 takes 1 values, not 2"),
        ("t**0.5", "the power at character 4 must be a whole number from 0 to 16"),
        ("t**-1", "the power at character 4"),
        ("t" * 401, "may have 400 characters, not 401"),
        ("1+(" * 40 + "t" + ")" * 40, "nested too deeply"),
        ("f\0", "breaks off"),
    ],
)
def test_what_is_no_formula_is_refused_with_its_place(text: str, why: str) -> None:
    with pytest.raises(ra.RevanimError, match=why.replace("(", r"\(").replace("*", r"\*")):
        ra.formula(text)


def test_random_texts_are_read_or_refused() -> None:
    random, letters = np.random.default_rng(5), list("t1.+-*/%()<= ,ifelsn_\"'[]{}:#\\@äλ")
    for _ in range(400):
        text = "".join(random.choice(letters, random.integers(1, 12)))
        with suppress(ra.RevanimError):
            assert programs_of(ra.formula(text)).size


def swing(**given: Any) -> ra.Scene:
    """Two bodies that pull each other, in a wind that follows formulas, and a handle that goes round."""
    wind = ra.formula("sin(t*tau/24)", "wiggle(t/6)", "-1 if t < 20 else 1")
    around = ra.formula("cos(t/8)", "sin(t/8)", "0")
    forces = [ra.force("uniform", acceleration=wind), ra.force("gravity", strength=ra.formula("1 + 0.5*cos(t/5)"))]
    place, speed = [[0, 0, 0], [1.0, 0.5, 0], [0, 0, 0]], np.zeros((3, 3))
    moves = [ra.move("handle", bodies=[2], place=around)]
    return ra.make_scene(
        place, speed, 1.0, forces, moves=moves, pinned=[False, False, True], frames=(1, 40), fps=24, **given
    )


@pytest.mark.parametrize("by", ["srkn6b", "leapfrog"])
def test_a_scene_with_formulas_returns_exactly_and_is_the_same_from_its_file(by: str, tmp_path: Any) -> None:
    scene = swing(scheme=by)
    assert verify(make_playhead(scene), -5, 40).bits_different == 0
    ra.save(scene, tmp_path / "swing.revanim")
    playhead, loaded = ra.Playhead(scene), ra.Playhead(ra.load(tmp_path / "swing.revanim"))
    for each in (playhead, loaded):
        each.seek(33)
    assert playhead.digest() == loaded.digest()
    moved = playhead.position[2] - scene.bodies.position[2]
    np.testing.assert_allclose(
        moved, [math.cos(33 / 8) - math.cos(1 / 8), math.sin(33 / 8) - math.sin(1 / 8), 0], atol=1e-9
    )


def test_the_gradient_goes_through_a_formula_to_the_keys() -> None:
    weight = ra.keyed([1, 30], [1.0, 2.0], "linear", formula="value*(1 + 0.5*sin(t/4)) + exp(-value)")
    scene = ra.make_scene(
        [[0, 0, 0], [1.0, 0, 0]], [[0, 0, 0], [0, 0.5, 0]], 1.0, [ra.force("gravity", strength=weight)]
    )
    scene = ra.edits.add_keyframe(scene, 20, [1], position=[[0.5, 0.5, 0]])
    objective = ra.Objective(scene, controls=("gravity.strength",))
    z = objective.start
    _, gradient = objective.value_and_gradient(z)
    for step in 1e-5 * np.eye(z.size):
        ends = [objective.value_and_gradient(z + sign * step)[0] for sign in (1, -1)]
        assert step @ gradient == pytest.approx((ends[0] - ends[1]) / 2, rel=1e-5)


def test_a_scene_with_formulas_can_be_solved() -> None:
    scene = ra.edits.add_keyframe(swing(scheme="leapfrog"), 12, [0, 1], position=[[0.2, 0, 0], [0.8, 0.3, 0]])
    *_, last = ra.solve(scene, controls=("velocity",), iterations=30)
    assert last.miss < 1e-3


@pytest.mark.parametrize("keep", ["seconds", "frames"])
def test_another_frame_rate_keeps_what_a_formula_says(keep: str) -> None:
    scene = swing(scheme="leapfrog")
    other = ra.edits.set_rate(scene, 48, keep)
    for index, name in ((0, "acceleration"), (1, "strength")):
        before, after = (each.forces[index].values[name] for each in (scene, other))
        parameter = PAIR if name == "acceleration" else FREE
        for frame in (1, 7, 19):
            there = frame if keep == "frames" else 1 + 2 * (frame - 1)
            times = 4 if keep == "frames" and name == "acceleration" else 1
            one, two = (values_of(parameter, value, np.array([f]))[0] for value, f in ((before, frame), (after, there)))
            if not (keep == "frames" and name == "strength"):
                np.testing.assert_allclose(two, times * one, atol=1e-12)


def test_what_has_no_values_in_between_takes_no_formula() -> None:
    for given, why in (
        (ra.force("uniform", acceleration=ra.formula("t")), "takes 3 formulas, not 1"),
        (ra.force("turbulence", seed=ra.formula("t")), "no values in between"),
    ):
        with pytest.raises(ra.RevanimError, match=why):
            ra.make_scene([[0, 0, 0]], [[0, 0, 0]], 1.0, [given])


def test_copies_keep_a_formula() -> None:
    value = ra.keyed([1, 9], [0.0, 1.0], formula="value + t")
    scene = ra.make_scene([[0, 0, 0]], [[0, 0, 0]], 1.0, [ra.force("gravity", strength=value)])
    copied = ra.edits.duplicate(scene, [0])
    assert copied.forces[0].values["strength"].formula.texts == ("value + t",)
