"""A small scene that shows what a look does: a few bodies, a chain and a cloth."""

from functools import cache

import numpy as np

from revanim.draw.dress.palette import NONE, first_colors
from revanim.draw.shot import Shot
from revanim.engine.forces.spring import spring
from revanim.scene.make import make_scene
from revanim.scene.part import force
from revanim.scene.scene import Look, Scene, View

ROWS, COLUMNS, WIDE, HIGH = 9, 12, 2.6, 1.7  # of the cloth
BALLS = ((-1.15, -0.9, 0.34), (-0.35, -1.5, 0.22), (0.35, -1.2, 0.22), (1.0, -1.35, 0.22))  # x, y, and radius = height
VIEW = View(target=(0.0, -0.4, 0.85), yaw=14.0, pitch=14.0, distance=4.6)


@cache
def sample() -> Scene:
    """Return the scene, in the look of a new one."""
    across, down = (each.ravel() for each in np.meshgrid(np.linspace(0, 1, COLUMNS), np.linspace(0, 1, ROWS)))
    fold = 0.22 * (0.3 + down) * np.cos(9 * across + 1.5 * down)
    cloth = np.stack([WIDE * (across - 0.5), 0.5 + fold, 2.0 - HIGH * down], axis=1)
    balls = np.array([[x, y, radius] for x, y, radius in BALLS])
    place, chain = np.concatenate([cloth, balls]), len(cloth) + np.array([[1, 2], [2, 3]])
    number = np.arange(len(cloth)).reshape(ROWS, COLUMNS)
    threads = [(number[:, :-1], number[:, 1:]), (number[:-1], number[1:])]
    links = np.concatenate([*(np.stack([one.ravel(), two.ravel()], axis=1) for one, two in threads), chain])
    woven = first_colors(Look(), NONE, down)
    colors = woven, first_colors(Look(), woven, np.linspace(0, 1, len(BALLS)))
    return make_scene(
        place,
        np.zeros_like(place),
        1.0,
        forces=(force(spring.name, links=links),),
        radius=np.concatenate([np.full(len(cloth), 0.05), balls[:, 2]]),
        color=np.concatenate(colors),
        look=Look(view=VIEW),
    )


def sample_shot() -> Shot:
    """Return the sample as it stands."""
    bodies = sample().bodies
    return Shot(1, 0.0, bodies.position, bodies.velocity)
