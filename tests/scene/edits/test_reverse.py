"""Bodies that turn around come back the way they went, bit for bit, or the edit says what would lead them elsewhere."""

from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.parameter import Curve
from revanim.engine.verify import verify
from revanim.scene.build import make_playhead

COUNT, TURN = 5, 11


def swarm(*, home: int = 1, moves: Any = (), **given: Any) -> ra.Scene:
    """Return bodies that draw each other, hang together and are pushed in rows."""
    random = np.random.default_rng(3)
    push = Curve(4, 3, random.normal(size=(4, COUNT, 3)))
    forces = [
        ra.force("gravity", softening=0.2),
        ra.force("spring", links=[[0, 1], [1, 2]], stiffness=4.0, length=0.5),
        ra.force("nudge", push=push),
    ]
    pinned = np.arange(COUNT) == 4
    place, speed = random.normal(size=(2, COUNT, 3))
    return ra.make_scene(place, speed, 1.0, forces, moves=moves, pinned=pinned, home=home, frames=(1, 20), **given)


def states(scene: ra.Scene, frames: range) -> dict[int, np.ndarray]:
    playhead, seen = ra.Playhead(scene), {}
    for frame in frames:
        playhead.seek(frame)
        seen[frame] = playhead.state
    return seen


@pytest.mark.parametrize("scheme", ["srkn6b", "leapfrog", "s15"])
@pytest.mark.parametrize("home", [1, 17])
def test_the_way_back_is_the_way_there_bit_for_bit(scheme: str, home: int) -> None:
    scene = swarm(home=home, scheme=scheme)
    there = states(scene, range(1, TURN + 1))
    turned = ra.edits.reverse_from(scene, TURN)
    both = states(turned, range(1, 2 * TURN))
    assert turned.timing.last == 2 * TURN - 1
    for frame, state in there.items():
        assert (both[frame] == state).all()
        if frame < TURN:
            back = both[2 * TURN - frame]
            assert (back[:3] == state[:3]).all()
            assert (back[3:6] == -state[3:6]).all()
    assert verify(make_playhead(turned), 1, 2 * TURN - 1).bits_different == 0


def test_whoever_turns_twice_goes_there_and_back_and_there_and_back_again() -> None:
    scene = swarm()
    last = 2 * TURN - 1
    twice = ra.edits.reverse_from(ra.edits.reverse_from(scene, TURN), last)
    film = states(twice, range(1, 2 * last))
    for frame, state in states(scene, range(1, TURN + 1)).items():
        for other in (2 * TURN - frame, last - 1 + frame, 2 * last - frame):
            assert (film[other][:3] == state[:3]).all()


def test_a_turn_that_comes_later_is_no_more() -> None:
    later = ra.edits.reverse_from(swarm(), TURN + 4)
    assert [float(part.values["at"]) for part in ra.edits.reverse_from(later, TURN).moves] == [TURN / 24]


def test_it_is_in_the_file(tmp_path: Any) -> None:
    turned = ra.edits.reverse_from(swarm(), TURN)
    ra.save(turned, tmp_path / "turned.revanim")
    playhead, loaded = ra.Playhead(turned), ra.Playhead(ra.load(tmp_path / "turned.revanim"))
    for each in (playhead, loaded):
        each.seek(2 * TURN)
    assert playhead.digest() == loaded.digest()


@pytest.mark.parametrize(
    ("moves", "why"),
    [
        ([ra.move("drag", rate=0.1)], "takes what does not come back when bodies turn around; mute it first, or"),
        ([ra.move("floor", height=-5.0)], "takes what does not come back"),
        ([ra.move("turn")], "would lead bodies another way back"),
        ([ra.move("kick")], "would lead bodies another way back"),
        ([ra.move("handle", bodies=[4], place=ra.keyed([1, 9], [[0, 0, 0], [1, 0, 0]]))], "another way back"),
    ],
)
def test_what_would_lead_them_elsewhere_is_named(moves: Any, why: str) -> None:
    with pytest.raises(ra.RevanimError, match=why):
        ra.edits.reverse_from(swarm(moves=moves, scheme="leapfrog"), TURN)


def test_what_is_muted_or_stays_as_it_is_does_not_matter() -> None:
    scene = swarm(moves=[ra.move("drag"), ra.move("handle", bodies=[4], place=(0.0, 0.0, 0.0))])
    turned = ra.edits.reverse_from(ra.edits.mute_part(scene, "moves", 0), TURN)
    both = states(turned, range(1, 2 * TURN))
    assert (both[1][:3] == both[2 * TURN - 1][:3]).all()


def test_gusts_and_fluids_are_refused() -> None:
    scene = ra.edits.add_part(swarm(), ra.force("turbulence"))
    with pytest.raises(ra.RevanimError, match="another way back"):
        ra.edits.reverse_from(scene, TURN)
    fluid = ra.make_scene(np.eye(3) * (1, 1, 0), np.zeros((3, 3)), 1.0, flows=[ra.flow("vortices")], planar=True)
    with pytest.raises(ra.RevanimError, match="carries bodies, which have no speed to turn around"):
        ra.edits.reverse_from(fluid, TURN)


def test_there_must_be_a_way_back() -> None:
    with pytest.raises(ra.RevanimError, match="after the first frame 1, not at 1"):
        ra.edits.reverse_from(swarm(), 1)
