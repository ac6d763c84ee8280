"""A cloth: a square weave of springs, with edges as straight as if they were cut."""

from collections.abc import Mapping
from math import sqrt
from typing import Any

import numpy as np

from revanim.engine.forces.spring import spring
from revanim.engine.parameter import Parameter
from revanim.scene.part import force
from revanim.scene.passed import Passed
from revanim.scene.placing import SIZE
from revanim.scene.poses.grid import lattice
from revanim.scene.scene import Index
from revanim.scene.source import Assembly, SourceKind

MASS = Parameter("mass", 0.02, "mass", 1e-9, 1e9, "Of each body.")
STIFFNESS = Parameter("stiffness", 100.0, "mass/s²", 0.0, 1e9, "Of the springs between neighbours.")
HELD = Parameter(
    "held", 0.0, "", 0.0, 2.0, "Where the cloth is pinned.", choices=("upper edge", "upper corners", "nowhere")
)
THICK = 0.3  # radius, of the distance between two
# Length in cells and share of the stiffness: of threads, of what keeps squares from leaning, and of what resists folds.
SPRINGS = ((1.0, 1.0), (sqrt(2.0), 0.4), (2.0, 0.06))


def make(count: int, values: Mapping[str, Any], passed: Passed) -> Assembly:
    """Hang a cloth up, its first row above."""
    place = lattice(count, triangles=False) * (1, -1)
    low, high = place.min(axis=0), place.max(axis=0)
    cell = values["size"] / max(high - low)
    top = np.flatnonzero(place[:, 1] == 0)
    held = {"upper edge": top, "upper corners": top[[0, -1]], "nowhere": top[:0]}
    forces = []
    for kind, (length, share) in enumerate(SPRINGS):
        links, stiffness = pairs(place, length), share * values["stiffness"]
        if len(links):
            forces.append(force(spring.name, links=links, stiffness=stiffness, length=length * cell))
        passed((kind + 1) / len(SPRINGS))
    return Assembly(
        position=np.column_stack([(place - (low + high) / 2) * cell, np.zeros(count)]),
        mass=np.full(count, values["mass"]),
        radius=np.full(count, THICK * cell),
        pinned=held[values["held"]].tolist(),
        share=(high[1] - place[:, 1]) / max(high[1] - low[1], 1.0),
        forces=tuple(forces),
    )


def pairs(place: np.ndarray, length: float) -> Index:
    """Return the bodies that lie one such length apart, int64[k, 2]."""
    from scipy.spatial import KDTree  # only who weaves pays for it

    found = KDTree(place).query_pairs(length * 1.05, output_type="ndarray")
    away = np.linalg.norm(place[found[:, 0]] - place[found[:, 1]], axis=1)
    kept: Index = np.sort(found[away > length * 0.95].astype(np.int64), axis=1)
    return kept[np.lexsort(kept.T[::-1])]


cloth = SourceKind(
    name="cloth",
    help="A cloth of springs, hung up or free.",
    parameters=(SIZE, MASS, STIFFNESS, HELD),
    make=make,
    least=3,
    usual=400,
    words="fabric flag sheet net",
    stands=True,
)
