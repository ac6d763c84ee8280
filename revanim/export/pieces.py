"""A film in pieces: each worker of a cluster walks to its own, and what is made of the pictures comes back in order."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

from revanim.export.film import Film, Moment
from revanim.farm.cluster import workers_of
from revanim.farm.errand import tell
from revanim.farm.farm import farm


def in_pieces(film: Film, make: Callable[[Film], list[bytes]]) -> Iterator[tuple[Moment, bytes]]:
    """Yield what a function makes of each picture of a film, which the workers of its scheduler do in pieces.

    Without a number of pieces there is one for each worker: with more of them, more is walked twice. Pieces that are
    ready before an earlier one wait in memory.
    """
    bare = replace(film, scene=replace(film.scene, take="", takes=()), scheduler="", passed=tell)
    indices = shares(film.count, film.pieces or workers_of(film.scheduler))
    films = [replace(bare, indices=each) for each in indices]
    ready, number = dict[int, list[bytes]](), 0
    with closing(farm(make, films, film.scheduler, passed=film.passed)) as results:
        for which, made in results:
            ready[which] = made
            while number in ready:
                yield from zip(films[number].moments, ready.pop(number), strict=True)
                number += 1


def shares(count: int, pieces: int) -> list[range]:
    """Return so many pictures in so many pieces, or fewer, none of them empty and none longer by more than one."""
    pieces = min(count, pieces)
    return [range(count * piece // pieces, count * (piece + 1) // pieces) for piece in range(pieces)]
