"""The sound of a scene in its file; takes with the same sound hold it once."""

import numpy as np
from numpy.typing import NDArray

from revanim.scene.file.entries import Arrays, Text, field_of, named_array, put, required
from revanim.scene.scene import Sound


def sound_text(sound: Sound, key: str, arrays: Arrays) -> Text:
    """Return the text of a sound; the names of its arrays begin with the key."""
    data, levels = (_once(array, f"{key}.{name}", arrays) for name, array in _arrays(sound).items())
    return {"name": sound.name, "first": sound.first, "data": data, "levels": levels}


def _arrays(sound: Sound) -> dict[str, NDArray[np.uint8]]:
    return {"data": sound.data, "levels": sound.levels}


def _once(array: NDArray[np.uint8], key: str, arrays: Arrays) -> Text:
    there = next((name for name, other in arrays.items() if other is array), None)
    return put(array, key, arrays) if there is None else {"array": there}


def sound_of(text: Text, arrays: Arrays) -> Sound:
    """Return the sound that a text describes."""
    data, levels = (
        named_array(arrays, field_of(required(text, name), "array", str), np.uint8) for name in ("data", "levels")
    )
    return Sound(field_of(text, "name", str), data, levels, field_of(text, "first", int))
