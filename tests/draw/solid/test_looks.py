"""Cloths, shadows and the looks to begin with, as they are painted."""

from dataclasses import replace

import numpy as np
import pytest

import revanim as ra
from revanim.draw.dress.preset import dressed, look_presets, wears
from revanim.draw.dress.sample import sample, sample_shot
from revanim.draw.look import DARK, LIGHT
from revanim.draw.picture import picture
from revanim.draw.shot import Shot
from revanim.scene.scene import Look, View

pytestmark = pytest.mark.usefixtures("qapp")
SIZE = (160, 120)
ABOVE = View(distance=8.0, pitch=40.0, yaw=0.0)


def pixels(scene: ra.Scene, shot: Shot | None = None, **options) -> np.ndarray:
    shot = shot or Shot(1, 0.0, scene.bodies.position, scene.bodies.velocity)
    image = picture(scene, shot, *SIZE, **options)
    return np.frombuffer(image.constBits(), np.uint8).reshape(SIZE[1], SIZE[0], 4)[:, :, :3].astype(int)


def ball(height: float, **look) -> ra.Scene:
    plain = {"background": "plain", "plain": (200, 200, 200), "grid": False, "axes": False, "view": ABOVE}
    return ra.make_scene(
        [[0, 0, height]], [[0, 0, 0]], 1.0, radius=0.4, look=Look(**{**plain, "shadows": True, **look})
    )


def shade(scene: ra.Scene) -> np.ndarray:
    """Return what its shadow takes from each pixel."""
    without = replace(scene, look=replace(scene.look, shadows=False))
    return (pixels(without) - pixels(scene)).sum(axis=-1)


@pytest.mark.parametrize("preset", look_presets().values(), ids=lambda preset: preset.name)
def test_a_preset_is_worn_after_one_click_and_paints_in_every_theme(preset) -> None:
    scene = dressed(sample(), preset)
    assert wears(scene.look, preset)
    assert scene.look.view == sample().look.view
    for tokens in (DARK, LIGHT):
        seen = pixels(scene, sample_shot(), tokens=tokens)
        assert len(np.unique(seen.reshape(-1, 3), axis=0)) > 50


def test_presets_look_different() -> None:
    seen = [pixels(dressed(sample(), preset), sample_shot()) for preset in look_presets().values()]
    for one in range(len(seen)):
        for other in range(one):
            assert (abs(seen[one] - seen[other]).sum(axis=-1) > 30).mean() > 0.03


def test_a_body_near_the_floor_has_a_dark_small_shadow_and_a_high_one_a_wide_faint_one() -> None:
    low, high = shade(ball(0.4)), shade(ball(2.0))
    assert low.max() > high.max() + 15 > 30
    assert (high > 6).sum() > (low > 6).sum()
    assert (low >= 0).all()


def test_shadows_fall_on_the_floor_of_a_scene_that_has_one() -> None:
    deep = ra.make_scene(
        [[0, 0, -1.5]],
        [[0, 0, 0]],
        1.0,
        [ra.force("wall", point=(0, 0, -2))],
        radius=0.4,
        look=replace(ball(1.0).look, view=replace(ABOVE, target=(0.0, 0.0, -2.0))),
    )
    assert shade(deep).max() > 30
    assert shade(replace(deep, forces=())).max() == 0  # nothing to fall on


@pytest.mark.parametrize("look", [{"style": "glow"}, {"view": replace(ABOVE, flat=True)}])
def test_light_and_plans_have_no_shadows(look: dict) -> None:
    assert not shade(ball(1.0, **look)).any()


def test_a_transparent_picture_has_no_shadow() -> None:
    scene = ball(1.0)
    image = picture(scene, Shot(1, 0.0, scene.bodies.position, scene.bodies.velocity), *SIZE, transparent=True)
    alpha = np.frombuffer(image.constBits(), np.uint8).reshape(SIZE[1], SIZE[0], 4)[:, :, 3]
    assert alpha[0].max() == 0
    assert (alpha > 0).mean() < 0.1


def test_a_cloth_is_a_surface_without_holes() -> None:
    scene = dressed(sample(), look_presets()["pottery"])
    net = replace(scene, look=replace(scene.look, surfaces=False))
    ground = np.array(scene.look.plain)
    surface, threads = ((abs(pixels(one, sample_shot()) - ground).sum(axis=-1) > 60) for one in (scene, net))
    inside = surface[30:48, 62:100]
    assert inside.all()
    assert not threads[30:48, 62:100].all()


def test_what_flies_apart_is_painted_all_the_same() -> None:
    scene = dressed(sample(), look_presets()["studio"])
    place = np.array(scene.bodies.position)
    place[3], place[20] = np.nan, 1e12
    pixels(scene, Shot(1, 0.0, place, scene.bodies.velocity))
