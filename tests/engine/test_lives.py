"""A body takes part from its first frame to its last: nobody feels it before and after, and all returns exactly."""

from dataclasses import replace

import numpy as np
import pytest

import revanim as ra
from revanim.engine.alive.acting import acceleration
from revanim.engine.binding import driven
from revanim.scene.build import make_playhead

BORN, DIES = [-(10**6), 4, 1, 9, 3, 6], [10**6, 12, 30, 9, 8, 40]
LINKS = [[0, 1], [1, 2], [2, 3], [4, 5], [0, 5]]


def crowd(born: object = BORN, dies: object = DIES, **given: object) -> ra.Scene:
    """Return six bodies with values of their own, links and a tape."""
    place = np.random.default_rng(3).normal(size=(6, 3))
    forces = [
        ra.force("gravity", strength=0.5, softening=0.2),
        ra.force("spring", links=LINKS, stiffness=[3.0, 5.0, 2.0, 7.0, 4.0], length=1.0),
        ra.force("repulsion", radius=[0.3, 0.5, 0.4, 0.6, 0.3, 0.5]),
        ra.force("rod", links=[[3, 5]], length=1.5),
    ]
    moves = [ra.move("drag", rate=[0.1, 0.2, 0.3, 0.4, 0.5, 0.6], quadratic=0.1), ra.move("kick", strength=0.1)]
    settings = {"scheme": "leapfrog", "steps_per_frame": 4, "forces": forces, "moves": moves, **given}
    return ra.make_scene(place, place[::-1], [1, 2, 3, 1.5, 2, 1], born=born, dies=dies, **settings)


def test_the_walk_returns_exactly_from_anywhere() -> None:
    play = ra.Playhead(crowd())
    home = play.digest()
    for frame in (20, -5, 50, 9, 1):
        play.seek(frame)
    assert play.digest() == home


def test_the_steps_of_a_frame_may_be_taken_one_by_one() -> None:
    one, other = ra.Playhead(crowd()), ra.Playhead(crowd())
    one.seek(13)
    for _ in range(12 * 4):
        other.step(1)
    assert one.digest() == other.digest()
    one.step(-30)
    other.seek(6)
    other.step(-2)
    assert one.digest() == other.digest()


def test_it_keeps_its_state_before_its_birth_and_after_its_end() -> None:
    play = ra.Playhead(crowd())
    start = play.state
    play.seek(9)
    assert (play.state[:6, 3] == start[:6, 3]).all()  # it is born here
    play.seek(10)
    assert (play.state[:6, 3] != start[:6, 3]).any()
    end = play.state[:6, 3]
    play.seek(60)
    assert (play.state[:6, 3] == end).all()


def test_nobody_feels_a_body_that_takes_no_part() -> None:
    less = ra.edits.remove_bodies(crowd(moves=[]), [0])
    one, other = ra.Playhead(crowd([50, *BORN[1:]], [60, *DIES[1:]], moves=[])), ra.Playhead(less)
    one.seek(20)
    other.seek(20)
    assert (one.state[:, 1:] == other.state).all()


def test_a_scene_in_which_all_take_part_has_the_bits_of_one_without_lives() -> None:
    one, other = ra.Playhead(crowd(None, None)), ra.Playhead(crowd([-3] * 6, [90] * 6))
    one.seek(30)
    other.seek(30)
    assert one.digest() == other.digest()


def test_forces_and_energy_are_those_of_the_ones_alive() -> None:
    play = make_playhead(crowd())
    play.seek(7)
    push = acceleration(play.system, play.live, 7)
    assert not push[3].any()
    assert push[[0, 1, 2, 4, 5]].any(axis=1).all()
    before = play.energy()
    play.live[3:6, 3] += 1000
    assert play.energy() == before


def test_a_stretch_of_the_way_is_the_walk_frame_by_frame() -> None:
    play, other = make_playhead(crowd()), make_playhead(crowd())
    places = play.way([4 * frame for frame in (3, 9, 20)])
    for frame, place in zip((3, 9, 20), places, strict=True):
        other.seek(frame)
        assert (other.position == place).all()


@pytest.mark.parametrize(
    "controls", [("velocity", "position"), ("mass",), ("spring.stiffness", "drag.rate", "gravity.strength")]
)
def test_the_gradient_is_that_of_those_alive(controls: tuple[str, ...]) -> None:
    scene = crowd(moves=[ra.move("drag", rate=[0.1, 0.2, 0.3, 0.4, 0.5, 0.6])])
    scene = ra.edits.add_keyframe(scene, frame=12, bodies=[0, 1, 5], position=np.zeros((3, 3)))
    objective = ra.Objective(scene, controls=controls)
    z = objective.start.copy()
    _, gradient = objective.value_and_gradient(z)
    assert np.abs(gradient).max() > 1e-3
    for index in range(0, z.size, max(1, z.size // 9)):
        step = np.zeros(z.size)
        step[index] = 1e-4
        cost = [objective.value_and_gradient(z + way * step)[0] for way in (1, -1)]
        assert gradient[index] == pytest.approx((cost[0] - cost[1]) / 2e-4, rel=1e-4, abs=1e-6)


def test_vortices_carry_those_alive_alone() -> None:
    place = np.random.default_rng(5).normal(size=(8, 2))
    flow = ra.flow("vortices", circulation=[3.0, -2.0, 0, 0, 0, 0, 0, 1.0], core=0.3)
    scene = ra.make_scene(
        np.c_[place, np.zeros(8)], np.zeros((8, 3)), 1.0, flows=[flow], planar=True, steps_per_frame=4,
        born=[1, 5, 1, 4, 1, 1, 9, 3], dies=[20, 9, 6, 30, 7, 40, 40, 12],
    )  # fmt: skip
    play = ra.Playhead(scene)
    home = play.digest()
    play.seek(25)
    assert abs(play.position - scene.bodies.position).max() > 0.1
    play.seek(-3)
    play.seek(1)
    assert play.digest() == home


def test_threads_change_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    one = ra.Playhead(crowd())
    one.seek(12)
    monkeypatch.setattr(driven, "WIDE_FROM", 1)
    other = ra.Playhead(crowd())
    other.seek(12)
    assert one.digest() == other.digest()


def test_a_body_that_is_lost_is_called_by_its_own_number() -> None:
    speed = np.zeros((4, 3))
    speed[3] = 6e4
    with pytest.raises(ra.RevanimError, match="Body 3 "):
        ra.Playhead(ra.make_scene(speed * 0, speed, 1.0, born=[9, 9, 9, 1], steps_per_frame=1)).seek(9000000)


def test_a_formula_knows_each_body_by_its_own_number() -> None:
    spins = ra.keyed([1], [np.zeros(4)], "linear")
    spins = replace(spins, formula=ra.Formula(("0.2 + 0.1 * i + 0.01 * t",)))
    still = ra.make_scene(
        np.eye(4)[:, :3], np.ones((4, 3)), 1.0, moves=[ra.move("drag", rate=spins)], scheme="leapfrog"
    )
    one, other = ra.Playhead(still), ra.Playhead(ra.edits.set_bodies(still, [1], dies=3))
    one.seek(20)
    other.seek(20)
    assert (one.state[:6, [0, 2, 3]] == other.state[:6, [0, 2, 3]]).all()
    assert len(set(one.velocity[:, 0].tolist())) == 4


def test_a_force_on_nobody_is_there_for_nobody() -> None:
    scene = crowd(forces=[ra.force("spring", links=np.zeros((0, 2), np.int64)), ra.force("uniform", bodies=[])])
    play = ra.Playhead(scene)
    home = play.digest()
    play.seek(20)
    play.seek(1)
    assert play.digest() == home
