"""Where a body is against its plane, and how a gradient is carried through rubbing there."""

import numpy as np

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import Counts
from revanim.engine.merge import FARTHEST
from revanim.engine.parameter import Floats
from revanim.engine.planes.frame import FRAME, Frame, enter, enter_floats, frame_of
from revanim.engine.planes.impact import rubbed, slants

HEIGHT, NORMAL, RESTITUTION, FRICTION, RADIUS = range(1, 6)  # rows of what a plane is and does


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


@kernel(f"float64(float64[:,::1], int64, {FRAME})")
def pull_along(a: Floats, i: int, frame: Frame) -> float:
    """Return the acceleration of a body along the axis k of a frame."""
    g = np.empty((3, 1))
    for axis in range(3):
        g[axis, 0] = a[axis, i]
    enter_floats(g, 0, 0, frame, 1)
    return float(g[frame[0], 0])


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
    q, _, _ = rubbed(abs(v), limit, across)
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
