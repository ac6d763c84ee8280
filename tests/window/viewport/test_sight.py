"""What lies over the picture of a scene that is being solved."""

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

import revanim as ra
from revanim.draw.look import DARK, rgb
from revanim.draw.shot import Shot
from revanim.scene.edits import add_keyframe, set_motion
from revanim.window.viewport.sight import LONGEST, Sight, paint_sight

SIZE = (640, 360)


@pytest.mark.parametrize("speed", [0.5, 5.0, 1500.0])
def test_the_arrows_of_a_launch_stay_in_the_picture_however_fast_it_is(qapp, rods: ra.Scene, speed: float) -> None:
    scene = add_keyframe(rods, 49, [3], position=[(1.0, 0.0, 0.0)])
    thrown = set_motion(scene, [3], velocity=[(speed, 0.0, 0.0)])
    shot = Shot(scene.timing.home, 0.0, scene.bodies.position, scene.bodies.velocity)
    sight = Sight((), frozenset(), {}, (), False, thrown, None, None, None)
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    paint_sight(painter, SIZE, 1.0, scene.look.view, scene, shot, sight, DARK)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(SIZE[1], SIZE[0], 4)[:, :, 2::-1].astype(int)
    red = np.flatnonzero((np.abs(pixels - rgb(DARK.error)).max(axis=2) < 40).any(axis=0))
    assert 5 < np.ptp(red) <= LONGEST * SIZE[1] + 4
