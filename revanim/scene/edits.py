"""Edits: functions from a scene to a scene. Undo is the scene before."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from revanim.engine.grid import Counts, to_counts
from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.check import check
from revanim.scene.given import colors, flags, frozen, record, sealed, whole
from revanim.scene.keyframe import changed, check_after_home, check_keyframe, keyframe
from revanim.scene.make import as_drawn, parts
from revanim.scene.moves import set_moves
from revanim.scene.paste import duplicate, paste
from revanim.scene.remove import existing, only, remove_bodies
from revanim.scene.scene import Group, Keyframe, Look, Marker, Part, Scene, Take, Timing
from revanim.scene.takes import keep_take, remove_take, rename_take, switch_take
from revanim.sentence import Sentence

__all__ = [
    "add_keyframe",
    "color_by_targets",
    "duplicate",
    "keep_take",
    "move_keyframe",
    "only",
    "paste",
    "rehome",
    "remove_bodies",
    "remove_keyframe",
    "remove_take",
    "rename",
    "rename_take",
    "replace_keyframe",
    "set_bodies",
    "set_forces",
    "set_groups",
    "set_keyframes",
    "set_look",
    "set_markers",
    "set_motion",
    "set_moves",
    "set_note",
    "set_planar",
    "set_scheme",
    "set_takes",
    "set_timing",
    "switch_take",
]

EACH = {"mass": frozen, "pinned": flags, "radius": frozen, "color": colors}  # what each body has of its own


def rename(scene: Scene, name: str) -> Scene:
    """Give the scene another name."""
    return check(replace(scene, name=name))


def set_note(scene: Scene, note: str) -> Scene:
    """Say something else about the scene."""
    return check(replace(scene, note=note))


def set_planar(scene: Scene, planar: bool) -> Scene:
    """Lay the bodies into the plane z = 0, where they stay, or let them leave it."""
    state = scene.bodies.state
    if planar:
        state = state.copy()
        state[[2, 5]] = 0
    return check(replace(scene, planar=planar, bodies=replace(scene.bodies, state=sealed(state))))


def set_timing(scene: Scene, **changes: Any) -> Scene:
    """Change fields of the timing; the state at home stays what it is."""
    return check(replace(scene, timing=record(Timing, {**vars(scene.timing), **changes})))


def set_look(scene: Scene, **changes: Any) -> Scene:
    """Change fields of the look."""
    return check(replace(scene, look=record(Look, {**vars(scene.look), **changes})))


def set_scheme(scene: Scene, scheme: str) -> Scene:
    """Walk by another scheme."""
    return check(replace(scene, scheme=scheme))


def set_forces(scene: Scene, forces: Sequence[Part]) -> Scene:
    """Replace all forces."""
    place = scene.bodies.position
    return check(replace(scene, forces=tuple(as_drawn(part, place) for part in parts(forces, Sentence("The forces")))))


def rehome(scene: Scene, state: Counts, frame: int) -> Scene:
    """Let the scene stand at another frame: `state` is what a playhead of this scene holds there, bit for bit.

    The motion stays the same; what changes is the frame at which the bodies can be edited.
    """
    if np.asarray(state).dtype.kind != "i":
        raise RevanimError("A state is the integers that a playhead holds.")
    held = sealed(np.array(state, np.int64))
    timing = replace(scene.timing, home=whole(frame, Sentence("home")))
    return check(replace(scene, bodies=replace(scene.bodies, state=held), timing=timing))


def set_motion(
    scene: Scene, bodies: ArrayLike, *, position: ArrayLike | None = None, velocity: ArrayLike | None = None
) -> Scene:
    """Give some bodies another position or velocity (float64[k, 3]) at home; all others keep their bits."""
    who = existing(scene, bodies)
    state, grid = scene.bodies.state.copy(), scene.bodies.grid
    for rows, unit, limit, values in (
        (slice(0, 3), grid.length_unit, grid.length_range, position),
        (slice(3, 6), grid.speed_unit, grid.speed_range, velocity),
    ):
        if values is not None:
            state[rows, who] = to_counts(_within(values, limit, who.size), unit)
    state[3:6, scene.bodies.pinned] = 0
    return check(replace(scene, bodies=replace(scene.bodies, state=sealed(state))))


def set_bodies(scene: Scene, bodies: ArrayLike, **values: ArrayLike) -> Scene:
    """Give some bodies another mass, pinned, radius or color (a row for each, or one for all)."""
    who, changed_ = existing(scene, bodies), {}
    for name, given in values.items():
        if name not in EACH:
            raise RevanimError("Bodies have no {name!r}; they have {names}.", name=name, names=", ".join(EACH))
        array = getattr(scene.bodies, name).copy()
        try:
            array[who] = EACH[name](given, f"The {name} of the bodies")
        except ValueError:
            raise RevanimError(
                "The {name} needs one value, or one for each of {count} bodies.", name=Sentence(name), count=who.size
            ) from None
        changed_[name] = sealed(array)
    after = replace(scene.bodies, **changed_)
    if after.pinned is not scene.bodies.pinned:
        state = after.state.copy()
        state[3:6, after.pinned] = 0
        after = replace(after, state=sealed(state))
    return check(replace(scene, bodies=after))


def set_groups(scene: Scene, groups: Sequence[Group]) -> Scene:
    """Replace all groups."""
    return check(replace(scene, groups=tuple(record(Group, vars(group)) for group in groups)))


def set_markers(scene: Scene, markers: Sequence[Marker]) -> Scene:
    """Replace all markers; they are kept in the order of their frames."""
    return check(replace(scene, markers=tuple(sorted(markers, key=lambda marker: marker.frame))))


def set_takes(scene: Scene, takes: Sequence[Take]) -> Scene:
    """Replace all takes; a take is kept without takes of its own."""
    return check(replace(scene, takes=tuple(Take(take.name, replace(take.scene, takes=())) for take in takes)))


def _within(values: ArrayLike, limit: float, count: int) -> Floats:
    rows = frozen(values, Sentence("Positions and velocities"))
    if rows.shape != (count, 3) or not (np.abs(rows) < limit).all():
        raise RevanimError(
            "{count} bodies need {count} rows of x, y, z, each below {limit:.6g}.", count=count, limit=limit
        )
    return rows.T


def add_keyframe(scene: Scene, frame: int, bodies: ArrayLike, **fields: Any) -> Scene:
    """Ask for a pose; `fields` are those of `Keyframe` (position, velocity, weight, nail, ...)."""
    key = keyframe(frame, bodies, **fields)
    check_after_home(key, scene.timing)
    return set_keyframes(scene, (*scene.keyframes, key))


def set_keyframes(scene: Scene, keyframes: Sequence[Keyframe]) -> Scene:
    """Replace all keyframes; they are kept in the order of their frames."""
    return check(replace(scene, keyframes=tuple(sorted(keyframes, key=lambda key: key.frame))))


def move_keyframe(scene: Scene, index: int, frame: int) -> Scene:
    """Move a keyframe, with its window, to another frame."""
    key = _keyframe_at(scene, index)
    shift = whole(frame, Sentence("The frame of a keyframe")) - key.frame
    window = key.window and (key.window[0] + shift, key.window[1] + shift)
    return replace_keyframe(scene, index, frame=frame, window=window)


def replace_keyframe(scene: Scene, index: int, **changes: Any) -> Scene:
    """Change fields of a keyframe."""
    before = _keyframe_at(scene, index)
    after = changed(before, **changes)
    check_after_home(after, scene.timing)
    return set_keyframes(scene, [after if key is before else key for key in scene.keyframes])


def remove_keyframe(scene: Scene, index: int) -> Scene:
    """Remove a keyframe."""
    gone = _keyframe_at(scene, index)
    return set_keyframes(scene, [key for key in scene.keyframes if key is not gone])


def color_by_targets(scene: Scene, index: int, assignment: ArrayLike | None = None) -> Scene:
    """Give the bodies of a keyframe the colours of their targets.

    `assignment`, int64[k], is the target of each body, where that is neither its own nor pinned.
    """
    key = _keyframe_at(scene, index)
    color = key.color
    if color is None:
        raise RevanimError(
            "The targets at frame {frame} have no colours; those of an image have some.", frame=key.frame
        )
    if assignment is not None:
        key = changed(key, assignment=assignment)
        check_keyframe(key, scene.bodies)
    order = np.arange(key.bodies.size) if key.assignment is None else key.assignment
    return set_bodies(scene, key.bodies, color=color[order])


def _keyframe_at(scene: Scene, index: int) -> Keyframe:
    if not 0 <= index < len(scene.keyframes):
        raise RevanimError(
            "There is no keyframe {number}; the scene has {count}, counted from 0.",
            number=index,
            count=len(scene.keyframes),
        )
    return scene.keyframes[index]
