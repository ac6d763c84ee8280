"""The order in which the forces between all pairs are summed is that of the source: here it is once more, in numpy."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.force import MANY
from revanim.engine.meeting import BLOCK
from revanim.engine.pairs import PARTS
from revanim.engine.parameter import Floats
from revanim.scene.build import build_system

Make = Callable[..., Any]
E = 0.05


def blocks(count: int, actors: int) -> list[range]:
    """Return the blocks of bodies: those with mass, then those without."""
    full = [range(start, min(start + BLOCK, actors)) for start in range(0, actors, BLOCK)]
    return full + [range(start, min(start + BLOCK, count)) for start in range(actors, count, BLOCK)]


def rows(one: range, other: range) -> Iterator[tuple[Floats, Floats, int]]:
    """Yield who meets whom in each row of two blocks, and how far the second is shifted."""
    if one is not other:
        for r in range(len(other)):
            yield np.arange(len(one)), (np.arange(len(one)) + r) % len(other), r
        return
    for r in range(1, (len(one) + 1) // 2):
        yield np.arange(len(one)), (np.arange(len(one)) + r) % len(one), r
    if len(one) % 2 == 0:
        yield np.arange(len(one) // 2), np.arange(len(one) // 2) + len(one) // 2, len(one) // 2


def sums(x: Floats, m: Floats, actors: int) -> Floats:
    """Return F of each body as `pairs.py` says it is summed: pair of blocks by pair of blocks, row by row."""
    made = blocks(len(m), actors)
    meetings = [(i, j) for i in range(len(made)) for j in range(i + 1) if made[j].start < actors]
    parts = max(1, min(PARTS, len(meetings)))
    totals = np.zeros((parts, 3, len(m)))
    for number, (i, j) in enumerate(meetings, start=1):
        one, other, total = made[i], made[j], totals[number % parts]
        mine, theirs = np.zeros((3, len(one))), np.zeros((3, len(one) + len(other)))
        for k, met, r in rows(one, other):
            d = x[:, other.start + met] - x[:, one.start + k]
            s2 = d[0] * d[0] + d[1] * d[1] + d[2] * d[2] + E * E
            f = m[one.start + k] * m[other.start + met] * (1.0 / (s2 * np.sqrt(s2))) * d
            mine[:, k] += f
            theirs[:, k + r] -= f
        total[:, one.start : one.stop] += mine
        if one.start < actors:
            for begin in range(0, theirs.shape[1], len(other)):
                piece = theirs[:, begin : begin + len(other)]
                total[:, other.start : other.start + piece.shape[1]] += piece
    for total in totals[1:]:
        totals[0] += total
    return totals[0]


@pytest.mark.parametrize(
    ("count", "light"),
    [(MANY, 0), (9, 0), (64, 0), (65, 0), (129, 0), (300, 0), (40, 3), (64, 63), (200, 70), (700, 0)],
)
def test_each_body_adds_its_pairs_in_the_order_of_the_source(count: int, light: int, acceleration: Make) -> None:
    random = np.random.default_rng(count)
    place, mass = random.random((count, 3)), random.random(count) + 0.5
    mass[random.permutation(count)[:light]] = 0.0
    system = build_system(ra.make_scene(place, 0 * place, mass, forces=[ra.force("gravity", softening=E)]))
    order = np.argsort(mass == 0.0, kind="stable")
    weight = np.where(mass == 0.0, 1.0, mass)
    expected = np.empty((3, count))
    expected[:, order] = sums(place[order].T, weight[order], count - light)
    expected *= 1.0 / weight
    assert (acceleration(system, place.T) == expected).all()


def test_a_body_without_mass_pushes_nobody(acceleration: Make) -> None:
    place = np.random.default_rng(0).random((100, 3))
    mass = np.where(np.arange(100) < 30, 1.0, 0.0)
    force = ra.force("gravity", softening=0.0)
    all_ = acceleration(build_system(ra.make_scene(place, 0 * place, mass, forces=[force])), place.T)
    heavy = acceleration(build_system(ra.make_scene(place[:30], 0 * place[:30], 1.0, forces=[force])), place[:30].T)
    assert (all_[:, :30] == heavy).all()
    place[99] = place[98]  # nor do two of them meet
    light = acceleration(build_system(ra.make_scene(place, 0 * place, mass, forces=[force])), place.T)
    assert (light[:, :98] == all_[:, :98]).all()
    assert np.isfinite(light).all()
