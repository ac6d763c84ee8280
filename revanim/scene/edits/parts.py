"""The forces and moves of a scene; each move has its lanes in the state."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from revanim.engine.grid import Counts
from revanim.scene.check import check
from revanim.scene.given import sealed
from revanim.scene.make import as_drawn, parts
from revanim.scene.part import check_role
from revanim.scene.scene import Part, Scene
from revanim.sentence import Sentence


def set_forces(scene: Scene, forces: Sequence[Part]) -> Scene:
    """Replace all forces."""
    drawn = tuple(as_drawn(part, scene.bodies) for part in parts(forces, "The forces"))
    return check(replace(scene, forces=drawn))


def set_moves(scene: Scene, moves: Sequence[Part]) -> Scene:
    """Replace all moves; one that stays, or stands where one of its kind stood, keeps its lanes, others begin at 0."""
    asked, before = parts(moves, Sentence("The moves")), _lanes(scene)
    rows = [_kept(scene, before, asked, index) for index in range(len(asked))]
    state = np.vstack([scene.bodies.state[:6], *rows])
    return check(replace(scene, moves=asked, bodies=replace(scene.bodies, state=sealed(state))))


def _lanes(scene: Scene) -> list[Counts]:
    """Return the lanes of each move, int64[l, n]."""
    ends = np.cumsum([6, *(_lane_count(part) for part in scene.moves)])
    return [scene.bodies.state[begin:end] for begin, end in pairwise(ends)]


def _lane_count(part: Part) -> int:
    return len(check_role(part, "move").lanes)


def _kept(scene: Scene, lanes: list[Counts], moves: Sequence[Part], index: int) -> Counts:
    part, ids = moves[index], [id(other) for other in moves]
    for old, (before, own) in enumerate(zip(scene.moves, lanes, strict=True)):
        same_place = old == index and before.kind == part.kind and id(before) not in ids
        if before is part or same_place:
            return own
    return np.zeros((_lane_count(part), scene.bodies.count), np.int64)
