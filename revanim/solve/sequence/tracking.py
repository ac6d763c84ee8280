"""How bodies are brought back to a path in two stretches of time, where what acts on them changes with their speed.

What a body is off by moves on as dx/dt = v, dv/dt = B v + p, with a constant push p in each stretch, and B, 3 by 3, by
how much losses and turns change a speed with itself. In a stretch h that makes of x, v and p

    x' = x + F1 v + F2 p,   v' = F0 v + F1 p,   F0 = exp(B h),  F1 = int F0,  F2 = int F1

so with the right pushes in this stretch and the next one both are 0. Without B that is the usual parabola.
"""

import numpy as np

from revanim.engine.parameter import Floats

TERMS, SMALL = 8, 0.5  # of the series for F0, and for how large a B h it is taken


def gains(lengths: Floats, slopes: Floats) -> Floats:
    """Return float64[2, s, n, 3, 3]: what makes of how far places and speeds are off the push that begins to help.

    lengths, float64[s], are those of the stretches, and slopes, float64[s, n, 3, 3], are B in each.
    """
    f0, f1, f2 = flights(lengths, slopes)
    onward = np.zeros_like(f0)  # where a body ends that is pushed to rest in the next stretch, of its speed before
    rest = f2[1:] @ np.linalg.solve(f1[1:], f0[1:])
    onward[:-1] = f1[1:] - rest
    pushed = f2 + onward @ f1
    return -np.array([np.linalg.inv(pushed), np.linalg.solve(pushed, f1 + onward @ f0)])


def flights(lengths: Floats, slopes: Floats) -> tuple[Floats, Floats, Floats]:
    """Return F0, F1 and F2 of each stretch: a series for a short time, then of twice that, and so on."""
    largest = float(np.abs(slopes).sum(axis=-1).max(initial=0.0) * lengths.max(initial=0.0))
    halvings = max(0, int(np.ceil(np.log2(max(largest, 1e-300) / SMALL))))
    h = lengths[:, None, None, None] / 2**halvings
    one = np.broadcast_to(np.eye(3), slopes.shape)
    f0, f1, f2, term = one, h * one, h * h / 2 * one, one
    for k in range(1, TERMS):
        term = term @ slopes * (h / k)
        f0, f1, f2 = f0 + term, f1 + h / (k + 1) * term, f2 + h * h / ((k + 1) * (k + 2)) * term
    for _ in range(halvings):
        f0, f1, f2 = f0 @ f0, f1 + f0 @ f1, 2.0 * f2 + f1 @ f1
    return f0, f1, f2
