"""First and last frames of bodies: refused where they cannot be, kept by edits and files, asked for only when alive."""

import io
import json
import zipfile
from dataclasses import replace

import numpy as np
import pytest

import revanim as ra
from revanim.draw.seen import seen, shown
from revanim.draw.shot import Skin
from revanim.draw.trail import shot_at
from revanim.scene.build import make_playhead
from revanim.scene.driven import driven
from revanim.scene.file import decode, encode
from revanim.session.threads.motion import same_motion
from revanim.session.work.selection import pickable


@pytest.fixture
def scene() -> ra.Scene:
    place = [[float(i), 0.0, 0.0] for i in range(4)]
    fall = ra.force("uniform", acceleration=(0, 0, -1))
    return ra.make_scene(place, np.zeros((4, 3)), 1.0, forces=[fall], born=[1, 5, 1, 8], dies=[90, 90, 6, 12])


def test_what_cannot_be_is_refused_in_a_sentence(scene: ra.Scene) -> None:
    for given, sentence in (
        ({"born": 7, "dies": 3}, "Body 1 ends at frame 3, before it is born at 7"),
        ({"born": 10**9}, "Frames may lie between"),
        ({"born": 1.5}, "must be whole numbers"),
    ):
        with pytest.raises(ra.RevanimError, match=sentence):
            ra.edits.set_bodies(scene, [1], **given)
    with pytest.raises(ra.RevanimError, match="births have the shape"):
        ra.make_scene(np.zeros((2, 3)), np.zeros((2, 3)), 1.0, born=[1, 2, 3])


def test_a_keyframe_asks_only_for_those_alive_all_the_time(scene: ra.Scene) -> None:
    ra.edits.add_keyframe(scene, frame=8, bodies=[0, 3], position=np.zeros((2, 3)), hold=4)
    for frame, hold, body in ((4, 0, 1), (6, 1, 2), (8, 5, 3)):
        with pytest.raises(ra.RevanimError, match=f"asks for body {body}, which takes part from frame"):
            ra.edits.add_keyframe(scene, frame=frame, bodies=[0, body], position=np.zeros((2, 3)), hold=hold)
    asked = ra.edits.add_keyframe(scene, frame=20, bodies=[0], position=np.zeros((1, 3)))
    with pytest.raises(ra.RevanimError, match="asks for body 0, which takes part from frame 1 to 15 only"):
        ra.edits.set_bodies(asked, [0], dies=15)


def test_a_file_keeps_them_and_says_so_by_its_version(scene: ra.Scene) -> None:
    def version(one: ra.Scene) -> int:
        with zipfile.ZipFile(io.BytesIO(encode(one, b""))) as archive:
            return json.loads(archive.read("scene.json"))["revanim"]

    back = decode(io.BytesIO(encode(scene, b"")), "it")
    assert (back.bodies.born == scene.bodies.born).all()
    assert (back.bodies.dies == scene.bodies.dies).all()
    ever = ra.edits.set_bodies(scene, range(4), born=-(10**7), dies=10**7)
    assert ever.bodies.lives is None
    assert (version(scene), version(ever)) == (5, 2)


def test_edits_keep_them(scene: ra.Scene) -> None:
    plain = ra.make_scene([[0, 1, 0]], [[0, 0, 0]], 1.0)
    assert ra.edits.remove_bodies(scene, [0]).bodies.born.tolist() == [5, 1, 8]
    assert ra.edits.duplicate(scene, [3]).bodies.dies.tolist() == [90, 90, 6, 12, 12]
    assert ra.edits.paste(plain, scene).bodies.alive(3).tolist() == [True, True, False, True, False]
    assert ra.edits.paste(scene, plain).bodies.alive(3).tolist() == [True, False, True, False, True]
    assert ra.edits.set_bodies(plain, [0], born=4).bodies.alive(3).tolist() == [False]


def test_another_life_is_another_motion(scene: ra.Scene) -> None:
    assert same_motion(scene, ra.edits.rename(scene, "same"))
    assert not same_motion(scene, ra.edits.set_bodies(scene, [0], dies=30))
    assert driven(scene)


def test_it_is_seen_and_picked_only_while_it_takes_part(scene: ra.Scene) -> None:
    assert seen(scene, frame=7).tolist() == [True, True, False, False]
    assert pickable(scene, frame=9).tolist() == [True, True, False, True]
    assert seen(scene).all()
    shot = shot_at(make_playhead(scene), scene)
    shot = shown(scene, replace(shot, skins=(Skin(7, shot.position),)))
    assert np.isnan(shot.position[:, 0]).tolist() == [False, True, False, True]
    assert np.isnan(shot.skins[0].position[:, 0]).tolist() == [False, False, True, False]


def test_what_is_edited_at_any_frame_leads_back_to_another_birth(scene: ra.Scene) -> None:
    play = ra.Playhead(scene)
    play.seek(20)
    there = ra.edits.rehome(scene, play.state, 20)
    pushed = ra.edits.set_motion(there, [3], velocity=[[0, 3, 0]])
    back = ra.Playhead(pushed)
    back.seek(1)
    assert (back.state[:, :3] == ra.Playhead(scene).state[:, :3]).all()
    assert back.velocity[3, 1] == pytest.approx(3.0)
    back.seek(20)
    assert (back.state == pushed.bodies.state).all()


def test_another_rate_keeps_the_seconds_of_births_and_ends(scene: ra.Scene) -> None:
    ever = ra.edits.set_bodies(scene, [0], born=-(10**7), dies=10**7)
    quick = ra.edits.set_rate(ever, 48.0)
    assert quick.bodies.born.tolist() == [-(10**7), 9, 1, 15]
    assert quick.bodies.dies.tolist() == [10**7, 180, 12, 24]
    assert ra.edits.set_rate(quick, 24.0).bodies.dies.tolist() == ever.bodies.dies.tolist()
    assert ra.edits.set_rate(scene, 48.0, keep="frames").bodies.born.tolist() == scene.bodies.born.tolist()
