"""First colours: what bodies wear that are added to a scene, so that a new one is as colourful as its style asks.

Each addition gets a gradient of its own from the palette of the style. In another style the same bodies wear the same
gradient of its palette; what an artist has coloured stays as it is.
"""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revanim.draw.style import Style, style_of
from revanim.engine.parameter import Floats
from revanim.scene.edits import set_bodies, set_look
from revanim.scene.looks.gradient import gradient
from revanim.scene.scene import Colors, Look, Scene

NONE: Colors = np.empty((0, 3), np.uint8)  # what the bodies of an empty scene wear
SHADES = 64  # of a gradient: so few that a colour says which it is


@cache
def shades(style: Style) -> Colors:
    """Return the colours of all gradients of a style, one after the other, uint8[gradients * SHADES, 3]."""
    return np.concatenate([gradient(stops, np.linspace(0, 1, SHADES)) for stops in style.palette])


def first_colors(look: Look, worn: Colors, share: Floats) -> Colors:
    """Return the colours of new bodies, uint8[n, 3], by where each lies along a gradient, 0 to 1.

    The gradient is the first that fewest of the bodies which are there wear, uint8[m, 3].
    """
    style = style_of(look)
    place = shade_of(worn, style)
    wearers = np.bincount(place[place >= 0] // SHADES, minlength=len(style.palette))
    return shades(style)[int(wearers.argmin()) * SHADES + np.rint(share * (SHADES - 1)).astype(np.int64)]


def is_first_color(look: Look, color: Colors) -> bool:
    """Tell whether a colour, uint8[3], is one that the style of a look gives new bodies."""
    return bool(shade_of(color.reshape(1, 3), style_of(look))[0] >= 0)


def shade_of(color: Colors, style: Style) -> NDArray[np.int64]:
    """Return which of the shades of a style each colour is, int64[n], -1 where it is none."""
    known, asked = (each.astype(np.int64) @ (1 << 16, 1 << 8, 1) for each in (shades(style), color))
    order = np.argsort(known, kind="stable")
    found = order[np.searchsorted(known[order], asked).clip(0, known.size - 1)]
    return np.where(known[found] == asked, found, -1)


def with_look(scene: Scene, **changes: Any) -> Scene:
    """Change fields of the look; where that changes the style, first colours become those of the new one."""
    return recolored(set_look(scene, **changes), scene.look)


def recolored(scene: Scene, before: Look) -> Scene:
    """Return a scene whose look was another one before, with its first colours in the palette of its style."""
    old, new = style_of(before), style_of(scene.look)
    place = shade_of(scene.bodies.color, old)
    who = np.flatnonzero(place >= 0)
    if old is new or not who.size:
        return scene
    color = scene.bodies.color.copy()
    color[who] = shades(new)[place[who] % len(shades(new))]
    return set_bodies(scene, np.arange(len(color)), color=color)
