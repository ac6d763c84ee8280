"""Planes that bodies stay in front of are seen."""

from dataclasses import replace

import numpy as np
import pytest

import revanim as ra
from revanim.draw.walls import walls_of

LOOK = ra.Look(view=ra.View(distance=8.0, pitch=9.0, yaw=30.0), grid=False, axes=False)


def pixels(scenes, *forces, look=LOOK, **given):
    scene = ra.make_scene([[0, 0, 1.0]], [[0, 0, 0.0]], 1.0, forces=forces, radius=0.2, look=look, **given)
    return scenes.pixels(scene).astype(int)


def strength(scenes, *forces, **given):
    """Return how much brighter walls make each pixel, int[h, w]."""
    return np.abs(pixels(scenes, *forces, **given) - pixels(scenes, **given)).sum(axis=-1)


def test_a_floor_is_a_sheet_with_lines_and_a_soft_edge(scenes):
    seen = strength(scenes, ra.force("wall"))
    height = len(seen)
    assert seen[height // 2 + 20 :].max() > 30
    assert seen[: height // 8].max() < 6  # the sky
    assert len(np.unique(seen)) > 15
    assert seen[-1, 0] < seen[height // 2 + 20 :].max()


def test_a_wall_stands_where_its_point_and_normal_say(scenes):
    for normal in ((1.0, 0, 0), (0, -1.0, 0), (0, 0, 2.0), (1.0, 1, 1)):
        assert strength(scenes, ra.force("wall", normal=normal)).max() > 15
    near, far = (strength(scenes, ra.force("wall", point=(0, 0, height))) for height in (0.0, -2.0))
    assert np.flatnonzero(near.sum(axis=1))[0] < np.flatnonzero(far.sum(axis=1))[0]


def test_from_behind_it_is_fainter(scenes):
    below = replace(LOOK, view=replace(LOOK.view, pitch=-25.0))
    assert strength(scenes, ra.force("wall"), look=below).max() < strength(scenes, ra.force("wall")).max()


def test_a_floor_in_the_plane_of_the_picture_is_a_line_with_a_shade_below(scenes):
    flat = replace(LOOK, view=ra.View(distance=8.0, flat=True))
    place = {"planar": True}
    plain = ra.make_scene([[0, 1.0, 0]], [[0, 0, 0.0]], 1.0, radius=0.2, look=flat, **place)
    walled = ra.edits.set_forces(plain, [ra.force("wall", normal=(0, 1.0, 0))])
    seen = np.abs(scenes.pixels(walled).astype(int) - scenes.pixels(plain)).sum(axis=-1)
    height = len(seen)
    assert seen[height // 2 - 2 : height // 2 + 2].max() > 100
    assert seen[height // 2 + 8, 5] > 5 > seen[height // 2 - 8, 5]


def test_one_that_rests_or_lies_over_nothing_is_not_seen(scenes):
    scene = ra.make_scene([[0, 0, 1.0]], [[0, 0, 0.0]], 1.0, forces=[ra.force("wall")])
    assert len(walls_of(scene, 1)) == 1
    assert walls_of(ra.edits.mute_part(scene, "forces", 0), 1) == ()


@pytest.mark.parametrize("frame", [1, 5, 9])
def test_one_that_moves_is_seen_where_it_is_at_the_frame(frame):
    point = ra.keyed([1, 9], [[0, 0, 0.0], [0, 0, 4.0]], "linear")
    scene = ra.make_scene([[0, 0, 1.0]], [[0, 0, 0.0]], 1.0, forces=[ra.force("wall", point=point)])
    assert walls_of(scene, frame)[0].point[2] == pytest.approx((frame - 1) / 2)
