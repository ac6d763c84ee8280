"""A pinned body follows its path to the count, in both directions, and what hangs on it follows."""

import numpy as np
import pytest

import revanim as ra
from revanim.engine.grid import to_counts
from revanim.engine.keyed import values_of
from revanim.scene.edits.paths import PLACE

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


def thrown(free: tuple[int, int] = (10, 30), home: int = 1, **given: object) -> ra.Scene:
    """Return a body on a straight path that is let go at a frame and caught at another, and one that hangs on it."""
    forces = [ra.force("uniform", acceleration=(0, 0, -2)), ra.force("spring", links=[[0, 1]], stiffness=30, length=1)]
    scene = ra.make_scene([[0, 0, 0], [0, 0, -1]], np.zeros((2, 3)), 1.0, forces=forces, steps_per_frame=4, **given)
    scene = ra.edits.set_path(scene, 0, [1, 60], [[0, 0, 0], [6, 0, 3]])
    holds = ra.keyed([1, *free], [1.0, 0.0, 1.0], "step")
    return ra.edits.set_values(scene, "moves", 0, holds=holds)


@pytest.mark.parametrize("chosen", ["leapfrog", "srkn6b"])
def test_a_body_is_let_go_with_the_speed_of_its_path_and_caught_again_exactly(chosen: str) -> None:
    scene = thrown(scheme=chosen)
    play = ra.Playhead(scene)
    home, way = play.digest(), scene.moves[0].values["place"]

    def path(*frames: float) -> np.ndarray:
        return values_of(PLACE, way, np.array(frames))

    play.seek(9)
    assert not play.velocity[0].any()
    play.seek(10)
    assert play.position[0] == pytest.approx(path(10.0)[0], abs=1e-9)
    assert play.velocity[0] == pytest.approx(96 * np.diff(path(9.75, 10.0), axis=0)[0], rel=1e-9)
    play.seek(29)
    assert play.position[0, 2] < path(29.0)[0, 2] - 0.5
    play.seek(35)
    along = play.position[0]
    play.seek(45)
    assert play.position[0] - along == pytest.approx(np.diff(path(35.0, 45.0), axis=0)[0], abs=1e-9)
    play.seek(-4)
    play.seek(1)
    assert play.digest() == home


def test_steps_within_a_hold_are_those_of_a_walk_over_it() -> None:
    one, other = ra.Playhead(thrown()), ra.Playhead(thrown())
    one.seek(40)
    for _ in range(39 * 4):
        other.step(1)
    assert one.digest() == other.digest()
    for _ in range(35 * 4):
        other.step(-1)
    one.seek(5)
    assert one.digest() == other.digest()


def test_letting_go_and_catching_undo_each_other_from_any_state() -> None:
    for home in (5, 20, 50):
        scene = ra.edits.stand_at(thrown(), home)
        kicked = ra.edits.set_motion(scene, [0], position=[[1.0, 2.0, 0.3]])
        if home == 20:
            kicked = ra.edits.set_motion(kicked, [0], velocity=[[0.4, -1.0, 2.0]])
        play = ra.Playhead(kicked)
        start = play.digest()
        for frame in (-3, 70, home):
            play.seek(frame)
        assert play.digest() == start


def test_the_gradient_goes_through_letting_go_and_catching() -> None:
    scene = ra.edits.add_keyframe(thrown(), frame=40, bodies=[0, 1], position=[[3, 0, 1], [2, 0.5, 0]])
    objective = ra.Objective(scene, controls=("handle.place", "velocity"))
    z = objective.start.copy()
    _, gradient = objective.value_and_gradient(z)
    for index in range(z.size):
        step = np.zeros(z.size)
        step[index] = 1e-4
        cost = [objective.value_and_gradient(z + way * step)[0] for way in (1, -1)]
        assert gradient[index] == pytest.approx((cost[0] - cost[1]) / 2e-4, rel=1e-3, abs=1e-5)


def test_the_solver_moves_the_keys_of_a_path() -> None:
    scene = ra.edits.add_keyframe(chain(), frame=30, bodies=[2], position=[[0.5, 0.2, -1.7]])
    *_, last = ra.solve(scene, controls=("handle.place",), iterations=40)
    assert last.miss < 1e-3
    way = last.scene.moves[0].values["place"]
    assert (way.values != scene.moves[0].values["place"].values).any()
    assert way.frames.tolist() == FRAMES
    play = ra.Playhead(last.scene)
    for frame in (1, 20, 33):
        play.seek(frame)
        assert play.position[0] == pytest.approx(values_of(PLACE, way, np.array([frame * 1.0]))[0], abs=1e-9)
