"""An emblem of tiles that assembles at frame 120, hangs there, and leaves: each body wears its tile of one picture."""

import numpy as np

from revanim.engine.parameter import Floats
from revanim.scene.cues.camera import camera
from revanim.scene.cues.caption import caption
from revanim.scene.edits.picture.worn import set_sprite
from revanim.scene.gallery import Recipe
from revanim.scene.keys import keyed
from revanim.scene.looks.gradient import gradient
from revanim.scene.make import make_scene
from revanim.scene.part import cue, force
from revanim.scene.scene import Colors, Look, Part, Ramp, Scene, Sprite, View

TILES, FINE, SMOOTH = 16, 12, 4  # across and down, pixels of a tile across, and painted ones for each
SIDE = 3.2  # scene units
HOME, LAST = 120, 240


def make() -> Scene:
    """Let the tiles rest in their places at home; a wind that changes brings them there and takes them away."""
    step = SIDE / TILES
    row, column = np.divmod(np.arange(TILES**2), TILES)
    across, up = step * (column - (TILES - 1) / 2), step * ((TILES - 1) / 2 - row)
    place = np.stack([across, 0 * across, up], axis=1)
    ramp = Ramp((0.0, 0.15, 1.0), ((1.05,), (0.9,), (0.5,)), (0.0, 3.0))
    scene = make_scene(
        place,
        0 * place,
        mass=1.0,
        forces=[
            force("turbulence", strength=0.5, size=1.7, speed=0.5, seed=11),
            force("attractor", strength=0.25, law="harmonic"),
        ],
        cues=_cues(),
        home=HOME,
        steps_per_frame=4,
        name="Emblem",
        radius=step / 2,
        color=gradient("#4d5dff #2bc4f3 #fff1c9 #ff9d5c #f2386b", across / SIDE + 0.5),
        look=Look(
            style="sprites",
            background="deep",
            grid=False,
            axes=False,
            play="ping-pong",
            size_by="displacement",
            size_ramp=ramp,
            view=View(yaw=0.0, pitch=0.0, distance=9.4),
        ),
        note="Tiles assemble to an emblem, hang for a moment and leave; 0 looks through a camera that moves.",
    )
    return set_sprite(scene, Sprite("emblem", emblem(), TILES, TILES))


def _cues() -> tuple[Part, ...]:
    """Return a camera that comes round, stands before the emblem while it hangs, and goes on; and a line below it."""
    seen = cue(
        camera.name,
        yaw=keyed([1, HOME - 20, HOME + 20, LAST], [-70.0, 0.0, 0.0, 70.0]),
        pitch=keyed([1, HOME - 20, HOME + 20, LAST], [35.0, 0.0, 0.0, 25.0]),
        distance=keyed([1, HOME - 20, HOME + 20, LAST], [10.5, 7.4, 7.2, 11.0]),
    )
    shown = keyed([HOME - 30, HOME - 8, HOME + 8, HOME + 30], [0.0, 1.0, 1.0, 0.0])
    return seen, cue(caption.name, text="there and back, bit for bit", size=0.05, upward=0.06, opacity=shown)


def emblem() -> Colors:
    """Return two arrows on a rounded square, one for each way through time: uint8[h, w, 4]."""
    count = TILES * FINE * SMOOTH
    x, y = np.meshgrid(*2 * [64 * (np.arange(count) + 0.5) / count])  # as the drawing of the icon counts
    board = _round(np.abs(x - 32) - 30, np.abs(y - 32) - 30, 14.0)
    inside = (_arrow(32 - np.abs(x - 32), y) < 0)[..., None]
    light = y[..., None] / 64
    orange, cyan = _between("#ffb868 #ff8038", light), _between("#8af0f6 #22b4d2", light)
    color = np.where(inside, np.where(x[..., None] < 32, orange, cyan), _between("#3a4156 #1d202c", light))
    alpha = np.where(board < 0, 255.0, 0.0)[..., None]
    pixels = np.concatenate([color * alpha / 255, alpha], axis=2)
    small = pixels.reshape(TILES * FINE, SMOOTH, TILES * FINE, SMOOTH, 4).mean(axis=(1, 3))
    small[..., :3] *= 255 / np.maximum(small[..., 3:], 1.0)
    return np.asarray(np.rint(small), np.uint8)


def _round(across: Floats, down: Floats, radius: float) -> Floats:
    """Return how far outside a square with round corners points are that are so far outside its sides."""
    beyond = np.hypot(np.maximum(across + radius, 0), np.maximum(down + radius, 0))
    return np.asarray(beyond + np.minimum(np.maximum(across, down) + radius, 0) - radius)


def _arrow(x: Floats, y: Floats) -> Floats:
    """Return how far outside the left arrow of the icon points are."""
    rise, run = 15.5, 19.5
    slope = np.hypot(rise, run)
    return np.asarray(np.maximum(x - 30.5, (run * np.abs(y - 32) - rise * (x - 9.5)) / slope - 1.5))


def _between(stops: str, share: Floats) -> Floats:
    """Return the colour at each share of a gradient, float64[h, w, 3]."""
    return gradient(stops, share).reshape(*share.shape[:2], 3).astype(np.float64)


recipe = Recipe("emblem", make)
