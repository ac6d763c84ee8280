"""A scheme is data: a palindrome of drifts and kicks."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, zip_longest
from typing import Literal

from revanim.collect import collect
from revanim.engine.parameter import Parameter

StageKind = Literal["drift", "kick"]
Stage = tuple[StageKind, float]


@dataclass(frozen=True)
class Scheme:
    """A symmetric splitting of one sub-step.

    `stages` holds ("drift" | "kick", fraction of the sub-step) from first to last and reads the same backward;
    the drifts add up to one and so do the kicks.
    """

    name: str
    order: int
    stages: tuple[Stage, ...]
    source: str
    parameters: tuple[Parameter, ...] = ()  # none so far; every item of a menu can be asked for its own

    @property
    def onward(self) -> bool:
        """Whether all drifts and kicks go onward: else a step goes to and fro, and nothing can act inside it."""
        return all(part > 0.0 for _, part in self.stages)

    @property
    def evaluations(self) -> int:
        """Force evaluations a sub-step: a kick that ends a sub-step shares its force with the next one's first."""
        kicks = sum(kind == "kick" for kind, _ in self.stages)
        return kicks - (self.stages[0][0] == "kick")


def splitting(first: Literal["drift", "kick"], drifts: Sequence[float], kicks: Sequence[float]) -> tuple[Stage, ...]:
    """Interleave the first halves of the drifts and kicks (the longer one ends in the centre) and mirror them."""
    half: list[Stage] = []
    for drift, kick in zip_longest(drifts, kicks):
        pair: list[tuple[StageKind, float | None]] = [("drift", drift), ("kick", kick)]
        half += [(kind, part) for kind, part in (pair if first == "drift" else pair[::-1]) if part is not None]
    return (*half, *half[-2::-1])


def composition(weights: Sequence[float]) -> tuple[Stage, ...]:
    """Compose drift-kick-drift steps with the given first half of weights (the last is the centre)."""
    kicks = [*weights, *weights[-2::-1]]
    drifts = [(a + b) / 2 for a, b in pairwise([0.0, *kicks, 0.0])]
    return splitting("drift", drifts[: len(weights)], kicks[: len(weights)])


@cache
def schemes() -> dict[str, Scheme]:
    """Return every scheme by name."""
    return collect("revanim.engine.schemes", Scheme)
