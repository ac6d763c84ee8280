"""A kick beside a plane: what presses a body down is held, and it rubs along; undone, and with its gradient.

The plane takes back as much of a kick as it can hold, so that rest is a speed of 0 away from it; along the plane the
speed loses up to friction times that (impact.py). What rests erases nothing.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import BEYOND, Counts
from revanim.engine.move import MOVE, MOVE_PULL
from revanim.engine.parameter import Floats
from revanim.engine.planes.frame import FRAME, Frame, enter, enter_floats, onto, turn, turn_floats
from revanim.engine.planes.impact import rub, unrub
from revanim.engine.planes.plane import FRICTION, plane_of, pull_along, rubbed_back, seen_from
from revanim.engine.tape import TAPED, Words, pop_rare, push_rare

BESIDE, THICKEST = 4.0, 2.0**44  # how far a kick reaches that is held: so many times where it leads to, at most counts
SPARE, SMOOTHEST = 16, 16.0  # counts that a kick bears and rubs at least: what is rounded moves nothing that rests


@kernel(f"UniTuple(int64, 2)(int64[:,::1], float64[:,::1], int64, {FRAME}, int64, float64[::1], float64)")
def held_by(state: Counts, a: Floats, i: int, frame: Frame, level: int, units: Floats, h: float) -> tuple[int, int]:
    """Return whether the plane can hold a body in a kick, and on which side it is.

    That is a matter of places alone, which the kick leaves as they are.
    """
    x = np.empty((3, 1), np.int64)
    for axis in range(3):
        x[axis, 0] = state[axis, i]
    enter(x, 0, 0, frame, 1)
    y = x[frame[0], 0] - level
    side = 1 if y >= 0 else -1
    drawn = -side * pull_along(a, i, frame)
    reach = min(BESIDE * drawn * h * h / units[0], THICKEST)
    return 1 if drawn > 0.0 and (y if side > 0 else -1 - y) < reach else 0, side


@kernel(f"int64({TAPED}, int64, int64)")
def sustained(state: Counts, words: Words, lane: int, i: int, v: int, pressed: int) -> int:
    """Return a speed away from the plane, which bears up to so much of what presses on it."""
    if -pressed - SPARE <= v <= 0:
        push_rare(state, words, lane, i, (v + pressed) % (pressed + SPARE + 1), pressed + SPARE + 1)
        return 0
    return v + pressed + SPARE if v < 0 else v


@kernel(f"int64({TAPED}, int64, int64)")
def released(state: Counts, words: Words, lane: int, i: int, v: int, pressed: int) -> int:
    """Return what that speed has been: `sustained` undone."""
    if v == 0:
        rank = pop_rare(state, words, lane, i, pressed + SPARE + 1)
        return int(rank - pressed if rank <= pressed else rank - 2 * pressed - SPARE - 1)
    return v - pressed - SPARE if v < 0 else v


@kernel(MOVE)
def hold(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    """The kick is done anew in the frame of the plane, where what it meets was left; there it is the ghost."""
    lost, scale, mu = -1, h / units[1], theta[slot[f, FRICTION, 0]]
    ghost = np.empty((6, 1), np.int64)  # the kick, and what it is in the frame
    for s in range(slot[f, 0, 1] - slot[f, 0, 0]):
        i = who[slot[f, 0, 0] + s]
        frame, level = plane_of(free, theta, slot, f, i, s, units[0])
        if frame[7] == 0.0:
            continue
        held, side = held_by(state, a, i, frame, level, units, h)
        if held == 0:
            continue
        k, p, q = 3 + frame[0], 3 + frame[1], 3 + frame[2]
        for axis in range(3):
            ghost[axis, 0] = ghost[3 + axis, 0] = np.int64(np.rint(a[axis, i] * free[axis, i] * scale))
        enter(ghost, 3, 0, frame, 1)
        t, sine = onto(float(ghost[p, 0]), float(ghost[q, 0]))
        turn(ghost, p, q, 0, t, sine, 1)
        if way > 0:
            for axis in range(3):
                state[3 + axis, i] -= ghost[axis, 0]
        enter(state, 3, i, frame, 1)
        turn(state, p, q, i, t, sine, 1)
        if way > 0:
            for axis in range(3, 6):
                state[axis, i] += ghost[axis, 0]
        pressed, v = max(-side * ghost[k, 0], 0), side * state[k, i]
        if way > 0:
            v = sustained(state, words, lane, i, v, pressed)
        limit = max(mu * pressed, SMOOTHEST) if v <= 0 else 0.0
        if way > 0:
            state[p, i] = rub(state, words, lane, i, state[p, i], limit, state[q, i], ghost[p, 0])
            state[q, i] = rub(state, words, lane, i, state[q, i], limit, state[p, i], ghost[q, 0])
        else:
            state[q, i] = unrub(state, words, lane, i, state[q, i], limit, state[p, i], ghost[q, 0])
            state[p, i] = unrub(state, words, lane, i, state[p, i], limit, state[q, i], ghost[p, 0])
            v = released(state, words, lane, i, v, pressed)
        state[k, i] = side * v
        if way < 0:
            for axis in range(3, 6):
                state[axis, i] -= ghost[axis, 0]
        turn(state, p, q, i, t, sine, -1)
        enter(state, 3, i, frame, -1)
        for axis in range(3):
            if way < 0:
                state[3 + axis, i] += ghost[axis, 0]
            lost = i if abs(state[3 + axis, i]) >= BEYOND else lost
    return int(lost)


@kernel(MOVE_PULL)
def hold_pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Undo `hold`; what it holds is forgotten, and has no gradient."""
    hold(state, words, a, m, free, theta, slot, who, f, lane, units, h, tick, -1)
    mu, friction = theta[slot[f, FRICTION, 0]], slot[f, FRICTION, 0]
    for s in range(slot[f, 0, 1] - slot[f, 0, 0]):
        i = who[slot[f, 0, 0] + s]
        frame, level = plane_of(free, theta, slot, f, i, s, units[0])
        if frame[7] == 0.0:
            continue
        held, side = held_by(state, a, i, frame, level, units, h)
        seen = seen_from(state, i, frame)
        v, pressed = side * seen[3 + frame[0], 0] * units[1], -side * pull_along(a, i, frame) * h
        if held == 0 or v > 0.0:
            continue
        p, q = 3 + frame[1], 3 + frame[2]
        g = np.empty((3, 1))
        for axis in range(3):
            g[axis, 0] = a[axis, i] * free[axis, i]
        enter_floats(g, 0, 0, frame, 1)
        t, sine = onto(g[frame[1], 0], g[frame[2], 0])
        turn(seen, p, q, 0, t, sine, 1)
        enter_floats(adj, 3, i, frame, 1)
        turn_floats(adj, p, q, i, t, sine, 1)
        by_limit = rubbed_back(seen, p, q, mu * pressed / units[1], adj, i)
        gtheta[friction] += by_limit * pressed
        adj[3 + frame[0], i] *= 1.0 if v < -pressed else 0.0
        turn_floats(adj, p, q, i, t, sine, -1)
        enter_floats(adj, 3, i, frame, -1)
