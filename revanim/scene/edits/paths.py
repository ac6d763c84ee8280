"""Paths: where a pinned body is at some frames, and so how it goes from each to the next."""

from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from revanim.engine.keyed import values_of
from revanim.engine.moves.handle import handle
from revanim.engine.parameter import Floats, Keyed
from revanim.error import RevanimError
from revanim.scene.edits.bodies import existing, move_bodies, set_bodies, set_motion, way_of
from revanim.scene.edits.parts import let_act_on, remove_part, set_moves, set_values
from revanim.scene.keys import keyed, value_at, with_key
from revanim.scene.part import acting_on, move
from revanim.scene.scene import Index, Scene

PLACE = handle.parameters[0]
SHOWN = 24  # places of a path between two keys, where it is drawn


def set_path(scene: Scene, body: int, frames: ArrayLike, position: ArrayLike) -> Scene:
    """Let a body follow a path: at frames, int[k], it is at position, float64[k, 3] (length), and goes smoothly on.

    It is pinned; before the first key and after the last it stays there, and a path that it had is gone. Whatever hangs
    on it follows.
    """
    who = existing(scene, body)
    if who.size != 1:
        raise RevanimError("A path leads one body, not {count}.", count=who.size)
    way = keyed(frames, position)
    _check_way(scene, way)
    before = without_path(scene, who)
    pinned = set_bodies(set_motion(before, who, velocity=np.zeros((1, 3))), who, pinned=True)
    there = set_motion(pinned, who, position=_at(way, pinned.timing.home)[None])
    return set_moves(there, [*there.moves, move(handle.name, bodies=who, place=way)])


def begin_paths(scene: Scene, bodies: ArrayLike, frame: int) -> Scene:
    """Let each of some bodies follow a path of its own, with a first key at a frame, where it is at home."""
    for body in existing(scene, bodies):
        scene = set_path(scene, int(body), [frame], scene.bodies.position[[body]])
    return scene


def without_path(scene: Scene, bodies: ArrayLike) -> Scene:
    """Take away the paths of some bodies; they stay pinned where they are at home."""
    who = existing(scene, bodies)
    for index in reversed(range(len(scene.moves))):
        part = scene.moves[index]
        if part.kind == handle.name:
            led = acting_on(part, scene.bodies.count)
            left = np.setdiff1d(led, who)
            if not left.size:
                scene = remove_part(scene, "moves", index)
            elif left.size < led.size:
                scene = let_act_on(scene, "moves", index, left)
    return scene


def led(scene: Scene, bodies: ArrayLike) -> Index:
    """Return those of some bodies that follow a path with keys."""
    follow = [follow for _, _, follow in _paths(scene)]
    return np.intersect1d(existing(scene, bodies), np.concatenate([np.zeros(0, np.int64), *follow]))


def lead_to(scene: Scene, frame: int, bodies: ArrayLike, by: ArrayLike) -> Scene:
    """Move the paths of some bodies at a frame by float64[3], or each by a row of float64[k, 3] (length).

    Each path gets a key there, or its key moves; what one path leads stays together. Bodies without a path stay.
    """
    who = existing(scene, bodies)
    further = np.broadcast_to(way_of(by, who.size, "The way to move"), (who.size, 3))
    for index, way, follow in _paths(scene):
        held = np.isin(who, follow)
        if held.any():
            new = with_key(way, PLACE, frame, _at(way, frame) + further[held][0])
            _check_way(scene, new)
            home = _at(new, scene.timing.home) - _at(way, scene.timing.home)
            scene = move_bodies(set_values(scene, "moves", index, place=new), follow, home)
    return scene


def ways_of(scene: Scene, bodies: ArrayLike) -> list[Keyed]:
    """Return the paths that some bodies follow."""
    paths = _paths(scene)
    who = existing(scene, bodies) if paths else ()  # most scenes have none, and this is asked for every picture
    return [way for _, way, follow in paths if np.isin(follow, who).any()]


def along(way: Keyed) -> Floats:
    """Return where a path leads, float64[k, 3]: its places from the first key to the last, some between any two."""
    between = [np.linspace(first, last, 1 + min(last - first, SHOWN)) for first, last in pairwise(way.frames)]
    frames = np.unique(np.concatenate([way.frames.astype(np.float64), *between]))
    return values_of(PLACE, way, frames)


def _paths(scene: Scene) -> list[tuple[int, Keyed, Index]]:
    """Return every path with keys: its number among the moves, the keys, and whom it leads."""
    count = scene.bodies.count
    there = [(index, part) for index, part in enumerate(scene.moves) if part.kind == handle.name]
    ways = [(index, part.values[PLACE.name], acting_on(part, count)) for index, part in there]
    return [(index, way, follow) for index, way, follow in ways if isinstance(way, Keyed)]


def _at(way: Keyed, frame: int) -> Floats:
    """Return where a path is at a frame, float64[3]."""
    return value_at(way, PLACE, frame)


def _check_way(scene: Scene, way: Keyed) -> None:
    """Refuse a path that is no path, or leaves the range of its scene."""
    if way.values.shape[1:] != (3,):
        raise RevanimError("Each key of a path has a place of three numbers.")
    limit = scene.bodies.grid.length_range / 2
    if not np.abs(way.values).max() < limit:
        raise RevanimError("A path lies within ±{limit:.6g} along each axis.", limit=limit)
