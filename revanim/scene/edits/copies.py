"""Putting the bodies of another scene, or copies of its own, into a scene."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from revanim.engine.grid import Counts, Grid, to_counts
from revanim.engine.parameter import Animated, Parameter
from revanim.error import RevanimError
from revanim.scene.check import check
from revanim.scene.edits.remove import only
from revanim.scene.given import sealed
from revanim.scene.keys import alike, each_row
from revanim.scene.part import acting_on, kind_of
from revanim.scene.parts.carried import beside, strength_of, with_flows
from revanim.scene.scene import Bodies, Group, Index, Part, Scene, Value, lives_of
from revanim.scene.values import each_has_its_own, own_values


def paste(scene: Scene, other: Scene) -> Scene:
    """Put the bodies of another scene, as they are at its home, behind those of this one.

    Their links come along, and the forces, flows and values that each of them has. Where both scenes have the same
    force or flow on all bodies, the one of this scene rules; the keyframes and moves of the other stay behind.
    """
    if scene.planar and other.bodies.state[[2, 5]].any():
        raise RevanimError("The scene lies in a plane; bodies with a height or a speed along z do not fit into it.")
    forces, flows = (
        _both_lists(one, more, scene.bodies, other.bodies)
        for one, more in ((scene.forces, other.forces), (scene.flows, other.flows))
    )
    both = replace(scene, bodies=_both_bodies(scene.bodies, other.bodies))
    return check(
        replace(
            with_flows(both, flows),
            forces=tuple(forces),
            moves=tuple(_widened(part, None, scene.bodies, other.bodies) for part in scene.moves),
            groups=_both_groups(scene, other),
        )
    )


def join(scene: Scene, other: Scene) -> Scene:
    """Put in the bodies of another scene as `paste` does, into the fluid of this one where they bring a fluid alike.

    A scene without bodies of its own takes the wider grid.
    """
    if not scene.bodies.count and other.bodies.grid.length_range > scene.bodies.grid.length_range:
        scene = replace(scene, bodies=replace(scene.bodies, grid=other.bodies.grid))
    return paste(scene, replace(other, flows=tuple(_in_one_fluid(part, scene, other) for part in other.flows)))


def _in_one_fluid(part: Part, scene: Scene, other: Scene) -> Part:
    """Return a flow with what the first of its kind in a scene has for all alike, so that both become one."""
    here = next((one for one in scene.flows if one.kind == part.kind and not (one.muted or one.absent)), None)
    if here is None or part.muted or part.absent:
        return part
    alike_ = {each.name: here.values[each.name] for each in kind_of(part).parameters if each.per == "scene"}
    all_ = part.links is None and part.bodies is not None and part.bodies.size == other.bodies.count
    return replace(part, values={**part.values, **alike_}, bodies=None if all_ else part.bodies)


def duplicate(scene: Scene, bodies: ArrayLike, offset: ArrayLike = (0.0, 0.0, 0.0)) -> Scene:
    """Put copies of some bodies behind the others, moved by an offset (length), with copies of their links."""
    copies = only(scene, bodies)
    way = to_counts(np.asarray(offset, np.float64), scene.bodies.grid.length_unit)
    state = copies.bodies.state.copy()
    state[:3] += way[:, None]
    return paste(scene, replace(copies, bodies=replace(copies.bodies, state=sealed(state))))


def _both_lists(one: Sequence[Part], more: Sequence[Part], here: Bodies, new: Bodies) -> list[Part]:
    """Return the forces, or the flows, of both scenes."""
    parts = [_widened(part, _like(part, more), here, new) for part in one]
    for part in more:
        if not any(_acts_on_all(part) and _acts_on_all(old) and old.kind == part.kind for old in one):
            _add(parts, _moved(part, here.count, new.count))
    return parts


def _both_bodies(here: Bodies, new: Bodies) -> Bodies:
    more = ((0, 0), (0, new.count), (0, 0))
    return Bodies(
        grid=here.grid,
        state=sealed(np.hstack([here.state, _on_grid(new, here.grid, len(here.state))])),
        mass=sealed(np.r_[here.mass, new.mass]),
        pinned=sealed(np.r_[here.pinned, new.pinned]),
        radius=sealed(np.r_[here.radius, new.radius]),
        color=sealed(np.vstack([here.color, new.color])),
        tapes=None if here.tapes is None else sealed(np.pad(here.tapes, more)),
        **_both_lives(here, new),
    )


def _both_lives(here: Bodies, new: Bodies) -> dict[str, Index]:
    """Return the first and the last frame of each body, where any has one."""
    if here.lives is None and new.lives is None:
        return {}
    one, other = lives_of(here), lives_of(new)
    return {"born": sealed(np.r_[one.born, other.born]), "dies": sealed(np.r_[one.dies, other.dies])}


def _on_grid(bodies: Bodies, grid: Grid, lanes: int) -> Counts:
    """Return the state of bodies on another grid, int64[lanes, n]: the same bits where it is the same grid."""
    state = np.zeros((lanes, bodies.count), np.int64)
    if bodies.grid == grid:
        state[:6] = bodies.state[:6]
        return state
    for rows, values, limit, unit in (
        (slice(0, 3), bodies.position, grid.length_range, grid.length_unit),
        (slice(3, 6), bodies.velocity, grid.speed_range, grid.speed_unit),
    ):
        if (np.abs(values) >= limit).any():
            raise RevanimError(
                "The scene holds places within ±{distance:.6g} and speeds within ±{speed:.6g};"
                " what is to be added goes beyond.",
                distance=grid.length_range,
                speed=grid.speed_range,
            )
        state[rows] = to_counts(values.T, unit)
    return state


def _both_groups(scene: Scene, other: Scene) -> tuple[Group, ...]:
    groups = {group.name: group for group in scene.groups}
    for new in other.groups:
        here = groups.get(new.name, replace(new, bodies=new.bodies[:0]))
        groups[new.name] = replace(here, bodies=sealed(np.r_[here.bodies, new.bodies + scene.bodies.count]))
    return tuple(groups.values())


def _acts_on_all(part: Part) -> bool:
    return part.links is None and part.bodies is None


def _like(part: Part, others: Sequence[Part]) -> Part | None:
    """Return the part of another scene that acts on all of its bodies as this one does on all of its own."""
    alike = (one for one in others if one.kind == part.kind and _acts_on_all(one))
    return next(alike, None) if _acts_on_all(part) else None


def _widened(part: Part, like: Part | None, here: Bodies, new: Bodies) -> Part:
    """Return a part that acts on new bodies too, if it acts on all: with their own values, or what they begin with."""
    if not _acts_on_all(part):
        return part
    values = dict(part.values)
    for parameter in kind_of(part).parameters:
        value, theirs = part.values[parameter.name], like.values.get(parameter.name) if like else None
        if not isinstance(theirs, np.ndarray):
            theirs = _begun(part, parameter, here, new)
        if parameter.per != "scene" and value is not None and not _alike(parameter, value, theirs):
            values[parameter.name] = _both_values(parameter, value, theirs, here.count, new.count)
    return replace(part, values=values)


def _begun(part: Part, parameter: Parameter, here: Bodies, new: Bodies) -> Value:
    """Return what a parameter begins with for new bodies: what is their own where it is so of those that are here.

    Whoever comes into a fluid is its smoke.
    """
    value = part.values[parameter.name]
    if isinstance(parameter.default, str) or (parameter.name == strength_of(part) and not here.count):
        return value
    if parameter.name == strength_of(part):
        return np.zeros(())
    own, theirs = (own_values(parameter, each, np.arange(each.count)) for each in (here, new))
    follows = own is None or (isinstance(value, np.ndarray) and bool((value == own).all()))
    return parameter.default_value if theirs is None or not follows else theirs


def _moved(part: Part, before: int, count: int) -> Part:
    """Return a part of the pasted scene that acts on the same bodies in this one."""
    if part.links is not None:
        carried = beside(part, count)
        bodies = sealed(carried + before) if carried.size else part.bodies
        return replace(part, links=sealed(part.links + before), bodies=bodies)
    return replace(part, bodies=sealed(acting_on(part, count) + before))


def _add(parts: list[Part], new: Part) -> None:
    """Add a part, or lengthen one that says the same of others."""
    for index, part in enumerate(parts):
        if _says_the_same(part, new):
            parts[index] = _both_parts(part, new)
            return
    parts.append(new)


def _says_the_same(part: Part, new: Part) -> bool:
    """Whether two parts differ only in whom they act on, and in values that each body or link has of its own."""
    if part.kind != new.kind or part.muted != new.muted or _acts_on_all(part) or part.absent or new.absent:
        return False
    return all(
        _alike(p, part.values[p.name], new.values[p.name])
        or (p.per != "scene" and all(isinstance(one.values[p.name], np.ndarray) for one in (part, new)))
        for p in kind_of(part).parameters
    )


def _alike(parameter: Parameter, value: Value, other: Value) -> bool:
    """Whether one value serves those of both."""
    if value is None or other is None:
        return value is other
    if isinstance(value, Animated) != isinstance(other, Animated):
        return False
    if each_has_its_own(parameter, value) or each_has_its_own(parameter, other):
        return False
    if isinstance(value, Animated) and isinstance(other, Animated):
        return alike(value, other)
    return np.array_equal(value, other)  # type: ignore[arg-type]


def _both_parts(part: Part, new: Part) -> Part:
    values = {}
    for parameter in kind_of(part).parameters:
        one, other = part.values[parameter.name], new.values[parameter.name]
        if _alike(parameter, one, other):
            values[parameter.name] = one
        else:
            values[parameter.name] = _both_values(parameter, one, other, _length(part), _length(new))
    return replace(part, values=values, links=_after(part.links, new.links), bodies=_after(part.bodies, new.bodies))


def _length(part: Part) -> int:
    chosen = part.bodies if part.links is None else part.links
    return 0 if chosen is None else len(chosen)


def _after(one: np.ndarray | None, other: np.ndarray | None) -> np.ndarray | None:
    return None if one is None or other is None else sealed(np.concatenate([one, other]))


def _both_values(parameter: Parameter, value: Value, other: Value, before: int, count: int) -> Value:
    """Return rows for those before and for `count` more; in a curve, the more have nothing of their own yet."""
    plain = parameter.value_shape
    if isinstance(value, Animated):
        if not each_has_its_own(parameter, value):
            return value
        blank = np.zeros((len(value.values), count, *plain))
        return each_row(value, lambda rows: np.concatenate([rows, blank], axis=1))
    here = np.broadcast_to(np.asarray(value, np.float64), (before, *plain))
    there = np.broadcast_to(np.asarray(other, np.float64), (count, *plain))
    return sealed(np.concatenate([here, there]))
