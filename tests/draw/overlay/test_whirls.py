"""Vortices are marked by spirals that turn as they do, and links that are too long for the fluid are marked."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

import revanim as ra
from revanim.draw.look import DARK
from revanim.draw.overlay.whirls import paint_whirls, spiral
from revanim.draw.picture import Shot, picture

pytestmark = pytest.mark.usefixtures("qapp")
SIZE = (320, 180)
FLAT = ra.View(distance=6.0, flat=True)
PAIR = np.array([[-1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
RING = np.array([[1.0, 0, 0], [0, 1.0, 0], [-1.0, 0, 0], [0, -1.0, 0]])
LOOP = [[0, 1], [1, 2], [2, 3], [3, 0]]


def stirred(**values) -> ra.Scene:
    flows = [ra.flow("vortices", circulation=[1.0, -1.0, 0.0], core=0.3, **values)]
    return ra.make_scene(PAIR, 0 * PAIR, 1.0, flows=flows, planar=True, look=ra.Look(view=FLAT))


def ring(core: float) -> ra.Scene:
    flows = [ra.flow("filaments", links=LOOP, core=core)]
    return ra.make_scene(RING, 0 * RING, 1.0, flows=flows, look=ra.Look(view=FLAT))


def near(scene: ra.Scene, color: str) -> np.ndarray:
    """Return where the marks of a scene have a colour, float64[k, 2], in pixels."""
    image = QImage(*SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    shown = np.ones(scene.bodies.count, np.bool_)
    paint_whirls(painter, SIZE, FLAT, scene, scene.bodies.position, 1, shown, DARK)
    painter.end()
    pixels = np.frombuffer(image.bits(), np.uint8).reshape(SIZE[1], SIZE[0], 4)[..., 2::-1].astype(int)
    wanted = np.array(QColor(color).getRgb()[:3])
    return np.argwhere(np.abs(pixels - wanted).max(axis=-1) < 40)[:, ::-1]


def test_each_sign_has_its_colour_and_smoke_has_no_spiral() -> None:
    onward, back = near(stirred(), DARK.future), near(stirred(), DARK.past)
    assert len(onward) > 20
    assert len(back) > 20
    assert onward[:, 0].max() < SIZE[0] / 2 < back[:, 0].min()


def test_the_arms_lag_behind_as_they_turn() -> None:
    for onward, sign in ((True, 1.0), (False, -1.0)):
        arm = spiral(onward)[0]
        turned = arm[:-1, 0] * arm[1:, 1] - arm[:-1, 1] * arm[1:, 0]
        assert (sign * turned < 0).all()


def test_links_longer_than_their_core_are_marked_and_others_are_not() -> None:
    assert len(near(ring(1.0), DARK.warn)) > 50
    assert not len(near(ring(1.5), DARK.warn))


def test_a_filament_is_painted_as_a_tube() -> None:
    scene = ring(1.5)
    bare = ra.edits.set_look(scene, links=False)
    shot = Shot(1, 0.0, scene.bodies.position, 0 * scene.bodies.position)
    assert picture(scene, shot, *SIZE) != picture(bare, shot, *SIZE)
