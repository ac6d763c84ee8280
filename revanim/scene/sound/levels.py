"""How loud a sound is over time, as a whole and in three bands; and where its beats are.

It is measured once, when a sound comes in, and kept with it in steps of 1/255: what follows it has the same bits on
every machine.
"""

import numpy as np
from numpy.typing import NDArray

from revanim.engine.parameter import Floats
from revanim.scene.scene import Sound
from revanim.scene.sound.decode import RATE, Samples
from revanim.sentence import N_

PER_SECOND = 100
BANDS = {  # from which pitch to which, Hz
    N_("loudness"): (20.0, 16_000.0),
    N_("bass"): (20.0, 200.0),
    N_("middle"): (200.0, 3000.0),
    N_("treble"): (3000.0, 16_000.0),
}
HOP, WINDOW = RATE // PER_SECOND, 2048  # samples
AT_ONCE = 4096  # rows
FULL = 255
AROUND, APART = 50, 22  # rows: over which a beat is told from the rest, and that lie between two beats at least
ABOVE, FAINT = 1.5, 0.1  # times as steep as usual, and at least so steep

Levels = NDArray[np.uint8]  # [rows, bands]


def measured(samples: Samples) -> Levels:
    """Return how loud each band of a sound is, PER_SECOND times a second; the loudest moment of each is FULL."""
    mono = np.concatenate([np.zeros(WINDOW // 2), samples.mean(axis=1, dtype=np.float64), np.zeros(WINDOW)])
    rows = -(-len(samples) // HOP)
    pitch, hann = np.fft.rfftfreq(WINDOW, 1 / RATE), np.hanning(WINDOW)
    inside = np.array([(pitch >= low) & (pitch < high) for low, high in BANDS.values()], np.float64)
    power = np.empty((rows, len(BANDS)))
    for begin in range(0, rows, AT_ONCE):
        starts = HOP * np.arange(begin, min(begin + AT_ONCE, rows))
        heard = np.abs(np.fft.rfft(mono[starts[:, None] + np.arange(WINDOW)] * hann)) ** 2
        power[begin : begin + len(starts)] = heard @ inside.T
    height = np.sqrt(power)
    most = height.max(axis=0, initial=0.0)
    return np.rint(FULL * height / np.where(most > 0, most, 1.0)).astype(np.uint8)


def level_at(sound: Sound, band: str, frames: Floats, fps: float) -> Floats:
    """Return how loud a band is at some frames, from 0 to 1; before and after the sound it is silent."""
    rows = (np.asarray(frames, np.float64) - sound.first) / fps * PER_SECOND
    heights = sound.levels[:, list(BANDS).index(band)] / FULL
    return np.interp(rows, np.arange(len(heights)), heights, left=0.0, right=0.0)


def beats_of(sound: Sound) -> Floats:
    """Return when the beats are, in seconds after the sound begins: where it gets louder more steeply than around."""
    heights = sound.levels[:, :2].sum(axis=1) / FULL
    rise = np.maximum(np.diff(heights, prepend=0.0), 0.0)
    rise = np.convolve(np.pad(rise, 2), np.ones(5), "valid")
    usual = np.convolve(np.pad(rise, AROUND, "edge"), np.ones(2 * AROUND + 1) / (2 * AROUND + 1), "valid")
    steep = np.flatnonzero((rise >= ABOVE * usual) & (rise >= FAINT))
    found = list[int]()
    for row in steep[np.argsort(-rise[steep], kind="stable")]:
        if all(abs(row - other) >= APART for other in found):
            found.append(int(row))
    return np.sort(np.array(found, np.float64)) / PER_SECOND
