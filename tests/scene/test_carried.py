"""A body is carried or pushed, not both, and what carries it comes and goes with its lanes."""

from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.scene.file import encode

CURL = np.array([2.0, -1.0, 0.0, 0.0])


def pool(**given: Any) -> ra.Scene:
    """Return two vortices and two bodies of smoke in a plane."""
    place = np.array([[0.5, 0.0, 0.0], [-0.5, 0.0, 0.0], [0.0, 0.8, 0.0], [0.3, -0.6, 0.0]])
    flows = given.pop("flows", [ra.flow("vortices", circulation=CURL)])
    return ra.make_scene(place, given.pop("velocity", 0 * place), 1.0, flows=flows, **{"planar": True, **given})


def space(**given: Any) -> ra.Scene:
    """Return a triangle of filaments, and a body beside it."""
    place = np.array([[1.0, 0.0, 0.0], [-0.5, 0.9, 0.0], [-0.5, -0.9, 0.0], [0.0, 0.0, 0.5]])
    links = [[0, 1], [1, 2], [2, 0]]
    return ra.make_scene(place, 0 * place, 1.0, flows=[ra.flow("filaments", links=links, **given)])


def test_what_is_carried_has_no_speed_of_its_own() -> None:
    scene = pool(velocity=np.ones((4, 3)) * (1, 1, 0))
    assert not scene.bodies.state[3:6].any()
    assert not ra.edits.set_motion(scene, [1], velocity=[[1.0, 0.0, 0.0]]).bodies.state[3:6].any()
    free = ra.make_scene(scene.bodies.position, np.ones((4, 3)) * (1, 1, 0), 1.0, planar=True)
    carried = ra.edits.add_part(free, ra.flow("vortices", bodies=[0, 2]))
    assert (carried.bodies.state[3:5].any(axis=0) == [False, True, False, True]).all()


def test_a_force_on_all_is_felt_by_those_alone_that_nothing_carries() -> None:
    flow = ra.flow("vortices", circulation=[1.0, -1.0], bodies=[0, 1])
    scene = pool(flows=[flow], forces=[ra.force("uniform", acceleration=(0.0, -2.0, 0.0))])
    playhead, free = ra.Playhead(scene), ra.Playhead(pool(flows=[flow]))
    for each in (playhead, free):
        each.seek(25)
    assert (playhead.position[:2] == free.position[:2]).all()
    np.testing.assert_allclose(playhead.position[2:, 1] - free.position[2:, 1], -1.0)


@pytest.mark.parametrize(
    "parts",
    [
        {"forces": [ra.force("uniform", bodies=[3])]},
        {"forces": [ra.force("spring", links=[[0, 3]])]},
        {"moves": [ra.move("drag", bodies=[3])]},
    ],
)
def test_whoever_is_named_by_a_flow_and_by_something_that_pushes_is_refused(parts: Any) -> None:
    with pytest.raises(ra.RevanimError, match="carried or pushed, not both"):
        pool(**parts)
    resting = ra.edits.mute_part(pool(), "flows", 0)
    among, (part,) = next(iter(parts.items()))
    pushed = ra.edits.add_part(resting, part)
    assert getattr(pushed, among)
    with pytest.raises(ra.RevanimError, match="carried or pushed, not both"):
        ra.edits.mute_part(pushed, "flows", 0, muted=False)


def test_a_velocity_of_what_is_carried_is_not_asked_for() -> None:
    with pytest.raises(ra.RevanimError, match="that of the fluid there; ask for a place"):
        ra.edits.add_keyframe(pool(), frame=9, bodies=[2], velocity=[[1.0, 0.0, 0.0]])
    looped = ra.edits.add_loop(pool(), 1, 12)
    (key,) = looped.keyframes
    assert key.velocity is None
    assert key.bodies.tolist() == [0, 1, 2, 3]


def test_flows_of_a_plane_stay_in_planes_and_others_out_of_them() -> None:
    with pytest.raises(ra.RevanimError, match="vortices acts in planar scenes alone"):
        pool(planar=False)
    with pytest.raises(ra.RevanimError, match="filaments acts in scenes that are not planar alone"):
        ra.edits.set_planar(space(), True)


def test_lanes_come_with_the_first_flow_and_go_with_the_last() -> None:
    scene = pool(flows=[], moves=[ra.move("drag", rate=0.5)])
    lanes = len(scene.bodies.state)
    there = ra.edits.stand_at(ra.edits.set_motion(scene, [0], velocity=[[1.0, 0.0, 0.0]]), 30)
    one = ra.edits.add_part(there, ra.flow("vortices", bodies=[1, 2]))
    two = ra.edits.add_part(one, ra.flow("vortices", bodies=[3], circulation=0.5))
    assert len(one.bodies.state) == len(two.bodies.state) == lanes + 3
    assert (one.bodies.state[9:] == there.bodies.state[6:]).all()
    back = ra.edits.set_flows(two, [])
    assert (back.bodies.state == there.bodies.state).all()
    assert encode(back, b"") == encode(there, b"")


def test_who_leaves_all_flows_leaves_the_lead_behind() -> None:
    there = ra.edits.stand_at(pool(scheme="verlet"), 30)
    assert there.bodies.state[6:8].any(axis=0).all()
    fewer = ra.edits.let_act_on(there, "flows", 0, [0, 1, 3])
    assert not fewer.bodies.state[6:9, 2].any()
    assert (fewer.bodies.state[6:9, [0, 1, 3]] == there.bodies.state[6:9, [0, 1, 3]]).all()
    pinned = ra.edits.set_bodies(there, [1], pinned=True)
    assert not pinned.bodies.state[6:9, 1].any()


def test_bodies_leave_and_come_with_what_they_have() -> None:
    there = ra.edits.stand_at(pool(), 30)
    fewer = ra.edits.remove_bodies(there, [0])
    assert fewer.flows[0].values["circulation"].tolist() == CURL[1:].tolist()
    assert (fewer.bodies.state == there.bodies.state[:, 1:]).all()
    more = ra.edits.duplicate(there, [1, 2], offset=(0.0, 2.0, 0.0))
    assert more.flows[0].values["circulation"].tolist() == [*CURL, -1.0, 0.0]
    assert not more.bodies.state[6:9, 4:].any()
    playhead = ra.Playhead(more)
    home = playhead.digest()
    playhead.seek(1)
    playhead.seek(30)
    assert playhead.digest() == home


@pytest.mark.parametrize("circulation", [CURL, 1.0])
def test_whoever_comes_into_a_fluid_is_its_smoke(circulation: Any) -> None:
    scene = pool(flows=[ra.flow("vortices", circulation=circulation)])
    new = ra.make_scene(np.ones((2, 3)) * (1, 1, 0), np.zeros((2, 3)), 1.0, planar=True)
    more = ra.edits.join(scene, new)
    assert more.flows[0].values["circulation"].tolist() == [*np.broadcast_to(circulation, 4), 0.0, 0.0]
    playhead, without = ra.Playhead(more), ra.Playhead(scene)
    for one in (playhead, without):
        one.seek(13)
    assert (playhead.position[:4] == without.position).all()
    assert (playhead.position[4:] != new.bodies.position).any(axis=1).all()


def test_the_first_bodies_of_a_fluid_stir_it() -> None:
    empty = ra.make_scene([], [], [], flows=[ra.flow("vortices")], planar=True)
    two = ra.edits.join(empty, ra.make_scene([[1, 0, 0], [0, 0, 0]], np.zeros((2, 3)), 1.0, planar=True))
    assert two.flows[0].values["circulation"] == 1.0


def test_a_scene_without_flows_gets_those_that_are_pasted() -> None:
    scene = ra.make_scene(np.ones((1, 3)), np.zeros((1, 3)), 1.0)
    more = ra.edits.paste(scene, space(circulation=4.0))
    assert more.flows[0].links.tolist() == [[1, 2], [2, 3], [3, 1]]
    assert more.flows[0].bodies.tolist() == [1, 2, 3, 4]
    playhead = ra.Playhead(more)
    playhead.seek(12)
    moved = (playhead.position != more.bodies.position).any(axis=1)
    assert moved.tolist() == [False, True, True, True, True]


def test_a_flow_whose_links_have_gone_goes_too() -> None:
    fewer = ra.edits.remove_bodies(space(), [0, 1])
    assert not fewer.flows
    assert len(fewer.bodies.state) == 6


def test_smoke_may_be_named_beside_links() -> None:
    scene = space(bodies=[])
    playhead = ra.Playhead(scene)
    playhead.seek(12)
    assert (playhead.position[3] == scene.bodies.position[3]).all()
    assert (playhead.position[:3] != scene.bodies.position[:3]).any(axis=1).all()


def test_another_rate_keeps_the_motion_of_a_flow_at_its_seconds_or_frames() -> None:
    scene = pool()
    slower = ra.edits.set_rate(scene, 12, keep="frames")
    assert slower.flows[0].values["circulation"].tolist() == (CURL / 2).tolist()
    here, there = ra.Playhead(scene), ra.Playhead(slower)
    for each in (here, there):
        each.seek(20)
    np.testing.assert_allclose(here.position, there.position, atol=1e-9)


def test_energy_is_that_of_the_fluid_and_no_flow_drives() -> None:
    from revanim.scene.driven import driven

    scene = pool()
    assert not driven(scene)
    assert ra.Playhead(scene).energy() == pytest.approx(2.0 / (4 * np.pi) * np.log(1.0 + 0.04))


def test_a_file_with_flows_says_so_and_one_without_is_as_it_was(tmp_path: Any) -> None:
    import json
    import zipfile

    for scene, version in ((pool(), 4), (pool(flows=[]), 2)):
        ra.save(scene, tmp_path / "a.revanim")
        with zipfile.ZipFile(tmp_path / "a.revanim") as archive:
            text = json.loads(archive.read("scene.json"))
        assert text["revanim"] == version
        assert ("flows" in text) == bool(scene.flows)
        assert ra.Playhead(ra.load(tmp_path / "a.revanim")).digest() == ra.Playhead(scene).digest()


def test_a_flow_that_is_not_installed_rests_and_is_kept(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    there = ra.edits.stand_at(pool(), 20)
    ra.save(there, tmp_path / "a.revanim")
    for room in ("part", "build"):
        monkeypatch.setattr(f"revanim.scene.{room}.flow_kinds", dict)
    resting = ra.load(tmp_path / "a.revanim")
    assert resting.missing == ("vortices",)
    playhead = ra.Playhead(resting)
    playhead.seek(30)
    assert (playhead.state == there.bodies.state).all()
    ra.save(resting, tmp_path / "b.revanim")
    monkeypatch.undo()
    assert ra.Playhead(ra.load(tmp_path / "b.revanim")).digest() == ra.Playhead(there).digest()
