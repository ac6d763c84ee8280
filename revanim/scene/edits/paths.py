"""Paths: where a pinned body is at some frames, and so how it goes from each to the next."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from revanim.engine.keyed import values_of
from revanim.engine.moves.handle import handle
from revanim.engine.parameter import Floats, Keyed
from revanim.error import RevanimError
from revanim.scene.build import make_playhead
from revanim.scene.edits.bodies import existing, move_bodies, set_bodies, set_motion, way_of
from revanim.scene.edits.home import stand_at
from revanim.scene.edits.parts import let_act_on, remove_part, set_moves, set_values
from revanim.scene.given import sealed
from revanim.scene.keys import keyed, thinned, value_at, with_key
from revanim.scene.part import acting_on, move
from revanim.scene.parts.held import still
from revanim.scene.scene import Index, Part, Scene

PLACE, HOLDS = handle.parameters
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


def draw_path(scene: Scene, body: int, frames: ArrayLike, position: ArrayLike, tolerance: float) -> Scene:
    """Let a body go where a hand has been at frames, int[k]: position is float64[k, 3] (length), evened out.

    The path gets few keys, and is nowhere farther than a tolerance from that; a path that it had goes on before and
    after these frames.
    """
    drawn = thinned(frames, position, PLACE, tolerance)
    before = ways_of(scene, [body])
    old = before[0] if before else drawn
    rest = (old.frames < drawn.frames[0]) | (old.frames > drawn.frames[-1])
    keys, places = np.r_[drawn.frames, old.frames[rest]], np.vstack([drawn.values, old.values[rest]])
    return set_path(scene, body, keys, places)


def begin_paths(scene: Scene, bodies: ArrayLike, frame: int) -> Scene:
    """Let each of some bodies follow a path of its own, with a first key at a frame, where it is at home."""
    for body in existing(scene, bodies):
        scene = set_path(scene, int(body), [frame], scene.bodies.position[[body]])
    return scene


def follow_body(scene: Scene, bodies: ArrayLike, leader: int) -> Scene:
    """Let some bodies follow the path of another, each as far from it as it is at home; they are pinned."""
    who = np.setdiff1d(existing(scene, bodies), existing(scene, leader))
    if not who.size or not any(leader in follow for _, _, follow in _paths(scene)):
        raise RevanimError("Body {body} follows no path on which others could go along.", body=leader)
    pinned = set_bodies(set_motion(without_path(scene, who), who, velocity=np.zeros((who.size, 3))), who, pinned=True)
    index, _, follow = next(path for path in _paths(pinned) if leader in path[2])
    return let_act_on(pinned, "moves", index, np.union1d(follow, who))


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


def let_go(scene: Scene, bodies: ArrayLike, frame: int) -> Scene:
    """Let some bodies that follow paths fly on from a frame, with the velocities that those have there."""
    who = led(scene, bodies)
    if not who.size:
        raise RevanimError("None of these bodies follows a path, so there is nothing that could let them go.")
    here = scene if scene.timing.home < frame else stand_at(scene, frame - 1)
    return _held_from(here, who, frame, False)


def laid_at(scene: Scene, part: Part, before: Keyed, after: Keyed) -> Keyed:
    """Return another path for the bodies of a part, laid so that those held at home are on it as on the one before.

    They go the way that their path goes, from where they are at home: so that changes no motion.
    """
    if not still(scene)[acting_on(part, scene.bodies.count)].any():
        return after
    home = scene.timing.home
    return replace(after, values=sealed(after.values + _at(before, home) - _at(after, home)))


def catch(scene: Scene, bodies: ArrayLike, frame: int) -> Scene:
    """Hold some bodies from a frame on: each is on its path then, and the motion before leads there.

    One that has no path gets one, along which it comes to rest in half a second; nothing changes before the frame.
    """
    who = existing(scene, bodies)
    on_path, free = led(scene, who), np.setdiff1d(who, led(scene, who))
    if free.size:
        scene = scene if scene.timing.home < frame else stand_at(scene, frame - 1)
        for body in free:
            scene = _slowed(scene, int(body), frame)
    if not on_path.size:
        return scene
    here = _held_from(stand_at(scene, frame), on_path, frame, True)
    for _, way, follow in _paths(here):
        caught = np.intersect1d(follow, on_path)
        place = np.tile(_at(way, frame), (caught.size, 1))
        here = set_motion(here, caught, position=place, velocity=np.zeros_like(place))
    return here


def _slowed(scene: Scene, body: int, frame: int) -> Scene:
    """Let a free body be caught at a frame by a path that begins as it flies there."""
    playhead, fps = make_playhead(scene), scene.timing.fps
    playhead.seek(frame)
    place, way = playhead.position[body], playhead.velocity[body] / fps
    rest = max(2, round(fps / 2))
    path = keyed([frame - 1, frame, frame + rest], [place - way, place, place + way * rest / 2])
    rise, free = path.rise.copy(), path.free.copy()
    rise[1], free[1] = path.reach[1][:, None] * way, True
    path = replace(path, rise=sealed(rise), free=sealed(free))
    _check_way(scene, path)
    holds = keyed([frame - 1, frame], [0.0, 1.0], "step")
    handled = set_moves(scene, [*scene.moves, move(handle.name, bodies=[body], place=path, holds=holds)])
    return set_bodies(handled, [body], pinned=True)


def _held_from(scene: Scene, bodies: Index, frame: int, holds: bool) -> Scene:
    """Return a scene in which paths hold some bodies from a frame on, or let them go; others that follow stay so."""
    moves = list(scene.moves)
    for index, _, follow in _paths(scene):
        chosen, left = np.intersect1d(follow, bodies), np.setdiff1d(follow, bodies)
        if chosen.size:
            before = moves[index].values[HOLDS.name]
            value = before if isinstance(before, Keyed) else keyed([frame - 1], [1.0 - holds], "step")
            turned = {**moves[index].values, HOLDS.name: with_key(value, HOLDS, frame, np.array(float(holds)))}
            moves[index] = replace(moves[index], bodies=sealed(chosen), values=turned)
            if left.size:
                moves.append(replace(scene.moves[index], bodies=sealed(left)))
    return set_moves(scene, moves)


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
