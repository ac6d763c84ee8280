"""A ribbon: a strip of cloth on a handle that draws loops through the air."""

from dataclasses import replace

import numpy as np

from revanim.engine.moves.handle import handle
from revanim.engine.parameter import Floats
from revanim.scene.gallery import Recipe
from revanim.scene.keys import keyed
from revanim.scene.looks.gradient import gradient
from revanim.scene.looks.usual import STUDIO
from revanim.scene.make import make_scene
from revanim.scene.part import force, move
from revanim.scene.scene import Index, Scene, View

LONG, WIDE = 84, 5  # bodies
APART = 0.055
ROUND = 80  # frames, after which the handle is where it was


def make() -> Scene:
    along, across = (each.ravel() for each in np.meshgrid(np.arange(LONG), np.arange(WIDE), indexing="ij"))
    lies, speed = trailing()
    position = lies[along] + APART * np.stack([0 * along, 0 * along, (WIDE - 1) / 2 - across], axis=1)
    edge = np.flatnonzero(along == 0)
    frames = np.arange(-23, 266, 6)
    way = keyed(frames, np.round(path(frames.astype(np.float64)) - lies[0], 3))
    return make_scene(
        position,
        speed[along],
        mass=0.01,
        forces=[
            force("uniform", acceleration=(0.0, 0.0, -0.5)),
            force("spring", links=pairs(1, 0), stiffness=120.0, length=APART),
            force("spring", links=pairs(0, 1), stiffness=120.0, length=APART),
            force("spring", links=np.vstack([pairs(1, 1), pairs(1, -1)]), stiffness=50.0, length=np.sqrt(2) * APART),
            force("spring", links=np.vstack([pairs(2, 0), pairs(0, 2)]), stiffness=9.0, length=2 * APART),  # no folds
            force("turbulence", strength=0.6, size=1.0, speed=0.5, seed=3),
        ],
        moves=[move("drag", rate=0.7), move(handle.name, bodies=edge, place=way)],
        pinned=along == 0,
        steps_per_frame=40,
        scheme="leapfrog",
        name="Ribbon",
        radius=np.where(along == 0, 0.02, 0.022),
        color=gradient("#ffe9a8 #ffb347 #ff5f6d #d4359b #6a3df0 #2fb7ff", along / (LONG - 1)),
        look=replace(
            STUDIO, surfaces=True, shadows=True, view=View((0.0, 0.0, 1.55), yaw=18.0, pitch=10.0, distance=5.3)
        ),
        note="A handle draws loops through the air, and a ribbon of cloth follows it; backward it leads.",
    )


def path(frames: Floats) -> Floats:
    """Return where the handle is, float64[k, 3]: a figure eight that leans and breathes."""
    turn = 2 * np.pi * frames / ROUND
    x, y, z = 1.5 * np.sin(turn), 0.55 * np.cos(turn), 1.9 + 0.6 * np.sin(2 * turn + 0.4)
    return np.stack([x, y, z], axis=1)


def trailing() -> tuple[Floats, Floats]:
    """Return where each row of a ribbon lies that has come along the path, and how fast, float64[rows, 3] each."""
    frames = np.linspace(1.0, 1.0 - ROUND, 4000)
    place = path(frames)
    steps = np.linalg.norm(np.diff(place, axis=0), axis=1)
    far = np.concatenate([[0.0], np.cumsum(steps)])
    when = np.interp(APART * np.arange(LONG), far, frames)
    ahead = path(when + 0.05) - path(when - 0.05)
    fast = steps[0] / (frames[0] - frames[1]) * 24
    return path(when), fast * ahead / np.linalg.norm(ahead, axis=1, keepdims=True)


def pairs(down: int, aside: int) -> Index:
    """Return the bodies that lie so many rows and columns apart, int64[k, 2]."""
    number = np.arange(LONG * WIDE).reshape(LONG, WIDE)
    first = number[: LONG - down, max(0, -aside) : WIDE - max(0, aside)]
    second = number[down:, max(0, aside) : WIDE + min(0, aside)]
    return np.stack([first.ravel(), second.ravel()], axis=1)


recipe = Recipe("ribbon", make)
