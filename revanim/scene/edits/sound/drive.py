"""What follows the sound: values that go up and down with it, and markers at its beats."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Flags, Floats, Parameter
from revanim.error import RevanimError
from revanim.scene.edits.markers import set_markers
from revanim.scene.edits.parts import Among, part_at, replace_part
from revanim.scene.edits.sound.track import sound_in
from revanim.scene.keys import keyed, value_at
from revanim.scene.part import kind_of
from revanim.scene.scene import Marker, Scene
from revanim.scene.sound.levels import BANDS, beats_of, level_at


def drive(
    scene: Scene, among: Among, index: int, name: str, by: str = "loudness", formula: str | Sequence[str] = ()
) -> Scene:
    """Let a value of a part follow how loud the sound is: the keys go from 0 to 1, and a formula makes the value of it.

    `by` is "loudness", "bass", "middle" or "treble". Without a formula, or one for each axis, the value that it has now
    is reached where the sound is loudest. The keys stand at every frame of the range in which the loudness changes, and
    stay as they are when the sound goes.
    """
    part, sound = part_at(scene, among, index), sound_in(scene)
    parameter = next((each for each in kind_of(part).parameters if each.name == name), None)
    value = part.values.get(name)
    if parameter is None or value is None or parameter.shape:
        raise RevanimError("{kind} has no value {name!r} that could follow a sound.", kind=part.kind, name=name)
    if by not in BANDS:
        raise RevanimError("A value follows {names}, not {by!r}.", names=", ".join(BANDS), by=by)
    timing = scene.timing
    frames = np.arange(timing.first, timing.last + 1)
    heights = np.round(level_at(sound, by, frames.astype(np.float64), timing.fps), 3)
    kept = _turning(heights)
    shaped = np.ones((kept.sum(), *parameter.value_shape)) * heights[kept].reshape(
        -1, *[1] * len(parameter.value_shape)
    )
    now = value if isinstance(value, np.ndarray) else value_at(value, parameter, timing.home)
    texts = tuple([formula] if isinstance(formula, str) else formula) or _reaching(parameter, now)
    follows = keyed(frames[kept], np.clip(shaped, parameter.low, parameter.high), "linear", formula=texts)
    return replace_part(scene, among, index, replace(part, values={**part.values, name: follows}))


def _turning(heights: Floats) -> Flags:
    """Return bool[k], which heights are not on the straight line between their neighbours."""
    straight = np.abs(heights[2:] - 2 * heights[1:-1] + heights[:-2]) < 1e-9
    return np.asarray(np.r_[True, ~straight, True][: len(heights)])


def _reaching(parameter: Parameter, value: Floats) -> tuple[str, ...]:
    """Return formulas that reach a value, that of the first body where each has its own, where their keys are 1."""
    most = value.reshape(-1, parameter.numbers)[0]
    return tuple(f"{one or 0.0:g} * value" for one in most)


def mark_beats(scene: Scene) -> Scene:
    """Put a marker at each beat of the sound within the range; markers that are there stay."""
    sound, timing = sound_in(scene), scene.timing
    frames = np.rint(sound.first + beats_of(sound) * timing.fps).astype(np.int64)
    taken = {marker.frame for marker in scene.markers}
    inside = [int(frame) for frame in np.unique(frames) if timing.first <= frame <= timing.last]
    return set_markers(scene, [*scene.markers, *(Marker(frame) for frame in inside if frame not in taken)])
