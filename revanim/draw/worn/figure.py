"""The figure that bodies wear, ready to be painted: what lies beside each face, and which way its corners face."""

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from revanim.draw.solid.weave import across
from revanim.engine.parameter import Floats
from revanim.scene.scene import Figure, Index

CREASE = 0.77  # the cosine between two faces from which on the edge between them is smooth: 40°


@dataclass(frozen=True, eq=False)
class Prepared:
    """A figure whose largest extent from its middle is 1."""

    corners: Floats  # float64[k, 3]
    faces: Index  # int64[m, 3]
    beside: Index  # int64[m, 3]
    normals: Floats  # float64[m, 3, 3], at each corner of each face


@lru_cache(maxsize=4)
def prepared(figure: Figure) -> Prepared:
    """Return a figure with all that painting it needs; it is kept."""
    low, high = figure.corners.min(axis=0), figure.corners.max(axis=0)
    corners = figure.corners - (low + high) / 2
    corners /= np.linalg.norm(corners, axis=1).max() or 1.0
    _, which = np.unique(np.rint(corners * 1e6), axis=0, return_inverse=True)
    joined = which.reshape(-1)[figure.faces]
    return Prepared(corners, np.array(figure.faces), across(joined), _normals(corners, figure.faces, joined))


def _normals(corners: Floats, faces: Index, joined: Index) -> Floats:
    """Return where each corner of each face looks: with those faces around that turn little from its own."""
    a, b, c = corners[faces].transpose(1, 0, 2)
    flat = np.cross(b - a, c - a)
    own = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-300)
    corner, face = joined.ravel(), np.repeat(np.arange(len(faces)), 3)
    order = np.argsort(corner, kind="stable")
    begin = np.searchsorted(corner[order], np.arange(corner.max() + 2))
    found = np.empty((corner.size, 3))
    for at, (point, here) in enumerate(zip(corner, face, strict=True)):
        around = face[order[begin[point] : begin[point + 1]]]
        found[at] = flat[around[own[around] @ own[here] >= CREASE]].sum(axis=0) + 1e-12 * own[here]
    size = np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-300)
    return np.ascontiguousarray((found / size).reshape(len(faces), 3, 3))


@cache
def usual_figure() -> Figure:
    """Return what bodies wear that have no figure: a dart, whose tip leads along x."""
    corners = np.array([[1.0, 0, 0], [-0.7, 0.62, 0], [-0.4, 0, 0.3], [-0.7, -0.62, 0], [-0.4, 0, -0.18]])
    faces = np.array([[0, 1, 2], [0, 2, 3], [0, 4, 1], [0, 3, 4], [1, 4, 2], [2, 4, 3]])
    return Figure("", corners, faces)
