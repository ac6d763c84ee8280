"""Another frame rate: everything stays at its second, or everything stays at its frame and passes faster."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from revanim.engine.grid import to_counts
from revanim.engine.parameter import Curve, Formula, Keyed, Parameter
from revanim.engine.playhead import FARTHEST_FRAME
from revanim.error import RevanimError
from revanim.scene.check import check
from revanim.scene.curve import paced_by
from revanim.scene.edits.parts import PARTS
from revanim.scene.given import sealed
from revanim.scene.part import kind_of
from revanim.scene.scene import Bodies, Keyframe, Marker, Part, Scene, Value
from revanim.sentence import Sentence

KEEPS = ("seconds", "frames")
PER_TIME = re.compile(r"/[^/]*\bs(²?)")  # in a unit: by a second, or by its square

ValueOf = Callable[[Parameter, Value], Value]


def set_rate(scene: Scene, fps: float, keep: str = "seconds") -> Scene:
    """Let a second have so many frames; home stays where it is.

    Kept are the seconds: the motion is the same, and keyframes, curves, markers and the range go to the frames at their
    seconds. Or kept are the frames: each shows what it showed, and speeds and forces are those of the quicker or slower
    motion that this is.
    """
    if keep not in KEEPS:
        raise RevanimError("A new rate keeps {names}, not {keep!r}.", names=" or ".join(KEEPS), keep=keep)
    timed = check(replace(scene, timing=replace(scene.timing, fps=fps)))
    ratio = fps / scene.timing.fps
    if ratio == 1:
        return timed
    return check(_at_its_second(timed, ratio) if keep == "seconds" else _at_its_frame(timed, ratio))


def frame_at_rate(frame: int, home: int, ratio: float) -> int:
    """Return the frame at the second of another, on the same side of home, where a second has `ratio` times as many."""
    shift = round((frame - home) * ratio)
    return home + (shift or (frame > home) - (frame < home))


def _at_its_second(scene: Scene, ratio: float) -> Scene:
    timing, home, plays = scene.timing, scene.timing.home, scene.look.plays

    def moved(frame: int) -> int:
        return frame_at_rate(frame, home, ratio)

    def moved_key(key: Keyframe) -> Keyframe:
        frame = moved(key.frame)
        window = key.window and (moved(key.window[0]), moved(key.window[1]))
        return replace(key, frame=frame, hold=moved(key.end) - frame, window=window)

    def moved_value(parameter: Parameter, value: Value) -> Value:
        if isinstance(value, Keyed):
            frames = sealed(np.array(_in_a_row(map(moved, value.frames.tolist()))))
            later = value.formula and _paced(value.formula, ratio, home)
            return replace(value, frames=frames, reach=sealed(value.reach * ratio), formula=later)
        return paced_by(value, ratio, home, parameter.outside) if isinstance(value, Curve) else value

    return replace(
        _with_values(scene, moved_value),
        timing=replace(timing, first=moved(timing.first), last=moved(timing.last)),
        look=replace(scene.look, plays=plays and (moved(plays[0]), moved(plays[1]))),
        bodies=_moved_lives(scene.bodies, moved),
        keyframes=tuple(map(moved_key, scene.keyframes)),
        markers=_moved_markers(scene, moved),
    )


def _moved_lives(bodies: Bodies, moved: Callable[[int], int]) -> Bodies:
    """Return bodies that are born at their seconds, and end before the frame after their last one."""
    if bodies.lives is None:
        return bodies
    born, dies = bodies.lives.born, bodies.lives.dies
    begin = np.where(np.abs(born) < FARTHEST_FRAME, [*map(moved, born.tolist())], born)
    end = np.where(np.abs(dies) < FARTHEST_FRAME, [moved(frame + 1) - 1 for frame in dies.tolist()], dies)
    return replace(bodies, born=sealed(begin), dies=sealed(np.maximum(begin, end)))


def _paced(formula: Formula, ratio: float, home: int) -> Formula:
    """Return a formula that says at each frame what it said at that second."""
    return replace(formula, pace=formula.pace / ratio, shift=formula.shift + formula.pace * (home - home / ratio))


def _moved_markers(scene: Scene, moved: Callable[[int], int]) -> tuple[Marker, ...]:
    """Return the markers at their seconds, each at a frame of its own."""
    frames = _in_a_row(moved(marker.frame) for marker in scene.markers)
    return tuple(replace(marker, frame=frame) for marker, frame in zip(scene.markers, frames, strict=True))


def _in_a_row(frames: Iterable[int]) -> list[int]:
    """Return frames in their order, each later than the one before."""
    found = list[int]()
    for frame in frames:
        found.append(max(frame, found[-1] + 1) if found else frame)
    return found


def _at_its_frame(scene: Scene, ratio: float) -> Scene:
    def quicker_key(key: Keyframe) -> Keyframe:
        return key if key.velocity is None else replace(key, velocity=sealed(key.velocity * ratio))

    def quicker_value(parameter: Parameter, value: Value) -> Value:
        found = PER_TIME.search(parameter.unit)
        if value is None or not found:
            return value
        times = ratio ** (2 if found[1] else 1)
        if isinstance(value, Keyed):
            formula = value.formula and replace(value.formula, scale=value.formula.scale * times)
            return replace(value, values=sealed(value.values * times), rise=sealed(value.rise * times), formula=formula)
        if isinstance(value, Curve):
            return replace(value, values=sealed(value.values * times))
        return sealed(value * times)

    state, grid = scene.bodies.state.copy(), scene.bodies.grid
    state[3:6] = to_counts(scene.bodies.velocity.T * ratio, grid.speed_unit)
    return replace(
        _with_values(scene, quicker_value),
        bodies=replace(scene.bodies, state=sealed(state)),
        keyframes=tuple(map(quicker_key, scene.keyframes)),
    )


def _with_values(scene: Scene, made: ValueOf) -> Scene:
    """Return the scene with other values of its parts; what is not installed keeps those that it has."""

    def changed(part: Part) -> Part:
        if part.absent is not None:
            return part
        declared = {parameter.name: parameter for parameter in kind_of(part).parameters}
        return replace(part, values={name: made(declared[name], value) for name, value in part.values.items()})

    other: dict[str, Any] = {among: tuple(map(changed, getattr(scene, among))) for among in PARTS}
    return replace(scene, **other)


def keys_between(scene: Scene, fps: float) -> int:
    """Return how many keyframes would lie between two frames of a new rate, and so move by up to half of one."""
    ratio, home = fps / scene.timing.fps, scene.timing.home
    shifts = np.array([(key.frame - home) * ratio for key in scene.keyframes])
    return int(np.count_nonzero(np.abs(shifts - np.rint(shifts)) > 1e-6))


def say_between(keys: int) -> Sentence:
    """Return what to say of keyframes that come to lie between two frames."""
    return Sentence(
        "Keyframes between two frames of the new rate, which move by up to half of one: {count}.", count=keys
    )
