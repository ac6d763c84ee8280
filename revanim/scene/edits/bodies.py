"""Where bodies are, how fast they are, and what each of them has of its own."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from revanim.engine.grid import to_counts
from revanim.engine.parameter import Floats
from revanim.engine.playhead import FARTHEST_FRAME
from revanim.error import RevanimError
from revanim.scene.check import check
from revanim.scene.given import colors, flags, frozen, number, sealed, whole_numbers
from revanim.scene.parts.carried import at_rest
from revanim.scene.placing import centre, rotation
from revanim.scene.scene import Index, Scene, lives_of
from revanim.sentence import Sentence

EACH = {"mass": frozen, "pinned": flags, "radius": frozen, "color": colors}  # what each body has of its own
LIFE = {"born": whole_numbers, "dies": whole_numbers}
EACH |= LIFE


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
    return check(at_rest(replace(scene, bodies=replace(scene.bodies, state=sealed(state)))))


def move_bodies(scene: Scene, bodies: ArrayLike, by: ArrayLike) -> Scene:
    """Move some bodies by float64[3] (length), or each by its own row of float64[k, 3]."""
    who = existing(scene, bodies)
    return set_motion(scene, who, position=scene.bodies.position[who] + way_of(by, who.size, "The way to move"))


def kick_bodies(scene: Scene, bodies: ArrayLike, by: ArrayLike) -> Scene:
    """Add float64[3] (length/s), or a row of float64[k, 3] each, to the velocities of some bodies."""
    who = existing(scene, bodies)
    return set_motion(scene, who, velocity=scene.bodies.velocity[who] + way_of(by, who.size, "The velocity to add"))


def turn_bodies(scene: Scene, bodies: ArrayLike, degrees: float, axis: ArrayLike = (0.0, 0.0, 1.0)) -> Scene:
    """Turn some bodies, and their velocities, around their middle about an axis, float64[3]."""
    who, direction, angle = existing(scene, bodies), way_of(axis, 1, "The axis"), number(degrees, "The angle")
    if direction.shape != (3,) or not (np.isfinite(direction).all() and direction.any()):
        raise RevanimError("The axis must be three numbers, not all of them 0.")
    if not who.size:
        return scene
    turning, place = rotation(direction, angle), scene.bodies.position[who]
    middle = centre(place)
    turned = middle + (place - middle) @ turning.T
    return set_motion(scene, who, position=turned, velocity=scene.bodies.velocity[who] @ turning.T)


def spread_bodies(scene: Scene, bodies: ArrayLike, factor: ArrayLike) -> Scene:
    """Spread some bodies from their middle by a factor, or by one for each axis, float64[3]; speeds stay."""
    who = existing(scene, bodies)
    if not who.size:
        return scene
    place = scene.bodies.position[who]
    middle = centre(place)
    return set_motion(scene, who, position=middle + (place - middle) * way_of(factor, who.size, "The factor"))


def set_bodies(scene: Scene, bodies: ArrayLike, **values: ArrayLike) -> Scene:
    """Give some bodies another mass, pinned, radius, color, born or dies (a row for each, or one for all).

    The last two are frames: the first and the last at which a body takes part.
    """
    who, changed_ = existing(scene, bodies), {}
    for name, given in values.items():
        if name not in EACH:
            raise RevanimError("Bodies have no {name!r}; they have {names}.", name=name, names=", ".join(EACH))
        array = getattr(lives_of(scene.bodies) if name in LIFE else scene.bodies, name).copy()
        try:
            array[who] = EACH[name](given, f"The {name} of the bodies")
        except ValueError:
            raise RevanimError(
                "The {name} needs one value, or one for each of {count} bodies.", name=name, count=who.size
            ) from None
        changed_[name] = sealed(array)
    after = replace(scene.bodies, **changed_)
    if after.lives is not None and after.alive(-FARTHEST_FRAME, FARTHEST_FRAME).all():
        after = replace(after, born=None, dies=None)
    if after.pinned is not scene.bodies.pinned:
        return check(at_rest(replace(scene, bodies=after)))
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


def way_of(given: ArrayLike, count: int, what: str) -> Floats:
    """Return a number, float64[3] or float64[count, 3], or refuse what cannot be laid on so many places."""
    values = frozen(given, what)
    if values.shape not in ((), (3,), (count, 3)):
        raise RevanimError(
            "{what} must be three numbers: one row, or one for each of {count} bodies.", what=what, count=count
        )
    return values


def _within(values: ArrayLike, limit: float, count: int) -> Floats:
    rows = frozen(values, Sentence("Positions and velocities"))
    if rows.shape != (count, 3) or (rows.size and not -limit < rows.min() <= rows.max() < limit):
        raise RevanimError(
            "{count} bodies need {count} rows of x, y, z, each below {limit:.6g}.", count=count, limit=limit
        )
    return rows.T
