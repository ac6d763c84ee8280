"""The proof compares every bit, hears how far it is, and finds a bit that differs."""

import numpy as np
import pytest

import revanim as ra
from revanim.engine.playhead import Playhead
from revanim.engine.verify import verify
from revanim.scene.build import make_playhead


@pytest.fixture
def playhead() -> Playhead:
    return make_playhead(ra.make_scene(np.eye(3), np.eye(3)[::-1], 1.0, forces=[ra.force("gravity")]))


@pytest.mark.parametrize(("first", "last"), [(1, 20), (20, 1), (-5, 8), (3, 3)])
def test_a_walk_there_and_back_loses_no_bit(playhead: Playhead, first: int, last: int) -> None:
    verdict = verify(playhead, first, last)
    assert verdict.bits == 64 * 6 * 3
    assert verdict.bits_different == 0
    assert verdict.digest_first == verdict.digest_back
    assert (verdict.digest_last == verdict.digest_first) == (first == last)
    assert playhead.frame == first


def test_bits_that_differ_are_counted(playhead: Playhead) -> None:
    def disturb(part: float) -> None:
        if part == 0.5:  # where it turns around
            playhead.live[0, 0] += 2**40

    verdict = verify(playhead, 1, 4, disturb)
    assert 10 < verdict.bits_different < verdict.bits
    assert verdict.digest_first != verdict.digest_back


def test_a_single_bit_is_counted_as_one() -> None:
    still = make_playhead(ra.make_scene([[1, 0, 0]], [[0, 0, 0]], 1.0))

    def disturb(part: float) -> None:
        if part == 0.5:
            still.live[0, 0] ^= 1

    assert verify(still, 1, 4, disturb).bits_different == 1


def test_the_parts_that_are_done_grow_to_one(playhead: Playhead) -> None:
    parts: list[float] = []
    verify(playhead, 3, -2, parts.append)
    assert parts == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])


def test_who_listens_may_end_the_walk(playhead: Playhead) -> None:
    def enough(part: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verify(playhead, 1, 9, enough)
    assert playhead.frame == 2


def test_the_verdict_is_a_sentence(playhead: Playhead) -> None:
    assert str(verify(playhead, 1, 20)) == "0 of 1\N{THIN SPACE}152 bits differ after frames 1 to 20 and back"
