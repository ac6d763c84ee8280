"""How bodies press where they touch, and how much of their speed is lost there.

Where two overlap by d they are pushed apart with the acceleration k d^3, against each other, and their speed u along
the normal is slowed by al sqrt(k) d u. With y = d^2 and dtau = d dt that is y'' + al y' + 2 y = 0, an oscillator: from
first to last touch half a swing passes, at every speed, which leaves the part e of the speed (the restitution) where

    al = sqrt(8) z,   z = L / sqrt(pi^2 + L^2),   L = -ln e

The law asks for + - * only, begins softly, and so its steps see little of when they meet it: at e = 0.6 with a dent of
ten sub-steps' way e comes out within 0.004, with a linear one within 0.02.

Deeper than DEEPEST of what two radii reach the push grows no more, so that steps can follow what is pressed together by
many: without that a column of marbles that fell at 6 m/s flew apart at 57 m/s.

Places are counted, so forces never balance to the last bit. What contacts balance to BALANCED of their push counts as
balanced, and what touches loses SMOOTHEST counts of speed in each kick: so it comes to rest, and then erases nothing.

A contact has a frame, in which its normal is an axis (planes/frame.py). Along it speeds are merged (merge.py), across
it they rub (planes/impact.py). Damped contacts: Tsuji, Tanaka and Ishida 1992.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import Counts
from revanim.engine.merge import lose, regain, slopes
from revanim.engine.parameter import Floats
from revanim.engine.planes.frame import FRAME, Frame, enter, enter_floats, onto, turn, turn_floats
from revanim.engine.planes.impact import rub, unrub
from revanim.engine.planes.plane import rubbed_back
from revanim.engine.tape import TAPED, Words, pop_rare, push_rare

RADIUS, STIFFNESS, RESTITUTION, FRICTION = range(1, 5)  # rows of what touches
THREADS = 5  # and for bodies that touch each other the one that says whether threads share the work
SMOOTHEST = 16.0  # counts of speed
BALANCED = 2.0**-30
DEEPEST = 0.3
DEADEST = 1e-9  # restitution
SQUARE = 9.869604401089358  # of pi
LN2 = 0.6931471805599453
TERMS = 12  # of the series of a logarithm


@kernel("float64(float64)")
def logarithm(x: float) -> float:
    """Return the natural logarithm of a number above 0 and at most 1, by the series of artanh."""
    halvings = 0
    while x < 0.7:
        x, halvings = 2.0 * x, halvings + 1
    s = (x - 1.0) / (x + 1.0)
    total = 0.0
    for term in range(TERMS, -1, -1):
        total = total * (s * s) + 1.0 / (2 * term + 1)
    return float(2.0 * s * total - halvings * LN2)


@kernel("UniTuple(float64, 2)(float64)")
def slowing_of(restitution: float) -> tuple[float, float]:
    """Return al for a restitution, and its derivative."""
    e = min(max(restitution, DEADEST), 1.0)
    long = -logarithm(e)
    size = SQUARE + long * long
    return np.sqrt(8.0 / size) * long, -np.sqrt(8.0 / size) * SQUARE / (size * e) if restitution > DEADEST else 0.0


@kernel("UniTuple(float64, 3)(float64, float64, float64)")
def pressed(d: float, radius: float, share: float) -> tuple[float, float, float]:
    """Return how deep a body counts as, at most a share of a radius, and its derivatives for depth and radius."""
    if d > share * radius > 0.0:
        return share * radius, 0.0, share
    return d, 1.0, 1.0


@kernel("float64(float64, float64, float64)")
def stored(d: float, radius: float, share: float) -> float:
    """Return the energy of a depth, of a mass and at a stiffness of 1."""
    counts, _, _ = pressed(d, radius, share)
    return float(counts * counts * counts * (d - 0.75 * counts))


@kernel("UniTuple(float64, 4)(float64[::1], int64[:,:,::1], int64, boolean)")
def firmness_of(theta: Floats, slot: Counts, f: int, rubs: bool) -> tuple[float, float, float, float]:
    """Return k, al and its derivative for the restitution, and the friction: 0 the one or the other."""
    al, by_e = slowing_of(theta[slot[f, RESTITUTION, 0]])
    k, mu = theta[slot[f, STIFFNESS, 0]], theta[slot[f, FRICTION, 0]]
    return (k, 0.0, 0.0, mu) if rubs else (k, al, by_e, 0.0)


@kernel("void(float64[:,::1], int64, float64)")
def balance(a: Floats, i: int, pushed: float) -> None:
    """Let the acceleration of a body be 0 where it is next to nothing beside what contacts push with."""
    if max(abs(a[0, i]), abs(a[1, i]), abs(a[2, i])) < BALANCED * pushed:
        a[0, i] = a[1, i] = a[2, i] = 0.0


@kernel(f"int64({TAPED}, int64, int64)", inline=True)
def settled(state: Counts, words: Words, lane: int, i: int, v: int, way: int) -> int:
    """Return a speed without its last SMOOTHEST counts, or with them again where way is -1.

    That is what friction does to a speed along one axis (planes/impact.py), said in whole numbers.
    """
    least, count = np.int64(SMOOTHEST), 2 * np.int64(SMOOTHEST) + 1
    if way > 0 and abs(v) > least:
        return int(v - least if v > 0 else v + least)
    if way > 0:
        push_rare(state, words, lane, i, v % count, count)
        return 0
    if v != 0:
        return int(v + least if v > 0 else v - least)
    u = pop_rare(state, words, lane, i, count)
    return int(u if u <= least else u - count)


@kernel(f"UniTuple(float64, 2)(int64[:,::1], {FRAME})")
def turned(ghost: Counts, frame: Frame) -> tuple[float, float]:
    """Turn a ghost into a frame, and onto the first of its axes across; return t and s of the latter turn.

    One of a few counts is left where it is: its direction is rounding.
    """
    p, q = frame[1], frame[2]
    enter(ghost, 0, 0, frame, 1)
    if max(abs(ghost[p, 0]), abs(ghost[q, 0])) < SMOOTHEST:
        return 0.0, 0.0
    t, s = onto(float(ghost[p, 0]), float(ghost[q, 0]))
    turn(ghost, p, q, 0, t, s, 1)
    return t, s


@kernel(f"void({TAPED}, int64[:,::1], {FRAME}, float64, int64)", inline=True)
def slow_along(state: Counts, words: Words, lane: int, i: int, y: Counts, frame: Frame, slow: float, way: int) -> None:
    """Let a speed y, int64[3, 1], be slowed down along the normal of a contact, or be as fast again where way is -1.

    It is turned into the frame as `enter` does (planes/frame.py), in numbers instead of rows: a quarter of the time.
    """
    k, p, q, t, s, t2, s2, _ = frame
    u, v, w = y[k, 0], y[p, 0], y[q, 0]
    u -= np.int64(np.rint(t * v))
    v += np.int64(np.rint(s * u))
    u -= np.int64(np.rint(t * v))
    u -= np.int64(np.rint(t2 * w))
    w += np.int64(np.rint(s2 * u))
    u -= np.int64(np.rint(t2 * w))
    u = lose(state, words, lane, i, u, slow, 0.0, 0.0) if way > 0 else regain(state, words, lane, i, u, slow, 0.0, 0.0)
    u += np.int64(np.rint(t2 * w))
    w -= np.int64(np.rint(s2 * u))
    u += np.int64(np.rint(t2 * w))
    u += np.int64(np.rint(t * v))
    v -= np.int64(np.rint(s * u))
    u += np.int64(np.rint(t * v))
    y[k, 0], y[p, 0], y[q, 0] = u, v, w


@kernel(f"void({TAPED}, int64[:,::1], int64[:,::1], {FRAME}, float64, float64, int64)")
def rub_across(
    state: Counts, words: Words, lane: int, i: int, y: Counts, ghost: Counts, frame: Frame, limit: float,
    balanced: float, way: int,
) -> None:  # fmt: skip
    """Let a speed y, int64[3, 1], lose what friction takes, or have it again where way is -1.

    That is up to `limit` across, in counts; ghost is what the speed would be had the body been at rest before the kick:
    so far as that is less than `balanced`, it is taken back along the normal.
    """
    if not limit > 0.0:
        return
    k, p, q = frame[0], frame[1], frame[2]
    enter(y, 0, 0, frame, 1)
    t, s = turned(ghost, frame)
    spare = ghost[k, 0] if abs(ghost[k, 0]) < balanced else 0
    turn(y, p, q, 0, t, s, 1)
    if way > 0:
        y[k, 0] -= spare
        y[p, 0] = rub(state, words, lane, i, y[p, 0], limit, y[q, 0], ghost[p, 0])
        y[q, 0] = rub(state, words, lane, i, y[q, 0], limit, y[p, 0], ghost[q, 0])
    if way > 0 and y[q, 0] == 0:
        y[p, 0] = settled(state, words, lane, i, y[p, 0], 1)
    if y[p, 0] == 0 and y[q, 0] == 0:
        y[k, 0] = settled(state, words, lane, i, y[k, 0], way)
    if way < 0 and y[q, 0] == 0:
        y[p, 0] = settled(state, words, lane, i, y[p, 0], -1)
    if way < 0:
        y[q, 0] = unrub(state, words, lane, i, y[q, 0], limit, y[p, 0], ghost[q, 0])
        y[p, 0] = unrub(state, words, lane, i, y[p, 0], limit, y[q, 0], ghost[p, 0])
        y[k, 0] += spare
    turn(y, p, q, 0, t, s, -1)
    enter(y, 0, 0, frame, -1)


@kernel(
    f"UniTuple(float64, 2)(int64[:,::1], int64[:,::1], int64[:,::1], {FRAME}, float64, float64, float64,"
    " float64[:,::1], float64[:,::1])"
)
def give_back(
    before: Counts, after: Counts, ghost: Counts, frame: Frame, slow: float, limit: float, unit: float,
    g: Floats, bend: Floats,
) -> tuple[float, float]:  # fmt: skip
    """Carry a gradient through both of these; return the derivatives for `slow` and for `limit`.

    g, float64[3, 1], is the gradient for the speed after it and becomes that before it; bend, float64[3, 1], will be
    that for the normal. The speeds, int64[3, 1], are turned into the frame. That a ghost may change with places is left
    out: it only decides which of two axes rubs first.
    """
    k, p, q = frame[0], frame[1], frame[2]
    enter(before, 0, 0, frame, 1)
    enter(after, 0, 0, frame, 1)
    enter_floats(g, 0, 0, frame, 1)
    by_limit = 0.0
    twist = g[q, 0] * after[p, 0] - g[p, 0] * after[q, 0]
    for axis in (p, q):
        bend[axis, 0] = g[axis, 0] * after[k, 0] - g[k, 0] * after[axis, 0]
    if limit > 0.0:
        t, s = turned(ghost, frame)
        turn(before, p, q, 0, t, s, 1)
        turn_floats(g, p, q, 0, t, s, 1)
        by_limit = rubbed_back(before, p, q, limit, g, 0)
        turn_floats(g, p, q, 0, t, s, -1)
        turn(before, p, q, 0, t, s, -1)
    kept, by_slow, _, _ = slopes(abs(after[k, 0]), slow, 0.0, 0.0)
    by_slow *= g[k, 0] * (1.0 if after[k, 0] > 0 else -1.0)
    g[k, 0] *= kept
    twist += g[p, 0] * before[q, 0] - g[q, 0] * before[p, 0]
    for axis in (p, q):
        bend[axis, 0] += g[k, 0] * before[axis, 0] - g[axis, 0] * before[k, 0]
    bend[p, 0] -= twist * frame[6] / np.sqrt(1.0 - frame[6] * frame[6])  # the axes across turn about the normal
    bend[k, 0] = 0.0
    for axis in (p, q):
        bend[axis, 0] *= frame[7] * unit
    enter_floats(g, 0, 0, frame, -1)
    enter_floats(bend, 0, 0, frame, -1)
    return by_slow * unit, by_limit * unit
