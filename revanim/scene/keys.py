"""Values that change over the frames, above all those with keys: read at a frame, and keyed, moved and bent there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from revanim.engine.formulas.language import programs_of
from revanim.engine.keyed import values_of
from revanim.engine.parameter import SMOOTH, STEP, WAYS, Animated, Curve, Floats, Formula, Keyed, Parameter
from revanim.error import RevanimError
from revanim.scene import curve as rows
from revanim.scene.given import frozen, sealed, whole_numbers, words
from revanim.sentence import Sentence, named

THIRD = 1 / 3  # of the way to the next key: a handle as long as that lets time pass evenly
EVEN = 3  # frames to either side, over which what a hand draws is evened out
LONE = 8.0  # frames that the handles of a single key reach
Keys = Iterable[int]  # which of them, counted from 0


def keyed(
    frames: ArrayLike, values: ArrayLike, way: str | Sequence[str] = "smooth", formula: str | Sequence[str] = ()
) -> Keyed:
    """Make a value with keys at some frames, int[k] in any order; values are float64[k, ...], a row for each key.

    `way` says how it goes on behind a key, or behind each: "step", "linear" or "smooth". Handles lie so that a smooth
    value nowhere goes beyond its keys. A formula, or one for each axis, makes of that what the value is: arithmetic of
    t, the frame, of `value`, what the keys say then, and of `i`, which body or link it is, counted from 0.
    """
    at = whole_numbers(frames, Sentence("The frames of keys")).reshape(-1)
    sheet = frozen(values, Sentence("The values of keys"))
    ways = [way] * at.size if isinstance(way, str) else list(way)
    wrong = next((one for one in ways if one not in WAYS), None)
    if wrong is not None or not at.size or len(ways) != at.size or sheet.shape[:1] != at.shape:
        raise RevanimError("Keys need a frame, a value and a way each; ways are {ways}.", ways=", ".join(WAYS))
    if np.unique(at).size != at.size:
        raise RevanimError("Two keys are at one frame; each frame may have one.")
    none = np.zeros(at.size, np.bool_)
    rise = np.zeros((at.size, 2, *sheet.shape[1:]))
    made = Keyed(at, sheet, np.array([WAYS.index(one) for one in ways]), np.zeros((at.size, 2)), rise, none)
    return settled(with_formula(made, (formula,) if isinstance(formula, str) else tuple(formula)))


def formula(*texts: str) -> Formula:
    """Return what a value is as arithmetic of t, the frame: a text, or one for each axis of a vector.

    As in `ra.force("uniform", acceleration=ra.formula("0", "0", "-2 + sin(t * tau / 48)"))`. There are + - * / % **,
    comparisons, `a if b else c`, pi, tau, abs, floor, sqrt, sin, cos, exp, min, max, `wiggle(x, seed)` from -1 to 1
    and `smooth(a, b, x)` from 0 at a to 1 at b. Raises RevanimError, which says where a text is wrong.
    """
    made = Formula(tuple(words(text, Sentence("A formula")) for text in texts))
    programs_of(made)
    return made


def with_formula(value: Keyed, texts: Sequence[str]) -> Keyed:
    """Return a value of which formulas make what counts, one for each axis; without texts its keys say it again."""
    return replace(value, formula=formula(*texts) if texts else None)


def of_keys(value: Keyed) -> Keyed:
    """Return what the keys of a value say, before its formula makes something of it."""
    return replace(value, formula=None)


def thinned(frames: ArrayLike, values: ArrayLike, parameter: Parameter, tolerance: float) -> Keyed:
    """Return few keys of a smooth value that is nowhere farther than a tolerance from many, float64[k, ...].

    What trembles from one to the next is evened out before; the first and the last stay as they are.
    """
    at = whole_numbers(frames, Sentence("The frames of keys")).reshape(-1)
    many = keyed(at, frozen(values, Sentence("The values of keys")), "linear")
    even = np.array([_evened(many, parameter, frame) for frame in many.frames])
    chosen = np.isin(np.arange(at.size), (0, at.size - 1))
    while True:
        few = keyed(many.frames[chosen], even[chosen])
        away = np.abs(values_of(parameter, few, many.frames.astype(np.float64)) - even).reshape(at.size, -1).max(axis=1)
        worst = int(np.where(chosen, 0.0, away).argmax())
        if chosen[worst] or away[worst] <= tolerance:
            return few
        chosen[worst] = True


def _evened(many: Keyed, parameter: Parameter, frame: int) -> Floats:
    """Return the mean of a value around a frame, weighed by how near; as far as it reaches to either side alike."""
    reach = min(EVEN, frame - int(many.frames[0]), int(many.frames[-1]) - frame)
    around = np.arange(-reach, reach + 1)
    weights = reach + 1.0 - np.abs(around)
    mean: Floats = np.tensordot(weights / weights.sum(), values_of(parameter, many, frame + around.astype(float)), 1)
    return mean


def settled(value: Keyed) -> Keyed:
    """Return the same keys in the order of their frames, with handles for those that have none of their own."""
    keys = _chosen(value, np.argsort(value.frames, kind="stable"))
    slope = _slopes(keys.frames, keys.values.reshape(len(keys.frames), -1), keys.ways)
    gaps = np.diff(keys.frames) * THIRD
    ends = gaps[[0, -1]] if gaps.size else np.full(2, LONE)
    easy = np.stack([np.r_[ends[0], gaps], np.r_[gaps, ends[1]]], axis=1)
    smooth = (slope[:, None] * easy[..., None]).reshape(keys.rise.shape)
    own = keys.free.reshape(-1, *[1] * (smooth.ndim - 1))
    laid = replace(keys, reach=np.where(keys.free[:, None], keys.reach, easy), rise=np.where(own, keys.rise, smooth))
    return Keyed(**{name: sealed(one) for name, one in laid.arrays.items()}, formula=value.formula)


def _chosen(value: Keyed, which: NDArray[np.int64] | NDArray[np.bool_]) -> Keyed:
    """Return some of the keys, or all in another order; handles stay as they are."""
    return replace(value, **{name: one[which] for name, one in value.arrays.items()})


def _slopes(frames: NDArray[np.int64], values: Floats, ways: NDArray[np.int64]) -> Floats:
    """Return the slope at each key, float64[k, numbers]: flat at the ends and at every turn (Fritsch, Butland 1984)."""
    slopes = np.zeros_like(values)
    gaps = np.diff(frames).astype(np.float64)[:, None]
    steep = np.where(ways[:-1, None] == STEP, 0.0, np.diff(values, axis=0) / gaps)
    one, other = steep[:-1], steep[1:]
    along = one * other > 0
    early, late = gaps[:-1] + 2 * gaps[1:], 2 * gaps[:-1] + gaps[1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (early + late) / (early / one + late / other)
    slopes[1:-1] = np.where(along, mean, 0.0)
    return slopes


# Any value that changes over the frames


def each_row(value: Animated, change: Callable[[Floats], Floats]) -> Animated:
    """Return a value with its rows changed, float64[k, ...], and what belongs to the handles of keys alike."""
    if isinstance(value, Curve):
        return replace(value, values=sealed(change(value.values)))
    rise = np.stack([change(value.rise[:, side]) for side in range(2)], axis=1)
    return replace(value, values=sealed(change(value.values)), rise=sealed(rise))


def alike(one: Animated, other: Animated) -> bool:
    """Tell whether two values are the same at all frames."""
    if type(one) is not type(other):
        return False
    pairs = zip(vars(one).values(), vars(other).values(), strict=True)
    return all(mine == theirs if isinstance(mine, Formula) else np.array_equal(mine, theirs) for mine, theirs in pairs)


def value_at(value: Animated, parameter: Parameter, frame: float) -> Floats:
    """Return the value at a frame, shaped like a row."""
    if isinstance(value, Curve):
        return rows.value_at(value, int(np.floor(frame)), parameter.outside)
    found: Floats = values_of(parameter, value, np.array([frame], np.float64))[0]
    return found


def with_value(value: Animated, parameter: Parameter, frame: int, sheet: Floats) -> Animated:
    """Return a value that is so at a frame, shaped like a row: there is a key then, or a row."""
    if isinstance(value, Curve):
        return rows.with_value(value, frame, sheet, parameter.outside)
    if value.formula is not None:
        raise RevanimError("A formula says what {name} is; change that in Curves.", name=named(parameter.name))
    return with_key(value, parameter, frame, sheet)


def as_keys(value: Animated, parameter: Parameter) -> Keyed:
    """Return a value with keys that moves the bodies alike: each row becomes one that stays until the next."""
    if isinstance(value, Keyed):
        return value
    frames, sheet = value.first + value.every * np.arange(len(value.values)), value.values
    if parameter.outside == "zero":
        frames = np.r_[value.first - 1, frames, value.first + value.every * len(sheet)]
        sheet = np.concatenate([np.zeros_like(sheet[:1]), sheet, np.zeros_like(sheet[:1])])
    new = np.r_[True, (sheet[1:] != sheet[:-1]).reshape(len(sheet) - 1, -1).any(axis=1)]
    return keyed(frames[new], sheet[new], "step")


# Keys


def key_at(value: Keyed, frame: int) -> int | None:
    """Return which key is at a frame, if there is one."""
    found = np.flatnonzero(value.frames == frame)
    return int(found[0]) if found.size else None


def with_key(value: Keyed, parameter: Parameter, frame: int, sheet: Floats) -> Keyed:
    """Return a value with a key of this value, shaped like a row, at a frame; it goes on as the key before it does."""
    key = key_at(value, frame)
    if key is not None:
        values = value.values.copy()
        values[key] = sheet
        return settled(replace(value, values=values))
    before = int(np.searchsorted(value.frames, frame))
    way = int(value.ways[max(before - 1, 0)])
    return settled(with_more(value, before, np.array([frame]), np.asarray(sheet)[None], way))


def with_more(value: Keyed, before: int, frames: NDArray[np.int64], values: Floats, way: int) -> Keyed:
    """Return a value with more keys, float64[k, ...], before one of its own; they have no handles."""
    more: dict[str, Any] = {"frames": frames, "values": values, "ways": way, "reach": 0.0, "rise": 0.0, "free": False}
    at = np.full(frames.size, before)
    put: dict[str, Any] = {name: np.insert(getattr(value, name), at, new, axis=0) for name, new in more.items()}
    return replace(value, **put)


def without_keys(value: Keyed, keys: Keys) -> Keyed:
    """Return a value without some keys; one must stay."""
    stays = np.ones(len(value.frames), np.bool_)
    stays[list(keys)] = False
    if not stays.any():
        raise RevanimError("A curve needs one key at least; switch the animation off instead.")
    return settled(_chosen(value, stays))


def moved(value: Keyed, keys: Keys, by: int, change: Callable[[Floats], Floats] | None = None) -> Keyed:
    """Return a value with some keys so many frames later, and their rows changed; where they land, they replace."""
    chosen = np.zeros(len(value.frames), np.bool_)
    chosen[list(keys)] = True
    frames, values = value.frames + by * chosen, value.values.copy()
    if change is not None:
        values[chosen] = change(values[chosen])
    stays = chosen | ~np.isin(frames, frames[chosen])
    return settled(_chosen(replace(value, frames=frames, values=values), stays))


def copied(value: Keyed, keys: Keys, by: int) -> Keyed:
    """Return a value with copies of some keys so many frames later; where they land, they replace."""
    return pasted(value, some(value, keys), by)


def some(value: Keyed, keys: Keys) -> Keyed:
    """Return some of the keys alone, as they are."""
    return _chosen(value, np.array(sorted(keys), np.int64))


def pasted(value: Keyed, other: Keyed, by: int) -> Keyed:
    """Return a value with the keys of another, so many frames later; where they land, they replace."""
    there = replace(other, frames=other.frames + by)
    kept = _chosen(value, ~np.isin(value.frames, there.frames))
    both: dict[str, Any] = {name: np.concatenate([one, there.arrays[name]]) for name, one in kept.arrays.items()}
    return settled(replace(value, **both))


def going(value: Keyed, keys: Keys, way: int) -> Keyed:
    """Return a value that goes on from some keys in another way: STEP, LINEAR or SMOOTH."""
    ways, free = value.ways.copy(), value.free.copy()
    ways[list(keys)] = way
    if way == SMOOTH:
        free[list(keys)] = False
    return settled(replace(value, ways=ways, free=free))


def with_handle(value: Keyed, key: int, side: int, reach: float, rise: Floats, alone: bool = False) -> Keyed:
    """Return a value with the handle before (0) or after (1) a key elsewhere; the other turns along, unless `alone`."""
    reaches, rises, free = value.reach.copy(), value.rise.copy(), value.free.copy()
    reaches[key, side], rises[key, side], free[key] = max(reach, 0.0), rise, True
    if not alone and reach > 0:
        rises[key, 1 - side] = rise * (reaches[key, 1 - side] / reach)
    return settled(replace(value, reach=reaches, rise=rises, free=free))
