"""Whether a sound is one."""

import numpy as np

from revanim.engine.playhead import FARTHEST_FRAME
from revanim.error import RevanimError
from revanim.scene.given import check_order
from revanim.scene.scene import Sound
from revanim.scene.sound.decode import LARGEST
from revanim.scene.sound.levels import BANDS


def check_sound(sound: Sound | None) -> None:
    """Refuse a sound that is not whole."""
    if sound is None:
        return
    for array in (sound.data, sound.levels):
        check_order(array, np.uint8, "The sound")
    if sound.data.ndim != 1 or not 0 < sound.data.size <= LARGEST or abs(sound.first) > FARTHEST_FRAME:
        raise RevanimError("The sound must be one file, and begin at a frame that can be reached.")
    if sound.levels.ndim != 2 or not len(sound.levels) or sound.levels.shape[1] != len(BANDS):
        raise RevanimError("The sound must have a loudness in {count} bands.", count=len(BANDS))
