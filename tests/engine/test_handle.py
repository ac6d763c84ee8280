"""A pinned body follows its path to the count, in both directions, and what hangs on it follows."""

import numpy as np
import pytest

import revanim as ra
from revanim.engine.grid import to_counts

FRAMES, PLACES = [1, 20, 33], [[0, 0, 0], [1, 0.5, 0], [0.2, -0.3, 0.4]]


def chain(**given: object) -> ra.Scene:
    """Return three bodies in a row, of which the first follows a path."""
    place = [[0, 0, 0], [0, 0, -1], [0, 0, -2]]
    forces = [ra.force("rod", links=[[0, 1], [1, 2]], length=1.0), ra.force("uniform", acceleration=(0, 0, -9.8))]
    scene = ra.make_scene(place, np.zeros((3, 3)), 1.0, forces=forces, steps_per_frame=4, **given)
    return ra.edits.set_path(scene, 0, FRAMES, PLACES)


def test_it_is_where_its_path_is_to_the_count() -> None:
    scene = chain()
    play, unit = ra.Playhead(scene), scene.bodies.grid.length_unit
    for frame, place in zip([-5, *FRAMES, 90], [PLACES[0], *PLACES, PLACES[2]], strict=True):
        play.seek(frame)
        assert (play.state[:3, 0] == to_counts(np.array(place, float), unit)).all()
    assert not play.state[3:6, 0].any()


@pytest.mark.parametrize("chosen", ["leapfrog", "srkn6b", "kahan_li8"])
def test_what_hangs_on_it_follows_and_returns_exactly(chosen: str) -> None:
    play = ra.Playhead(chain(scheme=chosen))
    home = play.digest()
    play.seek(40)
    assert abs(play.position[2, 0]) > 0.05
    play.seek(-7)
    play.seek(1)
    assert play.digest() == home


def test_it_is_the_same_from_any_home() -> None:
    scene = chain()
    play, moved = ra.Playhead(scene), ra.Playhead(ra.edits.stand_at(scene, 25))
    play.seek(11)
    moved.seek(11)
    assert (play.state == moved.state).all()


def test_the_gradient_reaches_its_keys() -> None:
    scene = ra.edits.add_keyframe(chain(), frame=30, bodies=[2], position=[[0.5, 0.2, -1.7]])
    objective = ra.Objective(scene, controls=("handle.place",))
    z = objective.start.copy()
    _, gradient = objective.value_and_gradient(z)
    for index in range(z.size):
        step = np.zeros(z.size)
        step[index] = 1e-5
        cost = [objective.value_and_gradient(z + way * step)[0] for way in (1, -1)]
        assert gradient[index] == pytest.approx((cost[0] - cost[1]) / 2e-5, rel=1e-4, abs=1e-6)


def test_it_leads_no_free_body() -> None:
    scene = ra.edits.set_bodies(chain(), [0], pinned=False)
    still = ra.edits.without_path(scene, [0])
    one, other = ra.Playhead(scene), ra.Playhead(still)
    one.seek(20)
    other.seek(20)
    assert (one.position == other.position).all()
