"""Which links weave a cloth: the faces between them.

A face lies between three bodies that are linked with each other, or between four in a ring. Links that only stiffen a
cloth are left out: those that reach over a body that lies between, and of two that cross the later one. What is no
cloth keeps its links as lines: a frame of a few rods, and a lattice whose links have faces on more than two sides.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from revanim.engine.code.kernel import kernel
from revanim.engine.grid import Counts
from revanim.engine.parameter import Floats
from revanim.scene.part import kind_of
from revanim.scene.scene import Index, Part
from revanim.scene.values import read

MOST_LINKS = 24  # of one body; a hub of more weaves nothing
FEWEST = 8  # faces of a cloth
LONG = 1.1  # a link that is at least so long, as a share of a way over other bodies, only stiffens what lies between
CROSSING = 0.6  # two links that cross are both longer than this share of the ways around: diagonals of a square


@dataclass(frozen=True, eq=False)
class Cloth:
    """The faces between the links of a scene, and what they replace in its picture."""

    faces: Index  # int64[m, 3], bodies, all turned the same way where the surface has two sides
    beside: Index  # int64[m, 3], the face beyond the edge opposite to each corner, or -1
    bodies: NDArray[np.bool_]  # bool[n], which of them a face touches


@lru_cache(maxsize=4)
def cloth(forces: tuple[Part, ...], count: int) -> Cloth:
    """Return the cloths that the forces weave between so many bodies; it is kept while the forces are the same."""
    links, length = _with_length(forces)
    faces = np.empty((0, 3), np.int64)
    if len(links) >= FEWEST:
        first, other, rest = _beside_each(links, length, count)
        faces = _faces(first, other, rest)
    beside, faces = _joined(faces)
    woven = np.zeros(count, np.bool_)
    woven[faces] = True
    return Cloth(faces, beside, woven)


def _with_length(forces: tuple[Part, ...]) -> tuple[Index, Floats]:
    """Return all links that have a length at rest, int64[k, 2], and it, float64[k]: that of frame 0 where it varies."""
    links, lengths = [np.empty((0, 2), np.int64)], [np.empty(0)]
    for part in forces:
        drawn = [each for each in kind_of(part).parameters if each.default == "drawn"]
        if part.links is None or part.muted or not drawn:
            continue
        value = read(part, drawn[0], np.arange(len(part.links)), 0)
        if value is not None:
            links.append(part.links)
            lengths.append(value[:, 0])
    return np.concatenate(links), np.concatenate(lengths)


def _beside_each(links: Index, length: Floats, count: int) -> tuple[Counts, Counts, Floats]:
    """Return for each body where its neighbours begin, int64[n + 1], and all neighbours in order with their lengths."""
    ends, lengths = np.concatenate([links, links[:, ::-1]]), np.concatenate([length, length])
    order = np.lexsort((lengths, ends[:, 1], ends[:, 0]))
    ends, lengths = ends[order], lengths[order]
    once = np.append(True, (ends[1:] != ends[:-1]).any(axis=1)) & (ends[:, 0] != ends[:, 1])
    ends, lengths = ends[once], lengths[once]
    first = np.searchsorted(ends[:, 0], np.arange(count + 1)).astype(np.int64)
    return first, np.ascontiguousarray(ends[:, 1]), np.ascontiguousarray(lengths)


@kernel("int64(int64[::1], int64[::1], int64, int64)")
def _link(first, other, i, j):  # type: ignore[no-untyped-def]
    """Return where the link from i to j stands, or -1."""
    for at in range(first[i], first[i + 1]):
        if other[at] == j:
            return at
    return -1


@kernel("boolean[::1](int64[::1], int64[::1], float64[::1])")
def _plain(first, other, rest):  # type: ignore[no-untyped-def]
    """Return which links are threads of a cloth: not those over a body between, and of two that cross the first."""
    plain = np.ones(other.size, np.bool_)
    for i in range(first.size - 1):
        if first[i + 1] - first[i] > MOST_LINKS:
            plain[first[i] : first[i + 1]] = False
            continue
        for at in range(first[i], first[i + 1]):
            k = other[at]
            if first[k + 1] - first[k] > MOST_LINKS:
                plain[at] = False
                continue
            for by in range(first[i], first[i + 1]):
                b = other[by]
                beyond = _link(first, other, b, k)
                if b == k or beyond < 0:
                    continue
                if rest[by] + rest[beyond] <= LONG * rest[at]:
                    plain[at] = False
                for also in range(by + 1, first[i + 1]):
                    d = other[also]
                    across, last = _link(first, other, b, d), _link(first, other, d, k)
                    if d == k or across < 0 or last < 0:
                        continue
                    around = max(rest[by] + rest[beyond], rest[also] + rest[last])
                    crossing = min(rest[at], rest[across]) > CROSSING * around
                    if crossing and (min(i, k), max(i, k)) > (min(b, d), max(b, d)):
                        plain[at] = False
    return plain


@kernel("int64[:,::1](int64[::1], int64[::1], float64[::1])")
def _faces(first, other, rest):  # type: ignore[no-untyped-def]
    """Return the triangles between threads, int64[m, 3]; a ring of four gives two."""
    plain = _plain(first, other, rest)
    found = []
    for i in range(first.size - 1):
        for at in range(first[i], first[i + 1]):
            j = other[at]
            if not plain[at]:
                continue
            for by in range(at + 1, first[i + 1]):
                k = other[by]
                if not plain[by]:
                    continue
                between = _link(first, other, j, k)
                if between >= 0:
                    if plain[between] and i < j:
                        found.append((i, j, k))
                    continue
                for past in range(first[j], first[j + 1]):
                    m = other[past]
                    last = _link(first, other, m, k)
                    if plain[past] and last >= 0 and plain[last] and i < min(j, m) and _link(first, other, i, m) < 0:
                        found.append((i, j, m))
                        found.append((i, m, k))
    faces = np.empty((len(found), 3), np.int64)
    for row in range(len(found)):
        faces[row, 0], faces[row, 1], faces[row, 2] = found[row]
    return faces


def _joined(faces: Index) -> tuple[Index, Index]:
    """Return what lies beside each face, and the faces of cloths alone, turned alike from neighbour to neighbour."""
    while True:
        edges = np.sort(faces[:, [1, 2, 2, 0, 0, 1]].reshape(-1, 2), axis=1)
        _, which, times = np.unique(edges, axis=0, return_inverse=True, return_counts=True)
        which = which.reshape(-1)
        crowded = (times[which] > 2).reshape(-1, 3).any(axis=1)
        if not crowded.any():
            break
        faces = faces[~crowded]
    around, faces = across(faces), np.ascontiguousarray(faces)
    kept = _turned(faces, around)
    return (around, faces) if kept.all() else _joined(faces[kept])


def across(faces: Index) -> Index:
    """Return the face beyond the edge opposite to each corner, int64[m, 3], -1 where there is none."""
    edges = np.sort(faces[:, [1, 2, 2, 0, 0, 1]].reshape(-1, 2), axis=1)
    _, which = np.unique(edges, axis=0, return_inverse=True)
    which = which.reshape(-1)
    order, beside = np.argsort(which, kind="stable"), np.full(which.size, -1, np.int64)
    pairs = np.flatnonzero(which[order][1:] == which[order][:-1])
    one, two = order[pairs], order[pairs + 1]
    beside[one], beside[two] = two // 3, one // 3
    return beside.reshape(-1, 3)


@kernel("boolean[::1](int64[:,::1], int64[:,::1])")
def _turned(faces, beside):  # type: ignore[no-untyped-def]
    """Turn all faces like their neighbours, and tell which belong to a cloth that is large enough."""
    seen, kept = np.zeros(len(faces), np.bool_), np.zeros(len(faces), np.bool_)
    queue = np.empty(len(faces), np.int64)
    for start in range(len(faces)):
        if seen[start]:
            continue
        seen[start], queue[0], done, size = True, start, 0, 1
        while done < size:
            k = queue[done]
            done += 1
            for e in range(3):
                other = beside[k, e]
                if other < 0 or seen[other]:
                    continue
                i, j = faces[k, (e + 1) % 3], faces[k, (e + 2) % 3]
                for t in range(3):
                    if faces[other, t] == i and faces[other, (t + 1) % 3] == j:  # the same way round: on its face
                        faces[other, 0], faces[other, 1] = faces[other, 1], faces[other, 0]
                        beside[other, 0], beside[other, 1] = beside[other, 1], beside[other, 0]
                        break
                seen[other], queue[size], size = True, other, size + 1
        if size >= FEWEST:
            for at in range(size):
                kept[queue[at]] = True
    return kept
