"""What the headings of the bodies that one sees ask of its spin: k sum_j w_ij n_i x n_j, and the gradient of that.

n = v / |v| is where a body is heading, and 0 for one that rests; w is in sight.py.
"""

import numpy as np

from revanim.engine.cells import ROWS, SHARE, in_cells, touching_from
from revanim.engine.code.dropped import is_dropped
from revanim.engine.code.kernel import kernel
from revanim.engine.flocking.sight import law, slope
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats


@kernel("Tuple((float64[:,::1], float64[:,::1], float64[::1]))(int64[:,::1], int64[::1], float64[::1])")
def seen(state: Counts, ours: Counts, units: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the places of some bodies, float64[3, k], their headings, and their speeds, float64[k]."""
    y, n, speed = np.empty((3, ours.size)), np.empty((3, ours.size)), np.empty(ours.size)
    for k in range(ours.size):
        square = 0.0
        for c in range(3):
            y[c, k] = state[c, ours[k]] * units[0]
            n[c, k] = state[3 + c, ours[k]] * units[1]
            square += n[c, k] * n[c, k]
        speed[k] = np.sqrt(square)
        for c in range(3):
            n[c, k] = n[c, k] / speed[k] if speed[k] > 0.0 else 0.0
    return y, n, speed


@kernel("UniTuple(float64, 3)(float64[:,::1], float64[:,::1], int64, int64)")
def cross(a: Floats, b: Floats, i: int, j: int) -> tuple[float, float, float]:
    """Return a_i x b_j."""
    return (
        a[1, i] * b[2, j] - a[2, i] * b[1, j],
        a[2, i] * b[0, j] - a[0, i] * b[2, j],
        a[0, i] * b[1, j] - a[1, i] * b[0, j],
    )


@kernel("float64[:,::1](int64[:,::1], int64[::1], int64[::1], float64[::1], float64[::1])")
def asked(state: Counts, whole: Counts, ours: Counts, radius: Floats, units: Floats) -> Floats:
    """Return sum_j w_ij n_i x n_j of some bodies, float64[3, k]."""
    turned, (y, n, _) = np.zeros((3, ours.size)), seen(state, ours, units)
    cells, runs, k = in_cells(y, radius), np.zeros((2, ROWS), np.int64), 0
    while k < cells[1].size and not is_dropped(whole):
        pairs, k = touching_from(cells, runs, k, cells[1].size, SHARE)
        for pair in range(pairs.shape[0]):
            i, j = pairs[pair, 0], pairs[pair, 1]
            d0, d1, d2 = y[0, j] - y[0, i], y[1, j] - y[1, i], y[2, j] - y[2, i]
            w, (t0, t1, t2) = law(d0 * d0 + d1 * d1 + d2 * d2, radius[i], radius[j], 0.0), cross(n, n, i, j)
            turned[0, i] += w * t0
            turned[1, i] += w * t1
            turned[2, i] += w * t2
            turned[0, j] -= w * t0
            turned[1, j] -= w * t1
            turned[2, j] -= w * t2
    return turned


@kernel(
    "float64[:,::1](int64[:,::1], int64[::1], int64[::1], float64[::1], float64[::1], float64[:,::1],"
    " float64[:,::1], float64[::1])"
)
def asked_back(
    state: Counts, whole: Counts, ours: Counts, radius: Floats, units: Floats, z: Floats, adj: Floats, gr: Floats
) -> Floats:
    """Return the same, and add the derivatives of S = sum_i z_i . (sum_j w_ij n_i x n_j).

    z is float64[3, k]; those for places and speeds are added to adj, and those for the radii to gr, float64[k].
    """
    turned, gn, (y, n, speed) = np.zeros((3, ours.size)), np.zeros((3, ours.size)), seen(state, ours, units)
    cells, runs, k, t = in_cells(y, radius), np.zeros((2, ROWS), np.int64), 0, np.empty((3, 1))
    while k < cells[1].size and not is_dropped(whole):
        pairs, k = touching_from(cells, runs, k, cells[1].size, SHARE)
        for pair in range(pairs.shape[0]):
            i, j = pairs[pair, 0], pairs[pair, 1]
            p, q = ours[i], ours[j]
            d0, d1, d2 = y[0, j] - y[0, i], y[1, j] - y[1, i], y[2, j] - y[2, i]
            w, w2, by_i, by_j, _ = slope(d0 * d0 + d1 * d1 + d2 * d2, radius[i], radius[j], 0.0)
            for c in range(3):
                t[c, 0] = z[c, i] - z[c, j]
            one, for_i, for_j = cross(n, n, i, j), cross(n, t, j, 0), cross(t, n, 0, i)
            s = t[0, 0] * one[0] + t[1, 0] * one[1] + t[2, 0] * one[2]
            gr[i] += by_i * s
            gr[j] += by_j * s
            for c in range(3):
                turned[c, i] += w * one[c]
                turned[c, j] -= w * one[c]
                gn[c, i] += w * for_i[c]
                gn[c, j] += w * for_j[c]
                along = w2 * s * (y[c, j] - y[c, i])
                adj[c, p] -= along
                adj[c, q] += along
    for k in range(ours.size):
        along = gn[0, k] * n[0, k] + gn[1, k] * n[1, k] + gn[2, k] * n[2, k]
        for c in range(3):
            adj[3 + c, ours[k]] += (gn[c, k] - along * n[c, k]) / speed[k] if speed[k] > 0.0 else 0.0
    return turned
