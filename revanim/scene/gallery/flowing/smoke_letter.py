"""A disc of smoke that becomes an S: solved for, and what was found is kept here, since only vortices carry it.

Seventy vortices at rest around and in a disc of 1500 bodies of smoke were asked to carry these into a letter of the
same area (auto, Verlet, 481 walks). They come within 0.032 of it, where it is 2.9 high. Smoke carries nobody, so that
there may be as much of it as one likes.
"""

from dataclasses import replace
from functools import partial

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.edits import add_keyframe
from revanim.scene.gallery import Recipe
from revanim.scene.gallery.flowing.fluids import COOL, SHINE, WARM, inward, lattice
from revanim.scene.looks.gradient import gradient
from revanim.scene.make import make_scene
from revanim.scene.part import flow
from revanim.scene.poses.text import text_points
from revanim.scene.scene import Scene, View

POSE, HEIGHT = 97, 2.87  # frame, and height of the letter: then it is as large as the disc
RADIUS = 1.1284  # of a disc of area 4
ASKED = 8  # every so many bodies are asked for

# Of each vortex its place across and up, in thousandths, and its circulation, which was found for half of the time.
STIR = """
-1903 -1528 338, -1422 -1626 219, -1074 -1631 125, -612 -1608 -37, -171 -1697 -222, 284 -1611 -95, 667 -1617 -16,
1042 -1581 -18, 1522 -1611 -101, 1894 -1566 -101, -1943 -1128 358, -1390 -956 -588, -1175 -1042 -554,
-750 -1135 -303, -239 -1075 -21, 248 -1086 -26, 619 -1056 -32, 1112 -1071 216, 1506 -1017 12, 1892 -1107 -139,
-1977 -598 53, -1851 -454 -1892, -1584 -300 -2733, -577 -425 -60, -182 -548 742, 199 -499 -246, 699 -492 -143,
1141 -618 152, 1566 -491 139, 1816 -483 141, -1933 66 717, -1829 -64 2280, -1208 24 1308, -598 -111 111,
-181 23 -408, 222 34 -347, 622 206 35, 1314 167 1475, 1636 390 2014, 1804 15 557, -1953 589 -71, -1560 504 226,
-1032 359 51, -629 423 -273, -204 610 60, 202 476 394, 610 547 383, 1342 536 -2618, 1602 524 -1588, 1983 574 -398,
-1939 1087 -120, -1466 1064 23, -1096 988 318, -691 1144 -32, -221 992 -27, 250 1075 21, 757 1085 -149,
1091 889 -577, 1553 1178 46, 1860 1014 -144, -1871 1559 -64, -1493 1584 -82, -1048 1658 -30, -630 1655 -44,
-233 1620 12, 101 1548 -69, 698 1574 -390, 1095 1625 73, 1544 1639 227, 1951 1594 169
"""


def make(finely: int = 7) -> Scene:
    """Return the scene with smoke on a lattice whose step is so many parts of 256."""
    x, y, circulation = np.array([line.split() for line in STIR.split(",")], np.float64).T / 1000
    smoke = lattice([RADIUS] * 2, finely / 256)
    stir = np.column_stack([x, y, 0 * x])
    place = np.concatenate([stir, smoke])
    whirls = flow("vortices", circulation=np.r_[circulation / 2, np.zeros(len(smoke))], core=0.3)
    scene = make_scene(
        place,
        0 * place,
        0.0,
        flows=[whirls],
        steps_per_frame=1,
        frames=(1, 121),
        scheme="verlet",
        planar=True,
        name="Smoke letter",
        radius=0.003 * finely,
        color=np.concatenate([gradient("#ffffff", 0 * x), ink(smoke)]),
        look=replace(SHINE, exposure=0.06, view=View(distance=6.6, flat=True)),
        note="Seventy vortices carry a disc of smoke into a letter, and back again.",
    )
    who = np.arange(len(stir), len(place), ASKED)
    letter = np.column_stack([np.round(256 * text_points("S", len(who), HEIGHT)) / 256, np.zeros(len(who))])
    return add_keyframe(scene, POSE, who, position=letter, shape=True)


def ink(smoke: Floats) -> np.ndarray:
    """Return the colours of smoke: warm to the left, cool to the right, brighter toward the middle."""
    shine = inward(smoke, RADIUS)[:, None]
    warm, cool = (gradient(stops, shine) for stops in (WARM, COOL))
    return np.where(smoke[:, :1] < 0.0, warm, cool)


recipe = Recipe("smoke-letter", partial(make, 18), whole=make, count=5439)
