"""Every door into a scene puts arrays in order: whatever their type, order and strides, the scene is the same."""

from collections.abc import Callable, Iterator
from dataclasses import is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.draw.thumbnail import thumbnail
from revanim.engine.parameter import Curve
from revanim.scene import pose, source
from revanim.scene.file import encode
from revanim.scene.importer import Importer, importers
from revanim.scene.pose import Points, PoseKind
from revanim.scene.scene import Keyframe, Part, Scene
from revanim.scene.source import Assembly, SourceKind, make_assembly, scene_of

Form = Callable[[Any], Any]

RANDOM = np.random.default_rng(5)
PLACE = RANDOM.integers(-40, 40, (6, 3)) / 8  # exact in 32 bits
SPEED = RANDOM.integers(-40, 40, (6, 3)) / 64
EACH = RANDOM.integers(1, 9, 6) / 4
COLOR = RANDOM.integers(0, 256, (6, 3)).astype(np.uint8)
WHO = np.array([4, 0, 3])
LINKS = np.array([[0, 1], [1, 2], [5, 3]])
PINNED = np.array([False, False, True, False, False, False])


def read_only(array: Any) -> Any:
    array = np.array(array)
    array.setflags(write=False)
    return array


FORMS: dict[str, Form] = {
    "in order": np.array,
    "in Fortran order": lambda array: np.asfortranarray(np.array(array)),
    "in 32 bits": lambda array: np.array(array, np.float32 if np.asarray(array).dtype.kind == "f" else np.int32),
    "backwards": lambda array: np.array(array[::-1])[::-1],
    "every other": lambda array: np.repeat(array, 2, axis=0)[::2],
    "a slice of more columns": lambda array: np.stack([array, array], axis=-1)[..., 0],
    "big-endian": lambda array: np.array(array, np.asarray(array).dtype.newbyteorder(">")),
    "read-only": read_only,
    "lists": lambda array: np.asarray(array).tolist(),
}


def plain(**more: Any) -> Scene:
    """Return six bodies that are painted as light, which the pickiest kernel does."""
    look = ra.Look(style="glow", velocities=True, color_by="")
    return ra.make_scene(PLACE, SPEED, 1.0, frames=(1, 4), look=look, **more)


def made(form: Form) -> Scene:
    return ra.make_scene(
        form(PLACE),
        form(SPEED),
        form(EACH),
        pinned=form(PINNED) if form is not FORMS["in 32 bits"] else form(PINNED.astype(np.int64)),
        radius=form(EACH),
        color=form(COLOR),
        look=ra.Look(style="glow"),
    )


def forced(form: Form) -> Scene:
    curve = Curve(1, 2, form(np.stack([EACH, EACH + 1])))
    return ra.edits.set_forces(
        plain(),
        [
            ra.force("spring", links=form(LINKS), stiffness=form(EACH[:3]), length=form(EACH[3:])),
            ra.force("uniform", bodies=form(WHO), acceleration=form(PLACE[0])),
            ra.force("coulomb", charge=curve),
        ],
    )


def forced_by_hand(form: Form) -> Scene:
    """Give forces that `ra.force` has not seen."""
    spring, uniform = ra.force("spring", links=LINKS, length=1.0), ra.force("uniform", bodies=WHO)
    raw = [
        Part("spring", {**spring.values, "stiffness": form(EACH[:3])}, links=form(LINKS)),
        Part("uniform", {"acceleration": Curve(1, 1, form(PLACE))}, bodies=form(WHO)),
    ]
    assert set(raw[1].values) == set(uniform.values)
    return ra.edits.set_forces(plain(), raw)


def moved(form: Form) -> Scene:
    return ra.edits.set_motion(plain(), form(WHO), position=form(PLACE[:3]), velocity=form(SPEED[:3]))


def changed(form: Form) -> Scene:
    return ra.edits.set_bodies(
        plain(), form(WHO), mass=form(EACH[:3]), radius=form(EACH[:3]), color=form(COLOR[:3]), pinned=form([1, 0, 1])
    )


def rehomed(form: Form) -> Scene:
    state = np.array(plain().bodies.state)
    if form is FORMS["in 32 bits"]:
        form = np.array  # a state needs its 64 bits
    given = form(state)
    return ra.edits.rehome(plain(), np.array(given) if isinstance(given, list) else given, 3)


def keyed(form: Form) -> Scene:
    scene = ra.edits.add_keyframe(
        plain(), 3, form(WHO), position=form(PLACE[:3]), velocity=form(SPEED[:3]), weights=form(EACH[:3]), shape=True
    )
    return ra.edits.replace_keyframe(scene, 0, assignment=form(np.array([2, 0, 1])), color=form(COLOR[3:]))


def keyed_by_hand(form: Form) -> Scene:
    return ra.edits.set_keyframes(plain(), [Keyframe(3, form(WHO), position=form(PLACE[:3]), color=form(COLOR[:3]))])


def colored(form: Form) -> Scene:
    keyed_ = ra.edits.add_keyframe(plain(), 3, WHO, position=PLACE[:3], color=form(COLOR[:3]))
    return ra.edits.color_by_targets(keyed_, 0, form(np.array([1, 2, 0])))


def grouped(form: Form) -> Scene:
    return ra.edits.set_groups(plain(), [ra.Group("some", form(WHO))])


def chosen(form: Form) -> Scene:
    scene = ra.edits.only(forced(np.array), form(np.array([0, 1, 3, 5])))
    return ra.edits.duplicate(
        ra.edits.remove_bodies(scene, form(np.array([2]))), form(np.array([0, 2])), form(PLACE[1])
    )


def posed(form: Form) -> Scene:
    found = ra.pose("current", 6, source=form(PLACE))
    return ra.edits.add_keyframe(plain(), 3, range(6), position=found.position)


def odd_pose(form: Form) -> Scene:
    """Take a pose of somebody else, as targets and as bodies."""

    def make(source: Any, count: int, values: Any, passed: Any) -> Points:
        place, color = np.asarray(form(PLACE)), np.asarray(form(COLOR))
        return Points(place, place.min(axis=0), place.max(axis=0), "odd", color)

    odd = PoseKind("odd", "", (), make, "nothing")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pose, "pose_kinds", lambda: {"odd": odd})
        found = ra.pose("odd", 6)
    scene = ra.make_scene(found.position, SPEED, 1.0, color=found.color, look=ra.Look(style="glow"))
    scene = ra.edits.add_keyframe(scene, 3, range(6), position=found.position, color=found.color)
    return ra.edits.color_by_targets(scene, 0)


def odd_source(form: Form) -> Scene:
    """Take bodies of somebody else."""

    def make(count: int, values: Any, passed: Any) -> Assembly:
        links = Part("spring", ra.force("spring", links=LINKS, length=1.0).values, links=form(LINKS))
        arrays = [np.asarray(form(array)) for array in (PLACE, EACH, EACH, SPEED)]
        return Assembly(*arrays, color=np.asarray(form(COLOR)), forces=(links,))

    odd = SourceKind("odd", "", (), make)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "source_kinds", lambda: {"odd": odd})
        assembly = make_assembly("odd", 6)
    return scene_of(assembly, np.eye(3), np.zeros(3), fps=24.0, planar=False)


DOORS: dict[str, Callable[[Form], Scene]] = {
    door.__name__: door
    for door in (
        made,
        forced,
        forced_by_hand,
        moved,
        changed,
        rehomed,
        keyed,
        keyed_by_hand,
        colored,
        grouped,
        chosen,
        posed,
        odd_pose,
        odd_source,
    )
}


def arrays_of(thing: Any) -> Iterator[np.ndarray]:
    """Yield every array in a scene."""
    if isinstance(thing, np.ndarray):
        yield thing
    elif isinstance(thing, tuple):
        for one in thing:
            yield from arrays_of(one)
    elif is_dataclass(thing):
        yield from arrays_of(tuple(vars(thing).values()))
    elif isinstance(thing, dict):
        yield from arrays_of(tuple(thing.values()))


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("form", FORMS)
def test_what_comes_in_by_a_door_is_put_in_order(door: str, form: str) -> None:
    scene, same = DOORS[door](FORMS[form]), DOORS[door](np.array)
    for array in arrays_of(scene):
        assert array.flags.c_contiguous
        assert not array.flags.writeable
        assert array.dtype in (np.int64, np.float64, np.bool_, np.uint8)
        assert array.dtype.isnative
    assert encode(scene, b"") == encode(same, b"")


@pytest.mark.parametrize("door", DOORS)
def test_what_came_in_by_a_door_is_painted_and_walked(door: str) -> None:
    scene, same = DOORS[door](FORMS["in Fortran order"]), DOORS[door](np.array)
    assert thumbnail(scene) == thumbnail(same)
    here, there = ra.Playhead(scene), ra.Playhead(same)
    here.seek(3)
    there.seek(3)
    assert here.digest() == there.digest()


def test_an_array_that_was_given_can_be_changed_without_harm() -> None:
    place = np.asfortranarray(PLACE)
    scene = ra.edits.add_keyframe(plain(), 3, range(6), position=place)
    place[:] = np.nan
    assert np.array_equal(scene.keyframes[0].position, PLACE)


def test_an_array_that_is_in_order_already_is_shared_and_not_copied() -> None:
    scene = ra.edits.add_keyframe(plain(), 3, range(6), position=PLACE)
    key, after = scene.keyframes[0], ra.edits.replace_keyframe(scene, 0, weight=2.0).keyframes[0]
    assert after.position is key.position
    assert after.bodies is key.bodies
    grouped_ = ra.edits.set_groups(scene, [ra.Group("all", key.bodies)])
    assert ra.edits.set_groups(grouped_, grouped_.groups).groups[0].bodies is key.bodies


@pytest.mark.parametrize("name", ["state", "mass", "pinned", "radius", "color"])
def test_bodies_that_no_door_has_put_in_order_are_refused(name: str) -> None:
    bodies = plain().bodies
    array = getattr(bodies, name)
    wrong = np.asfortranarray(array) if array.ndim == 2 else np.repeat(array, 2)[::2]
    with pytest.raises(ra.RevanimError, match=f"The {name} of the bodies must be an array of"):
        ra.edits.rename(replace(plain(), bodies=replace(bodies, **{name: wrong})), "other")


def test_an_importer_of_somebody_else_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(path: Path, values: Any, passed: Any) -> Scene:
        scene = plain()
        return replace(scene, bodies=replace(scene.bodies, color=np.asfortranarray(scene.bodies.color)))

    odd = Importer("odd", "Odd", "", (".odd",), (), read)
    monkeypatch.setattr("revanim.scene.importer.importers", lambda: {**importers(), "odd": odd})
    path = tmp_path / "scene.odd"
    path.touch()
    with pytest.raises(ra.RevanimError, match="The color of the bodies must be an array of uint8 in C order"):
        ra.import_scene(path)
