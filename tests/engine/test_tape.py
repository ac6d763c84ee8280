"""Whatever is on a tape, it can be read as symbols, and written again from them: nothing on it is ever wrong."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from revanim.engine import merge, tape
from revanim.engine.grid import Counts
from revanim.engine.tape import EVER, Words, rolled, unrolled

ROOM = 64


def drawn(random: np.random.Generator, written: bool = True) -> tuple[Counts, Words]:
    """Return the lanes of a tape with anything on it, and its ring."""
    top = int(random.integers(-3000, 3000))
    run = random.choice([0, -EVER, -EVER + int(random.integers(4)), int(random.integers(-EVER, 2**45))])
    head = int(random.integers(1 << (top & 31)))
    words = np.zeros((1, ROOM + 1), np.uint32)
    words[0, :ROOM] = random.integers(0, 2**32, ROOM) if written else 0
    return np.array([[top], [head], [run]], np.int64), words


CODES: dict[str, tuple[Any, Any, Callable[[np.random.Generator], tuple[int, ...]]]] = {
    "of some": (tape.push_of, tape.pop_of, lambda random: (int(2 ** random.uniform(0, 61)),)),
    "of a few": (tape.push_of, tape.pop_of, lambda random: (int(random.integers(1, 9)),)),
    "any": (tape.push_any, tape.pop_any, lambda random: ()),
    "rare": (tape.push_rare, tape.pop_rare, lambda random: (int(2 ** random.uniform(0, 20)),)),
    "rare of many": (tape.push_rare, tape.pop_rare, lambda random: (int(2 ** random.uniform(5, 61)),)),
}


@pytest.mark.parametrize("code", CODES)
def test_every_tape_can_be_read_and_written_again(code: str) -> None:
    push, pop, counts_of = CODES[code]
    random = np.random.default_rng(1)
    for _ in range(300):
        state, words = drawn(random)
        before = state.copy(), words.copy()
        passed = [counts_of(random) for _ in range(20)]
        read = [pop(state, words, 0, 0, *counts) for counts in passed]
        for symbol, counts in zip(reversed(read), reversed(passed), strict=True):
            assert symbol >= 0
            assert not counts or symbol < counts[0]
            push(state, words, 0, 0, symbol, *counts)
        assert (state == before[0]).all()
        assert (words == before[1]).all()


@pytest.mark.parametrize("code", CODES)
def test_what_is_written_is_read_and_leaves_the_tape_as_it_was(code: str) -> None:
    push, pop, counts_of = CODES[code]
    random = np.random.default_rng(2)
    for _ in range(300):
        state, words = drawn(random, written=False)
        before = state.copy()
        passed = [counts_of(random) for _ in range(10)]
        symbols = [int(random.integers(counts[0] if counts else 2 ** int(random.integers(62)))) for counts in passed]
        for symbol, counts in zip(symbols, passed, strict=True):
            push(state, words, 0, 0, symbol, *counts)
        assert [pop(state, words, 0, 0, *counts) for counts in reversed(passed)] == symbols[::-1]
        assert (state == before).all()
        assert not words.any()


def test_a_run_of_what_is_usual_takes_no_bit_and_before_home_there_is_nothing_else() -> None:
    state, words = np.zeros((3, 1), np.int64), np.zeros((1, ROOM + 1), np.uint32)
    for _ in range(1000):
        tape.push_rare(state, words, 0, 0, 0, 5)
    assert state[0, 0] == 0
    assert [tape.pop_rare(state, words, 0, 0, 5) for _ in range(3000)] == [0] * 3000
    assert not words.any()


def test_a_word_on_another_marks_the_ring_as_full_and_one_beside_it_does_not() -> None:
    state, words = np.zeros((3, 1), np.int64), np.zeros((1, 17), np.uint32)
    for _ in range(16):
        tape.push(state, words, 0, 0, 2**16 - 1, 16)
        tape.push(state, words, 0, 0, 2**16 - 1, 16)
    assert not tape.is_full(words[None])
    tape.push(state, words, 0, 0, 1, 31)
    assert not tape.is_full(words[None])
    tape.push(state, words, 0, 0, 1, 1)
    assert tape.is_full(words[None])


@pytest.mark.parametrize("top", [-5, 0, 3, 70])
def test_a_longer_ring_holds_the_same(top: int) -> None:
    tapes = np.random.default_rng(3).integers(1, 2**32, (1, 2, 9)).astype(np.uint32)
    tops = np.array([[top, top + 1]])
    for room in (16, 64):
        assert (unrolled(rolled(tapes, tops, room), tops) == tapes).all()
    assert rolled(tapes, tops, 64).shape == (1, 2, 65)


LAWS = [(0.0, 0.0), (1e-5, 0.0), (0.005, 0.0), (0.3, 0.0), (3.0, 0.0), (0.0, 1e-10), (0.01, 1e-3), (0.0, 1e-17)]


@pytest.mark.parametrize("law", LAWS)
def test_slowing_down_is_undone_from_every_speed_and_every_tape(law: tuple[float, float]) -> None:
    random = np.random.default_rng(4)
    for _ in range(300):
        v = int(random.choice([-1, 1]) * 2 ** random.uniform(0, 61.9) * (random.random() > 0.1))
        others = float(random.choice([0.0, 1e10, 1e30]))
        state, words = drawn(random)
        before = state.copy(), words.copy()
        u = merge.regain(state, words, 0, 0, v, *law, others)
        assert merge.lose(state, words, 0, 0, u, *law, others) == v
        assert (state == before[0]).all()
        assert (words == before[1]).all()
        state, words = drawn(random, written=False)
        before = state.copy(), words.copy()
        q = merge.lose(state, words, 0, 0, v, *law, others)
        assert abs(q) <= abs(v)
        assert merge.regain(state, words, 0, 0, q, *law, others) == v
        assert (state == before[0]).all()
        assert not words.any()


@pytest.mark.parametrize("law", LAWS)
def test_slowing_down_leaves_no_speed_out_and_keeps_their_order(law: tuple[float, float]) -> None:
    for start in (0, 10**6, 2**52):
        found = np.array([merge.found(start + u, *law, 1e6)[0] for u in range(1000)])
        assert set(np.diff(found)) <= {0, 1}
    assert merge.found(0, *law, 1e6)[0] == 0


@pytest.mark.parametrize("law", [(0.005, 0.0), (0.1, 0.0), (0.0, 1e-11), (0.02, 1e-11)])
def test_a_speed_falls_as_its_law_says(law: tuple[float, float]) -> None:
    u, others = 10**9, 4e18
    q, *_ = merge.found(u, *law, others)
    speed = float(u)
    for _ in range(1000):  # small steps of du/dt = -(r + s |u|) u
        speed -= 1e-3 * speed * (law[0] + law[1] * np.hypot(speed, np.sqrt(others)))
    assert q == pytest.approx(speed, rel=1e-4)
    step = 10**4
    kept, *others_ = merge.slopes(q, *law, others)
    assert (merge.found(u + step, *law, others)[0] - q) / step == pytest.approx(kept, rel=2e-4)
    for index, change in ((0, 1e-5), (1, 1e-15), (2, 1e15)):
        moved = [*law, others]
        moved[index] += change
        if law[1] or index == 0:
            off = merge.found(u, *moved)[0] - q
            assert off / change == pytest.approx(others_[index], rel=0.01, abs=2.0 / change)
