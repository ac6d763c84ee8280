"""A scene with a move is solved as any other, also for the parameters of the move, if the move has a gradient."""

from dataclasses import replace

import numpy as np
import pytest

import revanim as ra
from revanim.engine.code.kernel import kernel
from revanim.engine.kind import Lane
from revanim.engine.move import MOVE, MOVE_PULL, MoveKernels, MoveKind
from revanim.engine.parameter import Parameter

RATE = 1


@kernel(MOVE)
def draw_back(state, words, a, m, free, theta, slot, who, f, lane, units, h, tick, way):
    c = theta[slot[f, RATE, 0]] * h
    for k in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[k]
        if way > 0:
            state[lane, i] += np.int64(np.rint(h * state[3, i]))
            state[3, i] -= np.int64(np.rint(c * state[lane, i]))
        else:
            state[3, i] += np.int64(np.rint(c * state[lane, i]))
            state[lane, i] -= np.int64(np.rint(h * state[3, i]))
    return -1


@kernel(MOVE_PULL)
def draw_back_pull(state, words, a, m, free, theta, slot, who, f, lane, units, h, tick, adj, gm, gtheta):
    c = theta[slot[f, RATE, 0]] * h
    for k in range(slot[f, 0, 0], slot[f, 0, 1]):
        i = who[k]
        state[3, i] += np.int64(np.rint(c * state[lane, i]))
        gtheta[slot[f, RATE, 0]] -= adj[3, i] * h * state[lane, i] * units[1]
        adj[lane, i] -= c * adj[3, i]
        state[lane, i] -= np.int64(np.rint(h * state[3, i]))
        adj[3, i] += h * adj[lane, i]


def kind(name: str, kernels: MoveKernels) -> MoveKind:
    rate = Parameter("rate", 1.0, "1/s²", 0.0, 1e3, "How hard.")
    return MoveKind(name, "Draws bodies back.", (rate,), kernels, lanes=(Lane("way", "length"),))


@pytest.fixture(autouse=True)
def with_the_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    moves = (
        kind("leash", MoveKernels(draw_back, draw_back_pull, rows={"rate": RATE})),
        kind("knot", MoveKernels(draw_back, rows={"rate": RATE})),
    )
    for room in ("part", "build"):
        monkeypatch.setattr(f"revanim.scene.{room}.move_kinds", lambda: {move.name: move for move in moves})


def scene(*moves: ra.Part) -> ra.Scene:
    forces = [ra.force("uniform", acceleration=(1, 0, 0)), ra.force("gravity")]
    made = ra.make_scene([[0, 0, 0], [1, 1, 0]], [[1, 0, 0], [0, 1, 0]], 1.0, forces=forces, moves=moves)
    return ra.edits.add_keyframe(made, frame=25, bodies=[0, 1], position=[[1, 0.5, 0], [1.2, 1.5, 0]])


@pytest.mark.parametrize("muted", [False, True])
def test_the_gradient_for_a_parameter_of_a_move_is_that_of_differences(muted: bool) -> None:
    start = scene(ra.move("leash", rate=3.0), ra.move("leash", rate=1.0, bodies=[1]))
    if muted:  # forces that are left out have no place among the parameters
        start = ra.edits.set_forces(start, [replace(start.forces[0], muted=True), *start.forces[1:]])
    objective = ra.Objective(start, ["leash.rate", "velocity", "leash[1].rate"])
    _, gradient = objective.value_and_gradient(objective.start)
    for index in (0, 1, 4, objective.start.size - 1):
        step = 1e-3 * (np.arange(objective.start.size) == index)
        sides = [objective.value_and_gradient(objective.start + way * step)[0] for way in (1, -1)]
        assert gradient[index] == pytest.approx((sides[0] - sides[1]) / 2e-3, rel=1e-5, abs=1e-7)


def test_a_solver_finds_the_rate_and_the_scene_keeps_it() -> None:
    walker = ra.Playhead(scene(ra.move("leash", rate=4.0)))
    walker.seek(25)
    aimed = ra.edits.set_keyframes(scene(ra.move("leash", rate=2.5)), [])
    aimed = ra.edits.add_keyframe(aimed, frame=25, bodies=[0, 1], position=walker.position)
    *_, last = ra.solve(aimed, ["leash.rate"])
    assert last.miss < 1e-8
    assert float(last.scene.moves[0].values["rate"]) == pytest.approx(4.0, abs=1e-6)
    assert last.scene.forces == aimed.forces


def test_a_move_without_a_gradient_is_refused_by_name() -> None:
    with pytest.raises(ra.RevanimError, match="The move knot has no gradient, so a scene with it cannot be solved"):
        ra.Objective(scene(ra.move("knot")))
