"""What a move erases, kept as bits: a tape for each body, on which a move pushes onward what it pops on the way back.

A map that sends several neighbours to one number forgets which of them it was. Pushed on a tape by a complete prefix
code, that makes of numbers and tape together a bijection, whatever is on the tape: every string of bits decodes. So a
walk returns exactly, also from before home, where it pops zeros, and after a body was edited at any frame. How long the
tape is says how many bits were erased since home (Landauer 1961, Bennett 1973).

Of each tape the newest bits, fewer than 32, are in a lane of the state; whole words of 32 are in a ring, word j at
place j modulo its length, a power of two. Words below the oldest one that is kept are 0, and so is every place that
holds none: a word is pushed on a place that holds 0, or the ring is full, which is marked in one more column and ends
the walk. Where bodies are heated the tape reaches below 0.

    lanes of a move that has a tape, before its own: how many bits are on it, the newest ones, and a run (`push_rare`)
"""

import numpy as np
from numpy.typing import NDArray

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import Counts
from revanim.engine.kind import Kernels, Kind, Lane

Words = NDArray[np.uint32]

TAPE = (Lane("erased", "bits"), Lane("newest bits"), Lane("run"))
HEAD, RUN = 1, 2  # lanes after the first
WORD = 5  # so many bits of a place on the tape say where in a word it is
ROOM = 16  # words that a ring has at least
LARGEST = 2**32  # words of all rings together: 16 GB
LONGEST = 62  # bits of a number
NEAR = 16  # symbols on either side of one, of those that are likely beside it
EVER = 1 << 40  # in a run: how far after another symbol it begins below 0

TAPED = "int64[:,::1], uint32[:,::1], int64, int64"  # state, words, the first lane of the tape, the body


def has_tape(kind: Kind[Kernels]) -> bool:
    """Tell whether a kind keeps what it erases on a tape."""
    return kind.lanes[: len(TAPE)] == TAPE


@kernel(f"void({TAPED}, int64, int64)")
def push(state: Counts, words: Words, lane: int, i: int, value: int, bits: int) -> None:
    """Push a value of at most 31 bits."""
    top = state[lane, i]
    head, fill = (state[lane + HEAD, i] << bits) | value, (top & 31) + bits
    if fill >= 32:
        last = words.shape[1] - 1
        at = (top >> WORD) & (last - 1)
        if words[i, at] != 0:
            words[0, last] = 1
        words[i, at] = head >> (fill - 32)
        head &= (1 << (fill - 32)) - 1
    state[lane, i], state[lane + HEAD, i] = top + bits, head


@kernel(f"int64({TAPED}, int64)")
def pop(state: Counts, words: Words, lane: int, i: int, bits: int) -> int:
    """Return the value that was pushed last."""
    top, head = state[lane, i], state[lane + HEAD, i]
    fill = top & 31
    if fill < bits:
        at = ((top >> WORD) - 1) & (words.shape[1] - 2)
        head |= np.int64(words[i, at]) << fill
        words[i, at] = 0
    state[lane, i], state[lane + HEAD, i] = top - bits, head >> bits
    return int(head & ((1 << bits) - 1))


@kernel(f"void({TAPED}, int64, int64)")
def push_long(state: Counts, words: Words, lane: int, i: int, value: int, bits: int) -> None:
    """Push a value of at most LONGEST bits."""
    if bits > 31:
        push(state, words, lane, i, value & ((1 << (bits - 31)) - 1), bits - 31)
        push(state, words, lane, i, value >> (bits - 31), 31)
    else:
        push(state, words, lane, i, value, bits)


@kernel(f"int64({TAPED}, int64)")
def pop_long(state: Counts, words: Words, lane: int, i: int, bits: int) -> int:
    """Return the value that was pushed last."""
    if bits > 31:
        value = pop(state, words, lane, i, 31)
        return int((value << (bits - 31)) | pop(state, words, lane, i, bits - 31))
    return int(pop(state, words, lane, i, bits))


@kernel("int64(int64)")
def bits_of(number: int) -> int:
    """Return the logarithm of a number from 1 up to base 2, rounded down."""
    bits, stride = 0, 32
    while stride > 0:
        if number >> (bits + stride) > 0:
            bits += stride
        stride >>= 1
    return bits


@kernel(f"void({TAPED}, int64, int64)")
def push_of(state: Counts, words: Words, lane: int, i: int, symbol: int, count: int) -> None:
    """Push one of `count` symbols that are all as likely: truncated binary, whose first bits are read first."""
    if count <= 1:
        return
    bits = bits_of(count)
    short = (1 << (bits + 1)) - count  # so many symbols need a bit less than the others
    if symbol < short:
        push_long(state, words, lane, i, symbol, bits)
    else:
        push(state, words, lane, i, (symbol + short) & 1, 1)
        push_long(state, words, lane, i, (symbol + short) >> 1, bits)


@kernel(f"int64({TAPED}, int64)")
def pop_of(state: Counts, words: Words, lane: int, i: int, count: int) -> int:
    """Return which of `count` symbols was pushed last."""
    if count <= 1:
        return 0
    bits = bits_of(count)
    short = (1 << (bits + 1)) - count
    symbol = pop_long(state, words, lane, i, bits)
    if symbol < short:
        return int(symbol)
    return int(2 * symbol + pop(state, words, lane, i, 1) - short)


@kernel(f"void({TAPED}, int64)")
def push_any(state: Counts, words: Words, lane: int, i: int, number: int) -> None:
    """Push any number from 0 up: Elias gamma of the next one, its length in ones that a 0 ends, so that 0 is one 0."""
    bits = bits_of(number + 1)
    push_long(state, words, lane, i, (number + 1) & ((1 << bits) - 1), bits)
    if bits < LONGEST:
        push(state, words, lane, i, 0, 1)
    push_long(state, words, lane, i, (1 << bits) - 1, bits)


@kernel(f"int64({TAPED})")
def pop_any(state: Counts, words: Words, lane: int, i: int) -> int:
    """Return the number that was pushed last."""
    bits = 0
    while bits < LONGEST and pop(state, words, lane, i, 1) == 1:
        bits += 1
    return int(((1 << bits) | pop_long(state, words, lane, i, bits)) - 1)


@kernel("int64(int64)")
def number_of(run: int) -> int:
    """Return the number for a run, small where it has just begun, and where it is near 0.

    The runs from -EVER up are dealt out in turn: the first half from the bottom, those from 0 up twice as often, and
    the second half down from -1.
    """
    half = EVER // 2
    if run >= EVER:
        return run + EVER
    if run >= 0:
        return 4 * (run // 2) + (3 if run & 1 else 1)
    return 4 * (run + EVER) if run < -half else 4 * (-1 - run) + 2


@kernel("int64(int64)")
def run_of(number: int) -> int:
    """Return the run for a number."""
    turn, which = number // 4, number & 3
    if number >= 2 * EVER:
        return number - EVER
    return 2 * turn + which // 2 if which & 1 else -1 - turn if which == 2 else turn - EVER


@kernel(f"void({TAPED}, int64, int64)")
def push_other(state: Counts, words: Words, lane: int, i: int, symbol: int, count: int) -> None:
    """Push one of `count` symbols that is not 0, and takes fewer bits where it is near 0 on either side, all around."""
    if count <= 4 * NEAR:
        push_of(state, words, lane, i, symbol - 1, count - 1)
    elif NEAR < symbol < count - NEAR:
        push_of(state, words, lane, i, symbol - 1 - NEAR, count - 1 - 2 * NEAR)
        push(state, words, lane, i, 1, 1)
    else:
        push_of(state, words, lane, i, symbol - 1 if symbol <= NEAR else NEAR + count - 1 - symbol, 2 * NEAR)
        push(state, words, lane, i, 0, 1)


@kernel(f"int64({TAPED}, int64)")
def pop_other(state: Counts, words: Words, lane: int, i: int, count: int) -> int:
    """Return which of `count` symbols but 0 was pushed last."""
    if count <= 4 * NEAR:
        return int(pop_of(state, words, lane, i, count - 1) + 1)
    if pop(state, words, lane, i, 1) == 1:
        return int(pop_of(state, words, lane, i, count - 1 - 2 * NEAR) + 1 + NEAR)
    symbol = pop_of(state, words, lane, i, 2 * NEAR)
    return int(symbol + 1 if symbol < NEAR else NEAR + count - 1 - symbol)


@kernel(f"void({TAPED}, int64, int64)")
def push_rare(state: Counts, words: Words, lane: int, i: int, symbol: int, count: int) -> None:
    """Push one of `count` symbols that is nearly always 0: that only makes the run longer, and takes no bit.

    A run begins at -EVER after another symbol; 0, as at home, is like 0 for ever. So a walk before home pops zeros.
    """
    if count <= 1:
        return
    if symbol == 0:
        state[lane + RUN, i] += 1
        return
    push_any(state, words, lane, i, number_of(state[lane + RUN, i]))
    push_other(state, words, lane, i, symbol, count)
    state[lane + RUN, i] = -EVER


@kernel(f"int64({TAPED}, int64)")
def pop_rare(state: Counts, words: Words, lane: int, i: int, count: int) -> int:
    """Return which of `count` symbols was pushed last."""
    if count <= 1:
        return 0
    if state[lane + RUN, i] != -EVER:
        state[lane + RUN, i] -= 1
        return 0
    symbol = pop_other(state, words, lane, i, count)
    state[lane + RUN, i] = run_of(pop_any(state, words, lane, i))
    return int(symbol)


@kernel("boolean(uint32[:,:,::1])")
def is_full(words: Words) -> bool:
    """Tell whether a word was pushed on another; what has been walked since is worth nothing."""
    full = False
    if words.size > 0:
        for move in range(words.shape[0]):
            full |= words[move, 0, -1] != 0
    return full


def rolled(tapes: Words, tops: Counts, room: int = 0) -> Words:
    """Return rings, uint32[moves, n, c + 1], with room for so many words or more, that hold what is on some tapes.

    tapes is uint32[moves, n, c]: for each tape the words before the newest bits, oldest first, and zeros before them.
    tops, int64[moves, n], says how many words there are on each, from home.
    """
    count = tapes.shape[2]
    room = max(ROOM, room, 1 << int(count).bit_length())
    words = np.zeros((*tops.shape, room + 1), np.uint32)
    places = (tops[:, :, None] - count + np.arange(count)) & (room - 1)
    np.put_along_axis(words, places, tapes, axis=2)
    return words


def unrolled(words: Words, tops: Counts) -> Words:
    """Return what is on the tapes, uint32[moves, n, c], from the rings that hold it; c is as small as can be."""
    room = words.shape[2] - 1
    if room < 0:
        return words.copy()
    places = (tops[:, :, None] - room + np.arange(room)) & (room - 1)
    tapes = np.take_along_axis(words, places, axis=2)
    used = np.flatnonzero(tapes.any(axis=(0, 1)))
    return np.ascontiguousarray(tapes[:, :, used[0] if used.size else room :])
