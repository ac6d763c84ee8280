"""A file with a force or a move that is not installed opens: it is kept, rests, and is saved again as it was."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.forces.spring import spring
from revanim.engine.parameter import Parameter
from revanim.scene.absent import resting
from revanim.scene.file import decode, encode

Members = dict[str, bytes]
Make = Callable[..., Any]
BREEZE = {"kind": "breeze", "muted": False, "values": {"strength": 2.5, "from": [1.0, 0.0, 0.0]}}


def opened(data: bytes) -> ra.Scene:
    return decode(io.BytesIO(data), "the.revanim")


def text_in(data: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return json.loads(archive.read("scene.json"))


def saved_as(scene: ra.Scene, change: Callable[[Any], object], zipped: Make) -> bytes:
    """Return the file of a scene with something changed in its text, as it would be saved."""
    with zipfile.ZipFile(io.BytesIO(encode(scene, b""))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    text = json.loads(members["scene.json"])
    change(text)
    written = (json.dumps(text, indent=1, ensure_ascii=False) + "\n").encode()
    return zipped({**members, "scene.json": written})


def said(scene: ra.Scene) -> list[str]:
    return list(map(str, resting(scene)))


def crowd(count: int = 40, **more: Any) -> ra.Scene:
    random = np.random.default_rng(3)
    forces = [
        ra.force("gravity"),
        ra.force("spring", links=np.c_[np.arange(count - 1), np.arange(1, count)], stiffness=np.arange(1.0, count)),
        ra.force("nudge", bodies=[3, 1, 4], push=ra.Curve(5, 2, random.normal(size=(9, 3, 3)))),
    ]
    place = random.normal(size=(count, 3))
    return ra.make_scene(place, np.zeros((count, 3)), 1.0, forces=forces, frames=(1, 9), **more)


def called(index: int, name: str) -> Callable[[Any], object]:
    """Return what gives a force another name, as if its own were not installed."""
    return lambda text: text["forces"][index].update(kind=name)


@pytest.mark.parametrize("index", range(3))
def test_a_force_that_is_not_installed_is_saved_again_byte_for_byte(index: int, zipped: Make) -> None:
    data = saved_as(crowd(), called(index, "breeze"), zipped)
    scene = opened(data)
    assert scene.missing == ("breeze",)
    again = encode(scene, b"")
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(again)) as after:
        for name in ("scene.json", "state.npz"):
            assert before.read(name) == after.read(name)
    assert encode(opened(again), b"") == again


def test_unknown_fields_of_it_are_kept_and_its_arrays_too(zipped: Make) -> None:
    odd = {
        **BREEZE,
        "gusts": [{"at": 3, "how": "strong"}, None, True, [1, [2.5]]],
        "map": {"array": "mass"},
        "values": {**BREEZE["values"], "mode": "gentle", "table": {"rows": [[1.0]], "smooth": True}},
    }
    scene = opened(saved_as(crowd(), lambda text: text["forces"].append(odd), zipped))
    data = encode(scene, b"")
    found = text_in(data)["forces"][-1]
    assert found.pop("map") == {"array": "force3.map"}
    assert found == {name: value for name, value in odd.items() if name != "map"}
    assert encode(opened(data), b"") == data
    kept = opened(data).forces[-1].absent
    assert kept is not None
    assert np.array_equal(kept.fields["map"], scene.bodies.mass)


def test_values_named_like_something_else_lose_nothing(zipped: Make) -> None:
    many = np.arange(40.0).tolist()
    odd = {**BREEZE, "bodies": list(range(40)), "values": {"bodies": many, "x.y": [many], "x": {"y": many}}}
    data = encode(opened(saved_as(crowd(), lambda text: text["forces"].append(odd), zipped)), b"")
    part = opened(data).forces[-1]
    assert np.array_equal(part.values["bodies"], many)
    assert part.bodies is not None
    assert part.bodies.tolist() == list(range(40))
    assert encode(opened(data), b"") == data


def test_it_rests_and_the_others_walk_as_without_it(zipped: Make) -> None:
    whole = crowd()
    scene = opened(saved_as(whole, lambda text: text["forces"].append(BREEZE), zipped))
    with_it, without = ra.Playhead(scene), ra.Playhead(whole)
    for playhead in (with_it, without):
        playhead.seek(5)
    assert with_it.digest() == without.digest()
    for playhead in (with_it, without):
        playhead.seek(1)
    assert np.array_equal(with_it.state, scene.bodies.state)


def test_a_scene_with_it_can_be_solved(zipped: Make) -> None:
    whole = ra.edits.add_keyframe(crowd(6), 9, [0], position=[[1.0, 0.0, 0.0]])
    *_, without = ra.solve(whole, controls=("velocity",), iterations=3)
    for among in ("forces", "moves"):
        change = lambda text, among=among: text[among].append(BREEZE)  # noqa: E731
        *_, progress = ra.solve(opened(saved_as(whole, change, zipped)), controls=("velocity",), iterations=3)
        assert progress.scene.missing == ("breeze",)
        assert progress.cost == pytest.approx(without.cost)  # with any move, gradients are summed in another order


def test_a_move_that_is_not_installed_keeps_its_lanes(zipped: Make) -> None:
    scene = opened(saved_as(crowd(5), lambda text: text["moves"].append({**BREEZE, "kind": "gust"}), zipped))
    state = np.vstack([scene.bodies.state, np.arange(10).reshape(2, 5)])
    with_lanes = replace(scene.moves[0], absent=replace(scene.moves[0].absent, lanes=2))
    scene = replace(scene, moves=(with_lanes,), bodies=replace(scene.bodies, state=state))
    data = encode(opened(encode(scene, b"")), b"")
    assert data == encode(scene, b"")
    assert text_in(data)["moves"][0]["lanes"] == 2
    play = ra.Playhead(opened(data))
    play.seek(5)
    assert np.array_equal(play.state[6:], state[6:])
    there = ra.edits.rehome(scene, play.state, 5)
    assert np.array_equal(ra.edits.remove_bodies(there, [0]).bodies.state[6:], state[6:, 1:])
    assert np.array_equal(ra.edits.set_moves(there, there.moves).bodies.state[6:], state[6:])
    assert ra.edits.set_moves(there, []).bodies.state.shape == (6, 5)


@pytest.mark.parametrize("lanes", [-1, 1, 10**12, "two", None, 1.0])
def test_lanes_that_are_not_there_are_refused(lanes: Any, zipped: Make, refused: Make) -> None:
    refused(saved_as(crowd(5), lambda text: text["moves"].append({**BREEZE, "lanes": lanes}), zipped))


def test_links_and_rows_follow_when_bodies_go_and_come(zipped: Make) -> None:
    scene = opened(saved_as(crowd(), called(1, "elastic"), zipped))
    less = ra.edits.remove_bodies(scene, [0, 20])
    part = less.forces[1]
    assert part.links is not None
    assert len(part.links) == 36
    assert np.array_equal(part.values["stiffness"], np.delete(np.arange(1.0, 40), [0, 19, 20]))
    more = ra.edits.duplicate(scene, [0, 1, 2], (0, 0, 1))
    assert sum(len(part.links) for part in more.forces if part.kind == "elastic" and part.links is not None) == 41
    assert opened(encode(more, b"")).missing == ("elastic",)
    pasted = ra.edits.paste(crowd(6), scene)
    assert pasted.missing == ("elastic",)
    both = ra.edits.paste(scene, scene)
    assert opened(encode(both, b"")).bodies.count == 80


def test_a_force_on_all_bodies_gets_rows_for_those_that_come(zipped: Make) -> None:
    each = {**BREEZE, "values": {"strength": np.arange(40.0).tolist(), "from": [1.0, 0.0, 0.0]}}
    scene = opened(saved_as(crowd(), lambda text: text["forces"].append(each), zipped))
    (values,) = (part.values for part in ra.edits.duplicate(scene, [5]).forces if part.kind == "breeze")
    assert np.shape(values["strength"]) == (41,)
    assert np.shape(values["from"]) == (3,)


def test_it_cannot_be_woken(zipped: Make) -> None:
    scene = opened(saved_as(crowd(), called(0, "breeze"), zipped))
    woken = [replace(part, muted=False) for part in scene.forces]
    with pytest.raises(ra.RevanimError, match="breeze is not installed, so it can only rest"):
        ra.edits.set_forces(scene, woken)


def test_a_script_cannot_make_one() -> None:
    with pytest.raises(ra.RevanimError, match="There is no force called 'breeze'"):
        ra.force("breeze")
    with pytest.raises(ra.RevanimError, match="There is no force, flow, move or cue called 'breeze'"):
        ra.edits.set_forces(crowd(), [replace(crowd().forces[0], kind="breeze")])


def test_what_is_missing_is_said_in_a_sentence(zipped: Make) -> None:
    def change(text: Any) -> None:
        text["forces"].append(BREEZE)

    scene = opened(saved_as(crowd(), change, zipped))
    assert said(scene) == ["This scene has a force 'breeze' that is not installed; it rests."]
    move = opened(saved_as(crowd(), lambda text: text["moves"].append(BREEZE), zipped))
    assert said(move) == ["This scene has a move 'breeze' that is not installed; it rests."]
    both = opened(saved_as(scene, lambda text: text["moves"].append({**BREEZE, "kind": "gust"}), zipped))
    assert said(both) == [*said(scene), "This scene has a move 'gust' that is not installed; it rests."]
    assert said(crowd()) == []
    kept = ra.edits.keep_take(scene, "other")
    assert ra.edits.set_forces(kept, []).missing == ("breeze",)  # that of the take


@pytest.mark.parametrize("version", [1, 2])
def test_older_formats_open_with_it(version: int, zipped: Make) -> None:
    def older(text: Any) -> None:
        text["forces"].append(BREEZE)
        if version == 1:
            text["revanim"] = 1
            for name in ("groups", "markers", "take", "takes"):
                del text[name]

    assert opened(saved_as(crowd(), older, zipped)).missing == ("breeze",)


ODD = [
    None,
    True,
    "abc",
    -1,
    2**70,
    1e300,
    float("nan"),
    [],
    [[]],
    [[1], [2, 3]],
    {},
    {"array": "nothing"},
    {"a": [{}]},
]


@pytest.mark.parametrize("field", ["muted", "lanes", "links", "bodies", "values", "more"])
def test_whatever_a_file_says_of_it_opens_or_is_refused(field: str, zipped: Make) -> None:
    for odd in [*ODD, {"x": ODD[0]}, *({"x": value} for value in ODD)]:
        try:
            scene = opened(saved_as(crowd(5), lambda text: text["forces"].append({**BREEZE, field: odd}), zipped))  # noqa: B023
        except ra.RevanimError:
            continue
        ra.Playhead(scene).seek(2)
        assert encode(opened(encode(scene, b"")), b"") == encode(scene, b"")


# Parameters that a file is older than.


@pytest.mark.parametrize("name", ["strength", "softening"])
def test_a_parameter_that_a_file_lacks_has_its_default(name: str, zipped: Make) -> None:
    scene = opened(saved_as(crowd(), lambda text: text["forces"][0]["values"].pop(name), zipped))
    assert encode(scene, b"") == encode(crowd(), b"")


def test_a_parameter_that_a_file_lacks_has_what_it_was_then(zipped: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = Parameter("newer", 1.0, "", 0.0, 9.0, "", older=0.5)
    vector = Parameter("vector", 1.0, "", 0.0, 9.0, "", axes=3)
    kernels = replace(spring.kernels, rows={**spring.kernels.rows, "newer": 5, "vector": 6})
    kind = replace(spring, parameters=(newer, *spring.parameters, vector), kernels=kernels)
    data = encode(crowd(), b"")
    monkeypatch.setattr("revanim.scene.part.force_kinds", lambda: {"spring": kind, **others})
    values = opened(data).forces[1].values
    assert list(values) == [parameter.name for parameter in kind.parameters]
    assert values["newer"] == 0.5
    assert np.array_equal(values["vector"], [1.0, 1.0, 1.0])


others = {name: kind for kind in ra.forces() if (name := kind.name) != "spring"}


def test_a_length_that_a_file_lacks_is_as_drawn(zipped: Make) -> None:
    scene = opened(saved_as(crowd(), lambda text: text["forces"][1]["values"].pop("length"), zipped))
    assert np.array_equal(scene.forces[1].values["length"], crowd().forces[1].values["length"])


def test_a_parameter_that_is_unknown_is_refused(zipped: Make, refused: Make) -> None:
    data = saved_as(crowd(), lambda text: text["forces"][0]["values"].update(spin=1.0), zipped)
    refused(data, "gravity needs exactly its own parameters; spin does not fit")
