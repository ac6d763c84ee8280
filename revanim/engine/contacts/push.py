"""The force between bodies that overlap by d: a_i = m_j / (m_i + m_j) k d^3 along the line from j to i.

k, 1 / (length^2 s^2), is the same for light and for heavy bodies, and the acceleration of each against the other k d^3.
The energy is k d^4 / 4 times the reduced mass.
"""

import numpy as np

from revanim.engine.code.dropped import is_dropped
from revanim.engine.code.kernel import kernel
from revanim.engine.contacts.law import DEEPEST, RADIUS, STIFFNESS, balance, pressed, stored
from revanim.engine.contacts.touch import apart, touched
from revanim.engine.force import APPLY, ENERGY, PULL
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats

NEAR = 20  # bodies that one of many is compared with


def few_pairs(mass: Floats) -> int:
    """Count each of these bodies with those near it."""
    return NEAR * mass.size


@kernel(APPLY)
def apply(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool, a: Floats) -> None:
    """Push apart what overlaps."""
    ours, k = who[slot[f, 0, 0] : slot[f, 0, 1]], theta[slot[f, STIFFNESS, 0]]
    if is_dropped(who):
        return
    (radius, pairs), pushed = touched(x, theta, slot, ours, f, wide), np.zeros(ours.size)
    for pair in range(pairs.shape[0]):
        s, t = pairs[pair, 0], pairs[pair, 1]
        i, j = ours[s], ours[t]
        r, n0, n1, n2 = apart(x, i, j)
        both, share = radius[s] + radius[t], m[j] / (m[i] + m[j])
        d, _, _ = pressed(both - r, both, DEEPEST)
        push = k * (d * d * d)
        pushed[s] += share * push
        pushed[t] += (1.0 - share) * push
        a[0, i] += share * push * n0
        a[1, i] += share * push * n1
        a[2, i] += share * push * n2
        a[0, j] -= (1.0 - share) * push * n0
        a[1, j] -= (1.0 - share) * push * n1
        a[2, j] -= (1.0 - share) * push * n2
    for s in range(ours.size):
        balance(a, ours[s], pushed[s])


@kernel(PULL)
def pull(
    x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool,
    w: Floats, a: Floats, gx: Floats, gm: Floats, gtheta: Floats,
) -> None:  # fmt: skip
    """Do the same, with the gradient."""
    ours, k = who[slot[f, 0, 0] : slot[f, 0, 1]], theta[slot[f, STIFFNESS, 0]]
    if is_dropped(who):
        return
    (radius, pairs), pushed, n = touched(x, theta, slot, ours, f, wide), np.zeros(ours.size), np.empty(3)
    for pair in range(pairs.shape[0]):
        s, t = pairs[pair, 0], pairs[pair, 1]
        i, j = ours[s], ours[t]
        r, n[0], n[1], n[2] = apart(x, i, j)
        both, share = radius[s] + radius[t], m[j] / (m[i] + m[j])
        d, to_place, to_radius = pressed(both - r, both, DEEPEST)
        push = k * (d * d * d)
        pushed[s] += share * push
        pushed[t] += (1.0 - share) * push
        against, along = 0.0, 0.0
        for c in range(3):
            a[c, i] += share * push * n[c]
            a[c, j] -= (1.0 - share) * push * n[c]
            against += (share * w[c, i] - (1.0 - share) * w[c, j]) * n[c]
            along += (w[c, i] + w[c, j]) * n[c]
        by_depth = 3.0 * k * (d * d) * against
        for c in range(3):
            across = share * w[c, i] - (1.0 - share) * w[c, j] - against * n[c]
            g = (push / r * across if r > 0.0 else 0.0) - by_depth * to_place * n[c]
            gx[c, i] += g
            gx[c, j] -= g
        if gm.size > 0:
            gm[i] -= push * along * m[j] / ((m[i] + m[j]) * (m[i] + m[j]))
            gm[j] += push * along * m[i] / ((m[i] + m[j]) * (m[i] + m[j]))
        gtheta[slot[f, STIFFNESS, 0]] += d * d * d * against
        gtheta[slot[f, RADIUS, 0] + slot[f, RADIUS, 1] * s] += by_depth * to_radius
        gtheta[slot[f, RADIUS, 0] + slot[f, RADIUS, 1] * t] += by_depth * to_radius
    for s in range(ours.size):
        balance(a, ours[s], pushed[s])


@kernel(ENERGY)
def energy(x: Floats, m: Floats, theta: Floats, slot: Counts, who: Counts, f: int, wide: bool) -> float:
    """Return the energy of all pairs."""
    ours, total = who[slot[f, 0, 0] : slot[f, 0, 1]], 0.0
    radius, pairs = touched(x, theta, slot, ours, f, wide)
    for pair in range(pairs.shape[0]):
        s, t = pairs[pair, 0], pairs[pair, 1]
        i, j = ours[s], ours[t]
        far, both = apart(x, i, j)[0], radius[s] + radius[t]
        total += stored(both - far, both, DEEPEST) * m[i] * m[j] / (m[i] + m[j])
    return float(total * theta[slot[f, STIFFNESS, 0]])
