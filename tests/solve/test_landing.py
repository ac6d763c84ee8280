"""Pushes shortly before a keyframe that land on it, and plans that are led there."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.solve.sequence.landing import Landing
from revanim.solve.sequence.linkage import linkage_of
from revanim.solve.sequence.linked_plan import LinkedPlan
from revanim.solve.sequence.steering import Steering

Make = Callable[..., Any]
WINDOW = slice(2, 5)  # of pushes that last two frames each: from frame 5 to 11


def about_to_land(chain: Make, rods: int = 3) -> tuple[Steering, Landing, Floats]:
    """Return a chain that is to be elsewhere, and stands where its last pushes begin."""
    scene, target = chain(rods=rods, frame=11, spin=0.5)
    keyed = ra.edits.add_keyframe(scene, 11, range(1, rods + 1), position=target)
    steering = Steering(ra.Objective(keyed, ["velocity", ra.Control("nudge", every=2)]))
    objective = steering.objective
    pushes = np.random.default_rng(0).normal(size=(steering.intervals, rods + 1, 3)) * [1.0, 1.0, 0.0]
    objective.at_home(objective.start)
    steering.let_act(pushes)
    objective.playhead.seek(5)
    return steering, Landing(steering, objective.terms, pushes, WINDOW), pushes


def test_the_slope_of_a_landing_is_that_of_differences(chain: Make) -> None:
    _, landing, _ = about_to_land(chain)
    start = np.random.default_rng(1).normal(size=3 * 3 * 3)
    slope = landing.slope(start)
    size = np.abs(slope).max()
    for way, column in zip(1e-3 * np.eye(start.size), slope.T, strict=True):
        difference = (landing.missed(start + way) - landing.missed(start - way)) / 2e-3
        np.testing.assert_allclose(column, difference, atol=1e-5 * size)


def test_a_landing_changes_a_few_pushes_and_hits(chain: Make) -> None:
    steering, landing, pushes = about_to_land(chain)
    playhead, size = steering.objective.playhead, steering.objective.size
    state = playhead.state
    change = landing.softest(np.random.default_rng(0))
    changed = landing.changed(change)
    assert np.linalg.norm(landing.missed(change)) < 1e-5 * size < np.linalg.norm(landing.missed(0.0 * change))
    assert (changed != pushes).any(axis=(1, 2)).tolist() == [False, False, True, True, True]
    assert playhead.frame == 5
    np.testing.assert_array_equal(playhead.state, state)


@pytest.mark.parametrize("rods", [2, 5, 8])
def test_a_plan_hits_two_tips_in_one_walk(rods: int, chain: Make) -> None:
    scene, first = chain(rods=rods, frame=17, seed=rods)
    _, second = chain(rods=rods, frame=25, seed=rods + 1)
    for frame, target in ((17, first), (33, second)):
        scene = ra.edits.add_keyframe(scene, frame, [rods], position=target[-1:])
    objective = ra.Objective(scene, ["velocity", ra.Control("nudge", every=2)])
    linkage = linkage_of(objective)
    assert linkage is not None
    plan = LinkedPlan(objective, linkage, "natural")
    z, missed = plan.turn()
    assert missed < 1e-8 * objective.size
    assert max(objective.misses(z)) == pytest.approx(missed, rel=1.0)
    assert not plan.learns
