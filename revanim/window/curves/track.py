"""What the curve editor shows of a track: a few numbers of each key."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from revanim.engine.parameter import Floats, Keyed
from revanim.scene.given import sealed
from revanim.scene.keys import settled
from revanim.scene.scene import Index
from revanim.scene.values import chosen_rows, each_has_its_own
from revanim.session.studio import Studio
from revanim.session.tracks.tracks import Track
from revanim.session.words import capital, tr

MOST = 12  # numbers: more could not be told apart
CurvePoint = tuple[int, int]  # a key, and a number in its value


def tracks(studio: Studio) -> dict[str, Track]:
    """Return every value that changes over the frames, by what it is called."""
    found: dict[str, Track] = {}
    for track in studio.tracks.all():
        name = capital(tr(studio.tracks.title(track)))
        known = sum(other.rstrip("0123456789 ") == name for other in found)
        found[f"{name} {known + 1}" if known else name] = track
    return found


def columns_of(studio: Studio, track: Track) -> Index:
    """Return which numbers of a value are edited, int64[c]: those of the selected bodies or links, or the first."""
    part, axes = studio.forces.at(track.place), track.parameter.axes
    if not each_has_its_own(track.parameter, studio.tracks.value(track)):
        return np.arange(axes)
    rows = chosen_rows(part, studio.session.selection)[: MOST // axes]
    return np.array((rows[:, None] * axes + np.arange(axes)).ravel())


def table(rows: Floats, columns: Index) -> Floats:
    """Return some numbers of rows of values, float64[k, c]."""
    return rows.reshape(len(rows), -1)[:, columns]


def with_numbers(value: Keyed, points: Iterable[CurvePoint], change: Callable[[Floats], Floats]) -> Keyed:
    """Return a value in which some numbers of keys have changed."""
    values = value.values.copy()
    flat = values.reshape(len(values), -1)
    keys, numbers = np.array(sorted(points), np.int64).reshape(-1, 2).T
    flat[keys, numbers] = change(flat[keys, numbers])
    return settled(replace(value, values=sealed(values)))
