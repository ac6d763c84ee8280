import numpy as np
import pytest

import revanim as ra
from revanim.engine import move
from revanim.engine.kind import Lane
from revanim.engine.move import MoveKernels, MoveKind


@pytest.fixture
def lanes(monkeypatch: pytest.MonkeyPatch) -> dict[str, MoveKind]:
    """Two kinds of move, with one and with two lanes; nothing walks here."""
    nothing = MoveKernels(lambda *_: -1)
    kinds = {
        "turn": MoveKind("turn", "", (), nothing, (Lane("a"),)),
        "bath": MoveKind("bath", "", (), nothing, (Lane("a"), Lane("b"))),
    }
    monkeypatch.setattr("revanim.scene.part.move_kinds", lambda: kinds)
    monkeypatch.setattr(move, "move_kinds", lambda: kinds)
    return kinds


def numbered(scene: ra.Scene) -> np.ndarray:
    """Return the lanes of a scene as their first column."""
    return scene.bodies.state[6:, 0]


def test_a_move_brings_its_lanes_and_takes_them_along(lanes) -> None:
    place = np.eye(3)
    scene = ra.make_scene(place, place, 1.0, moves=[ra.move("turn"), ra.move("bath")])
    state = scene.bodies.state.copy()
    state[6:] = [[1], [2], [3]]
    scene = ra.edits.rehome(scene, state, 1)
    turn, bath = scene.moves
    assert numbered(ra.edits.set_moves(scene, [bath, turn])).tolist() == [2, 3, 1]
    assert numbered(ra.edits.set_moves(scene, [bath])).tolist() == [2, 3]
    assert numbered(ra.edits.set_moves(scene, [turn, bath, ra.move("bath")])).tolist() == [1, 2, 3, 0, 0]
    assert numbered(ra.edits.set_moves(scene, [ra.move("turn", bodies=[1]), bath])).tolist() == [1, 2, 3]
    assert numbered(ra.edits.set_moves(scene, [])).tolist() == []


def test_a_force_is_no_move() -> None:
    scene = ra.make_scene(np.eye(3), np.eye(3), 1.0)
    with pytest.raises(ra.RevanimError, match="wrong things"):
        ra.edits.set_moves(scene, [ra.force("gravity")])
