"""An obstacle that bodies bounce off, rub on and rest on: a force and what is lost, made for the surface of a shape.

A shape says how far a place is from its surface, and how that changes. Bodies deeper than their radius, by d, are
pushed out with the acceleration k d^3 along the normal, and lose a part of their speed (law.py); right after each kick
friction takes up to its strength times k d^3 of what is across. The obstacle never gives way. Where its place has
keys it is there in each step, and what it takes is of the speed against its own; between rows it jumps, as if at rest.
"""

from typing import Any, cast

import numpy as np

from revanim.engine.code.kernel import Kernel, kernel, kernel_from
from revanim.engine.contacts.law import (
    BALANCED,
    DEEPEST,
    FRICTION,
    RADIUS,
    RESTITUTION,
    SMOOTHEST,
    STIFFNESS,
    balance,
    firmness_of,
    give_back,
    pressed,
    rub_across,
    slow_along,
    stored,
)
from revanim.engine.force import APPLY, ENERGY, PULL, ForceKernels
from revanim.engine.grid import ADDED, BEYOND, Counts
from revanim.engine.move import COMMON, MOVE, MOVE_PULL, MoveKernels
from revanim.engine.parameter import Floats
from revanim.engine.planes.frame import frame_of
from revanim.engine.tape import Words

CENTER, SIZE, FORM, TURN = range(5, 9)  # rows of what an obstacle is, beyond those of what touches
PACE = 9  # and of how fast its centre moves

# stand(theta, slot, f, at): writes down what `surface` reads of the obstacle, float64[ROOM].
STAND = "void(float64[::1], int64[:,:,::1], int64, float64[::1])"
ROOM = 16

# surface(at, x, y, z): returns how far a place, from the centre, is outside of the obstacle, below 0 inside; the normal
# there; a direction along the surface; and by how much the normal turns for each unit along and across that direction.
SURFACE = "UniTuple(float64, 9)(float64[::1], float64, float64, float64)"
Surface = tuple[float, float, float, float, float, float, float, float, float]

# What the functions below leave open: `obstacle_kernels` makes kernels of them in which these names mean a shape's.
stand = surface = touch = lose = lose_back = cast(Any, None)
grows = 0

GIVEN = "float64[:,::1], float64[::1], float64[::1]"  # what a pull carries: adj, gm, gtheta
TOUCH = (
    "Tuple((float64, UniTuple(float64, 9)))"
    "(float64[::1], float64[::1], int64[:,:,::1], int64, int64, float64, float64, float64)"
)


def obstacle_kernels(stand: Kernel, surface: Kernel, rows: dict[str, int], grows: int = 0) -> MoveKernels:
    """Return what an obstacle does, made for its shape; `grows`: the row of a length by which its surface lies out."""
    touch = kernel_from(touched, TOUCH, stand, surface=surface)
    lose = kernel_from(lose_all, f"int64({COMMON}, int64, boolean)", stand, stand=stand, touch=touch)
    lose_back = kernel_from(
        lose_all_pull, f"void({COMMON}, {GIVEN}, boolean)", stand, stand=stand, touch=touch, lose=lose, grows=grows
    )
    return MoveKernels(
        move=kernel_from(loss, MOVE, stand, lose=lose),
        pull=kernel_from(loss_pull, MOVE_PULL, stand, lose_back=lose_back),
        kicked=kernel_from(rub, MOVE, stand, lose=lose),
        kicked_pull=kernel_from(rub_pull, MOVE_PULL, stand, lose_back=lose_back),
        push=ForceKernels(
            kernel_from(apply, APPLY, stand, stand=stand, touch=touch),
            kernel_from(pull, PULL, stand, stand=stand, touch=touch, grows=grows),
            kernel_from(energy, ENERGY, stand, stand=stand, touch=touch),
            rows=rows,
        ),
        rows=rows,
        rates={"center": PACE},
    )


@kernel("float64(float64[::1], int64[:,:,::1], int64, int64)")
def radius_of(theta: Floats, slot: Counts, f: int, s: int) -> float:
    """Return the radius of body number s."""
    return float(theta[slot[f, RADIUS, 0] + slot[f, RADIUS, 1] * s])


def touched(
    at: Floats, theta: Floats, slot: Counts, f: int, s: int, x: float, y: float, z: float
) -> tuple[float, Surface]:
    """Return how deep body number s is in an obstacle, and the surface there."""
    c = slot[f, CENTER, 0]
    there = surface(at, x - theta[c], y - theta[c + 1], z - theta[c + 2])
    return radius_of(theta, slot, f, s) - there[0], there


@kernel("void(UniTuple(float64, 9), float64[::1], float64[::1])")
def bent(there: Surface, w: Floats, g: Floats) -> None:
    """Let g be what a gradient w for the normal is for the place."""
    _, n0, n1, n2, e0, e1, e2, along, across = there
    out, by = w[0] * n0 + w[1] * n1 + w[2] * n2, (along - across) * (w[0] * e0 + w[1] * e1 + w[2] * e2)
    g[0] = across * (w[0] - out * n0) + by * e0
    g[1] = across * (w[1] - out * n1) + by * e1
    g[2] = across * (w[2] - out * n2) + by * e2


def apply(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    """Push out what is inside."""
    at, k = np.empty(ROOM), theta[slot[f, STIFFNESS, 0]]
    stand(theta, slot, f, at)
    for s in range(slot[f, 0, 1] - slot[f, 0, 0]):
        i = who[slot[f, 0, 0] + s]
        d, there = touch(at, theta, slot, f, s, x[0, i], x[1, i], x[2, i])
        if d > 0.0:
            d, _, _ = pressed(d, radius_of(theta, slot, f, s), 2.0 * DEEPEST)
            push = k * (d * d * d)
            a[0, i] += push * there[1]
            a[1, i] += push * there[2]
            a[2, i] += push * there[3]
            balance(a, i, push)


def pull(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Do the same, with the gradient."""
    at, k, wanted, g = np.empty(ROOM), theta[slot[f, STIFFNESS, 0]], np.empty(3), np.empty(3)
    stand(theta, slot, f, at)
    for s in range(slot[f, 0, 1] - slot[f, 0, 0]):
        i = who[slot[f, 0, 0] + s]
        d, there = touch(at, theta, slot, f, s, x[0, i], x[1, i], x[2, i])
        if d > 0.0:
            d, to_place, to_radius = pressed(d, radius_of(theta, slot, f, s), 2.0 * DEEPEST)
            push, out = k * (d * d * d), w[0, i] * there[1] + w[1, i] * there[2] + w[2, i] * there[3]
            for c in range(3):
                a[c, i] += push * there[1 + c]
                wanted[c] = push * w[c, i]
            balance(a, i, push)
            bent(there, wanted, g)
            by_depth = 3.0 * k * (d * d) * out
            for c in range(3):
                gx[c, i] += g[c] - by_depth * to_place * there[1 + c]
                gtheta[slot[f, CENTER, 0] + c] -= g[c] - by_depth * to_place * there[1 + c]
            gtheta[slot[f, STIFFNESS, 0]] += d * d * d * out
            gtheta[slot[f, RADIUS, 0] + slot[f, RADIUS, 1] * s] += by_depth * to_radius
            if grows:
                gtheta[slot[f, grows, 0]] += by_depth * to_place


def energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    """Return k d^4 / 4 times the mass of all that is inside."""
    at, total = np.empty(ROOM), 0.0
    stand(theta, slot, f, at)
    for s in range(slot[f, 0, 1] - slot[f, 0, 0]):
        i = who[slot[f, 0, 0] + s]
        d, _ = touch(at, theta, slot, f, s, x[0, i], x[1, i], x[2, i])
        if d > 0.0:
            total += m[i] * stored(d, radius_of(theta, slot, f, s), 2.0 * DEEPEST)
    return float(total * theta[slot[f, STIFFNESS, 0]])


@kernel("void(float64[:,::1], float64[:,::1], int64, float64, int64[:,::1])")
def kicked_by(a: Floats, free: Floats, i: int, scale: float, ghost: Counts) -> None:
    """Let a ghost, int64[3, 1], be as fast as a body would be after the kick if it had been at rest."""
    for c in range(3):
        ghost[c, 0] = np.int64(np.rint(a[c, i] * free[c, i] * scale))


@kernel("boolean(float64[::1], int64[:,:,::1], int64, float64, int64[::1])")
def is_beyond(theta: Floats, slot: Counts, f: int, unit: float, pace: Counts) -> bool:
    """Write down how fast an obstacle moves, int64[3], and tell whether that is too fast for the grid."""
    fast = slot[f, PACE, 0]
    beyond = not max(abs(theta[fast]), abs(theta[fast + 1]), abs(theta[fast + 2])) / unit < ADDED
    for c in range(3):
        pace[c] = 0 if beyond else np.int64(np.rint(theta[fast + c] / unit))
    return beyond


def lose_all(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int, rubs: bool,
) -> int:  # fmt: skip
    """Let what is inside lose speed, along the normal or, where it rubs, across."""
    k, al, _, mu = firmness_of(theta, slot, f, rubs)
    lost, at, y, ghost = -1, np.empty(ROOM), np.empty((3, 1), np.int64), np.empty((3, 1), np.int64)
    pace = np.empty(3, np.int64)
    beyond = is_beyond(theta, slot, f, units[1], pace)
    stand(theta, slot, f, at)
    for s in range(slot[f, 0, 1] - slot[f, 0, 0]):
        i = who[slot[f, 0, 0] + s]
        d, there = touch(at, theta, slot, f, s, state[0, i] * units[0], state[1, i] * units[0], state[2, i] * units[0])
        if not d > 0.0 or free[0, i] == 0.0:
            continue
        d, _, _ = pressed(d, radius_of(theta, slot, f, s), 2.0 * DEEPEST)
        held = k * (d * d * d) * h / units[1]
        limit, balanced = max(mu * held, SMOOTHEST), max(BALANCED * held, SMOOTHEST)
        for c in range(3):
            y[c, 0] = state[3 + c, i] - pace[c] * np.int64(free[c, i])
        kicked_by(a, free, i, h / units[1], ghost)
        frame = frame_of(there[1], there[2], there[3] * free[2, i])
        if rubs:
            rub_across(state, words, lane, i, y, ghost, frame, limit, balanced, way)
        else:
            slow_along(state, words, lane, i, y, frame, al * np.sqrt(k) * d * h, way)
        for c in range(3):
            state[3 + c, i] = y[c, 0] + pace[c] * np.int64(free[c, i])
            lost = i if beyond or abs(state[3 + c, i]) >= BEYOND else lost
    return int(lost)


def lose_all_pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats, rubs: bool,
) -> None:  # fmt: skip
    """Undo `lose_all`, with the gradient; what sticks has none."""
    k, al, by_e, mu = firmness_of(theta, slot, f, rubs)
    at, after = np.empty(ROOM), state[3:6].copy()
    before, now, ghost = np.empty((3, 1), np.int64), np.empty((3, 1), np.int64), np.empty((3, 1), np.int64)
    g, bend, to_normal, turned = np.empty((3, 1)), np.empty((3, 1)), np.empty(3), np.empty(3)
    pace, fast = np.empty(3, np.int64), slot[f, PACE, 0]
    is_beyond(theta, slot, f, units[1], pace)
    lose(state, words, a, m, free, theta, slot, who, f, lane, units, h, tick, -1, rubs)
    stand(theta, slot, f, at)
    for s in range(slot[f, 0, 1] - slot[f, 0, 0]):
        i = who[slot[f, 0, 0] + s]
        d, there = touch(at, theta, slot, f, s, state[0, i] * units[0], state[1, i] * units[0], state[2, i] * units[0])
        if not d > 0.0 or free[0, i] == 0.0:
            continue
        d, to_place, to_radius = pressed(d, radius_of(theta, slot, f, s), 2.0 * DEEPEST)
        held, slow = k * (d * d * d) * h, al * np.sqrt(k) * d * h
        limit = max(mu * held / units[1], SMOOTHEST) if rubs else 0.0
        for c in range(3):
            own = pace[c] * np.int64(free[c, i])
            before[c, 0], now[c, 0], g[c, 0] = state[3 + c, i] - own, after[c, i] - own, adj[3 + c, i]
        kicked_by(a, free, i, h / units[1], ghost)
        frame = frame_of(there[1], there[2], there[3] * free[2, i])
        by_slow, by_limit = give_back(before, now, ghost, frame, slow, limit, units[1], g, bend)
        by_held = by_limit * mu / units[1] if mu * held / units[1] > SMOOTHEST else 0.0
        by_depth = by_slow * al * np.sqrt(k) * h + by_held * 3.0 * k * (d * d) * h
        for c in range(3):
            to_normal[c] = bend[c, 0]
        bent(there, to_normal, turned)
        for c in range(3):
            gtheta[fast + c] += (adj[3 + c, i] - g[c, 0]) * free[c, i]
            adj[3 + c, i] = g[c, 0]
            moved = turned[c] - by_depth * to_place * there[1 + c]
            adj[c, i] += moved
            gtheta[slot[f, CENTER, 0] + c] -= moved
        gtheta[slot[f, RADIUS, 0] + slot[f, RADIUS, 1] * s] += by_depth * to_radius
        if grows:
            gtheta[slot[f, grows, 0]] += by_depth * to_place
        gtheta[slot[f, STIFFNESS, 0]] += (0.5 * by_slow * slow + by_held * held) / k if k > 0.0 else 0.0
        gtheta[slot[f, RESTITUTION, 0]] += by_slow * by_e * np.sqrt(k) * d * h
        gtheta[slot[f, FRICTION, 0]] += by_limit * held / units[1] if mu * held / units[1] > SMOOTHEST else 0.0


def loss(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    """Let what is inside lose speed along the normal, at the end of a step for all of it."""
    if tick & 1 == 0:
        return -1
    return int(lose(state, words, a, m, free, theta, slot, who, f, lane, units, 2.0 * h, tick, way, False))


def loss_pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Undo it, with the gradient."""
    if tick & 1:
        lose_back(state, words, a, m, free, theta, slot, who, f, lane, units, 2.0 * h, tick, adj, gm, gtheta, False)


def rub(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    """Let what is inside lose speed across."""
    return int(lose(state, words, a, m, free, theta, slot, who, f, lane, units, h, tick, way, True))


def rub_pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Undo it, with the gradient."""
    lose_back(state, words, a, m, free, theta, slot, who, f, lane, units, h, tick, adj, gm, gtheta, True)
