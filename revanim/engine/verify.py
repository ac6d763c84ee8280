"""The proof: walk there and back, and compare every bit."""

from collections.abc import Callable
from dataclasses import dataclass

from revanim.engine.playhead import Playhead, Stand, check_reach
from revanim.sentence import Sentence


@dataclass(frozen=True)
class Verdict:
    """What came of a walk from frame `first` to frame `last` and back."""

    first: int
    last: int
    bits: int  # of the state and the tapes
    bits_different: int
    digest_first: str
    digest_last: str
    digest_back: str

    @property
    def sentence(self) -> Sentence:
        """What is found, in words."""
        return Sentence(
            "{different} of {bits} bits differ after frames {first} to {last} and back",
            different=self.bits_different,
            bits=grouped(self.bits),
            first=self.first,
            last=self.last,
        )

    def __str__(self) -> str:
        return str(self.sentence)


def grouped(count: int) -> str:
    """Return a whole number with a little room between thousands."""
    return f"{count:,}".replace(",", "\N{THIN SPACE}")


def verify(playhead: Playhead, first: int, last: int, passed: Callable[[float], None] = lambda part: None) -> Verdict:
    """Walk a playhead to `first`, on to `last` and back.

    `passed` hears after every frame which part is done; it may raise to end the walk.
    """
    for frame in (first, last):
        check_reach(frame)
    whole = max(2 * abs(last - first), 1)

    def stroll(target: int) -> None:
        while playhead.frame != target:
            playhead.seek(playhead.frame + (1 if target > playhead.frame else -1))
            ahead = abs(last - playhead.frame)
            passed((abs(last - first) + ahead if target == first else abs(last - first) - ahead) / whole)

    playhead.seek(first)
    before, digest_first = Stand(playhead.state, playhead.tapes, playhead.frame), playhead.digest()
    stroll(last)
    digest_last = playhead.digest()
    stroll(first)
    bits, different = before.compare(Stand(playhead.state, playhead.tapes, playhead.frame))
    return Verdict(first, last, bits, different, digest_first, digest_last, playhead.digest())
