"""Counts to float64 and back, in operations that processors have as vectors: most convert 64-bit integers one by one.

Adding 1.5 * 2^52 to a float64 below 2^51 rounds it to the nearest whole number, half to even, and leaves that number in
the last bits of the sum. Longer numbers are taken in two halves of 32 bits. The results are those of `float` and
`np.rint`, bit for bit.
"""

import numpy as np

from revanim.engine.code.kernel import kernel

HALF = 2.0**32
LOW, HIGH = 0x4330000000000000, 0x4530000080000000  # the bits of 2^52, and of 2^84 + 2^63
BOTH = 2.0**84 + 2.0**63 + 2.0**52
MASK = 2**32 - 1

ROUNDER = 1.5 * 2.0**52
# What its bits add up to, those of the higher half shifted by 32, where they are 0.
BIAS = 0x4338000000000000


@kernel("float64(int64)")
def to_float(count: int) -> float:
    """Return the float64 nearest to a count."""
    low = np.int64((count & MASK) | LOW).view(np.float64)
    high = np.int64(((count >> 32) & MASK) ^ HIGH).view(np.float64)
    return float((high - BOTH) + low)


@kernel("int64(float64)")
def to_count(value: float) -> int:
    """Return the whole number nearest to a value within 2^62, half to even."""
    high = value * (1.0 / HALF) + ROUNDER
    low = (value - (high - ROUNDER) * HALF) + ROUNDER
    return int((np.float64(high).view(np.int64) << 32) + np.float64(low).view(np.int64) - BIAS)
