"""The colours that new bodies begin with."""

import numpy as np
import pytest

import revanim as ra
from revanim.draw.dress.palette import NONE, SHADES, first_colors, recolored, shade_of, shades, with_look
from revanim.draw.dress.preset import dressed, look_presets
from revanim.draw.style import style_of, styles
from revanim.scene.scene import Look

SHARE = np.linspace(0, 1, 40)


def added(scene: ra.Scene, count: int = 1) -> ra.Scene:
    """Return a scene with so many more rows of bodies in first colours."""
    for _ in range(count):
        color = first_colors(scene.look, scene.bodies.color, SHARE)
        place = np.column_stack([SHARE, 0 * SHARE, 0 * SHARE])
        scene = ra.edits.paste(scene, ra.make_scene(place, 0 * place, 1.0, color=color))
    return scene


@pytest.fixture
def empty() -> ra.Scene:
    return ra.make_scene([], [], [])


def rows(scene: ra.Scene) -> np.ndarray:
    """Return which gradient each addition wears."""
    place = shade_of(scene.bodies.color, style_of(scene.look)).reshape(-1, SHARE.size) // SHADES
    assert (place == place[:, :1]).all()
    return place[:, 0]


@pytest.mark.parametrize("name", styles())
def test_a_colour_says_which_shade_of_a_style_it_is(name: str) -> None:
    style = styles()[name]
    assert len(style.palette) == len(style_of(Look()).palette)
    assert len(np.unique(shades(style), axis=0)) == len(shades(style))
    assert shade_of(shades(style), style).tolist() == list(range(len(shades(style))))


def test_each_addition_wears_another_gradient_until_all_are_worn(empty: ra.Scene) -> None:
    every = len(style_of(empty.look).palette)
    assert rows(added(empty, every + 2)).tolist() == [*range(every), 0, 1]


def test_a_gradient_that_is_free_again_is_the_next(empty: ra.Scene) -> None:
    scene = ra.edits.remove_bodies(added(empty, 3), np.arange(SHARE.size, 2 * SHARE.size))
    assert rows(added(scene)).tolist() == [0, 2, 1]


def test_colours_go_along_the_gradient_from_end_to_end() -> None:
    color = first_colors(Look(style="glow"), NONE, SHARE)
    first, last = (np.array(list(bytes.fromhex(stop[1:]))) for stop in styles()["glow"].palette[0].split()[::3])
    assert color[0].tolist() == first.tolist()
    assert color[-1].tolist() == last.tolist()


def test_in_another_look_bodies_wear_its_colours_and_come_back_to_theirs(empty: ra.Scene) -> None:
    scene = added(empty, 2)
    for preset in look_presets().values():
        worn = dressed(scene, preset)
        assert rows(worn).tolist() == [0, 1]
        assert np.array_equal(dressed(worn, look_presets()["studio"]).bodies.color, scene.bodies.color)
        assert np.array_equal(worn.bodies.state, scene.bodies.state)
    assert rows(with_look(scene, style="inked")).tolist() == [0, 1]


def test_what_an_artist_has_coloured_stays_so(empty: ra.Scene) -> None:
    scene = ra.edits.set_bodies(added(empty), [3, 4], color=(1, 2, 3))
    worn = with_look(scene, style="clay")
    assert worn.bodies.color[[3, 4]].tolist() == [[1, 2, 3]] * 2
    assert (worn.bodies.color[5:] != scene.bodies.color[5:]).any(axis=1).all()
    gallery = ra.example("cloth")
    assert dressed(gallery, look_presets()["pottery"]).bodies is gallery.bodies


def test_a_style_without_a_palette_of_its_own_has_the_usual_one(empty: ra.Scene) -> None:
    scene = added(empty)
    unknown = recolored(scene, Look(style="not installed"))
    assert unknown.bodies.color.tolist() == scene.bodies.color.tolist()
