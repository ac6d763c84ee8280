"""The forces, flows, moves and cues of a scene; flows and moves have lanes in the state."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from revanim.engine.grid import Counts
from revanim.engine.kind import Role
from revanim.engine.schemes.leapfrog import scheme as leapfrog
from revanim.engine.tape import Words
from revanim.error import RevanimError
from revanim.scene.absent import scheme_of
from revanim.scene.check import check
from revanim.scene.edits.bodies import existing
from revanim.scene.given import on_tapes, sealed, yes_or_no
from revanim.scene.make import as_drawn, parts
from revanim.scene.part import check_role, goes_inside, kind_of
from revanim.scene.parts.carried import first_lane, with_flows
from revanim.scene.parts.settings import settings
from revanim.scene.scene import Part, Scene
from revanim.scene.values import act_on, with_values
from revanim.sentence import Sentence


def set_forces(scene: Scene, forces: Sequence[Part]) -> Scene:
    """Replace all forces."""
    drawn = tuple(as_drawn(part, scene.bodies) for part in parts(forces, "The forces"))
    return check(replace(scene, forces=drawn))


def set_flows(scene: Scene, flows: Sequence[Part]) -> Scene:
    """Replace all flows; what they carry has no speed of its own."""
    return check(with_flows(scene, parts(flows, Sentence("The flows"))))


def set_cues(scene: Scene, cues: Sequence[Part]) -> Scene:
    """Replace all cues; how bodies move stays as it is."""
    return check(replace(scene, cues=parts(cues, Sentence("The cues"))))


Among = Literal["forces", "flows", "moves", "cues"]
PARTS: tuple[Among, ...] = get_args(Among)
AMONG: dict[Role, Among] = {"force": "forces", "flow": "flows", "move": "moves", "cue": "cues"}


def set_parts(scene: Scene, among: Among, new: Sequence[Part]) -> Scene:
    """Replace all forces, all flows, all moves or all cues; the lanes follow."""
    setters = {"forces": set_forces, "flows": set_flows, "moves": set_moves, "cues": set_cues}
    return setters[among](scene, new)


def add_part(scene: Scene, part: Part) -> Scene:
    """Add a force, a flow, a move or a cue behind the others.

    One that no step to and fro can do lets the scene walk by leapfrog.
    """
    among = AMONG[kind_of(part).role]
    if goes_inside(part) and not scheme_of(scene).onward:
        scene = replace(scene, scheme=leapfrog.name)
    return set_parts(scene, among, [*getattr(scene, among), part])


def replace_part(scene: Scene, among: Among, index: int, part: Part) -> Scene:
    """Put a part in the place of the one at an index of "forces", "flows", "moves" or "cues"."""
    before = part_at(scene, among, index)
    return set_parts(scene, among, [part if one is before else one for one in getattr(scene, among)])


def set_values(scene: Scene, among: Among, index: int, **values: Any) -> Scene:
    """Give some parameters of a part other values: numbers, vectors, a row for each, or a `Curve`."""
    part = part_at(scene, among, index)
    made = settings(part.kind, kind_of(part).parameters, values)
    return replace_part(scene, among, index, with_values(part, {name: made[name] for name in values}))


def mute_part(scene: Scene, among: Among, index: int, muted: bool = True) -> Scene:
    """Let a force, a flow or a move rest, or act again."""
    part = part_at(scene, among, index)
    return replace_part(scene, among, index, replace(part, muted=yes_or_no(muted, "Whether it rests")))


def remove_part(scene: Scene, among: Among, index: int) -> Scene:
    """Take a force, a flow or a move out of the scene."""
    gone = part_at(scene, among, index)
    return set_parts(scene, among, [part for part in getattr(scene, among) if part is not gone])


def reorder_part(scene: Scene, among: Among, index: int, before: int) -> Scene:
    """Put a force, a flow or a move before the one that is at an index now, or at the end."""
    part, order = part_at(scene, among, index), list(getattr(scene, among))
    order.insert(before, part)
    del order[index + (before <= index)]
    return set_parts(scene, among, order)


def let_act_on(scene: Scene, among: Among, index: int, bodies: ArrayLike | None) -> Scene:
    """Let a part act on these bodies, int64[k], or on all; one new to it gets the value of its first."""
    part, who = part_at(scene, among, index), None if bodies is None else existing(scene, bodies)
    return replace_part(scene, among, index, act_on(part, who, scene.bodies.count))


def part_at(scene: Scene, among: Among, index: int) -> Part:
    """Return the part at an index, or refuse one that is not there."""
    if among not in PARTS:
        raise RevanimError(
            "There is nothing called {among!r} in a scene; there are forces, flows, moves and cues.", among=among
        )
    parts_: tuple[Part, ...] = getattr(scene, among)
    if not 0 <= index < len(parts_):
        raise RevanimError(
            "There is no {index} among the {among}; the scene has {count}, counted from 0.",
            index=index,
            among=among,
            count=len(parts_),
        )
    return parts_[index]


def set_moves(scene: Scene, moves: Sequence[Part]) -> Scene:
    """Replace all moves; one that stays, or stands where one of its kind stood, keeps its lanes, others begin at 0.

    So it is with its tape.
    """
    asked, bodies = parts(moves, Sentence("The moves")), scene.bodies
    before = [_before(scene, asked, index) for index in range(len(asked))]
    lanes, words = _lanes(scene), _tapes(scene)
    fresh = [np.zeros((_lane_count(part), bodies.count), np.int64) for part in asked]
    rows = [own if old is None else lanes[old] for old, own in zip(before, fresh, strict=True)]
    blank = np.zeros(words.shape[1:], np.uint32)
    tapes = np.array([blank if old is None else words[old] for old in before]).reshape(len(asked), *blank.shape)
    state = sealed(np.vstack([bodies.state[: first_lane(scene.flows)], *rows]))
    return check(replace(scene, moves=asked, bodies=replace(bodies, state=state, tapes=on_tapes(tapes))))


def _lanes(scene: Scene) -> list[Counts]:
    """Return the lanes of each move, int64[l, n]."""
    ends = np.cumsum([first_lane(scene.flows), *(_lane_count(part) for part in scene.moves)])
    return [scene.bodies.state[begin:end] for begin, end in pairwise(ends)]


def _tapes(scene: Scene) -> Words:
    """Return what is on the tapes of each move, uint32[moves, n, c]."""
    nothing = np.zeros((len(scene.moves), scene.bodies.count, 0), np.uint32)
    return nothing if scene.bodies.tapes is None else scene.bodies.tapes


def _lane_count(part: Part) -> int:
    return len(check_role(part, "move").lanes)


def _before(scene: Scene, moves: Sequence[Part], index: int) -> int | None:
    """Return which move of the scene the one at an index goes on from."""
    part, ids = moves[index], [id(other) for other in moves]
    for old, before in enumerate(scene.moves):
        same_place = old == index and before.kind == part.kind and id(before) not in ids
        if before is part or same_place:
            return old
    return None
