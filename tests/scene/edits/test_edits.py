"""An edit is a function from a scene to a scene: the old one stays, and what is not meant stays bit for bit."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.playhead import digest
from revanim.scene.file import encode


@pytest.fixture
def scene() -> ra.Scene:
    forces = [ra.force("gravity"), ra.force("spring", links=[[0, 1]])]
    return ra.make_scene(np.eye(3), np.eye(3)[::-1] / 2, [1.0, 2.0, 3.0], forces=forces, pinned=[False, False, True])


def test_the_scene_before_an_edit_is_what_it_was(rich: ra.Scene) -> None:
    before = encode(rich, b"")
    ra.edits.rename(rich, "other")
    ra.edits.set_timing(rich, fps=12)
    ra.edits.set_look(rich, style="disc")
    ra.edits.set_scheme(rich, "verlet")
    ra.edits.set_forces(rich, [])
    ra.edits.set_motion(rich, [1], position=[[0, 0, 0]])
    ra.edits.rehome(rich, rich.bodies.state, 3)
    assert encode(rich, b"") == before


def test_what_an_edit_does_not_touch_is_the_same_object(scene: ra.Scene) -> None:
    renamed = ra.edits.rename(scene, "new")
    assert renamed.name == "new"
    assert renamed.bodies is scene.bodies
    assert renamed.forces is scene.forces
    moved = ra.edits.set_motion(scene, [0], position=[[1, 1, 1]])
    assert moved.forces is scene.forces
    assert moved.look is scene.look


def test_timing_and_look_change_by_field(scene: ra.Scene) -> None:
    changed = ra.edits.set_timing(scene, fps=12, last=np.int64(60))
    assert changed.timing == ra.Timing(12.0, 8, 1, 60, 1)
    assert digest(changed.bodies.state) == digest(scene.bodies.state)
    changed = ra.edits.set_look(scene, style="glow", view=ra.View(distance=3))
    assert changed.look == ra.Look(style="glow", view=ra.View(distance=3.0))


def test_new_forces_rest_at_the_length_that_they_are_drawn_with(scene: ra.Scene) -> None:
    changed = ra.edits.set_forces(scene, [ra.force("spring", links=[[1, 2]])])
    assert changed.forces[0].values["length"] == pytest.approx([np.sqrt(2)])


@pytest.mark.parametrize("frame", [-40, 1, 9, 100])
def test_another_home_keeps_the_motion(scene: ra.Scene, frame: int) -> None:
    playhead = ra.Playhead(scene)
    before = {}
    for seen in (-50, 1, 33, frame):
        playhead.seek(seen)
        before[seen] = playhead.digest()
    moved = ra.edits.rehome(scene, playhead.state, frame)
    assert moved.timing.home == frame
    assert digest(moved.bodies.state) == before[frame]
    playhead = ra.Playhead(moved)
    assert playhead.frame == frame
    for seen, bits in before.items():
        playhead.seek(seen)
        assert playhead.digest() == bits


def test_there_and_back_again_is_the_same_scene(rich: ra.Scene) -> None:
    playhead = ra.Playhead(rich)
    playhead.seek(rich.timing.home + 5)
    away = ra.edits.rehome(rich, playhead.state, playhead.frame)
    playhead = ra.Playhead(away)
    playhead.seek(rich.timing.home)
    assert encode(ra.edits.rehome(away, playhead.state, playhead.frame), b"") == encode(rich, b"")


def test_a_home_holds_its_own_copy_of_the_state(scene: ra.Scene) -> None:
    state = scene.bodies.state.copy()
    moved = ra.edits.rehome(scene, state, 3)
    state[:] = 0
    assert digest(moved.bodies.state) == digest(scene.bodies.state)
    assert not moved.bodies.state.flags.writeable


def test_bodies_are_moved_and_all_others_keep_their_bits(scene: ra.Scene) -> None:
    changed = ra.edits.set_motion(scene, [1], position=[[0.5, 0.25, -2]], velocity=[[1, 2, 4]])
    assert changed.bodies.position[1].tolist() == [0.5, 0.25, -2]
    assert changed.bodies.velocity[1].tolist() == [1, 2, 4]
    assert (changed.bodies.state[:, [0, 2]] == scene.bodies.state[:, [0, 2]]).all()
    still = ra.edits.set_motion(scene, [1], position=[[0.5, 0.25, -2]])
    assert (still.bodies.state[3:] == scene.bodies.state[3:]).all()


def test_a_pinned_body_can_be_placed_but_not_pushed(scene: ra.Scene) -> None:
    changed = ra.edits.set_motion(scene, [2], position=[[0, 0, 3]], velocity=[[1, 1, 1]])
    assert changed.bodies.position[2].tolist() == [0, 0, 3]
    assert not changed.bodies.velocity[2].any()


Edit = Callable[[ra.Scene], Any]
BAD: dict[str, tuple[Edit, str]] = {
    "an unknown time": (
        lambda s: ra.edits.set_timing(s, speed=1),
        "There is no 'speed' in the timing; there are fps, ",
    ),
    "a word for a time": (lambda s: ra.edits.set_timing(s, fps="fast"), "fps must be a finite number"),
    "an end before the start": (lambda s: ra.edits.set_timing(s, last=0), "The range ends at frame 0"),
    "an unknown look": (
        lambda s: ra.edits.set_look(s, colour=1),
        "There is no 'colour' in the look; there are style, ",
    ),
    "an unknown style": (lambda s: ra.edits.set_look(s, style=5), "style must be text"),
    "a view in words": (lambda s: ra.edits.set_look(s, view="top"), "The view must be a View"),
    "a number for a name": (lambda s: ra.edits.rename(s, 5), "must be text"),  # type: ignore[arg-type]
    "an unknown scheme": (lambda s: ra.edits.set_scheme(s, "rk4"), "There is no scheme called 'rk4'"),
    "a name for forces": (lambda s: ra.edits.set_forces(s, "gravity"), "must be a list"),  # type: ignore[arg-type]
    "half a state": (lambda s: ra.edits.rehome(s, s.bodies.state[:5], 3), r"must be \(6, 3\)"),
    "positions for a state": (lambda s: ra.edits.rehome(s, s.bodies.position, 3), "A state is the integers"),  # type: ignore[arg-type]
    "a state beyond the grid": (lambda s: ra.edits.rehome(s, s.bodies.state | 2**62, 3), "lies beyond the range"),
    "the lowest integers": (
        lambda s: ra.edits.rehome(s, np.full((6, 3), np.iinfo(np.int64).min), 3),
        "lies beyond the range",
    ),
    "a home between frames": (lambda s: ra.edits.rehome(s, s.bodies.state, 3.5), "must be a whole number"),  # type: ignore[arg-type]
    "a pinned body with a speed": (
        lambda s: ra.edits.rehome(s, np.ones((6, 3), np.int64), 3),
        "A pinned body has a speed",
    ),
    "a body that is not there": (lambda s: ra.edits.set_motion(s, [1, 9], position=np.zeros((2, 3))), "9 is not among"),
    "a body before the first": (
        lambda s: ra.edits.set_motion(s, [-1, 1], position=np.zeros((2, 3))),
        "-1 is not among",
    ),
    "too many places": (lambda s: ra.edits.set_motion(s, [1], position=np.zeros((2, 3))), "1 bodies need 1 rows"),
    "a place too far": (lambda s: ra.edits.set_motion(s, [1], position=[[1e9, 0, 0]]), "each below 2048"),
    "a place that is not a number": (lambda s: ra.edits.set_motion(s, [1], position=[[np.nan, 0, 0]]), "each below"),
    "a speed too high": (lambda s: ra.edits.set_motion(s, [1], velocity=[[1e9, 0, 0]]), "each below 2048"),
    "bodies in words": (lambda s: ra.edits.set_motion(s, "all", position=[[0, 0, 0]]), "The bodies must be numbers"),
}


@pytest.mark.parametrize("name", BAD)
def test_an_edit_refuses(name: str, scene: ra.Scene) -> None:
    edit, sentence = BAD[name]
    with pytest.raises(ra.RevanimError, match=sentence):
        edit(scene)


def test_a_planar_scene_stays_in_its_plane() -> None:
    flat = ra.make_scene([[1, 0, 0], [2, 0, 0]], np.zeros((2, 3)), 1.0, planar=True)
    ra.edits.set_motion(flat, [0], position=[[5, 5, 0]])
    with pytest.raises(ra.RevanimError, match="planar"):
        ra.edits.set_motion(flat, [0], position=[[5, 5, 1]])
    with pytest.raises(ra.RevanimError, match="planar"):
        ra.edits.set_motion(flat, [0], velocity=[[5, 5, 1]])
