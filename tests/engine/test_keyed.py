"""A value with keys: what it is in each sub-step, exact both ways, and its gradient for the keys."""

import numpy as np
import pytest

import revanim as ra
from revanim.engine.keyed import values_of
from revanim.engine.parameter import Curve, Parameter
from revanim.engine.verify import verify
from revanim.scene.keys import as_keys, going, keyed, with_handle

PULL = next(kind for kind in ra.forces() if kind.name == "uniform").parameters[0]
FREE = Parameter("free", 0.0, "", -1e9, 1e9, "")
DOWN = np.array([[0.0, 0.0, -1.0], [0.0, 2.0, -3.0], [1.0, 0.0, 0.0]])
ONE, OTHER, LAST = 3, 20, 40


def scene(acceleration: object, steps: int = 8) -> ra.Scene:
    """Two bodies that pull each other, and are pulled by a value that changes."""
    forces = ra.force("uniform", acceleration=acceleration), ra.force("gravity")
    place, speed = [[0, 0, 0], [1.0, 0.5, 0]], [[0, 0, 0], [0.1, 0, 0]]
    return ra.make_scene(place, speed, [1.0, 2.0], forces=forces, frames=(1, 60), steps_per_frame=steps)


def at(value: ra.Keyed, *frames: float) -> list[float]:
    return values_of(FREE, value, np.array(frames)).tolist()


def test_a_value_is_that_of_its_keys_and_holds_beyond_them() -> None:
    value = keyed([ONE, OTHER, LAST], [1.0, 5.0, 2.0])
    assert at(value, -9, ONE, OTHER, LAST, 900) == pytest.approx([1, 1, 5, 2, 2])


@pytest.mark.parametrize(("way", "middle"), [("step", 1.0), ("linear", 3.0), ("smooth", 3.0)])
def test_a_value_goes_from_key_to_key_in_its_way(way: str, middle: float) -> None:
    assert at(keyed([10, 20], [1.0, 5.0], way), 15)[0] == pytest.approx(middle, abs=1e-12)


def test_a_smooth_value_is_the_bezier_curve_of_its_handles() -> None:
    value = with_handle(keyed([0, 10], [0.0, 1.0]), 0, 1, 4.0, np.array(3.0), alone=True)
    value = with_handle(value, 1, 0, 2.0, np.array(-1.0), alone=True)
    for t in np.linspace(0, 1, 23):
        s = 1 - t
        frame = 3 * s * s * t * 4 + 3 * s * t * t * 8 + t**3 * 10
        height = 3 * s * s * t * 3 + 3 * s * t * t * 2 + t**3
        assert at(value, frame)[0] == pytest.approx(height, abs=1e-9)


def test_handles_that_are_not_set_lead_nowhere_beyond_the_keys() -> None:
    random = np.random.default_rng(3)
    for _ in range(20):
        frames, heights = np.sort(random.choice(200, 6, replace=False)), random.normal(size=6)
        value = keyed(frames, heights)
        for one, other in zip(range(5), range(1, 6), strict=True):
            inside = at(value, *np.linspace(frames[one], frames[other], 30))
            low, high = sorted(heights[[one, other]])
            assert low - 1e-9 <= min(inside)
            assert max(inside) <= high + 1e-9


def test_a_value_stays_within_the_bounds_of_its_parameter() -> None:
    value = with_handle(keyed([0, 10], [0.0, 0.0]), 0, 1, 3.0, np.array(-9.0))
    assert min(at(value, *range(11))) < -1
    held = values_of(Parameter("held", 0.0, "", -0.5, 1.0, ""), value, np.arange(11.0))
    assert held.min() == -0.5


@pytest.mark.parametrize("steps", [1, 8])
@pytest.mark.parametrize("way", ["step", "linear", "smooth"])
def test_every_bit_comes_back(way: str, steps: int) -> None:
    assert verify(ra.Playhead(scene(keyed([ONE, OTHER, LAST], DOWN, way), steps)), -5, 60).bits_different == 0


def test_a_value_is_another_in_each_sub_step_and_the_same_however_one_gets_there() -> None:
    made = scene(keyed([ONE, OTHER], DOWN[:2], "linear"))
    once, often = ra.Playhead(made), ra.Playhead(made)
    once.seek(33)
    for _ in range(32 * 8 + 16):
        often.step(1)
    often.seek(33)
    assert once.digest() == often.digest()
    stairs = ra.Playhead(scene(Curve(ONE, 1, np.linspace(DOWN[0], DOWN[1], OTHER - ONE + 1))))
    stairs.seek(33)
    assert stairs.digest() != once.digest()
    assert stairs.position == pytest.approx(once.position, abs=0.1)


def test_a_falling_body_is_where_the_integral_says() -> None:
    pull = keyed([0, 24], [[0.0, 0, 0], [0, 0, -1.0]], "linear")
    falling = ra.make_scene([[0, 0, 0]], [[0, 0, 0]], 1.0, forces=[ra.force("uniform", acceleration=pull)], home=0)
    play = ra.Playhead(falling)
    play.seek(24)
    assert play.velocity[0, 2] == pytest.approx(-0.5, abs=1e-9)
    assert play.position[0, 2] == pytest.approx(-1 / 6, abs=1e-4)


@pytest.mark.parametrize("way", ["step", "linear", "smooth"])
def test_the_gradient_reaches_the_keys(way: str) -> None:
    made = ra.edits.add_keyframe(
        scene(keyed([ONE, OTHER, LAST], DOWN, way)), frame=50, bodies=[0, 1], position=[[1.0, 1, -2], [2, 0, 1]]
    )
    objective = ra.Objective(made, controls=("uniform.acceleration",))
    z, step = objective.start.copy(), 1e-4
    _, gradient = objective.value_and_gradient(z)
    for i in range(z.size):
        there, back = z.copy(), z.copy()
        there[i] += step
        back[i] -= step
        slope = (objective.value_and_gradient(there)[0] - objective.value_and_gradient(back)[0]) / (2 * step)
        assert gradient[i] == pytest.approx(slope, rel=1e-5, abs=1e-6)


def test_solving_may_change_the_keys() -> None:
    made = ra.edits.add_keyframe(
        scene(keyed([1, 30], np.zeros((2, 3)))), frame=50, bodies=[0, 1], position=[[1.0, 1, -2], [2, 1.5, -2]]
    )
    *_, last = ra.solve(made, controls=("uniform.acceleration",), iterations=20)
    value = last.scene.forces[0].values["acceleration"]
    assert last.cost < 0.2 * ra.Objective(made, controls=("uniform.acceleration",)).value_and_gradient(np.zeros(6))[0]
    assert isinstance(value, ra.Keyed)
    assert value.frames.tolist() == [1, 30]
    assert value.values.any()


@pytest.mark.parametrize("outside", ["hold", "zero"])
def test_rows_as_keys_move_the_bodies_alike_bit_for_bit(outside: str) -> None:
    name, parameter = ("uniform", "acceleration") if outside == "hold" else ("nudge", "push")
    declared = next(kind for kind in ra.forces() if kind.name == name).parameters[0]
    rows = Curve(5, 7, DOWN)
    ends = []
    for value in (rows, as_keys(rows, declared)):
        made = ra.make_scene([[0, 0, 0.0]], [[0, 0, 0.0]], 1.0, forces=(ra.force(name, **{parameter: value}),))
        play = ra.Playhead(made)
        for frame in (4, 5, 6, 12, 19, 26, 77):
            play.seek(frame)
            ends.append(play.digest())
    assert ends[:7] == ends[7:]


def test_a_way_can_be_changed_key_by_key() -> None:
    value = going(keyed([0, 10, 20], [0.0, 1.0, 3.0], "linear"), [1], 0)
    assert at(value, 5, 15, 20) == pytest.approx([0.5, 1.0, 3.0])
