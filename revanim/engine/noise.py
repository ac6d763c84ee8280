"""Chance without a memory: bits that look random, from whole numbers alone, and a smooth field made of them.

The same numbers give the same bits on every machine, so what is drawn in a step is drawn again on the way back, and
nothing is kept. The field is gradient noise: each corner of a lattice has a random slope, and between the corners the
planes with these slopes blend by a polynomial (Perlin 2002). It is twice differentiable and takes + - * alone.
"""

import numpy as np

from revanim.engine.code.kernel import kernel

BITS = 21  # of one of the three numbers that a drawing gives
FAR = 2.0**50  # from the origin, in edges of the lattice: beyond it a float64 does not tell places in a cell apart


@kernel("uint64(int64, int64, int64, int64)")
def mixed(a: int, b: int, c: int, seed: int) -> np.uint64:
    """Return 64 bits that look random, by the finaliser of splitmix (Steele, Lea and Flood 2014)."""
    bits = np.uint64(a) * np.uint64(0x9E3779B97F4A7C15) ^ np.uint64(b) * np.uint64(0xC2B2AE3D27D4EB4F)
    bits ^= np.uint64(c) * np.uint64(0x165667B19E3779F9) ^ np.uint64(seed) * np.uint64(0xD6E8FEB86659FD93)
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.uint64(bits ^ (bits >> np.uint64(31)))


@kernel("UniTuple(float64, 3)(int64, int64, int64, int64)")
def drawn(a: int, b: int, c: int, seed: int) -> tuple[float, float, float]:
    """Return three numbers from -1 up to 1, each as likely, so that the variance of their sum is 1."""
    bits, mask, unit = mixed(a, b, c, seed), np.uint64((1 << BITS) - 1), 2.0 ** (1 - BITS)
    one = np.int64(bits & mask) * unit - 1.0
    two = np.int64((bits >> np.uint64(BITS)) & mask) * unit - 1.0
    three = np.int64((bits >> np.uint64(2 * BITS)) & mask) * unit - 1.0
    return one, two, three


@kernel("UniTuple(float64, 3)(float64, int64)")
def fade(t: float, side: int) -> tuple[float, float, float]:
    """Return how much a corner counts at t from 0 to 1 between side 0 and side 1, and its two derivatives."""
    value = t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
    first = 30.0 * t * t * (t - 1.0) * (t - 1.0)
    second = 60.0 * t * (t - 1.0) * (2.0 * t - 1.0)
    return (value, first, second) if side == 1 else (1.0 - value, -first, -second)


@kernel("UniTuple(float64, 9)(float64, float64, float64, int64)")
def field_slopes(x: float, y: float, z: float, seed: int) -> tuple[float, ...]:
    """Return the derivatives of the field for x, y, z, then for xx, yy, zz, xy, xz, yz; 0 where FAR away."""
    gx = gy = gz = xx = yy = zz = xy = xz = yz = 0.0
    if not (abs(x) < FAR and abs(y) < FAR and abs(z) < FAR):
        return gx, gy, gz, xx, yy, zz, xy, xz, yz
    left, front, low = np.floor(x), np.floor(y), np.floor(z)
    for i in range(2):
        p = x - left
        a, a1, a2 = fade(p, i)
        for j in range(2):
            q = y - front
            b, b1, b2 = fade(q, j)
            for k in range(2):
                r = z - low
                c, c1, c2 = fade(r, k)
                g, h, e = drawn(np.int64(left) + i, np.int64(front) + j, np.int64(low) + k, seed)
                d = g * (p - i) + h * (q - j) + e * (r - k)
                gx += b * c * (a1 * d + a * g)
                gy += a * c * (b1 * d + b * h)
                gz += a * b * (c1 * d + c * e)
                xx += b * c * (a2 * d + 2.0 * a1 * g)
                yy += a * c * (b2 * d + 2.0 * b1 * h)
                zz += a * b * (c2 * d + 2.0 * c1 * e)
                xy += c * (a1 * b1 * d + a1 * b * h + a * b1 * g)
                xz += b * (a1 * c1 * d + a1 * c * e + a * c1 * g)
                yz += a * (b1 * c1 * d + b1 * c * e + b * c1 * h)
    return gx, gy, gz, xx, yy, zz, xy, xz, yz
