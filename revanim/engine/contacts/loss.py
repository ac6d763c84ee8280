"""What two bodies lose that touch: their speed against each other is parted from the common one.

    v_i -= v_j,   v_j += share v_i,   what is lost of v_i (law.py),   and back

so the momentum stays, to a count. Pairs come one after the other, and back the other way round; the tape is that of the
first of the two that can move. How much is lost depends on places alone: along the normal at the end of each
step, and across it, where they rub, right after each kick, whose force says how firmly.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.contacts.law import (
    DEEPEST,
    FRICTION,
    RADIUS,
    RESTITUTION,
    STIFFNESS,
    THREADS,
    firmness_of,
    give_back,
    pressed,
    rub_across,
    settled,
    slow_along,
)
from revanim.engine.contacts.touch import (
    LIMIT,
    SHARE,
    SLOW,
    apart,
    ends_of,
    frame_in,
    learn,
    shares_of,
    touched,
)
from revanim.engine.grid import BEYOND, Counts
from revanim.engine.move import COMMON, MOVE, MOVE_PULL
from revanim.engine.parameter import Floats
from revanim.engine.planes.frame import frame_of
from revanim.engine.tape import Words


@kernel("float64[:,::1](int64[:,::1], float64)")
def places_of(state: Counts, unit: float) -> Floats:
    """Return the places as forces see them."""
    x = np.empty((3, state.shape[1]))
    for c in range(3):
        for i in range(state.shape[1]):
            x[c, i] = state[c, i] * unit
    return x


@kernel("void(int64[:,::1], uint32[:,::1], float64[:,::1], int64[::1], int64[:,::1], int64, int64)")
def settle(state: Counts, words: Words, free: Floats, ours: Counts, pairs: Counts, lane: int, way: int) -> None:
    """Let all that touch lose the last counts of their speed, so that they come to rest."""
    touches = np.zeros(ours.size, np.int64)
    for pair in range(pairs.shape[0]):
        touches[pairs[pair, 0]] = touches[pairs[pair, 1]] = 1
    for s in range(ours.size):
        i = ours[s]
        for turn in range(3 * touches[s]):
            c = turn if way > 0 else 2 - turn
            if free[c, i] != 0.0:
                state[3 + c, i] = settled(state, words, lane, i, state[3 + c, i], way)


@kernel(f"int64({COMMON}, int64, boolean)")
def lose_all(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int, rubs: bool,
) -> int:  # fmt: skip
    """Let each pair that touches lose speed, along its normal or, where it rubs, across."""
    ours, lost = who[slot[f, 0, 0] : slot[f, 0, 1]], -1
    k, al, _, mu = firmness_of(theta, slot, f, rubs)
    x, wide = places_of(state, units[0]), slot[f, THREADS, 0] != 0
    radius, pairs = touched(x, theta, slot, ours, f, wide)
    known = learn(x, m, free, radius, ours, pairs, k, al, mu, h, units[1], wide)
    y, ghost = np.empty((3, 1), np.int64), np.zeros((3, 1), np.int64)
    if way < 0 and not rubs:
        settle(state, words, free, ours, pairs, lane, -1)
    for turn in range(pairs.shape[0]):
        pair = turn if way > 0 else pairs.shape[0] - 1 - turn
        i, j = ends_of(free, ours, pairs, pair)
        if free[0, i] == 0.0:
            continue
        share, slow, limit = known[pair, SHARE], known[pair, SLOW], known[pair, LIMIT]
        for c in range(3):
            y[c, 0] = state[3 + c, i] - state[3 + c, j]
            state[3 + c, j] += np.int64(np.rint((1.0 - share) * y[c, 0]))
        if rubs:
            rub_across(state, words, lane, i, y, ghost, frame_in(known, pair), limit, 0.0, way)
        else:
            slow_along(state, words, lane, i, y, frame_in(known, pair), slow, way)
        for c in range(3):
            state[3 + c, j] -= np.int64(np.rint((1.0 - share) * y[c, 0]))
            state[3 + c, i] = y[c, 0] + state[3 + c, j]
            lost = i if max(abs(state[3 + c, i]), abs(state[3 + c, j])) >= BEYOND else lost
    if way > 0 and not rubs:
        settle(state, words, free, ours, pairs, lane, 1)
    return int(lost)


@kernel(f"void({COMMON}, float64[:,::1], float64[::1], float64[::1], boolean)")
def lose_all_pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats, rubs: bool,
) -> None:  # fmt: skip
    """Undo `lose_all`, with the gradient; what sticks has none."""
    ours, unit = who[slot[f, 0, 0] : slot[f, 0, 1]], units[1]
    k, al, by_e, mu = firmness_of(theta, slot, f, rubs)
    x = places_of(state, units[0])
    radius, pairs = touched(x, theta, slot, ours, f, slot[f, THREADS, 0] != 0)
    y, ghost, n = np.empty((3, 1), np.int64), np.zeros((3, 1), np.int64), np.empty(3)
    before, after = np.empty((3, 1), np.int64), np.empty((3, 1), np.int64)
    g, bend = np.empty((3, 1)), np.empty((3, 1))
    if not rubs:
        settle(state, words, free, ours, pairs, lane, -1)
    for turn in range(pairs.shape[0] - 1, -1, -1):
        s, t = pairs[turn, 0], pairs[turn, 1]
        i, j = ends_of(free, ours, pairs, turn)
        if free[0, i] == 0.0:
            continue
        r, n[0], n[1], n[2] = apart(x, i, j)
        both, (share, firm) = radius[s] + radius[t], shares_of(m, free, i, j)
        d, to_place, to_radius = pressed(both - r, both, DEEPEST)
        frame = frame_of(n[0], n[1], n[2])
        limit, slow = mu * firm * k * (d * d * d) * h / unit, al * np.sqrt(firm * k) * d * h
        for c in range(3):
            y[c, 0] = after[c, 0] = state[3 + c, i] - state[3 + c, j]
            state[3 + c, j] += np.int64(np.rint((1.0 - share) * y[c, 0]))
        if rubs:
            rub_across(state, words, lane, i, y, ghost, frame, limit, 0.0, -1)
        else:
            slow_along(state, words, lane, i, y, frame, slow, -1)
        along = 0.0
        for c in range(3):
            before[c, 0] = y[c, 0]
            state[3 + c, j] -= np.int64(np.rint((1.0 - share) * y[c, 0]))
            state[3 + c, i] = y[c, 0] + state[3 + c, j]
            along += (adj[3 + c, i] + adj[3 + c, j]) * (after[c, 0] - before[c, 0]) * unit
            g[c, 0] = share * adj[3 + c, i] - (1.0 - share) * adj[3 + c, j]
        for c in range(3):
            adj[3 + c, i] -= g[c, 0]
            adj[3 + c, j] += g[c, 0]
        by_slow, by_limit = give_back(before, after, ghost, frame, slow, limit, unit, g, bend)
        by_depth = by_slow * al * np.sqrt(firm * k) * h + by_limit * 3.0 * mu * firm * k * (d * d) * h / unit
        for c in range(3):
            adj[3 + c, i] += g[c, 0]
            adj[3 + c, j] -= g[c, 0]
            u = (bend[c, 0] / r if r > 0.0 else 0.0) - by_depth * to_place * n[c]
            adj[c, i] += u
            adj[c, j] -= u
        if gm.size > 0:
            by_share = along if firm == 1.0 else (0.5 * by_slow * slow + by_limit * limit) / firm
            gm[i] -= by_share * m[j] / ((m[i] + m[j]) * (m[i] + m[j]))
            gm[j] += by_share * m[i] / ((m[i] + m[j]) * (m[i] + m[j]))
        gtheta[slot[f, RADIUS, 0] + slot[f, RADIUS, 1] * s] += by_depth * to_radius
        gtheta[slot[f, RADIUS, 0] + slot[f, RADIUS, 1] * t] += by_depth * to_radius
        gtheta[slot[f, STIFFNESS, 0]] += (0.5 * by_slow * slow + by_limit * limit) / k if k > 0.0 else 0.0
        gtheta[slot[f, RESTITUTION, 0]] += by_slow * by_e * np.sqrt(firm * k) * d * h
        gtheta[slot[f, FRICTION, 0]] += by_limit * firm * k * (d * d * d) * h / unit


@kernel(MOVE)
def loss(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    """Let each pair lose speed along its normal."""
    if tick & 1 == 0:  # at the end of a step for all of it: where it begins bodies are where the one before ends
        return -1
    return int(lose_all(state, words, a, m, free, theta, slot, who, f, lane, units, 2.0 * h, tick, way, False))


@kernel(MOVE_PULL)
def loss_pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Undo it, with the gradient."""
    if tick & 1:
        lose_all_pull(state, words, a, m, free, theta, slot, who, f, lane, units, 2.0 * h, tick, adj, gm, gtheta, False)


@kernel(MOVE)
def rub(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    """Let each pair rub, after a kick."""
    if theta[slot[f, FRICTION, 0]] == 0.0:
        return -1
    return int(lose_all(state, words, a, m, free, theta, slot, who, f, lane, units, h, tick, way, True))


@kernel(MOVE_PULL)
def rub_pull(
    state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats, slot: Counts, who: Counts,
    f: int, lane: int, units: Floats, h: float, tick: int, adj: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Undo it, with the gradient."""
    if theta[slot[f, FRICTION, 0]] != 0.0:
        lose_all_pull(state, words, a, m, free, theta, slot, who, f, lane, units, h, tick, adj, gm, gtheta, True)
