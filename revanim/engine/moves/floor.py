"""A hard plane, n . x = height: bodies bounce off it at the very moment that they reach it, rub on it, and rest on it.

Either side of the plane is one. A drift is done anew in the frame of the plane, by its time h, and folded: where it
would carry a body from a distance y through the plane, y becomes -1 - y (counts; the wall is half a count away), and
the speed v along the normal -v. So v > 0 and y < h v tell on the way back that the body has bounced. There the speed
becomes e v, at the least the slowest that moves, and the distance e times what it was, each by merging neighbours
(impact.py); speeds along the plane lose up to friction * (1 + e) v.

A kick that presses a body down beside the plane is held (planes/hold.py), so that rest is v = 0; what rests on erases
nothing.

Exact folds: new as far as we know. Dry friction: Coulomb; with a threshold on momentum, Moreau 1988.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import BEYOND, Counts
from revanim.engine.move import MOVE, MOVE_PULL, MoveKernels, MoveKind
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.planes.frame import enter, enter_floats
from revanim.engine.planes.hold import hold, hold_pull
from revanim.engine.planes.impact import bounce, carried, rub, unrub
from revanim.engine.planes.plane import (
    FRICTION,
    HEIGHT,
    NORMAL,
    RADIUS,
    RESTITUTION,
    plane_of,
    pull_along,
    rubbed_back,
    seen_from,
)
from revanim.engine.tape import TAPE, Words

DEADEST = 1e-9  # restitution


@kernel(MOVE)
def fold(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    lost, c = -1, h * units[1] / units[0]
    mu, e = theta[slot[f, FRICTION, 0]], max(theta[slot[f, RESTITUTION, 0]], DEADEST)
    for s in range(slot[f, 0, 1] - slot[f, 0, 0]):
        i = who[slot[f, 0, 0] + s]
        frame, level = plane_of(free, theta, slot, f, i, s, units[0])
        if frame[7] == 0.0:
            continue
        k, p, q = frame[0], frame[1], frame[2]
        if way > 0:
            for axis in range(3):
                state[axis, i] -= carried(state[3 + axis, i], c)
        enter(state, 0, i, frame, 1)
        enter(state, 3, i, frame, 1)
        y, v = state[k, i] - level, state[3 + k, i]
        side = 1 if y >= 0 else -1
        y, v = y if side > 0 else -1 - y, side * v
        if way > 0:
            y += carried(v, c)
            for axis in (p, q):
                state[axis, i] += carried(state[3 + axis, i], c)
        if y < 0 if way > 0 else v > 0 and y < carried(v, c):
            if way > 0:
                y, v = -1 - y, -v
                pressed = mu * (1.0 + e) * v
                state[3 + p, i] = rub(state, words, lane, i, state[3 + p, i], pressed, state[3 + q, i], 0)
                state[3 + q, i] = rub(state, words, lane, i, state[3 + q, i], pressed, state[3 + p, i], 0)
                y, v = bounce(state, words, lane, i, y, v, e, c, 1)
            else:
                y, v = bounce(state, words, lane, i, y, v, e, c, -1)
                pressed = mu * (1.0 + e) * v
                state[3 + q, i] = unrub(state, words, lane, i, state[3 + q, i], pressed, state[3 + p, i], 0)
                state[3 + p, i] = unrub(state, words, lane, i, state[3 + p, i], pressed, state[3 + q, i], 0)
                y, v = -1 - y, -v
        if way < 0:
            y -= carried(v, c)
            for axis in (p, q):
                state[axis, i] -= carried(state[3 + axis, i], c)
        state[k, i], state[3 + k, i] = level + (y if side > 0 else -1 - y), side * v
        enter(state, 3, i, frame, -1)
        enter(state, 0, i, frame, -1)
        for axis in range(3):
            if way < 0:
                state[axis, i] += carried(state[3 + axis, i], c)
            lost = i if max(abs(state[axis, i]), abs(state[3 + axis, i])) >= BEYOND else lost
    return int(lost)


@kernel(MOVE_PULL)
def fold_pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Undo `fold`, with the derivative of the bounce that is meant: when it happens, gravity goes on acting after it.

    For a kick g it changes the speed by (1 + e) g times how much later; that a step cannot tell (DiffMJX, 2025).
    """
    fold(state, words, a, m, free, theta, slot, who, f, lane, units, h, tick, -1)
    c, mu, e = h * units[1] / units[0], theta[slot[f, FRICTION, 0]], theta[slot[f, RESTITUTION, 0]]
    height, restitution, friction = slot[f, HEIGHT, 0], slot[f, RESTITUTION, 0], slot[f, FRICTION, 0]
    for s in range(slot[f, 0, 1] - slot[f, 0, 0]):
        i = who[slot[f, 0, 0] + s]
        frame, level = plane_of(free, theta, slot, f, i, s, units[0])
        if frame[7] == 0.0:
            continue
        k, p, q = frame[0], 3 + frame[1], 3 + frame[2]
        seen = seen_from(state, i, frame)
        for axis in range(3):  # the fold begins before the drift
            state[axis, i] -= carried(state[3 + axis, i], c)
        begun = seen_from(state, i, frame)
        for axis in range(3):
            state[axis, i] += carried(state[3 + axis, i], c)
        side = 1 if begun[k, 0] >= level else -1
        y = side * (begun[k, 0] - level) - (1 if side < 0 else 0)
        u = -side * seen[3 + k, 0]
        if y - carried(u, c) >= 0:
            continue
        drawn = -side * pull_along(a, i, frame)
        late, past = (1.0 + e) * drawn / (u * units[1]), (carried(u, c) - 1 - y) * units[0]
        enter_floats(adj, 0, i, frame, 1)
        enter_floats(adj, 3, i, frame, 1)
        by_place, by_speed = side * adj[k, i], side * adj[3 + k, i]
        by_limit = rubbed_back(seen, p, q, mu * (1.0 + e) * u, adj, i)
        raised = frame[7] * side * ((1.0 + e) * by_place - late * by_speed)
        gtheta[height] += raised
        gtheta[slot[f, RADIUS, 0] + slot[f, RADIUS, 1] * s] += raised
        gtheta[restitution] += by_place * past + (by_speed + by_limit * mu) * u * units[1]
        gtheta[friction] += by_limit * (1.0 + e) * u * units[1]
        on_place = late * by_speed - e * by_place
        on_speed = late * by_speed * y * units[0] / (u * units[1]) - e * by_speed - by_limit * mu * (1.0 + e)
        adj[k, i], adj[3 + k, i] = side * on_place, side * (on_speed + h * on_place)
        for axis in (p, q):
            adj[axis, i] += h * adj[axis - 3, i]
        enter_floats(adj, 0, i, frame, -1)
        enter_floats(adj, 3, i, frame, -1)
        for axis in range(3):
            adj[3 + axis, i] -= h * adj[axis, i]


def plane_in(height: Floats, normal: Floats) -> tuple[Floats, Floats]:
    """Return a point of a plane, and its normal."""
    size = np.linalg.norm(normal, axis=-1, keepdims=True)
    return normal * np.divide(np.asarray(height)[..., None], size, where=size > 0.0, out=np.zeros_like(size)), normal


floor = MoveKind(
    name="floor",
    help="A hard plane that bodies bounce off, rub on and rest on.",
    title="Hard floor or wall",
    words="plane ground bounce collide restitution friction slide ice table",
    order=51,
    parameters=(
        Parameter("height", 0.0, "length", -1e12, 1e12, "How far along its normal it lies.", lies="offset"),
        Parameter(
            "normal", (0.0, 0.0, 1.0), "", -1e12, 1e12, "The direction in which it faces.",
            axes=3, planar=(0.0, 1.0, 0.0), graded=False, lies="direction",
        ),
        Parameter("restitution", 0.6, "", 0.0, 1.0, "Which part of its speed a body keeps as it bounces."),
        Parameter("friction", 0.3, "", 0.0, 100.0, "How firmly it rubs, against how firmly bodies press on it."),
        Parameter("radius", 0.0, "length", 0.0, 1e12, "How far from it the middle of a body stays.", per="body"),
    ),
    kernels=MoveKernels(
        drifted=fold,
        drifted_pull=fold_pull,
        kicked=hold,
        kicked_pull=hold_pull,
        rows={
            "height": HEIGHT,
            "normal": NORMAL,
            "restitution": RESTITUTION,
            "friction": FRICTION,
            "radius": RADIUS,
        },
    ),
    lanes=TAPE,
    plane=lambda values: plane_in(values["height"], values["normal"]),
    presets={
        "Rubber": {"restitution": 0.85, "friction": 0.8},
        "Steel": {"restitution": 0.7, "friction": 0.15},
        "Wood": {"restitution": 0.6, "friction": 0.3},
        "Felt": {"restitution": 0.15, "friction": 0.9},
        "Ice": {"restitution": 0.3, "friction": 0.02},
    },
)  # fmt: skip
