from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.solve.launches import NEAR, launch_of, launches

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
    both = np.hstack([launch.free, launch.ringing]) / objective.scale[:, None]
    np.testing.assert_allclose(both.T @ both, np.eye(6), atol=1e-12)


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


def test_launches_lead_near_a_pose_that_the_start_is_far_from(chain: Make) -> None:
    objective = posed(chain, rods=3)
    launch = launch_of(objective)
    assert launch is not None
    random = np.random.default_rng(0)
    assert objective.misses(objective.start)[0] > 0.1 * objective.size
    rounds = (list(filter(given, launches(objective, launch, random))) for _ in range(8))
    found, *ringing = next(tried for tried in rounds if len(tried) > 1)  # only from what is near
    assert objective.misses(found)[0] < NEAR * objective.size
    along = np.linalg.lstsq(launch.ringing, np.array(ringing).T - found[:, None], rcond=None)
    assert np.abs(along[1]).max() < 1e-20  # they differ by ringing alone
    assert np.abs(along[0]).min() > 0
    assert objective.horizon == objective.last


def test_launches_stay_within_bounds(chain: Make) -> None:
    objective = posed(chain, controls=[ra.Control("velocity", low=-0.5, high=0.4)])
    launch = launch_of(objective)
    assert launch is not None
    z = next(filter(given, launches(objective, launch, np.random.default_rng(0))))
    assert z.min() >= -0.5
    assert z.max() <= 0.4
