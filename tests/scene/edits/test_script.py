"""What an artist does by hand in the window, done in a script without any."""

from collections.abc import Callable

import numpy as np
import pytest

import revanim as ra
from revanim.scene import edits
from revanim.scene.scene import Marker


@pytest.fixture
def scene() -> ra.Scene:
    """Return four bodies that move, with forces of every sort."""
    random = np.random.default_rng(2)
    forces = [
        ra.force("gravity", strength=0.1),
        ra.force("spring", links=[[0, 1], [1, 2]]),
        ra.force("uniform", bodies=[0, 3], acceleration=(0, 0, -1)),
    ]
    return ra.make_scene(random.normal(size=(4, 3)), random.normal(size=(4, 3)), 1.0, forces=forces, frames=(1, 200))


def test_bodies_are_edited_at_a_frame_of_their_motion(scene: ra.Scene) -> None:
    play = ra.Playhead(scene)
    play.seek(120)
    there = ra.edits.stand_at(scene, 120)
    assert there.timing.home == 120
    assert np.array_equal(there.bodies.state, play.state)
    back = ra.Playhead(there)
    back.seek(1)
    assert np.array_equal(back.state, scene.bodies.state)
    edited = ra.edits.kick_bodies(ra.edits.move_bodies(there, [1, 2], (0, 0, 1)), [3], (0.5, 0, 0))
    assert edited.bodies.position[1:3] == pytest.approx(there.bodies.position[1:3] + np.array([0, 0, 1]))
    assert edited.bodies.velocity[3] == pytest.approx(there.bodies.velocity[3] + [0.5, 0, 0])
    assert np.array_equal(edited.bodies.state[:, 0], there.bodies.state[:, 0])
    assert ra.Playhead(edited).frame == 120


def test_bodies_turn_with_their_velocities_and_spread_without(scene: ra.Scene) -> None:
    place, speed = scene.bodies.position, scene.bodies.velocity
    middle = (place[:2].min(axis=0) + place[:2].max(axis=0)) / 2
    turned = ra.edits.turn_bodies(scene, [0, 1], 90)
    assert turned.bodies.velocity[:2] == pytest.approx(speed[:2] @ [[0, 1, 0], [-1, 0, 0], [0, 0, 1]])
    assert turned.bodies.position[:2] - middle == pytest.approx(
        (place[:2] - middle) @ [[0, 1, 0], [-1, 0, 0], [0, 0, 1]]
    )
    spread = ra.edits.spread_bodies(scene, [0, 1], (2, 1, 1))
    assert spread.bodies.position[:2] == pytest.approx(middle + (place[:2] - middle) * [2, 1, 1])
    assert np.array_equal(spread.bodies.state[3:], scene.bodies.state[3:])
    assert ra.edits.turn_bodies(scene, [], 30) is ra.edits.spread_bodies(scene, [], 3) is scene


def test_bodies_are_copied_deleted_and_joined(scene: ra.Scene) -> None:
    more = ra.edits.duplicate(scene, [0, 1], (0, 0, 2))
    assert more.bodies.count == 6
    assert ra.edits.remove_bodies(more, [4, 5]).bodies.count == 4
    empty = ra.make_scene([], [], [])
    joined = ra.edits.join(empty, scene)
    assert np.array_equal(joined.bodies.state, scene.bodies.state)
    assert ra.edits.join(scene, scene).bodies.count == 8


def test_forces_come_change_rest_and_go(scene: ra.Scene) -> None:
    drag = ra.force("attractor", point=(1, 2, 3))
    more = ra.edits.add_part(scene, drag)
    assert more.forces[-1] is drag
    stronger = ra.edits.set_values(more, "forces", 0, strength=2.0)
    assert stronger.forces[0].values["strength"] == 2.0
    assert stronger.forces[0].values["softening"] is more.forces[0].values["softening"]
    assert stronger.forces[1] is more.forces[1]
    assert ra.edits.mute_part(more, "forces", 1).forces[1].muted
    assert not ra.edits.mute_part(ra.edits.mute_part(more, "forces", 1), "forces", 1, muted=False).forces[1].muted
    assert ra.edits.remove_part(more, "forces", 3).forces == scene.forces
    assert ra.edits.reorder_part(scene, "forces", 0, 3).forces == (*scene.forces[1:], scene.forces[0])
    assert ra.edits.reorder_part(scene, "forces", 2, 0).forces == (scene.forces[2], *scene.forces[:2])
    on_all = ra.edits.let_act_on(scene, "forces", 2, None)
    assert on_all.forces[2].bodies is None
    chosen = ra.edits.let_act_on(scene, "forces", 0, [1, 2]).forces[0].bodies
    assert chosen is not None
    assert chosen.tolist() == [1, 2]
    assert ra.edits.replace_part(scene, "forces", 0, drag).forces == (drag, *scene.forces[1:])


def test_groups_come_change_and_go(scene: ra.Scene) -> None:
    scene = ra.edits.add_group(ra.edits.add_group(scene, "left", [0, 1]), "right", [2])
    assert [group.name for group in scene.groups] == ["left", "right"]
    assert ra.edits.replace_group(scene, 0, hidden=True).groups[0].hidden
    assert [group.name for group in ra.edits.reorder_group(scene, 0, 2).groups] == ["right", "left"]
    assert [group.name for group in ra.edits.remove_group(scene, 0).groups] == ["right"]


def test_markers_come_move_and_go(scene: ra.Scene) -> None:
    scene = ra.edits.add_marker(ra.edits.add_marker(scene, 10, "here"), 5)
    assert scene.markers == (Marker(5), Marker(10, "here"))
    assert ra.edits.add_marker(scene, 10, "there").markers == (Marker(5), Marker(10, "there"))
    assert ra.edits.replace_marker(scene, Marker(5), frame=10, name="both").markers == (Marker(10, "both"),)
    assert ra.edits.remove_marker(scene, Marker(5)).markers == (Marker(10, "here"),)


def test_targets_come_one_by_one(scene: ra.Scene) -> None:
    keyed = ra.edits.set_targets(scene, 20, np.array([1]), np.array([[1.0, 0.0, 0.0]]))
    keyed = ra.edits.set_targets(keyed, 20, np.array([2]), np.array([[0.0, 1.0, 0.0]]))
    (key,) = keyed.keyframes
    assert key.bodies.tolist() == [1, 2]


REFUSED: dict[str, tuple[Callable[[ra.Scene], ra.Scene], str]] = {
    "a way of two numbers": (lambda s: ra.edits.move_bodies(s, [0], (1, 2)), "The way to move must be three numbers"),
    "a way of words": (lambda s: ra.edits.move_bodies(s, [0], "far"), "The way to move must be numbers"),
    "a way for other bodies": (lambda s: ra.edits.move_bodies(s, [0, 1], np.ones((3, 3))), "one row, or one for each"),
    "no axis": (lambda s: ra.edits.turn_bodies(s, [0], 30, (0, 0, 0)), "The axis must be three numbers, not all"),
    "no angle": (lambda s: ra.edits.turn_bodies(s, [0], float("nan")), "The angle must be a finite number"),
    "no such body": (lambda s: ra.edits.kick_bodies(s, [7], (1, 0, 0)), "7 is not among them"),
    "no such force": (lambda s: ra.edits.mute_part(s, "forces", 9), "There is no 9 among the forces; the scene has 3"),
    "no such list": (lambda s: ra.edits.remove_part(s, "powers", 0), "nothing called 'powers' in a scene"),
    "no such parameter": (lambda s: ra.edits.set_values(s, "forces", 0, spin=1), "gravity has no parameter 'spin'"),
    "no such group": (lambda s: ra.edits.remove_group(s, 0), "There is no group 0; the scene has 0"),
    "no such field": (lambda s: ra.edits.replace_marker(s, Marker(1), color=1), "There is no 'color' in the marker"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_in_a_sentence(case: str, scene: ra.Scene) -> None:
    edit, sentence = REFUSED[case]
    with pytest.raises(ra.RevanimError, match=sentence):
        edit(scene)


def test_every_edit_is_public_and_says_what_it_does() -> None:
    for name in edits.__all__:
        edit = getattr(ra.edits, name)
        assert edit.__doc__, name
        assert edit.__annotations__["return"] in (ra.Scene, "Scene"), name
