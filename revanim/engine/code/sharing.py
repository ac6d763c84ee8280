"""Moves that act on each body by itself, in shares of the bodies that threads take: the same bits with any number."""

from typing import Any

import numpy as np

from revanim.engine.code.function_list import list_type
from revanim.engine.code.kernel import kernel, prange
from revanim.engine.grid import Counts
from revanim.engine.move import MOVE
from revanim.engine.parameter import Floats
from revanim.engine.tape import Words

SHARE = 128  # bodies: some ten microseconds, beside which a share takes nothing


def in_shares_signature() -> Any:
    """Return the numba signature of `in_shares`: that of a move, after all of them and which of them acts."""
    from numba.core import types
    from numba.core.sigutils import normalize_signature

    arguments, returned = normalize_signature(MOVE)
    return returned(list_type(MOVE), types.int64, *arguments)


@kernel(in_shares_signature, parallel=True)
def in_shares(
    moves: Any, place: int, state: Counts, words: Words, a: Floats, m: Floats, free: Floats, theta: Floats,
    slot: Counts, who: Counts, f: int, lane: int, units: Floats, h: float, tick: int, way: int,
) -> int:  # fmt: skip
    """Let a move act on some bodies after the others; each share finds its own bodies and their values in `slot`."""
    begin, count = slot[f, 0, 0], slot[f, 0, 1] - slot[f, 0, 0]
    shares = (count + SHARE - 1) // SHARE
    lost = np.full(shares, -1)
    for share in prange(shares):
        mine, first = slot.copy(), share * SHARE
        mine[f, 0, 0], mine[f, 0, 1] = begin + first, begin + min(first + SHARE, count)
        for row in range(1, slot.shape[1]):
            mine[f, row, 0] += first * slot[f, row, 1]
        lost[share] = moves[place](
            state, words, a, m, free, theta, mine, who, f, lane, units, h, tick, way
        )  # fmt: skip
    last = -1
    for one in lost:
        last = one if one >= 0 else last
    return int(last)
