"""Who is painted, in which colours, and what lies around and behind."""

from dataclasses import replace

import numpy as np
import pytest

from revanim.draw.colormap import NOTHING, TABLE, WHICH, by_amount, by_kind
from revanim.draw.look import DARK, rgb
from revanim.draw.seen import colors, seen
from revanim.draw.shot import Skin
from revanim.scene.gauge import Gauge
from revanim.scene.scene import Group

STYLES = pytest.mark.parametrize("style", ["disc", "glow"])
PLACES = np.array([[-2.0, 0, 0], [0, 0, 0], [2.0, 0, 0]])
LEFT, CENTRE, RIGHT = (90, 104), (90, 160), (90, 216)


def three(scenes, **look):
    return scenes.make(PLACES, 0.4, **({"grid": False, "axes": False} | look))


def changed(scenes, scene, before, shot=None):
    return (scenes.pixels(scene, shot) != scenes.pixels(before)).any(axis=-1)


@STYLES
def test_a_hidden_group_is_not_painted_nor_its_links_and_trails(scenes, style):
    linked = scenes.make(PLACES, 0.4, links=[[0, 1]], style=style, trail=2, grid=False, axes=False)
    hidden = replace(linked, groups=(Group("left", np.array([0, 1]), hidden=True),))
    alone = scenes.make(PLACES[2:], 0.4, style=style, trail=2, grid=False, axes=False)
    way = PLACES + np.linspace(-1, 0, 3)[:, None, None]
    pixels = scenes.pixels(hidden, scenes.shot(hidden, way))
    assert np.array_equal(pixels, scenes.pixels(alone, scenes.shot(alone, way[:, 2:])))


def test_only_those_are_left_that_were_isolated_and_no_hidden_group_shows(scenes):
    scene = replace(three(scenes), groups=(Group("left", np.array([0]), hidden=True),))
    assert seen(scene).tolist() == [False, True, True]
    assert seen(scene, np.array([True, True, False])).tolist() == [False, True, False]


def test_a_number_becomes_a_colour_and_none_becomes_grey():
    painted = by_amount(np.array([-1.0, 0.0, 5.0, 10.0, 11.0, np.nan]), 0.0, 10.0)
    assert painted.tolist() == [*TABLE[[0, 0, 127, 255, 255]].tolist(), list(NOTHING)]
    assert by_kind(np.array([0.0, 9.0, np.nan])).tolist() == [*WHICH[[0, 1]].tolist(), list(NOTHING)]


def test_the_colours_brighten_evenly_so_that_they_read_in_grey_too():
    lightness = ((TABLE / 255) ** 2.2 @ np.array([0.2126, 0.7152, 0.0722])) ** (1 / 3)
    steps = np.diff(lightness[::16])
    assert (steps > 0.5 * steps.mean()).all()
    assert (steps < 2 * steps.mean()).all()


def test_bodies_take_the_colour_of_the_attribute_and_their_own_without_one(scenes):
    scene = three(scenes, color_by="displacement")
    shot = replace(scenes.shot(scene), position=PLACES + np.array([[0, 0, 0], [0, 0, 1], [0, 0, 2.0]]))
    painted = colors(scene, shot, Gauge(0.0, 2.0, 0.0, 0.0))
    assert painted.tolist() == TABLE[[0, 127, 255]].tolist()
    own = three(scenes)
    assert np.array_equal(colors(own, shot), own.bodies.color)


@STYLES
def test_skins_are_orange_before_and_cyan_after_and_the_bodies_stand_in_front(scenes, style):
    one = scenes.make(PLACES[1:2], 0.4, (255, 255, 255), style=style, grid=False, axes=False)
    shot = replace(scenes.shot(one), skins=(Skin(-4, PLACES[:1]), Skin(4, PLACES[2:]), Skin(8, PLACES[1:2])))
    pixels, alone = scenes.pixels(one, shot), scenes.pixels(one)
    red, _, blue = pixels[LEFT][:3]
    assert red > blue + 60
    red, _, blue = pixels[RIGHT][:3]
    assert blue > red + 60
    if style == "disc":
        assert np.array_equal(pixels[CENTRE], alone[CENTRE])


def test_a_skin_is_fainter_the_farther_away_in_time(scenes):
    nobody = scenes.make(np.empty((0, 3)), grid=False, axes=False)
    one = scenes.make([[0, 50, 0]], 0.4, grid=False, axes=False, view=replace(scenes.FRONT, flat=True))
    shot = replace(scenes.shot(one), skins=(Skin(4, PLACES[:1]), Skin(8, PLACES[1:2]), Skin(12, PLACES[2:])))
    empty = scenes.pixels(nobody)
    away = [np.abs(scenes.pixels(one, shot)[place] - empty[place]).sum() for place in (LEFT, CENTRE, RIGHT)]
    assert away[0] > away[1] > away[2] > 0


def test_the_way_ahead_is_cyan_and_the_trail_orange_where_the_look_says_so(scenes):
    scene = scenes.make([[0, 0, 0]], 0.2, (255, 255, 255), tinted=True, grid=False, axes=False)
    behind = np.linspace([-3.0, 0, 0], [0, 0, 0], 9)[:, None]
    shot = replace(scenes.shot(scene, behind), ahead=-behind[::-1])
    pixels = scenes.pixels(scene, shot)
    past, future = pixels[90, 140, :3], pixels[90, 180, :3]
    assert past[0] > past[2] + 40
    assert future[2] > future[0] + 40
    own = scenes.pixels(replace(scene, look=replace(scene.look, tinted=False)), shot)
    assert np.ptp(own[90, 140, :3]) < 10


@STYLES
def test_a_way_of_one_place_is_painted_in_its_own_colour_too(scenes, style):
    scene = scenes.make(PLACES, 0.2, tinted=True, style=style)
    begun = scenes.shot(scene, PLACES[None])  # one colour for three bodies, which numpy keeps as one row
    assert np.array_equal(scenes.pixels(scene, begun), scenes.pixels(scene))


def test_bodies_are_painted_as_large_as_the_look_says(scenes):
    empty = scenes.make(np.empty((0, 3)), grid=False, axes=False)
    areas = [changed(scenes, three(scenes, size=size), empty).sum() for size in (0.5, 1.0, 2.0)]
    assert areas[1] == pytest.approx(4 * areas[0], rel=0.3)
    assert areas[2] == pytest.approx(4 * areas[1], rel=0.2)


def test_the_lens_spreads_as_much_light_as_the_look_says(scenes):
    far = (60, 160)
    lights = [scenes.pixels(three(scenes, style="glow", halo=halo))[far][:3].sum() for halo in (0.0, 1.0, 3.0)]
    assert lights[0] < lights[1] < lights[2]


@STYLES
def test_a_plain_background_has_its_colour_everywhere(scenes, style):
    scene = scenes.make(np.empty((0, 3)), style=style, background="plain", plain=(0, 177, 64), grid=False, axes=False)
    assert (np.abs(scenes.pixels(scene)[:, :, :3] - (0, 177, 64)) <= 1).all()


def test_a_checker_shows_where_a_file_is_transparent(scenes):
    scene = scenes.make(np.empty((0, 3)), background="checker", grid=False, axes=False)
    pixels = scenes.pixels(scene)[:, :, 0]
    assert abs(pixels[2, 2] - pixels[2, 10]) > 10
    assert abs(pixels[2, 2] - pixels[10, 10]) <= 1
    assert not scenes.pixels(scene, transparent=True).any()


def test_a_deep_background_is_as_dark_as_that_of_a_glow(scenes):
    deep = scenes.pixels(scenes.make(np.empty((0, 3)), background="deep"))
    assert (np.abs(deep[0, :, :3] - rgb(DARK.glow_top)) <= 2).all()


@STYLES
@pytest.mark.parametrize("by", ["", "speed"])
def test_arrays_in_any_order_are_painted_alike(scenes, style, by):
    """An image read by another library may hand over its colours column by column, and places as single floats."""
    scene = scenes.make(PLACES, 0.5, np.arange(3 * len(PLACES)).reshape(-1, 3) * 20, style=style, color_by=by, trail=2)
    places, color = scene.bodies.position, scene.bodies.color
    usual = replace(scenes.shot(scene, np.stack([places, places])), ahead=np.stack([places, places + 1]))
    wide = np.repeat(scene.bodies.radius, 2)[::2]
    other = replace(scene, bodies=replace(scene.bodies, color=np.asfortranarray(color), radius=wide))
    turned = replace(
        usual,
        position=np.asfortranarray(usual.position),
        velocity=np.asfortranarray(usual.velocity),
        trail=np.asfortranarray(usual.trail),
        ahead=np.asfortranarray(usual.ahead),
        skins=(Skin(1, np.asfortranarray(places)),),
    )
    usual = replace(usual, skins=(Skin(1, places),))
    assert not other.bodies.color.flags.c_contiguous
    assert (scenes.pixels(other, turned) == scenes.pixels(scene, usual)).all()
