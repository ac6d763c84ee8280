"""A move is an exact bijection with its inverse: the walk applies it in mirrored halves, with lanes of its own."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.adjoint import Adjoint
from revanim.engine.binding.bind import bind
from revanim.engine.code.kernel import kernel
from revanim.engine.force import force_kinds
from revanim.engine.grid import Counts, fit_grid, to_counts
from revanim.engine.kind import Lane
from revanim.engine.move import MOVE, MOVE_PULL, MoveKernels, MoveKind
from revanim.engine.parameter import Curve, Floats, Parameter
from revanim.engine.playhead import Playhead
from revanim.engine.scheme import Scheme, schemes
from revanim.engine.system import Item
from revanim.engine.tape import Words

# Moves such as a third party might write. Three of them have a pull: a turn of the speeds in three shears, a drag by a
# lifting squeeze (engine.md, section 3), and a memory of the way that draws bodies back. The others have none: a shear
# of the places, a clock that keeps lanes of its own, and one that writes down each tick.


@kernel(MOVE)
def turn_move(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    t = np.tan(0.5 * theta[slot[f, 1, 0]] * h)
    s = 2.0 * t / (1.0 + t * t)
    for k in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[k]
        state[3, i] -= way * np.int64(np.rint(t * state[4, i]))
        state[4, i] += way * np.int64(np.rint(s * state[3, i]))
        state[3, i] -= way * np.int64(np.rint(t * state[4, i]))
    return -1


@kernel(MOVE_PULL)
def turn_pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    t = np.tan(0.5 * theta[slot[f, 1, 0]] * h)
    s = 2.0 * t / (1.0 + t * t)
    c = 1.0 - s * t
    for k in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[k]
        after = state[3, i] * units[1], state[4, i] * units[1]
        state[3, i] += np.int64(np.rint(t * state[4, i]))
        state[4, i] -= np.int64(np.rint(s * state[3, i]))
        state[3, i] += np.int64(np.rint(t * state[4, i]))
        p, q = adj[3, i], adj[4, i]
        gtheta[slot[f, 1, 0]] += h * (q * after[0] - p * after[1])
        adj[3, i], adj[4, i] = c * p + s * q, c * q - s * p


@kernel(MOVE)
def drag_move(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    b = 0.5 * theta[slot[f, 1, 0]] * h
    keep = (1.0 - b) / (1.0 + b)
    for k in range(slot[f, 0, 0], slot[f, 0, 1]):
        for c in range(3):
            v, w = state[3 + c, who[k]], state[lane + c, who[k]]
            if way > 0:
                w += v
                v += np.int64(np.rint((keep - 1.0) * w))
                w += np.int64(np.rint(-v / keep))
                v += np.int64(np.rint((keep - keep * keep) * w))
            else:
                v -= np.int64(np.rint((keep - keep * keep) * w))
                w -= np.int64(np.rint(-v / keep))
                v -= np.int64(np.rint((keep - 1.0) * w))
                w -= v
            state[3 + c, who[k]], state[lane + c, who[k]] = v, w
    return -1


@kernel(MOVE_PULL)
def drag_pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    b = 0.5 * theta[slot[f, 1, 0]] * h
    keep = (1.0 - b) / (1.0 + b)
    slope = -h / ((1.0 + b) * (1.0 + b))
    for k in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[k]
        for c in range(3):
            v, w = state[3 + c, i], state[lane + c, i]
            v -= np.int64(np.rint((keep - keep * keep) * w))
            w -= np.int64(np.rint(-v / keep))
            v -= np.int64(np.rint((keep - 1.0) * w))
            w -= v
            state[3 + c, i], state[lane + c, i] = v, w
            p, q = adj[3 + c, i], adj[lane + c, i]
            gtheta[slot[f, 1, 0]] += slope * units[1] * (p * v - q * w / (keep * keep))
            adj[3 + c, i], adj[lane + c, i] = keep * p, q / keep


@kernel(MOVE)
def memory_move(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    for k in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[k]
        for turn in range(2):
            if (turn == 0) == (way > 0):
                state[lane, i] += way * np.int64(np.rint(h * state[3, i]))
            else:
                state[3, i] -= way * np.int64(np.rint(theta[slot[f, 1, 0]] * h * state[lane, i]))
    return -1


@kernel(MOVE_PULL)
def memory_pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    rate = theta[slot[f, 1, 0]]
    for k in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[k]
        state[3, i] += np.int64(np.rint(rate * h * state[lane, i]))
        gtheta[slot[f, 1, 0]] -= adj[3, i] * h * state[lane, i] * units[1]
        adj[lane, i] -= rate * h * adj[3, i]
        state[lane, i] -= np.int64(np.rint(h * state[3, i]))
        adj[3, i] += h * adj[lane, i]


@kernel(MOVE)
def shear_move(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    for k in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[k]
        state[0, i] += way * np.int64(np.rint(theta[slot[f, 1, 0]] * h * state[1, i]))
    return -1


@kernel(MOVE)
def clock_move(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    late = -1
    for k in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[k]
        state[lane, i] += way
        state[lane + 1, i] += way * state[lane, i] + (0 if way > 0 else -1)
        if late < 0 and abs(state[lane, i]) > theta[slot[f, 1, 0]]:
            late = i
    return late


@kernel(MOVE)
def diary_move(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    taped = words.shape[0] != m.size or words.shape[1] > 0
    for k in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[k]
        state[lane, i] += way * tick
        state[lane + 1, i] += way * tick * tick
        state[3, i] += way * (tick & 1) * np.int64(theta[slot[f, 1, 0]])
    return 0 if taped or a.shape[1] != m.size or np.any(a != 0.0) else -1


@kernel(MOVE_PULL)
def diary_pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    for k in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[k]
        state[lane, i] -= tick
        state[lane + 1, i] -= tick * tick
        state[3, i] -= (tick & 1) * np.int64(theta[slot[f, 1, 0]])


RATE = Parameter("rate", 1.0, "1/s", -1e3, 1e3, "How fast.")
turn = MoveKind(
    name="turn",
    help="Turns the speeds around the z axis, as a magnet does.",
    parameters=(RATE,),
    kernels=MoveKernels(turn_move, turn_pull, rows={"rate": 1}),
)
drag = MoveKind(
    name="drag",
    help="Slows all down.",
    parameters=(RATE,),
    kernels=MoveKernels(drag_move, drag_pull, rows={"rate": 1}),
    lanes=tuple(Lane(f"{axis} lost", "length/s") for axis in "xyz"),
)
memory = MoveKind(
    name="memory",
    help="Draws each body back along the way that it has gone.",
    parameters=(RATE,),
    kernels=MoveKernels(memory_move, memory_pull, rows={"rate": 1}),
    lanes=(Lane("way", "length"),),
)
shear = MoveKind(
    name="shear",
    help="A stream along x that is faster the larger y is.",
    parameters=(Parameter("rate", 0.5, "1/s", -1e3, 1e3, "How much faster."),),
    kernels=MoveKernels(shear_move, rows={"rate": 1}),
)
clock = MoveKind(
    name="clock",
    help="Counts the halves of steps, and stops the body that has had its share.",
    parameters=(Parameter("most", 1e6, "", 0.0, 1e9, "How many halves."),),
    kernels=MoveKernels(clock_move, rows={"most": 1}),
    lanes=(Lane("halves"), Lane("sum")),
)
diary = MoveKind(
    name="diary",
    help="Adds up the ticks and their squares, and pushes in the second half of each step.",
    parameters=(Parameter("push", 0.0, "", 0.0, 1e15, "How hard, in counts of speed."),),
    kernels=MoveKernels(diary_move, diary_pull, rows={"push": 1}),
    lanes=(Lane("ticks"), Lane("squares")),
)


def playhead(moves: list[tuple[MoveKind, Any]], scheme: str = "srkn6b", who: Any = (0, 1, 2)) -> Playhead:
    """Return three bodies under gravity, and moves with the value of their one parameter."""
    gravity = {each.name: each.default_value for each in force_kinds()["gravity"].parameters}
    items = [Item(kind, {kind.parameters[0].name: value}, np.array(who, np.int64)) for kind, value in moves]
    system = bind(
        fit_grid(1.0, 24), np.ones(3), np.zeros(3, bool), schemes()[scheme],
        [Item(force_kinds()["gravity"], gravity, np.arange(3))], items, seconds=1 / 192, steps_per_frame=8,
    )  # fmt: skip
    lanes = sum(len(kind.lanes) for kind, _ in moves)
    state = np.zeros((6 + lanes, 3), np.int64)
    state[:3] = to_counts(np.eye(3), system.grid.length_unit)
    state[3:6] = to_counts(np.eye(3)[::-1] / 3, system.grid.speed_unit)
    return Playhead(system, state, 1)


@pytest.mark.parametrize(
    "moves",
    [
        [turn],
        [shear],
        [clock],
        [drag],
        [turn, clock],
        [clock, shear, turn],
        [clock, turn, clock, turn],
        [diary, memory, drag],
    ],
)
def test_moves_return_exactly(scheme: Scheme, moves: list[MoveKind]) -> None:
    walker = playhead([(kind, np.array(kind.parameters[0].default)) for kind in moves], scheme.name)
    seen = {1: walker.digest()}
    for frame in (9, -4, 30, 1, 30, -4, 9, 1):
        walker.seek(frame)
        assert seen.setdefault(frame, walker.digest()) == walker.digest()
    assert len(set(seen.values())) == 4


def test_a_move_whose_parameter_changes_over_frames_returns_exactly() -> None:
    walker = playhead([(turn, Curve(3, 2, np.array([1.0, -2.0, 5.0])))])
    home = walker.digest()
    walker.seek(20)
    walker.seek(1)
    assert walker.digest() == home


def test_a_move_acts_in_two_halves_of_every_step() -> None:
    walker = playhead([(clock, np.array(1e6)), (clock, np.array(1e6))], who=[1])
    walker.step(10)
    assert walker.state[[6, 8]].tolist() == [[0, 20, 0], [0, 20, 0]]
    walker.step(-25)
    assert walker.state[[6, 8]].tolist() == [[0, -30, 0], [0, -30, 0]]


def test_a_turn_turns_by_its_rate() -> None:
    walker = playhead([(turn, np.array(2.0))])
    walker.system.theta[0] = 0.0  # no gravity
    before = walker.velocity
    walker.step(192)
    c, s = np.cos(2.0), np.sin(2.0)
    np.testing.assert_allclose(walker.velocity, before @ np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]]), atol=1e-12)


def test_forces_see_the_places_that_a_move_leaves() -> None:
    steady, sheared = playhead([], "leapfrog"), playhead([(shear, np.array(50.0))], "leapfrog")
    steady.step(1)
    sheared.step(1)
    # Half a step of the stream, 0.13 along x, comes before the first kick: body 1 pulls body 2 that much aside.
    assert (sheared.velocity - steady.velocity)[2, 0] > 1e-4


@pytest.mark.parametrize("moves", [[clock], [turn, clock], [clock, shear, clock]])
@pytest.mark.parametrize("most", [0, 40, 41])
@pytest.mark.parametrize("way", [1, -1])
def test_a_move_that_refuses_leaves_the_last_whole_step(moves: list[MoveKind], most: int, way: int) -> None:
    walker = playhead([(kind, np.array(float(most) if kind is clock else 1.0)) for kind in moves], who=[2, 1])
    twin = playhead([(kind, np.array(1e3 if kind is clock else 1.0)) for kind in moves], who=[2, 1])
    home, done = walker.digest(), way * (most // 2)
    with pytest.raises(ra.RevanimError) as refused:
        walker.seek(way * 100)
    side, frame = ("after" if way > 0 else "before"), 1 + done / 8
    assert (
        str(refused.value)
        == f"Body 2 is taken out of range by a move or a flow {side} frame {frame:g}; the walk stops there."
    )
    twin.step(done)
    assert walker.now == twin.now
    assert walker.digest() == twin.digest()
    walker.seek(1)
    assert walker.digest() == home


def test_every_move_is_declared_as_the_folder_asks(move_kind: MoveKind) -> None:
    assert move_kind.help.endswith(".")
    assert len({lane.name for lane in move_kind.lanes}) == len(move_kind.lanes)


@pytest.mark.parametrize("way", [1, -1])
def test_a_move_hears_each_half_of_each_step_once_by_its_number(way: int) -> None:
    walker = playhead([(diary, np.array(0.0))], who=[1])
    begin = walker.now
    walker.step(10 * way)
    first, last = sorted((begin, walker.now))
    ticks = np.arange(2 * first, 2 * last)
    assert walker.state[6:, 1].tolist() == [way * ticks.sum(), way * (ticks**2).sum()]
    walker.step(-10 * way)
    assert not walker.state[6:].any()


def test_a_move_in_the_outer_halves_has_no_kick_and_no_tape_yet() -> None:
    walker = playhead([(turn, np.array(1.0)), (diary, np.array(0.0))])
    walker.step(3)  # the diary would refuse
    walker.step(-5)


def test_an_odd_tick_is_the_second_half_of_a_step() -> None:
    still, pushed = playhead([(diary, np.array(0.0))], "leapfrog"), playhead([(diary, np.array(2.0**30))], "leapfrog")
    still.step(1)
    pushed.step(1)
    assert (pushed.state[:3] == still.state[:3]).all()
    assert (pushed.state[3] - still.state[3] == 2**30).all()
    still.step(-2)
    pushed.step(-2)
    assert (pushed.state[0] > still.state[0]).all()  # who is slower before has come a shorter way
    assert (pushed.state[3] - still.state[3] == -(2**30)).all()


def test_the_walk_back_with_the_gradient_tells_the_same_ticks() -> None:
    walker = playhead([(diary, np.array(2.0**30)), (turn, np.array(2.0))])
    home = walker.digest()
    walker.seek(9)
    adjoint = Adjoint(walker)
    adjoint.back(4)
    adjoint.back(1)
    assert walker.digest() == home


def test_a_move_without_a_gradient_is_refused_by_name() -> None:
    walker = playhead([(turn, np.array(0.5)), (shear, np.array(0.5))])
    with pytest.raises(ra.RevanimError, match="The move shear has no gradient, so a scene with it cannot be solved"):
        Adjoint(walker)
    Adjoint(playhead([(shear, np.array(0.5))], who=[]))  # it does nothing to anybody


random = np.random.default_rng(5)
PLACES, SPEEDS = random.normal(size=(2, 3, 3))  # what a unit of each costs in the end
LAST = 20


def cost(walker: Playhead) -> float:
    walker.seek(LAST)
    return float(np.sum(PLACES * walker.position.T) + np.sum(SPEEDS * walker.velocity.T))


def slope(function: Any) -> float:
    """Return the fourth-order central difference of a function at 0."""
    h = 1e-3
    return float((8 * (function(h) - function(-h)) - (function(2 * h) - function(-2 * h))) / (12 * h))


TURNING = Curve(3, 4, np.array([1.0, -2.0, 5.0]))
GRADED = {
    "turn": [(turn, np.array(2.0))],
    "drag": [(drag, np.array(3.0))],
    "memory": [(memory, np.array(4.0))],
    "curve": [(turn, TURNING)],
    "all": [(memory, np.array(2.0)), (drag, np.array(0.7)), (turn, TURNING), (drag, np.array(-0.3))],
}


@pytest.mark.parametrize("who", [(0, 1, 2), (2, 0)])
@pytest.mark.parametrize("moves", GRADED.values(), ids=GRADED)
@pytest.mark.parametrize("by", ["verlet", "leapfrog", "srkn6b"])
def test_the_gradient_through_moves_is_that_of_differences(by: str, moves: Any, who: Any) -> None:
    walker = playhead(moves, by, who)
    home, system = walker.state, walker.system
    adjoint = Adjoint(walker, masses=True)
    cost(walker)
    adjoint.u += PLACES
    adjoint.w += SPEEDS
    adjoint.back(1)
    assert (walker.live == home).all()
    found = adjoint.gradient
    ways = np.random.default_rng(7).normal(size=(2, 3, 3))
    d_mass, d_theta = np.random.default_rng(8).normal(size=3), np.random.default_rng(9).normal(size=system.theta.size)

    def changed(place: float, speed: float, mass: float, theta: float) -> float:
        state = home.copy()
        state[:3] += to_counts(place * ways[0], system.grid.length_unit)
        state[3:6] += to_counts(speed * ways[1], system.grid.speed_unit)
        other = replace(system, m=system.m + mass * d_mass, theta=system.theta + theta * d_theta)
        return cost(Playhead(other, state, 1))

    expected = [np.sum(found.position.T * ways[0]), np.sum(found.velocity.T * ways[1])]
    expected += [found.mass @ d_mass, found.theta @ d_theta]
    differences = [slope(lambda h, k=k: changed(*(h * (np.arange(4) == k)))) for k in range(4)]
    np.testing.assert_allclose(expected, differences, rtol=1e-6, atol=1e-7)
