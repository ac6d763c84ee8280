"""Taking bodies out of a scene and putting others in: who stays keeps every bit, and all that concerns it follows."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import revanim as ra
from revanim.scene.gallery import sketch
from revanim.scene.scene import Group, Marker, Scene, Take
from revanim.scene.values import HAIR


def crowd() -> Scene:
    """Return five bodies with a force of every sort: on all, on some, along links, each with values of its own."""
    random = np.random.default_rng(0)
    scene = ra.make_scene(
        random.normal(size=(5, 3)),
        random.normal(size=(5, 3)),
        np.arange(1.0, 6.0),
        forces=[
            ra.force("gravity", strength=2.0),
            ra.force("coulomb", charge=np.arange(5.0)),
            ra.force("uniform", acceleration=(0.0, -1.0, 0.0), bodies=[1, 3]),
            ra.force("spring", links=[[0, 1], [1, 2], [3, 4]], stiffness=[1.0, 2.0, 3.0], length=0.5),
            ra.force("nudge", bodies=[0, 3], push=ra.Curve(1, 8, random.normal(size=(3, 2, 3)))),
        ],
    )
    scene = ra.edits.add_keyframe(scene, 25, [0, 3, 4], position=random.normal(size=(3, 3)), weights=[1.0, 2.0, 3.0])
    return ra.edits.set_groups(scene, [Group("ends", np.array([0, 4])), Group("middle", np.array([2]), hidden=True)])


def part(scene: Scene, kind: str) -> ra.Part:
    return next(part for part in scene.forces if part.kind == kind)


def test_who_stays_keeps_every_bit_and_all_that_concerns_it() -> None:
    scene = crowd()
    left = ra.edits.remove_bodies(scene, [0, 2])
    stay = [1, 3, 4]
    for name in ("mass", "pinned", "radius", "color"):
        np.testing.assert_array_equal(getattr(left.bodies, name), getattr(scene.bodies, name)[stay])
    np.testing.assert_array_equal(left.bodies.state, scene.bodies.state[:, stay])
    np.testing.assert_array_equal(part(left, "coulomb").values["charge"], [1, 3, 4])
    np.testing.assert_array_equal(part(left, "uniform").bodies, [0, 1])
    np.testing.assert_array_equal(part(left, "spring").links, [[1, 2]])
    np.testing.assert_array_equal(part(left, "spring").values["stiffness"], [3])
    np.testing.assert_array_equal(part(left, "nudge").bodies, [1])
    assert part(left, "nudge").values["push"].values.shape == (3, 1, 3)
    (key,), (before,) = left.keyframes, scene.keyframes
    np.testing.assert_array_equal(key.bodies, [1, 2])
    np.testing.assert_array_equal(key.position, before.position[1:])
    np.testing.assert_array_equal(key.weights, [2, 3])
    assert [(group.name, group.bodies.tolist()) for group in left.groups] == [("ends", [2])]


def test_links_and_keyframes_of_nobody_go() -> None:
    left = ra.edits.only(crowd(), [2])
    assert "spring" not in [part.kind for part in left.forces]
    assert not left.keyframes
    ra.Playhead(left).seek(9)


def test_a_pinned_target_stays_with_its_body() -> None:
    targets = np.arange(9.0).reshape(3, 3)
    scene = ra.edits.add_keyframe(crowd(), 30, [0, 1, 2], position=targets, shape=True, assignment=[2, 0, 1])
    key = ra.edits.remove_bodies(scene, [1]).keyframes[-1]
    np.testing.assert_array_equal(key.position[key.assignment], targets[[2, 1]])


@pytest.mark.parametrize("name", ra.examples())
def test_taking_out_a_copy_leaves_the_scene_as_it_was(name: str) -> None:
    scene = replace(sketch(name), keyframes=())
    some = np.arange(0, scene.bodies.count, 2)
    more = ra.edits.duplicate(scene, some, (0.1, 0.0, 0.0))
    assert more.bodies.count == scene.bodies.count + some.size
    again = ra.edits.only(more, np.arange(scene.bodies.count))
    walked = []
    for one in (scene, again):
        playhead = ra.Playhead(one)
        playhead.seek(scene.timing.home + 3)
        walked.append(playhead.digest())
    assert walked[0] == walked[1]


def test_copies_have_the_links_values_and_groups_of_what_they_copy() -> None:
    scene = crowd()
    more = ra.edits.duplicate(scene, [3, 4], (1.0, 0.0, 0.0))
    np.testing.assert_allclose(more.bodies.position[5:], scene.bodies.position[3:] + np.array([1, 0, 0]), atol=1e-12)
    np.testing.assert_array_equal(more.bodies.state[3:6, 5:], scene.bodies.state[3:6, 3:])
    np.testing.assert_array_equal(part(more, "coulomb").values["charge"], [0, 1, 2, 3, 4, 3, 4])
    np.testing.assert_array_equal(part(more, "spring").links, [[0, 1], [1, 2], [3, 4], [5, 6]])
    np.testing.assert_array_equal(part(more, "spring").values["stiffness"], [1, 2, 3, 3])
    np.testing.assert_array_equal(part(more, "uniform").bodies, [1, 3, 5])
    assert more.groups[0].bodies.tolist() == [0, 4, 6]
    assert len([part for part in more.forces if part.kind == "gravity"]) == 1


def test_a_pasted_scene_brings_its_forces_where_none_of_the_kind_rules() -> None:
    stars = ra.make_scene(np.eye(3), 0 * np.eye(3), 1.0, forces=[ra.force("gravity", strength=3.0)])
    bare = ra.make_scene(-np.eye(3), 0 * np.eye(3), 1.0)
    both = ra.edits.paste(bare, stars)
    np.testing.assert_array_equal(both.forces[0].bodies, [3, 4, 5])
    ruled = ra.edits.paste(stars, ra.edits.set_forces(stars, [ra.force("gravity", strength=9.0)]))
    assert [part.values["strength"] for part in ruled.forces] == [3.0]
    assert ruled.forces[0].bodies is None


@pytest.mark.parametrize(("kept", "then"), [(0.5, 0.2), (0.1, 0.0)])
def test_new_bodies_are_as_large_as_they_are_drawn_where_the_others_are(kept: float, then: float) -> None:
    big, small = (ra.make_scene(np.eye(3), 0 * np.eye(3), 1.0, radius=radius) for radius in (0.5, 0.2))
    floor = ra.move("floor", radius=kept * (1 - HAIR))
    both = ra.edits.paste(ra.edits.add_part(big, floor), small)
    assert both.moves[0].values["radius"] == pytest.approx([kept] * 3 + [then] * 3, rel=2 * HAIR)


def test_what_does_not_fit_is_refused() -> None:
    flat = ra.make_scene([[0.0, 0, 0], [1, 0, 0]], np.zeros((2, 3)), 1.0, planar=True)
    with pytest.raises(ra.RevanimError, match="lies in a plane"):
        ra.edits.paste(flat, crowd())
    far = ra.make_scene([[1e9, 0, 0]], [[0.0, 0, 0]], 1.0)
    with pytest.raises(ra.RevanimError, match="goes beyond"):
        ra.edits.paste(flat, far)
    with pytest.raises(ra.RevanimError, match="5 is not among them"):
        ra.edits.remove_bodies(crowd(), [5])


def test_bodies_are_given_masses_pins_sizes_and_colors() -> None:
    scene = ra.edits.set_bodies(crowd(), [1, 2], mass=[7.0, 8.0], pinned=True, color=(1, 2, 3))
    np.testing.assert_array_equal(scene.bodies.mass, [1, 7, 8, 4, 5])
    assert scene.bodies.pinned.tolist() == [False, True, True, False, False]
    assert not scene.bodies.state[3:6, 1:3].any()
    assert scene.bodies.color[2].tolist() == [1, 2, 3]
    for wrong in ({"charge": 1.0}, {"mass": [1.0, 2.0, 3.0]}, {"mass": -1.0}):
        with pytest.raises(ra.RevanimError):
            ra.edits.set_bodies(crowd(), [1, 2], **wrong)


def test_groups_markers_and_takes_are_saved(tmp_path: Path) -> None:
    scene = ra.edits.set_markers(crowd(), [Marker(96, "hit"), Marker(12)])
    other = ra.edits.set_bodies(scene, [0], mass=9.0)
    scene = ra.edits.set_takes(replace(scene, take="plain"), [Take("heavy", other), Take("as it was", crowd())])
    path = tmp_path / "a.revanim"
    ra.save(scene, path)
    back = ra.load(path)
    assert back.markers == (Marker(12), Marker(96, "hit"))
    assert [(g.name, g.bodies.tolist(), g.hidden) for g in back.groups] == [
        ("ends", [0, 4], False),
        ("middle", [2], True),
    ]
    assert back.take == "plain"
    assert [take.name for take in back.takes] == ["heavy", "as it was"]
    assert back.takes[0].scene.bodies.mass[0] == 9.0
    assert ra.Playhead(back.takes[1].scene).digest() == ra.Playhead(crowd()).digest()
    again = tmp_path / "b.revanim"
    ra.save(back, again)
    assert again.read_bytes() == path.read_bytes()


def test_groups_and_takes_need_names_of_their_own() -> None:
    for groups in ([Group("", np.array([0]))], [Group("a", np.array([0]))] * 2, [Group("a", np.array([9]))]):
        with pytest.raises(ra.RevanimError):
            ra.edits.set_groups(crowd(), groups)
    with pytest.raises(ra.RevanimError):
        ra.edits.set_takes(crowd(), [Take("a", crowd()), Take("a", crowd())])
