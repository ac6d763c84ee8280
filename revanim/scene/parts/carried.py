"""Whom flows carry: these bodies have no speed of their own, and nobody pushes them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from revanim.engine.carrying.twins import LEAD
from revanim.engine.flow import LANES, flow_kinds
from revanim.engine.parameter import Flags
from revanim.error import RevanimError
from revanim.scene.given import sealed
from revanim.scene.part import acting_on, kind_of
from revanim.scene.parts.held import still
from revanim.scene.scene import Index, Keyframe, Part, Scene
from revanim.sentence import Sentence


def first_lane(flows: Sequence[Part]) -> int:
    """Return which lane of a state is the first of the moves: places, speeds and, with flows, leads are before it."""
    return LEAD + (len(LANES) if flows else 0)


def beside(part: Part, count: int) -> Index:
    """Return whom, of so many bodies, a flow carries beside the ends of its links, int64[k]."""
    if part.absent or not kind_of(part).kernels.beside:
        return np.zeros(0, np.int64)
    return np.arange(count) if part.bodies is None else part.bodies[part.bodies < count]


def strength_of(part: Part) -> str:
    """Return the parameter of a flow with how strongly each body carries the others; "" where it has none."""
    flow = flow_kinds().get(part.kind)
    return flow.kernels.strength if flow else ""


def carried_by(flows: Sequence[Part], pinned: Flags) -> Flags:
    """Return bool[n], whom flows carry: not those that are pinned."""
    found = np.zeros(pinned.size, np.bool_)
    for part in flows:
        if not part.muted:
            for who in (acting_on(part, pinned.size), beside(part, pinned.size)):
                found[who[who < pinned.size]] = True  # one that is not there is refused later
    return found & ~pinned


def carried(scene: Scene) -> Flags:
    """Return bool[n], whom the flows of a scene carry."""
    return carried_by(scene.flows, scene.bodies.pinned)


def at_rest(scene: Scene) -> Scene:
    """Return a scene in which what is carried or held has no speed, and what no flow is about has no lead."""
    bodies, state = scene.bodies, scene.bodies.state.copy()
    state[3:6, still(scene) | carried(scene)] = 0
    about = carried_by([replace(part, muted=False) for part in scene.flows if part.absent is None], bodies.pinned)
    state[LEAD : first_lane(scene.flows), ~about] = 0
    return replace(scene, bodies=replace(bodies, state=sealed(state)))


def with_flows(scene: Scene, flows: Sequence[Part]) -> Scene:
    """Return a scene with other flows: the lanes of the lead come with the first, and go with the last."""
    before, after = first_lane(scene.flows), first_lane(flows)
    state = scene.bodies.state
    if before != after:
        lead = np.zeros((after - LEAD, scene.bodies.count), np.int64)
        state = sealed(np.vstack([state[:LEAD], lead, state[before:]]))
    return at_rest(replace(scene, flows=tuple(flows), bodies=replace(scene.bodies, state=state)))


def check_carried(scene: Scene) -> None:
    """Refuse a scene that pushes what it carries, asks a speed of it, or has a flow that does not act there."""
    for part in scene.parts:
        planar = kind_of(part).planar
        if planar is not None and planar != scene.planar and not part.muted:
            where = Sentence("planar scenes") if planar else Sentence("scenes that are not planar")
            raise RevanimError("{kind} acts in {where} alone.", kind=Sentence(part.kind), where=where)
    swept = carried(scene) if scene.flows else np.zeros(0, np.bool_)
    if not swept.any():
        return
    moving = swept & scene.bodies.state[3:6].any(axis=0)
    if moving.any():
        raise RevanimError(
            "Body {body} is carried by a flow and has a speed; what is carried has none of its own.",
            body=np.flatnonzero(moving)[0],
        )
    for part in (*scene.forces, *scene.moves):
        _check_pushed(part, swept)
    for key in scene.keyframes:
        _check_asked(key, swept)


def _check_pushed(part: Part, swept: Flags) -> None:
    """Refuse a force or a move that names somebody who is carried; one on all bodies is felt by the others."""
    named = part.bodies if part.links is None else part.links.ravel()
    if part.muted or named is None or not swept[named].any():
        return
    raise RevanimError(
        "{kind} acts on body {body}, which a flow carries; a body is carried or pushed, not both.",
        kind=Sentence(part.kind),
        body=named[swept[named]][0],
    )


def _check_asked(key: Keyframe, swept: Flags) -> None:
    if key.velocity is not None and swept[key.bodies].any():
        raise RevanimError(
            "The keyframe at frame {frame} asks for a velocity of body {body}, which a flow carries: it has that of the"
            " fluid there; ask for a place.",
            frame=key.frame,
            body=key.bodies[swept[key.bodies]][0],
        )
