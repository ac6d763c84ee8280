"""A move is an exact bijection with its inverse: the walk applies it in mirrored halves, with lanes of its own."""

from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.adjoint import Adjoint
from revanim.engine.code.kernel import kernel
from revanim.engine.force import force_kinds
from revanim.engine.grid import Counts, fit_grid, to_counts
from revanim.engine.move import MOVE, MoveKind
from revanim.engine.parameter import Curve, Floats, Parameter
from revanim.engine.playhead import Playhead
from revanim.engine.scheme import Scheme, schemes
from revanim.engine.system import Item, bind

# Moves such as a third party might write: a turn of the speeds in three shears, a shear of the places, and a clock
# that keeps lanes of its own.


@kernel(MOVE)
def turn_move(
    state: Counts, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, way: int,
) -> int:  # fmt: skip
    t = np.tan(0.5 * theta[slot[f, 1, 0]] * h)
    s = 2.0 * t / (1.0 + t * t)
    for k in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[k]
        state[3, i] -= way * np.int64(np.rint(t * state[4, i]))
        state[4, i] += way * np.int64(np.rint(s * state[3, i]))
        state[3, i] -= way * np.int64(np.rint(t * state[4, i]))
    return -1


@kernel(MOVE)
def shear_move(
    state: Counts, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, way: int,
) -> int:  # fmt: skip
    for k in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[k]
        state[0, i] += way * np.int64(np.rint(theta[slot[f, 1, 0]] * h * state[1, i]))
    return -1


@kernel(MOVE)
def clock_move(
    state: Counts, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, way: int,
) -> int:  # fmt: skip
    late = -1
    for k in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[k]
        state[lane, i] += way
        state[lane + 1, i] += way * state[lane, i] + (0 if way > 0 else -1)
        if late < 0 and abs(state[lane, i]) > theta[slot[f, 1, 0]]:
            late = i
    return late


turn = MoveKind(
    name="turn",
    help="Turns the speeds around the z axis, as a magnet does.",
    parameters=(Parameter("rate", 1.0, "1/s", -1e3, 1e3, "Radians a second."),),
    lanes=0,
    move=turn_move,
)
shear = MoveKind(
    name="shear",
    help="A stream along x that is faster the larger y is.",
    parameters=(Parameter("rate", 0.5, "1/s", -1e3, 1e3, "How much faster."),),
    lanes=0,
    move=shear_move,
)
clock = MoveKind(
    name="clock",
    help="Counts the halves of steps, and stops the body that has had its share.",
    parameters=(Parameter("most", 1e6, "", 0.0, 1e9, "How many halves."),),
    lanes=2,
    move=clock_move,
)


def playhead(moves: list[tuple[MoveKind, Any]], scheme: str = "srkn6b", who: Any = (0, 1, 2)) -> Playhead:
    """Return three bodies under gravity, and moves with the value of their one parameter."""
    gravity = {"strength": np.array(1.0), "softening": np.array(0.05)}
    items = [Item(kind, {kind.parameters[0].name: value}, np.array(who)) for kind, value in moves]
    system = bind(
        fit_grid(1.0, 24), np.ones(3), np.zeros(3, bool), schemes()[scheme],
        [Item(force_kinds()["gravity"], gravity, np.arange(3))], items, seconds=1 / 192, steps_per_frame=8,
    )  # fmt: skip
    lanes = sum(kind.lanes for kind, _ in moves)
    state = np.zeros((6 + lanes, 3), np.int64)
    state[:3] = to_counts(np.eye(3), system.grid.length_unit)
    state[3:6] = to_counts(np.eye(3)[::-1] / 3, system.grid.speed_unit)
    return Playhead(system, state, 1)


@pytest.mark.parametrize(
    "moves", [[turn], [shear], [clock], [turn, clock], [clock, shear, turn], [clock, turn, clock, turn]]
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


def test_a_scene_with_a_move_has_no_gradient_and_says_so() -> None:
    with pytest.raises(ra.RevanimError, match="The move turn has no gradient"):
        Adjoint(playhead([(turn, np.array(0.5))]))


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
    assert str(refused.value) == f"Body 2 is taken out of range by a move {side} frame {frame:g}; the walk stops there."
    twin.step(done)
    assert walker.now == twin.now
    assert walker.digest() == twin.digest()
    walker.seek(1)
    assert walker.digest() == home


def test_every_move_is_declared_as_the_folder_asks(move_kind: MoveKind) -> None:
    assert move_kind.help.endswith(".")
    assert move_kind.lanes >= 0
