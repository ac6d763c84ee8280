"""Which moment of a motion is taken, where a file holds several."""

import numpy as np

from revanim.engine.parameter import Floats, Parameter
from revanim.error import RevanimError
from revanim.sentence import NOTHING, Sentence

FRAME = Parameter(
    "frame", 0.0, "", -1e12, 1e12, "Which of several: by the file's own numbers, or counted from 0. At 0 the first."
)


def moment_of(numbers: Floats, frame: float, file: str) -> tuple[float, Sentence]:
    """Return the number of the moment that is asked for, of those that there are, and what to say of the others.

    Raises RevanimError where there is no such moment.
    """
    known = np.unique(numbers)
    found = known[np.isclose(known, frame, rtol=1e-9, atol=1e-9)]
    if not found.size and frame:
        raise RevanimError(
            "{file} has {count} frames from {first:g} to {last:g}; there is no {frame:g}.",
            file=file,
            count=known.size,
            first=known[0],
            last=known[-1],
            frame=frame,
        )
    chosen = float(found[0] if found.size else known[0])
    if known.size == 1:
        return chosen, NOTHING
    return chosen, Sentence(
        "{file} has {count} frames; number {frame:g} is taken.", file=file, count=known.size, frame=chosen
    )
