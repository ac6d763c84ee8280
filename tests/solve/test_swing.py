"""How bodies on rods swing without the ringing, against walks."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.solve.rods import Rods
from revanim.solve.swing import Swing

Make = Callable[..., Any]
LAST = 13


def tree(masses: Floats, planar: bool, extra: tuple[ra.Part, ...] = ()) -> ra.Objective:
    """Return a branching tree of rods that hangs on a pinned body and is asked for something."""
    random = np.random.default_rng(4)
    links = [[0, 1], [1, 2], [1, 3]]
    place = np.array([[0, 0, 0], [0.5, -0.2, 0.1], [0.9, -0.6, 0.3], [0.7, 0.4, -0.2]]) * [1, 1, not planar]
    forces = (ra.force("uniform", acceleration=(0, -4.5, 0)), ra.force("rod", links=links), *extra)
    scene = ra.make_scene(
        place, 0 * place, masses, forces, pinned=np.arange(4) == 0, planar=planar, steps_per_frame=64, fps=48
    )
    target = random.normal(size=(1, 3)) * [1, 1, not planar]
    return ra.Objective(ra.edits.add_keyframe(scene, LAST, [3], position=target))


def launched(objective: ra.Objective, rods: Rods, speeds: Floats) -> Floats:
    whole = np.zeros(rods.place.size)
    whole[rods.free] = speeds
    return whole.reshape(3, -1).T.ravel()


@pytest.mark.parametrize("planar", [True, False])
@pytest.mark.parametrize("masses", [np.ones(4), np.array([1.0, 2.0, 0.5, 1.5])], ids=["alike", "unlike"])
@pytest.mark.parametrize("extra", [(), (ra.force("attractor", strength=2.0),)], ids=["weight", "attractor"])
def test_the_answer_is_that_of_walks(planar: bool, masses: Floats, extra: tuple[ra.Part, ...]) -> None:
    objective = tree(masses, planar, extra)
    swing = Swing(objective, LAST)
    ways = swing.rods.turns(swing.rods.place.ravel()[swing.rods.free])
    speeds = ways @ np.random.default_rng(1).normal(size=ways.shape[1])

    def end(change: Floats) -> Floats:
        return swing.walk(launched(objective, swing.rods, speeds + change))[-1]

    answer = swing.answer(swing.walk(launched(objective, swing.rods, speeds)), ways)
    size = np.abs(answer).max()
    for way, column in zip(1e-3 * ways.T, answer.T, strict=True):
        np.testing.assert_allclose(column, (end(way) - end(-way)) / 2e-3, atol=0.02 * size)


def test_a_walk_has_taut_rods_in_every_frame() -> None:
    objective = tree(np.ones(4), planar=True)
    swing = Swing(objective, LAST)
    path = swing.walk(objective.start)
    assert path.shape == (LAST, swing.rods.free.size)
    np.testing.assert_allclose(swing.rods.across(path)[1], np.broadcast_to(swing.rods.lengths, (LAST, 3)), rtol=1e-9)
    assert swing.duration == pytest.approx((LAST - 1) / 48)
    assert objective.playhead.frame == 1
