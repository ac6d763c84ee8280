"""Keyframes as the artist sets them: made from plain arrays, and checked against the scene."""

from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from revanim.engine.playhead import FARTHEST_FRAME
from revanim.error import RevanimError
from revanim.scene.given import frozen, given_as, number, whole, whole_numbers, yes_or_no
from revanim.scene.scene import Bodies, Keyframe, Timing


def keyframe(
    frame: int,
    bodies: ArrayLike,
    position: ArrayLike | None = None,
    velocity: ArrayLike | None = None,
    weight: float = 1.0,
    *,
    weights: ArrayLike | None = None,
    axes: tuple[bool, bool, bool] = (True, True, True),
    nail: bool = False,
    tolerance: float = 1e-3,
    window: tuple[int, int] | None = None,
    shape: bool = False,
    assignment: ArrayLike | None = None,
) -> Keyframe:
    """Make a keyframe; the arguments are the fields of `Keyframe`."""
    return Keyframe(
        frame=whole(frame, "The frame of a keyframe"),
        bodies=whole_numbers(bodies, "The bodies of a keyframe").reshape(-1),
        position=None if position is None else frozen(position, "The positions of a keyframe"),
        velocity=None if velocity is None else frozen(velocity, "The velocities of a keyframe"),
        weight=number(weight, "The weight of a keyframe"),
        weights=None if weights is None else frozen(weights, "The weights of a keyframe"),
        axes=given_as(tuple[bool, bool, bool], axes, "The axes of a keyframe"),
        nail=yes_or_no(nail, "The nail of a keyframe"),
        tolerance=number(tolerance, "The tolerance of a keyframe"),
        window=None if window is None else given_as(tuple[int, int], window, "The window of a keyframe"),
        shape=yes_or_no(shape, "The shape of a keyframe"),
        assignment=None if assignment is None else whole_numbers(assignment, "The assignment of a keyframe"),
    )


def check_keyframe(key: Keyframe, bodies: Bodies) -> None:
    """Refuse a keyframe that cannot be meant."""
    what = f"The keyframe at frame {key.frame}"
    if max(map(abs, (key.frame, *(key.window or ())))) > FARTHEST_FRAME:
        raise RevanimError(f"{what} is out of reach; frames may lie between {-FARTHEST_FRAME} and {FARTHEST_FRAME}.")
    if not key.bodies.size or (key.position is None and key.velocity is None):
        raise RevanimError(f"{what} asks for nothing; give it bodies, and positions or velocities for them.")
    if key.bodies.min() < 0 or key.bodies.max() >= bodies.count:
        wrong = key.bodies[(key.bodies < 0) | (key.bodies >= bodies.count)][0]
        raise RevanimError(f"{what} names body {wrong}; there are bodies 0 to {bodies.count - 1}.")
    if np.unique(key.bodies).size != key.bodies.size:
        raise RevanimError(f"{what} names a body twice; each may be named once.")
    for name, rows in (("positions", key.position), ("velocities", key.velocity)):
        if rows is not None and (rows.shape != (key.bodies.size, 3) or not np.isfinite(rows).all()):
            raise RevanimError(
                f"{what} has {name} of the shape {rows.shape}; {key.bodies.size} finite rows of 3 are needed."
            )
    for weights in (np.array(key.weight), key.weights):
        if weights is not None and not (np.isfinite(weights).all() and (weights >= 0).all()):
            raise RevanimError(f"{what} has a weight that is not a finite number from 0 up.")
    if key.weights is not None and key.weights.shape != key.bodies.shape:
        raise RevanimError(f"{what} has {key.weights.size} weights for {key.bodies.size} bodies.")
    if not (isfinite(key.tolerance) and key.tolerance > 0):
        raise RevanimError(f"{what} has a tolerance of {key.tolerance:g}; it must be a positive number.")
    if key.window and not key.window[0] <= key.frame <= key.window[1]:
        raise RevanimError(f"{what} lies outside its window from {key.window[0]} to {key.window[1]}.")
    if key.shape and key.position is None:
        raise RevanimError(f"{what} is a shape without positions.")
    if key.assignment is not None and sorted(key.assignment) != list(range(key.bodies.size)):
        raise RevanimError(f"{what} has an assignment that does not give each body a target of its own.")


def check_after_home(key: Keyframe, timing: Timing) -> None:
    """Refuse a keyframe that the bodies, set at home, have already passed."""
    first = key.frame if key.window is None else key.window[0]
    if first <= timing.home:
        raise RevanimError(
            f"A keyframe at frame {first} cannot be hit; it must come after the home frame {timing.home}."
        )


def check_together(keys: tuple[Keyframe, ...]) -> None:
    """Refuse nails that contradict each other: one body, one frame, two places."""
    nailed: dict[tuple[int, int], np.ndarray[Any, Any]] = {}
    for key in keys:
        if not key.nail or key.shape or key.position is None:
            continue
        for body, place in zip(key.bodies, key.position, strict=True):
            other = nailed.setdefault((key.frame, int(body)), place)
            apart = np.abs(other - place)[list(key.axes)].max(initial=0.0)
            if apart > 2 * key.tolerance:
                raise RevanimError(
                    f"Two nails want body {body} at two places at frame {key.frame}, {apart:.3g} apart; remove one."
                )
