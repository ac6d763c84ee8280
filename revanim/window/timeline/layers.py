"""The layers of what is learnt, as stretches of frames."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from revanim.scene.part import kind_of
from revanim.scene.scene import Part, Scene


@dataclass(frozen=True)
class Layer:
    """One of the equal parts of the time of a part, from one fraction of a frame to another; numbers begin at 1."""

    part: Part
    number: int
    count: int
    first: float
    last: float


def layers(scene: Scene) -> Iterator[Layer]:
    """Go through all layers of a scene that act."""
    for part in scene.forces:
        kind = kind_of(part)
        if part.muted or not kind.layers:
            continue
        begin, seconds, count = (float(np.asarray(part.values[name])) for name in (*kind.span, kind.layers))
        edges = scene.timing.fps * (begin + seconds * np.arange(round(count) + 1) / round(count))
        for number, (first, last) in enumerate(pairwise(edges), start=1):
            yield Layer(part, number, round(count), float(first), float(last))


def layer_at(scene: Scene, frame: float) -> Layer | None:
    """Return the layer that acts at a frame; the last where several do."""
    return next((layer for layer in reversed([*layers(scene)]) if layer.first <= frame < layer.last), None)
