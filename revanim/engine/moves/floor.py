"""A hard plane, n . x = height: bodies bounce off it at the very moment that they reach it, rub on it, and rest on it.

Either side of the plane is one. A drift is done anew in the frame of the plane, by its time h, and folded: where it
would carry a body from a distance y through the plane, y becomes -1 - y (counts; the wall is half a count away), and
the speed v along the normal -v. So v > 0 and y < h v tell on the way back that the body has bounced. There the speed
becomes e v, at the least the slowest that moves, and the distance e times what it was, each by merging neighbours
(impact.py); speeds along the plane lose up to friction * (1 + e) v.

A kick that presses a body down beside the plane is taken back as far as the plane can hold it, so that rest is v = 0;
along the plane it loses up to friction times that (impact.py). What rests on erases nothing.

Exact folds: new as far as we know. Dry friction: Coulomb; with a threshold on momentum, Moreau 1988.
"""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.frame import FRAME, Frame, enter, enter_floats, frame_of, onto, turn, turn_floats
from revanim.engine.grid import Counts
from revanim.engine.impact import bounce, carried, rub, rubbed, slants, unrub
from revanim.engine.merge import FARTHEST
from revanim.engine.move import MOVE, MOVE_PULL, MoveKernels, MoveKind
from revanim.engine.parameter import Floats, Parameter
from revanim.engine.tape import TAPE, TAPED, Words, pop_rare, push_rare

HEIGHT, NORMAL, RESTITUTION, FRICTION, RADIUS = range(1, 6)
DEADEST = 1e-9  # restitution
BESIDE, THICKEST = 4.0, 2.0**44  # how far a kick reaches that is held: so many times where it leads to, at most counts
SPARE, SMOOTHEST = 16, 16.0  # counts that a kick bears and rubs at least: what is rounded moves nothing that rests
BEYOND = 2**62  # counts, where the range ends


@kernel(f"Tuple(({FRAME}, int64))(float64[:,::1], float64[::1], int64[:,:,::1], int64, int64, int64, float64)")
def plane_of(free: Floats, theta: Floats, slot: Counts, f: int, i: int, s: int, unit: float) -> tuple[Frame, int]:
    """Return the frame of the plane for a body, number s of those it acts on, and how high it lies, in counts.

    In a plane it stands upright. The sign of the frame is 0 where there is none, or the body is pinned.
    """
    n = slot[f, NORMAL, 0]
    z = theta[n + 2] if free[2, i] != 0.0 else 0.0
    size = np.sqrt(theta[n] * theta[n] + theta[n + 1] * theta[n + 1] + z * z)
    far = (theta[slot[f, HEIGHT, 0]] + theta[slot[f, RADIUS, 0] + slot[f, RADIUS, 1] * s]) / unit
    if not (size > 0.0 and abs(far) < FARTHEST) or free[0, i] == 0.0:
        return frame_of(0.0, 0.0, 0.0), 0
    frame = frame_of(theta[n], theta[n + 1], z)
    return frame, int(np.rint(frame[7] * far))


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


@kernel(f"float64(float64[:,::1], int64, {FRAME})")
def pull_along(a: Floats, i: int, frame: Frame) -> float:
    """Return the acceleration of a body along the axis k of a frame."""
    g = np.empty((3, 1))
    for axis in range(3):
        g[axis, 0] = a[axis, i]
    enter_floats(g, 0, 0, frame, 1)
    return float(g[frame[0], 0])


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


@kernel(f"int64[:,::1](int64[:,::1], int64, {FRAME})")
def seen_from(state: Counts, i: int, frame: Frame) -> Counts:
    """Return the place and the speed of a body in a frame, int64[6, 1]."""
    seen = np.empty((6, 1), np.int64)
    for row in range(6):
        seen[row, 0] = state[row, i]
    enter(seen, 0, 0, frame, 1)
    enter(seen, 3, 0, frame, 1)
    return seen


@kernel("int64(int64, float64, int64)")
def slowed(v: int, limit: float, across: int) -> int:
    """Return what rubbing makes of a speed of either sign."""
    if not limit >= 0.5:
        return v
    q = rubbed(abs(v), limit, across)
    return int(q if v > 0 else -q)


@kernel("float64(int64[:,::1], int64, int64, float64, float64[:,::1], int64)")
def rubbed_back(seen: Counts, p: int, q: int, limit: float, adj: Floats, i: int) -> float:
    """Carry the gradient through the rubbing of speeds as they are seen before it; return that for the limit."""
    one = slowed(seen[p, 0], limit, seen[q, 0])
    other = slowed(seen[q, 0], limit, one)
    kept, by_limit, by_across = slants(other, limit, one)
    wanted = adj[q, i] * by_limit
    adj[p, i] += adj[q, i] * by_across
    adj[q, i] *= kept
    kept, by_limit, by_across = slants(one, limit, seen[q, 0])
    wanted += adj[p, i] * by_limit
    adj[q, i] += adj[p, i] * by_across
    adj[p, i] *= kept
    return float(wanted)


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


def plane_in(height: Floats, normal: Floats) -> tuple[Floats, Floats]:
    """Return a point of a plane, and its normal."""
    size = np.linalg.norm(normal, axis=-1, keepdims=True)
    return normal * np.divide(np.asarray(height)[..., None], size, where=size > 0.0, out=np.zeros_like(size)), normal


floor = MoveKind(
    name="floor",
    help="A hard plane that bodies bounce off, rub on and rest on.",
    title="Hard floor or wall",
    words="plane ground bounce collide restitution friction slide ice table",
    order=41,
    parameters=(
        Parameter("height", 0.0, "length", -1e12, 1e12, "How far along its normal it lies."),
        Parameter(
            "normal", (0.0, 0.0, 1.0), "", -1e12, 1e12, "The direction in which it faces.",
            axes=3, planar=(0.0, 1.0, 0.0), graded=False,
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
