"""Taking bodies out of a scene, with all that concerns them."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from revanim.engine.parameter import Animated, Parameter
from revanim.scene.check import check
from revanim.scene.edits.bodies import existing
from revanim.scene.given import on_tapes, sealed
from revanim.scene.keys import each_row
from revanim.scene.part import acting_on, kind_of
from revanim.scene.parts.carried import with_flows
from revanim.scene.scene import Bodies, Index, Keyframe, Part, Scene, Value
from revanim.scene.values import each_has_its_own


def only(scene: Scene, bodies: ArrayLike) -> Scene:
    """Keep these bodies, in the order of the scene, and all that concerns them: forces, keyframes and groups."""
    keep = np.zeros(scene.bodies.count, bool)
    keep[existing(scene, bodies)] = True
    number = np.where(keep, np.cumsum(keep) - 1, -1)  # int64[n], what each body is called afterwards
    flows, moves = _kept_parts(scene.flows, number), _kept_parts(scene.moves, number)
    return check(
        replace(
            with_flows(replace(scene, bodies=_chosen(scene.bodies, keep), moves=moves), flows),
            forces=_kept_parts(scene.forces, number),
            cues=_kept_parts(scene.cues, number),
            keyframes=tuple(_kept_keyframe(key, number) for key in scene.keyframes if (number[key.bodies] >= 0).any()),
            groups=tuple(
                replace(group, bodies=_named(number, group.bodies))
                for group in scene.groups
                if (number[group.bodies] >= 0).any()
            ),
        )
    )


def remove_bodies(scene: Scene, bodies: ArrayLike) -> Scene:
    """Take bodies out of the scene."""
    return only(scene, np.setdiff1d(np.arange(scene.bodies.count), existing(scene, bodies)))


def _chosen(bodies: Bodies, keep: NDArray[np.bool_]) -> Bodies:
    each = {name: sealed(getattr(bodies, name)[keep]) for name in ("mass", "pinned", "radius", "color")}
    each |= {name: sealed(frames[keep]) for name in ("born", "dies") if (frames := getattr(bodies, name)) is not None}
    tapes = None if bodies.tapes is None else on_tapes(bodies.tapes[:, keep])
    return replace(bodies, state=sealed(np.ascontiguousarray(bodies.state[:, keep])), tapes=tapes, **each)


def _named(number: Index, who: Index) -> Index:
    named = number[who]
    return sealed(named[named >= 0])


def _kept_parts(parts: tuple[Part, ...], number: Index) -> tuple[Part, ...]:
    """Return the parts that still act on somebody; those that act on all bodies always do."""
    kept = [_kept_part(part, number) for part in parts]
    return tuple(part for part in kept if part.links is None or part.links.size)


def _kept_part(part: Part, number: Index) -> Part:
    ends = acting_on(part, number.size)
    here = number[ends].reshape(-1, 2 if part.links is not None else 1) >= 0
    stays = np.asarray(here.all(axis=1))
    values = {p.name: _rows_kept(p, part.values[p.name], stays) for p in kind_of(part).parameters}
    links = None if part.links is None else sealed(number[part.links[stays]].reshape(-1, 2))
    bodies = None if part.bodies is None else _named(number, part.bodies)
    return replace(part, values=values, links=links, bodies=bodies)


def _rows_kept(parameter: Parameter, value: Value, stays: NDArray[np.bool_]) -> Value:
    """Return a value without the rows of those who left; one that serves all is left as it is."""
    if value is None or not each_has_its_own(parameter, value):
        return value
    if isinstance(value, Animated):
        return each_row(value, lambda rows: rows[:, stays])
    return sealed(value[stays])


def _kept_keyframe(key: Keyframe, number: Index) -> Keyframe:
    if key.assignment is not None:  # whoever has a target of its own takes it along
        targets = ("position", "velocity", "color")
        there = {name: getattr(key, name) for name in targets if getattr(key, name) is not None}
        own = {name: sealed(values[key.assignment]) for name, values in there.items()}
        key = replace(key, **own, assignment=sealed(np.arange(key.bodies.size)))
    stays = number[key.bodies] >= 0
    each = ("position", "velocity", "weights", "color")
    rows = {name: sealed(getattr(key, name)[stays]) for name in each if getattr(key, name) is not None}
    order = None if key.assignment is None else sealed(np.arange(int(stays.sum())))
    return replace(key, bodies=_named(number, key.bodies), assignment=order, **rows)
