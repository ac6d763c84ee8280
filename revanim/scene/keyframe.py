"""Keyframes as the artist sets them: made from plain arrays, and checked against the scene."""

from dataclasses import replace
from itertools import combinations
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from revanim.engine.parameter import Floats
from revanim.engine.playhead import FARTHEST_FRAME
from revanim.error import RevanimError
from revanim.scene.given import (
    NumberKind,
    check_order,
    colors,
    frozen,
    given_as,
    number,
    whole,
    whole_numbers,
    yes_or_no,
)
from revanim.scene.once import once
from revanim.scene.scene import Bodies, Index, Keyframe, Timing
from revanim.sentence import N_, Sentence, Text

LONGEST_HOLD = 10_000  # frames: each is looked at while it is solved for
ARRAYS: dict[str, NumberKind] = {
    "bodies": np.int64,
    "position": np.float64,
    "velocity": np.float64,
    "weights": np.float64,
    "assignment": np.int64,
    "color": np.uint8,
}


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
    color: ArrayLike | None = None,
    hold: int = 0,
) -> Keyframe:
    """Make a keyframe; the arguments are the fields of `Keyframe`."""
    who = whole_numbers(bodies, Sentence("The bodies of a keyframe"))
    return Keyframe(
        frame=whole(frame, Sentence("The frame of a keyframe")),
        bodies=who if who.ndim == 1 else who.reshape(-1),
        position=None if position is None else frozen(position, Sentence("The positions of a keyframe")),
        velocity=None if velocity is None else frozen(velocity, Sentence("The velocities of a keyframe")),
        weight=number(weight, Sentence("The weight of a keyframe")),
        weights=None if weights is None else frozen(weights, Sentence("The weights of a keyframe")),
        axes=given_as(tuple[bool, bool, bool], axes, Sentence("The axes of a keyframe")),
        nail=yes_or_no(nail, Sentence("The nail of a keyframe")),
        tolerance=number(tolerance, Sentence("The tolerance of a keyframe")),
        window=None if window is None else given_as(tuple[int, int], window, Sentence("The window of a keyframe")),
        shape=yes_or_no(shape, Sentence("The shape of a keyframe")),
        assignment=None if assignment is None else whole_numbers(assignment, Sentence("The assignment of a keyframe")),
        color=None if color is None else colors(color, Sentence("The colours of a keyframe")),
        hold=whole(hold, Sentence("The hold of a keyframe")),
    )


def changed(key: Keyframe, **changes: Any) -> Keyframe:
    """Return a keyframe with some fields changed, made and refused like those of a new one; the others it shares."""
    for name in changes:
        if name not in vars(key):
            raise RevanimError(
                "There is no {name!r} in the keyframe; there are {names}.", name=name, names=", ".join(vars(key))
            )
    made = keyframe(**{"frame": key.frame, "bodies": (), **changes})
    return replace(key, **{name: getattr(made, name) for name in changes})


def shifted(key: Keyframe, by: int) -> Keyframe:
    """Return a keyframe with its window, some frames later."""
    window = key.window and (key.window[0] + by, key.window[1] + by)
    return changed(key, frame=key.frame + by, window=window)


def in_order(key: Keyframe) -> Keyframe:
    """Return a keyframe whose arrays kernels can read: itself, or one made of it. Refuses what is no numbers."""
    arrays = {name: value for name, value in vars(key).items() if name in ARRAYS and value is not None}
    made = changed(key, **arrays)
    return key if all(getattr(made, name) is value for name, value in arrays.items()) else made


def check_keyframe(key: Keyframe, bodies: Bodies) -> None:
    """Refuse a keyframe that cannot be meant."""
    _check_keyframe(key, bodies.count)
    first, last = key.window or (key.frame, key.frame)
    _check_alive(key.bodies, bodies, first, last + key.hold, what=_name(key))


@once
def _check_keyframe(key: Keyframe, count: int) -> None:
    what = _name(key)
    for name, kind in ARRAYS.items():
        if getattr(key, name) is not None:
            check_order(getattr(key, name), kind, Sentence("The {name} of a keyframe", name=name))
    if not 0 <= key.hold <= LONGEST_HOLD:
        raise RevanimError(
            "{what} holds for {hold} frames; allowed are 0 to {most}.", what=what, hold=key.hold, most=LONGEST_HOLD
        )
    if max(map(abs, (key.frame, key.end, *(key.window or ())))) > FARTHEST_FRAME:
        raise RevanimError(
            "{what} is out of reach; frames may lie between {first} and {last}.",
            what=what,
            first=-FARTHEST_FRAME,
            last=FARTHEST_FRAME,
        )
    if not key.bodies.size or (key.position is None and key.velocity is None):
        raise RevanimError("{what} asks for nothing; give it bodies, and positions or velocities for them.", what=what)
    if not any(key.axes):
        raise RevanimError("{what} counts along no axis; leave at least one of x, y and z.", what=what)
    _check_bodies(key.bodies, count, what=what)
    for name, rows in ((N_("positions"), key.position), (N_("velocities"), key.velocity)):
        if rows is not None:
            _check_targets(name, rows, key.bodies, what=what)
    if not (isfinite(key.weight) and key.weight >= 0):
        raise RevanimError("{what} has a weight that is not a finite number from 0 up.", what=what)
    if key.weights is not None:
        _check_weights(key.weights, key.bodies, what=what)
    if key.color is not None:
        _check_rows(what, N_("colours"), key.color, key.bodies.size)
    if not (isfinite(key.tolerance) and key.tolerance > 0):
        raise RevanimError(
            "{what} has a tolerance of {tolerance:g}; it must be a positive number.", what=what, tolerance=key.tolerance
        )
    if key.window and not key.window[0] <= key.frame <= key.window[1]:
        raise RevanimError(
            "{what} lies outside its window from {first} to {last}.",
            what=what,
            first=key.window[0],
            last=key.window[1],
        )
    if key.hold and key.position is not None and key.velocity is not None and key.velocity.any():
        raise RevanimError("{what} holds its places, so it can ask for no velocity but 0; leave that open.", what=what)
    if key.shape and key.position is None:
        raise RevanimError("{what} is a shape without positions.", what=what)
    if key.assignment is not None:
        _check_assignment(key.assignment, key.bodies.size, what=what)


def _name(key: Keyframe) -> Sentence:
    return Sentence("The keyframe at frame {frame}", frame=key.frame)


@once
def _check_alive(who: Index, bodies: Bodies, first: int, last: int, *, what: Text) -> None:
    """Refuse a keyframe that asks for a body before it is born, or after it has ended."""
    absent = who[~bodies.alive(first, last)[who]]
    if absent.size:
        lives, body = bodies.lives, absent[0]
        assert lives is not None
        raise RevanimError(
            "{what} asks for body {body}, which takes part from frame {first} to {last} only.",
            what=what,
            body=body,
            first=lives.born[body],
            last=lives.dies[body],
        )


@once
def _check_bodies(bodies: Index, count: int, *, what: Text) -> None:
    if bodies.min() < 0 or bodies.max() >= count:
        wrong = bodies[(bodies < 0) | (bodies >= count)][0]
        raise RevanimError(
            "{what} names body {body}; there are bodies 0 to {last}.", what=what, body=wrong, last=count - 1
        )
    if np.unique(bodies).size != bodies.size:
        raise RevanimError("{what} names a body twice; each may be named once.", what=what)


@once
def _check_targets(name: str, rows: Floats, bodies: Index, *, what: Text) -> None:
    """Refuse positions or velocities that are not float64[k, 3], or not finite."""
    _check_rows(what, name, rows, bodies.size)
    if not np.isfinite(rows).all():
        body = bodies[np.argwhere(~np.isfinite(rows))[0, 0]]
        raise RevanimError(
            "{what} has {name} that are no finite numbers, of body {body}; give it some.",
            what=what,
            name=Sentence(name),
            body=body,
        )


def _check_rows(what: Text, name: str, rows: NDArray[Any], count: int) -> None:
    if rows.shape != (count, 3):
        raise RevanimError(
            "{what} has {name} of the shape {shape}; {needed}.",
            what=what,
            name=Sentence(name),
            shape=rows.shape,
            needed=Sentence("{count} rows of 3 are needed", count=count),
        )


@once
def _check_weights(weights: Floats, bodies: Index, *, what: Text) -> None:
    if not (np.isfinite(weights).all() and (weights >= 0).all()):
        raise RevanimError("{what} has a weight that is not a finite number from 0 up.", what=what)
    if weights.shape != bodies.shape:
        raise RevanimError(
            "{what} has {weights} weights for {bodies} bodies.", what=what, weights=weights.size, bodies=bodies.size
        )


@once
def _check_assignment(assignment: Index, count: int, *, what: Text) -> None:
    if assignment.shape != (count,) or not np.array_equal(np.sort(assignment), np.arange(count)):
        raise RevanimError("{what} has an assignment that does not give each body a target of its own.", what=what)


def check_after_home(key: Keyframe, timing: Timing) -> None:
    """Refuse a keyframe that the bodies, set at home, have already passed."""
    first = key.frame if key.window is None else key.window[0]
    if first <= timing.home:
        raise RevanimError(
            "A keyframe at frame {first} cannot be hit; it must come after the home frame {home}.",
            first=first,
            home=timing.home,
        )


def check_together(keys: tuple[Keyframe, ...]) -> None:
    """Refuse nails that contradict each other: one body at one frame, at two places or with two velocities."""
    nails = [key for key in keys if key.nail and not key.window and (not key.shape or key.assignment is not None)]
    _check_nails(*nails)


@once
def _check_nails(*nails: Keyframe) -> None:
    for one, other in combinations(nails, 2):
        if max(one.frame, other.frame) <= min(one.end, other.end):
            _check_pair(one, other, Sentence("at two places"), one.position, other.position)
            _check_pair(one, other, Sentence("with two velocities"), one.velocity, other.velocity)


def _check_pair(one: Keyframe, other: Keyframe, how: Sentence, here: Floats | None, there: Floats | None) -> None:
    """Refuse two nails of one frame whose wishes for a body lie farther apart than both tolerances."""
    if here is None or there is None:
        return
    both, mine, theirs = np.intersect1d(one.bodies, other.bodies, return_indices=True)
    axes = np.logical_and(one.axes, other.axes)
    gap = here[_order(one)[mine]] - there[_order(other)[theirs]]
    apart = np.sqrt(np.sum((gap * axes) ** 2, axis=1))
    if apart.max(initial=0.0) > one.tolerance + other.tolerance:
        body = both[apart.argmax()]
        raise RevanimError(
            "Two nails want body {body} {how} at frame {frame}, {distance:.3g} apart; remove one.",
            body=body,
            how=how,
            frame=max(one.frame, other.frame),
            distance=apart.max(),
        )


def _order(key: Keyframe) -> Index:
    """Return int64[k], the target of each body."""
    return np.arange(key.bodies.size) if key.assignment is None else key.assignment
