"""Where bodies are, how fast they are, and what each of them has of its own."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from revanim.engine.grid import to_counts
from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.check import check
from revanim.scene.given import colors, flags, frozen, sealed, whole_numbers
from revanim.scene.scene import Index, Scene
from revanim.sentence import Sentence

EACH = {"mass": frozen, "pinned": flags, "radius": frozen, "color": colors}  # what each body has of its own


def set_motion(
    scene: Scene, bodies: ArrayLike, *, position: ArrayLike | None = None, velocity: ArrayLike | None = None
) -> Scene:
    """Give some bodies another position or velocity (float64[k, 3]) at home; all others keep their bits."""
    who = existing(scene, bodies)
    state, grid = scene.bodies.state.copy(), scene.bodies.grid
    for rows, unit, limit, values in (
        (slice(0, 3), grid.length_unit, grid.length_range, position),
        (slice(3, 6), grid.speed_unit, grid.speed_range, velocity),
    ):
        if values is not None:
            state[rows, who] = to_counts(_within(values, limit, who.size), unit)
    state[3:6, scene.bodies.pinned] = 0
    return check(replace(scene, bodies=replace(scene.bodies, state=sealed(state))))


def set_bodies(scene: Scene, bodies: ArrayLike, **values: ArrayLike) -> Scene:
    """Give some bodies another mass, pinned, radius or color (a row for each, or one for all)."""
    who, changed_ = existing(scene, bodies), {}
    for name, given in values.items():
        if name not in EACH:
            raise RevanimError("Bodies have no {name!r}; they have {names}.", name=name, names=", ".join(EACH))
        array = getattr(scene.bodies, name).copy()
        try:
            array[who] = EACH[name](given, f"The {name} of the bodies")
        except ValueError:
            raise RevanimError(
                "The {name} needs one value, or one for each of {count} bodies.", name=name, count=who.size
            ) from None
        changed_[name] = sealed(array)
    after = replace(scene.bodies, **changed_)
    if after.pinned is not scene.bodies.pinned:
        state = after.state.copy()
        state[3:6, after.pinned] = 0
        after = replace(after, state=sealed(state))
    return check(replace(scene, bodies=after))


def existing(scene: Scene, bodies: ArrayLike) -> Index:
    """Return the numbers of bodies as int64[k], or refuse those that are not in the scene."""
    who = whole_numbers(bodies, Sentence("The bodies")).reshape(-1)
    wrong = who[(who < 0) | (who >= scene.bodies.count)]
    if wrong.size:
        raise RevanimError(
            "There are bodies 0 to {last}; {body} is not among them.", last=scene.bodies.count - 1, body=wrong[0]
        )
    return who


def _within(values: ArrayLike, limit: float, count: int) -> Floats:
    rows = frozen(values, Sentence("Positions and velocities"))
    if rows.shape != (count, 3) or not (np.abs(rows) < limit).all():
        raise RevanimError(
            "{count} bodies need {count} rows of x, y, z, each below {limit:.6g}.", count=count, limit=limit
        )
    return rows.T
