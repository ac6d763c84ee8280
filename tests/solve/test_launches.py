from collections.abc import Callable
from itertools import islice
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.solve.launches import NEAR, STRIDES, TRIES, Aim, launch_of, launches, swung

Make = Callable[..., Any]


def posed(chain: Make, rods: int = 3, controls: Any = ("velocity",), **how: Any) -> ra.Objective:
    scene, target = chain(rods=rods, **how)
    return ra.Objective(ra.edits.add_keyframe(scene, 25, range(1, rods + 1), position=target), controls)


def given(z: Floats | None) -> bool:
    """Return whether there is a launch, not only news of a search."""
    return z is not None


def stretching(objective: ra.Objective, columns: Floats) -> Floats:
    """Return float64[columns, rods]: how fast each launch would stretch each rod."""
    apart = np.diff(columns.T.reshape(columns.shape[1], -1, 3), axis=1)
    return np.asarray(apart @ np.array([0.6, 0.8, 0.0]))


def test_a_launch_turns_rods_and_all_others_stretch_them(chain: Make) -> None:
    objective = posed(chain)
    launch = launch_of(objective)
    assert launch is not None
    assert launch.free.shape == launch.ringing.shape == (12, 3)
    np.testing.assert_allclose(stretching(objective, launch.free), 0.0, atol=1e-12)
    assert np.linalg.matrix_rank(stretching(objective, launch.ringing)) == 3
    np.testing.assert_allclose(launch.free.T @ launch.ringing, 0.0, atol=1e-12)
    turned = np.diff(launch.free.T.reshape(3, -1, 3), axis=1)  # of each launch, the rods
    rates = np.linalg.norm(turned, axis=2) / 0.5
    assert 0.5 < np.linalg.norm(rates, axis=1).min() <= np.linalg.norm(rates, axis=1).max() <= 1.0


def test_bodies_may_be_named_in_any_order_beside_other_controls(chain: Make) -> None:
    whole = launch_of(posed(chain))
    some = launch_of(posed(chain, controls=["nudge", ra.Control("velocity", bodies=(3, 1, 2))]))
    assert whole is not None
    assert some is not None
    rows = some.free[-9:].reshape(3, 3, -1)
    np.testing.assert_allclose(rows, whole.free.reshape(4, 3, -1)[[3, 1, 2]])
    assert not some.free[:-9].any()


@pytest.mark.parametrize(
    "control", ["nudge", ra.Control("velocity", together=True), ra.Control("velocity", bodies=(2, 3))]
)
def test_without_a_launch_of_every_body_there_is_none(control: ra.Control | str, chain: Make) -> None:
    assert launch_of(posed(chain, controls=[control])) is None


def test_without_rods_there_is_none(cloud: Make) -> None:
    scene = ra.edits.add_keyframe(cloud(), 8, [0], position=[[1.0, 0.0, 0.0]])
    assert launch_of(ra.Objective(scene)) is None


@pytest.mark.parametrize("whole", [True, False])
def test_the_slope_is_that_of_the_launches(whole: bool, chain: Make) -> None:
    scene, target = chain(rods=3)
    who = [1, 2, 3] if whole else [3]
    objective = ra.Objective(ra.edits.add_keyframe(scene, 25, who, position=target[-len(who) :]))
    launch = launch_of(objective)
    assert launch is not None
    aim, s = Aim(objective, launch), np.array([1.0, -0.5, 0.3])
    slope = aim.slope(s)
    for way, column in zip(1e-3 * np.eye(3), slope.T, strict=True):
        np.testing.assert_allclose(column, (aim.missed(s + way) - aim.missed(s - way)) / 2e-3, atol=0.03)


def test_what_is_missed_is_how_far_rods_must_turn(chain: Make) -> None:
    objective = posed(chain)
    launch = launch_of(objective)
    assert launch is not None
    aim = Aim(objective, launch)
    objective.playhead.seek(25)
    places = (objective.playhead.position, aim.target)
    angles = [np.arctan2(*np.diff(place, axis=0).T[1::-1]) for place in places]
    off = (angles[0] - angles[1] + np.pi) % (2 * np.pi) - np.pi
    objective.playhead.seek(1)
    np.testing.assert_allclose(aim.missed(np.zeros(3)), off, atol=3e-3)


def test_a_chain_that_floats_is_also_to_be_where_it_is_asked(chain: Make) -> None:
    scene, target = chain(rods=2)
    loose = ra.edits.set_bodies(scene, [0], pinned=False)
    objective = ra.Objective(ra.edits.add_keyframe(loose, 25, [0, 1, 2], position=np.vstack([[0.5, 0, 0], target])))
    launch = launch_of(objective)
    assert launch is not None
    assert Aim(objective, launch).missed(np.zeros(launch.free.shape[1])).size == 2 + 6


def test_launches_lead_near_a_pose_that_the_start_is_far_from(chain: Make) -> None:
    objective = posed(chain, rods=3)
    launch = launch_of(objective)
    assert launch is not None
    random = np.random.default_rng(0)
    assert objective.misses(objective.start)[0] > 0.1 * objective.size
    tried = islice(filter(given, launches(objective, launch, random)), 9)
    found = next(z for z in tried if objective.misses(z)[0] < NEAR * objective.size)
    ringing = list(islice(tried, TRIES))
    along = np.linalg.lstsq(launch.ringing, np.array(ringing).T - found[:, None], rcond=None)
    assert np.abs(along[1]).max() < 1e-20  # they differ by ringing alone
    assert np.abs(along[0]).min() > 0


def test_what_is_near_already_is_tried_first(chain: Make) -> None:
    scene, target = chain(rods=3, spin=0.0)
    objective = ra.Objective(ra.edits.add_keyframe(scene, 25, range(1, 4), position=target))
    launch = launch_of(objective)
    assert launch is not None
    np.testing.assert_array_equal(next(launches(objective, launch, np.random.default_rng(0))), objective.start)


def test_launches_stay_within_bounds(chain: Make) -> None:
    objective = posed(chain, controls=[ra.Control("velocity", low=-0.5, high=0.4)])
    launch = launch_of(objective)
    assert launch is not None
    z = next(filter(given, launches(objective, launch, np.random.default_rng(0))))
    assert z.min() >= -0.5
    assert z.max() <= 0.4


def test_a_motion_that_follows_a_hand_begins_where_it_is_or_swings_after_it(chain: Make) -> None:
    scene, place = chain(rods=3, spin=0.0)
    walks = {}
    for off in (0.01, 0.25):
        objective = ra.Objective(ra.edits.add_keyframe(scene, 25, [3], position=0.98 * place[2:] + [off, 0.0, 0.0]))
        missed = objective.misses(objective.start)[0]
        z = swung(objective)
        walks[off] = objective.evaluations
        assert np.array_equal(z, objective.start) == (off == 0.01)
        assert objective.misses(z)[0] <= missed
    assert walks[0.01] == 1
    assert walks[0.25] <= 2 + 2 * STRIDES


def test_with_no_start_a_solve_goes_on_from_the_motion_there_is(chain: Make) -> None:
    scene, place = chain(rods=3, spin=0.0)
    keyed = ra.edits.add_keyframe(scene, 25, [3], position=0.9 * place[2:] + [0.1, 0.0, 0.0])
    first, *_, last = ra.solve(keyed, ("velocity",), starts=0)
    assert last.miss < 1e-6 < first.miss
