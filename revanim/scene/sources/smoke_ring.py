"""A smoke ring: a closed vortex filament that carries itself along its axis, and the smoke around its core."""

from collections.abc import Mapping
from math import ceil, pi
from typing import Any

import numpy as np

from revanim.engine.flows.filaments import filaments
from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.part import flow
from revanim.scene.passed import Passed
from revanim.scene.placing import SIZE, turn
from revanim.scene.poses.disc import seeds
from revanim.scene.shapes.ink import SHINING, drop, inked, of_flow
from revanim.scene.source import Assembly, SourceKind

CIRCULATION = of_flow(filaments, "circulation", 10.75)
CORE = of_flow(filaments, "core", 0.328)
THICK, THICKEST = 1.1, 0.25  # radius of the smoke around the line: of its core, and of the whole at most
FINE, BARE = 2, 4  # links as long as a core, and bodies for each link, from which on no more are taken
NODE, FAINT = 3.0, 0.7  # radius of a node, whose links are seen as a tube, and of the smoke, seen through itself
SEED = 1


def make(count: int, values: Mapping[str, Any], passed: Passed) -> Assembly:
    """Lay a ring that travels upward, the nodes of its filament first, each linked to the next."""
    size, core = values["size"], values["core"]
    thick = min(THICK * core, THICKEST * size)
    radius = size / 2 - thick
    nodes = _nodes(count, 2 * pi * radius / core, core)
    ink = seeds(count - nodes)
    way = np.concatenate([np.arange(nodes) / nodes, np.random.default_rng(SEED).random(count - nodes)])
    across = np.concatenate([np.zeros((nodes, 2)), ink]) * thick
    body = np.arange(nodes)
    links = np.stack([body, (body + 1) % nodes], axis=1)
    return Assembly(
        position=_around(way, radius + across[:, 0], across[:, 1]),
        mass=np.ones(count),
        radius=np.where(np.arange(count) < nodes, NODE, 1.0) * FAINT * drop(4 * pi * radius * thick, count),
        share=inked(across[:, 0] < 0, np.hypot(*across.T) / thick),
        flows=(flow(filaments.name, links=links, circulation=values["circulation"], core=core),),
    )


def _nodes(count: int, cores: float, core: float) -> int:
    """Return how many of the bodies are nodes, on a ring that is as long as so many cores."""
    if count < cores:
        raise RevanimError(
            "A ring of {count} bodies has links that are longer than its core of {core:.4g}; it needs {least} bodies,"
            " or a wider core.",
            count=count,
            core=core,
            least=ceil(cores),
        )
    return min(ceil(FINE * cores), max(ceil(cores), count // BARE))


def _around(way: Floats, far: Floats, high: Floats) -> Floats:
    """Return places, float64[n, 3]: a share of the way around, so far from the axis, and so high."""
    out = np.array([turn(360.0 * one) for one in way])
    return np.column_stack([far[:, None] * out, high])


smoke_ring = SourceKind(
    name="smoke_ring",
    help="A vortex ring that travels along its axis, in smoke of two colours.",
    parameters=(SIZE, CIRCULATION, CORE),
    make=make,
    least=32,
    usual=4000,
    words="fluid vortex filament torus bubble puff leapfrog euler",
    lies="ground",
    flow=filaments,
    room=0.5,
    look=SHINING,
)
