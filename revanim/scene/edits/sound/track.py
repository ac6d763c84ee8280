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
    file = Path(path)
    try:
        if file.stat().st_size > LARGEST:
            raise RevanimError("{name} is larger than {most} MB.", name=file.name, most=LARGEST // 2**20)
        data = file.read_bytes()
    except OSError as error:
        raise RevanimError("{name} cannot be read: {why}.", name=file.name, why=error.strerror or error) from None
    first = scene.timing.first if frame is None else whole(frame, Sentence("The frame"))
    levels = measured(decoded(data, file.name))
    sound = Sound(file.name, sealed(np.frombuffer(data, np.uint8)), sealed(levels), first)
    return check(replace(scene, sound=sound))


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
