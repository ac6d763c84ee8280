"""The sound along the frames: added, moved, taken away."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np

from revanim.error import RevanimError
from revanim.scene.check import check
from revanim.scene.given import sealed, whole
from revanim.scene.scene import Scene, Sound
from revanim.scene.sound.decode import LARGEST, decoded
from revanim.scene.sound.levels import measured
from revanim.sentence import Sentence


def add_sound(scene: Scene, path: str | os.PathLike[str], frame: int | None = None) -> Scene:
    """Lay a sound file along the frames, from a frame on, by default the first; it takes the place of another.

    The scene keeps the file as it is, and how loud it is over time. Raises RevanimError where it cannot be read.
    """
    return set_sound(scene, read_sound(path, scene.timing.first if frame is None else frame))


def set_sound(scene: Scene, sound: Sound) -> Scene:
    """Lay a sound that was read before along the frames."""
    return check(replace(scene, sound=sound))


def read_sound(path: str | os.PathLike[str], frame: int) -> Sound:
    """Return what a file has to be heard, from a frame on; raises as `add_sound` does."""
    file = Path(path)
    try:
        if file.stat().st_size > LARGEST:
            raise RevanimError("{name} is larger than {most} MB.", name=file.name, most=LARGEST // 2**20)
        data = file.read_bytes()
    except OSError as error:
        raise RevanimError("{name} cannot be read: {why}.", name=file.name, why=error.strerror or error) from None
    levels = measured(decoded(data, file.name))
    first = whole(frame, Sentence("The frame"))
    return Sound(file.name, sealed(np.frombuffer(data, np.uint8)), sealed(levels), first)


def move_sound(scene: Scene, frame: int) -> Scene:
    """Let the sound begin at another frame."""
    return check(replace(scene, sound=replace(sound_in(scene), first=whole(frame, Sentence("The frame")))))


def remove_sound(scene: Scene) -> Scene:
    """Take the sound away; what follows it stays as it is."""
    return replace(scene, sound=None)


def sound_in(scene: Scene) -> Sound:
    """Return the sound of a scene, or refuse one without."""
    if scene.sound is None:
        raise RevanimError("The scene has no sound yet; add one first.")
    return scene.sound
