"""Pieces of a run of bytes, one behind the other."""

import numpy as np
from numpy.typing import NDArray

from revanim.engine.code.kernel import kernel
from revanim.scene.scene import Index

Bytes = NDArray[np.uint8]


def gathered(data: Bytes, begin: Index, end: Index) -> Bytes:
    """Return the bytes from each of `begin` up to its `end`, int64[k] both, as one run."""
    run = np.empty(int((end - begin).sum()), np.uint8)
    _gather(data, begin, end, run)
    return run


@kernel("void(uint8[::1], int64[::1], int64[::1], uint8[::1])")
def _gather(data: Bytes, begin: Index, end: Index, run: Bytes) -> None:
    at = 0
    for piece in range(begin.size):
        for byte in range(begin[piece], end[piece]):
            run[at] = data[byte]
            at += 1
