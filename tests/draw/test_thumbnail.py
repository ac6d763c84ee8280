"""The shot of a single picture: what is seen around its frame is walked, exactly, and no farther than it goes."""

import numpy as np

import revanim as ra
from revanim.draw.thumbnail import FARTHEST_SKIN, LONGEST_TRAIL, shot_of, snapshot
from revanim.draw.trail import cut_short, drawn
from revanim.scene.build import make_playhead
from revanim.scene.edits import set_look


def walked(scene, frame):
    playhead = make_playhead(scene)
    playhead.seek(frame)
    return playhead.position


def seen(scene, frame):
    playhead = make_playhead(scene)
    playhead.seek(frame)
    shot = shot_of(scene, playhead)
    assert playhead.frame == frame
    return shot


def test_trails_the_way_ahead_and_skins_are_what_a_walk_passes():
    scene = set_look(ra.example("figure-eight"), trail=5, ahead=7, skins=2, spacing=4)
    shot = seen(scene, 20)
    assert np.array_equal(shot.trail, [walked(scene, frame) for frame in range(15, 21)])
    assert np.array_equal(shot.ahead, [walked(scene, frame) for frame in range(20, 28)])
    assert sorted(skin.offset for skin in shot.skins) == [-8, -4, 4, 8]
    assert all(np.array_equal(skin.position, walked(scene, 20 + skin.offset)) for skin in shot.skins)


def test_no_single_picture_walks_for_long():
    scene = set_look(ra.example("figure-eight"), trail=1000, ahead=1000, skins=20, spacing=100)
    shot = seen(scene, 1)
    assert len(shot.trail) == len(shot.ahead) == LONGEST_TRAIL + 1
    assert max(abs(skin.offset) for skin in shot.skins) <= FARTHEST_SKIN


def test_what_is_seen_ends_where_the_motion_does():
    push = ra.force("uniform", acceleration=(1e4, 0, 0))
    scene = ra.make_scene([[0.0, 0, 0]], [[0.0, 0, 0]], [1.0], forces=(push,))
    shot = seen(set_look(scene, trail=60, ahead=60, skins=20, spacing=4), 1)
    assert 2 < len(shot.trail) < 61
    assert 2 < len(shot.ahead) < 61
    assert 0 < len(shot.skins) < 40


def test_a_picture_of_a_file_is_taken_through_the_camera():
    scene = ra.example("figure-eight")
    aside = set_look(scene, camera=ra.View(target=(100.0, 0.0, 0.0)))
    there = set_look(scene, view=ra.View(target=(100.0, 0.0, 0.0)))
    pictures = [snapshot(each, seen(each, 1), 160, 90) for each in (scene, aside, there)]
    assert pictures[0] != pictures[1]
    assert pictures[1] == pictures[2]


def test_trails_and_skins_of_very_many_bodies_end_early_and_it_is_said(monkeypatch):
    scene = set_look(ra.example("figure-eight"), trail=9, ahead=7, skins=6)
    assert drawn(scene) is scene.look
    assert cut_short(scene) == []
    monkeypatch.setattr("revanim.draw.trail.MOST_PLACES", 5 * scene.bodies.count)
    look = drawn(scene)
    assert (look.trail, look.ahead, look.skins) == (5, 5, 5)
    assert [str(each) for each in cut_short(scene)] == ["For 3 bodies, trails and onion skins end after 5 frames."]
    assert len(seen(scene, 20).trail) == 6
