"""Targets, ghosts and arrows, painted over a picture."""

import os
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from revanim.draw.camera import project
from revanim.draw.look import DARK, rgb
from revanim.draw.overlay.arrows import paint_arrows
from revanim.draw.overlay.ghost import paint_ghost, paint_ways
from revanim.draw.overlay.targets import Aim, miss_text, paint_aims
from revanim.draw.picture import picture

pytestmark = pytest.mark.usefixtures("qapp")
GOLDEN = Path(__file__).parents[2] / "golden"
SIZE = (320, 180)
PLACES = np.array([[-2.4, 0.0, 0.8], [0.0, 0.0, -0.9], [2.2, 0.0, 0.7]])
LINKS = [[0, 1], [1, 2]]
MOVED = PLACES + np.array([0.3, 0.0, -0.5])


def aim(**changes):
    fields = {"target": MOVED, "body": PLACES, "radius": np.full(3, 0.4), "here": True}
    return Aim(**(fields | changes))


def painted(scenes, paint):
    """Return what `paint` leaves on an empty picture: red, green, blue, alpha, int[180, 320, 4]."""
    image = QImage(*SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return channels(image)


def channels(image):
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    raw = np.frombuffer(image.constBits(), np.uint8)
    return raw.reshape(SIZE[1], SIZE[0], 4)[:, :, [2, 1, 0, 3]].astype(int)


def pixel(view, place):
    seen = project(view, *SIZE, np.atleast_2d(place))
    return round(float(seen.y[0])), round(float(seen.x[0]))


def everything(painter, scenes, scene):
    """Paint a ghost with its way, the targets of two keyframes and an arrow."""
    view = scene.look.view
    ghost = scenes.shot(scenes.make(MOVED + 0.15, 0.4))
    trail = np.linspace(PLACES - 1.2, ghost.position, 20)
    paint_ghost(painter, SIZE, 1.0, view, scene, ghost)
    paint_ways(painter, SIZE, view, trail, np.array([0, 2]))
    paint_arrows(painter, SIZE, view, trail[0], np.array([[0.0, 0.0, 1.2], [0.9, 0.0, 0.4], [0.5, 0.0, 0.8]]))
    paint_aims(painter, SIZE, view, [aim(body=ghost.position)])
    paint_aims(painter, SIZE, view, [aim(target=PLACES - [0, 0, 0.9], here=False), aim(target=PLACES, nail=True)])


def test_the_picture_of_a_solve_is_as_it_was_when_it_was_liked(scenes):
    scene = scenes.make(PLACES, 0.4, [(79, 99, 255), (255, 95, 122), (255, 171, 74)], LINKS, grid=False, axes=False)
    image = picture(scene, scenes.shot(scene), *SIZE, view=scene.look.view)
    painter = QPainter(image)
    everything(painter, scenes, scene)
    painter.end()
    path = GOLDEN / "solve.png"
    if os.environ.get("REVANIM_GOLDEN") == "new":
        assert image.save(str(path))
    difference = np.abs(channels(image) - channels(QImage(str(path)))).max(axis=-1)
    assert (difference > 8).sum() <= 10
    assert difference.mean() < 0.1


def test_a_ring_surrounds_each_target_and_a_line_leads_to_its_body(scenes):
    view = scenes.FRONT
    alone = painted(scenes, lambda painter: paint_aims(painter, SIZE, view, [aim(body=MOVED)]))
    bodies = MOVED + np.array([0.0, 0.0, 1.3])
    led = painted(scenes, lambda painter: paint_aims(painter, SIZE, view, [aim(body=bodies)]))
    for place, body in zip(MOVED, bodies, strict=True):
        y, x = pixel(view, place)
        assert alone[y, x, 3] > 200
        scale = float(project(view, *SIZE, place[None]).scale[0])
        rim = round(0.4 * scale + 4)
        assert alone[y, x + rim - 1 : x + rim + 2, 3].max() > 200
        assert not alone[y, x + 4, 3]
        by, bx = pixel(view, body)
        near = np.s_[by - 4 : by + 5, bx - 4 : bx + 5, 3]
        assert led[near].sum() > alone[near].sum()


def test_lines_lead_to_the_bodies_of_a_crowd_only_when_they_are_asked_for(scenes):
    view, count = scenes.FRONT, 100
    target = np.column_stack([np.linspace(-2.4, 2.4, count), np.zeros(count), np.full(count, 0.8)])
    crowd = {"target": target, "body": target - [0, 0, 1.6], "radius": np.full(count, 0.01)}
    y, x = pixel(view, target[50] - [0, 0, 0.8])
    for lines, seen in ((60, False), (100, True)):
        pixels = painted(scenes, lambda painter, n=lines: paint_aims(painter, SIZE, view, [aim(lines=n, **crowd)]))
        assert bool(pixels[y, x - 4 : x + 5, 3].any()) == seen
    few = painted(scenes, lambda painter: paint_aims(painter, SIZE, view, [aim(target=PLACES, body=MOVED, lines=0)]))
    alone = painted(scenes, lambda painter: paint_aims(painter, SIZE, view, [aim(target=PLACES, body=PLACES)]))
    assert np.array_equal(few, alone)


def test_an_arrow_may_have_another_colour(scenes):
    start, way = np.array([[-1.0, 0.0, 0.0]]), np.array([[2.0, 0.0, 0.0]])
    pixels = painted(scenes, lambda p: paint_arrows(p, SIZE, scenes.FRONT, start, way, color=DARK.key_selected))
    y, x = pixel(scenes.FRONT, start[0] + way[0] / 2)
    assert tuple(pixels[y, x, :3]) == pytest.approx(rgb(DARK.key_selected), abs=3)


def test_a_keyframe_at_another_frame_is_faint_and_unlabelled(scenes):
    view = scenes.FRONT
    here = painted(scenes, lambda painter: paint_aims(painter, SIZE, view, [aim(label="0.5 off")]))
    there = painted(scenes, lambda painter: paint_aims(painter, SIZE, view, [aim(label="0.5 off", here=False)]))
    assert there[:, :, 3].max() < 0.5 * here[:, :, 3].max()
    assert (there[:, :, 3] > 0).sum() < (here[:, :, 3] > 0).sum()


def test_a_ghost_has_the_colour_of_the_future_whatever_its_bodies_have(scenes):
    one, other = (scenes.make(PLACES, 0.4, color, LINKS) for color in ((255, 0, 0), (0, 255, 0)))
    view = one.look.view
    pixels = [
        painted(scenes, lambda painter, s=scene: paint_ghost(painter, SIZE, 1.0, view, s, scenes.shot(s)))
        for scene in (one, other)
    ]
    assert np.array_equal(*pixels)
    solid = pixels[0][pixel(view, PLACES[1])]
    red, green, blue = rgb(DARK.future)
    assert 0 < solid[3] < 255
    assert solid[0] / solid[1] == pytest.approx(red / green, abs=0.15)
    assert solid[2] / solid[1] == pytest.approx(blue / green, abs=0.15)


def test_an_arrow_is_red_from_its_start_to_its_tip_and_short_ones_are_left_out(scenes):
    view, start = scenes.FRONT, np.array([[-1.0, 0.0, 0.0], [1.0, 0.0, 1.0]])
    way = np.array([[2.0, 0.0, 0.0], [0.001, 0.0, 0.0]])
    pixels = painted(scenes, lambda painter: paint_arrows(painter, SIZE, view, start, way))
    y, x = pixel(view, start[0])
    _, tip = pixel(view, start[0] + way[0])
    along = pixels[y, x + 1 : tip - 1]
    assert (along[:, 3] > 200).all()
    assert (along[:, 0] > along[:, 1] + 60).all()
    assert not pixels[: y - 8].any()


def test_what_lies_behind_the_camera_is_not_painted(scenes):
    behind = np.array([[0.0, -40.0, 0.0]])

    def paint(painter):
        hidden = Aim(behind, behind, np.ones(1), here=True, label="0.5 off")
        paint_aims(painter, SIZE, scenes.FRONT, [hidden])
        paint_arrows(painter, SIZE, scenes.FRONT, behind, np.ones((1, 3)))
        paint_ways(painter, SIZE, scenes.FRONT, np.repeat(behind[None], 3, axis=0), np.array([0]))

    assert not painted(scenes, paint).any()


@pytest.mark.parametrize(
    ("miss", "text"),
    [
        (4.44, "4.44 off · 111 %"),
        (0.5, "0.5 off · 12 %"),
        (0.0012, "0.0012 off · 0.03 %"),
        (4e-5, "4e−5 off · 10 ppm"),
        (1e-9, "hit"),
    ],
)
def test_a_miss_is_told_in_scene_units_and_in_parts_of_the_size(miss, text):
    assert str(miss_text(miss, 4.0)) == text


def crowd(count: int, **fields) -> Aim:
    """Return the aim of many bodies along a line from left to right."""
    target = np.column_stack([np.linspace(-2.4, 2.4, count), np.zeros(count), np.zeros(count)])
    return aim(**{"target": target, "body": target, "radius": np.full(count, 0.02), "lines": 0, **fields})


def test_the_rings_of_a_crowd_that_is_there_step_back_and_its_label_does_not(scenes):
    away, there, named = (
        painted(scenes, lambda painter, one=one: paint_aims(painter, SIZE, scenes.FRONT, [one]))
        for one in (crowd(100), crowd(100, reached=True), crowd(100, reached=True, label="hit"))
    )
    assert 0 < there[:, :, 3].max() < 0.6 * away[:, :, 3].max()
    assert named[:, :, 3].max() > 250


def test_targets_show_the_colours_that_wait_there(scenes):
    color = np.repeat(np.array([[230, 20, 20], [20, 20, 230]], np.uint8), 50, axis=0)
    pixels = painted(scenes, lambda painter: paint_aims(painter, SIZE, scenes.FRONT, [crowd(100, color=color)]))
    inked = pixels[:, :, 3] > 128
    half = SIZE[0] // 2
    left, right = pixels[:, :half][inked[:, :half]], pixels[:, half:][inked[:, half:]]
    assert (left[:, 0] > left[:, 2]).mean() > 0.9
    assert (right[:, 2] > right[:, 0]).mean() > 0.9


def test_of_more_rings_and_arrows_than_one_could_see_some_are_taken_evenly(scenes):
    count = 20_000
    many = crowd(count)
    way = np.tile([0.0, 0.0, 0.5], (count, 1)) * np.linspace(1, 2, count)[:, None]
    rings = painted(scenes, lambda painter: paint_aims(painter, SIZE, scenes.FRONT, [many]))
    arrows = painted(scenes, lambda painter: paint_arrows(painter, SIZE, scenes.FRONT, many.target, way))
    for pixels in (rings, arrows):
        columns = np.flatnonzero(pixels[:, :, 3].any(axis=0))
        seen = [pixel(scenes.FRONT, place)[1] for place in many.target[[0, -1]]]
        assert columns.min() <= seen[0] + 6
        assert columns.max() >= seen[1] - 6
