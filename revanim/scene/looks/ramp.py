"""Ramps: what a number of each body becomes, a colour, a size or an opacity."""

from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.scene import Look, Ramp
from revanim.sentence import N_

T = TypeVar("T")

STEPS = 256  # of a table of colours
FEWEST, MOST = 2, 32  # stops
LIMITS = {"color": 255.0, "size": 100.0, "opacity": 1.0}  # of what a ramp may lead to, from 0 on
KINDS = tuple(LIMITS)
COLORS = {  # to begin with; colour maps are those of matplotlib (CC0) at a few points
    N_("Viridis"): "#482878 #3e4a89 #31688e #26828e #1f9e89 #35b779 #6dcd59 #b4de2c #fde725",
    N_("Fire"): "#1b0c41 #781c6d #cf4446 #fb9a06 #fcffa4",
    N_("Ice"): "#0b1d51 #1f5fa8 #58b6e8 #d9f4ff",
    N_("Sunset"): "#2b1a52 #8a3a7c #e8637a #ffb26b #fff0b8",
    N_("Meadow"): "#173d2c #3c8c4a #a9cf5a #f6efb5",
    N_("Cold and Warm"): "#3b4cc0 #9abbff #dddddd #f49a7b #b40426",
}
NUMBERS = {
    N_("Grows"): ((0.0, 1.0), (0.0, 1.0)),
    N_("Shrinks"): ((0.0, 1.0), (1.0, 0.0)),
    N_("In and Out"): ((0.0, 0.15, 0.7, 1.0), (0.0, 1.0, 1.0, 0.0)),
    N_("Pulse"): ((0.0, 0.5, 1.0), (0.4, 1.0, 0.4)),
    N_("Step"): ((0.0, 0.499, 0.501, 1.0), (0.2, 0.2, 1.0, 1.0)),
}


def color_ramp(stops: str) -> Ramp:
    """Return evenly spaced colours such as "#102030 #ffeedd"."""
    colors = [bytes.fromhex(stop.removeprefix("#")) for stop in stops.split()]
    return Ramp(tuple(np.linspace(0, 1, len(colors)).tolist()), tuple(tuple(map(float, color)) for color in colors))


def along(ramp: Ramp, share: ArrayLike) -> Floats:
    """Return what numbers become, float64[n, 1 or 3], given as shares of the span; not a number stays none.

    Light is mixed, not its codes, as `gradient` does.
    """
    values, at = np.array(ramp.values, np.float64), np.asarray(share, np.float64)
    light = values**2 if values.shape[1] == 3 else values
    mixed = np.stack([np.interp(at, ramp.at, channel) for channel in light.T], axis=-1)
    return np.sqrt(mixed) if values.shape[1] == 3 else mixed


def table_of(ramp: Ramp) -> Floats:
    """Return the colours of a ramp at even steps, float64[256, 3]."""
    return along(ramp, np.linspace(0, 1, STEPS))


def check_ramps(look: Look) -> None:
    """Refuse ramps whose stops do not ascend from 0 to 1, or whose values cannot be."""
    for kind, most in LIMITS.items():
        ramp: Ramp | None = getattr(look, f"{kind}_ramp")
        if ramp is None:
            continue
        numbers = 3 if kind == "color" else 1
        fits = FEWEST <= len(ramp.at) <= MOST and len(ramp.at) == len(ramp.values)
        at = np.array(ramp.at)
        if not (fits and (np.diff(at) >= 0).all() and at[0] >= 0 and at[-1] <= 1):
            raise RevanimError(
                "The stops of a ramp must ascend from 0 to 1, with a value for each; {least} to {most} are allowed.",
                least=FEWEST,
                most=MOST,
            )
        if not all(len(value) == numbers and all(0 <= part <= most for part in value) for value in ramp.values):
            raise RevanimError(
                "Each value of {what} must be {count} numbers from 0 to {most:g}.",
                what=f"{kind}_ramp",
                count=numbers,
                most=most,
            )
        if ramp.span is not None and not ramp.span[0] < ramp.span[1]:
            raise RevanimError("The span of a ramp must begin below its end.")


# One stop at a time, for a hand


def with_stop(ramp: Ramp, share: float) -> tuple[Ramp, int]:
    """Return a ramp with one more stop that changes nothing, and which it is."""
    place = int(np.searchsorted(ramp.at, share, side="right"))
    value = tuple(along(ramp, share).tolist())
    at, values = (*ramp.at[:place], share, *ramp.at[place:]), (*ramp.values[:place], value, *ramp.values[place:])
    return replace(ramp, at=at, values=values), place


def without_stop(ramp: Ramp, stop: int) -> Ramp:
    """Return a ramp without a stop; two stay."""
    if len(ramp.at) == FEWEST:
        return ramp
    return replace(ramp, at=_without(ramp.at, stop), values=_without(ramp.values, stop))


def moved_stop(ramp: Ramp, stop: int, share: float) -> Ramp:
    """Return a ramp with a stop elsewhere, no farther than its neighbours."""
    low = ramp.at[stop - 1] if stop else 0.0
    high = ramp.at[stop + 1] if stop + 1 < len(ramp.at) else 1.0
    return replace(ramp, at=_with(ramp.at, stop, min(max(share, low), high)))


def valued_stop(ramp: Ramp, stop: int, value: tuple[float, ...]) -> Ramp:
    """Return a ramp with another value at a stop."""
    return replace(ramp, values=_with(ramp.values, stop, value))


def _with(row: tuple[T, ...], place: int, new: T) -> tuple[T, ...]:
    return (*row[:place], new, *row[place + 1 :])


def _without(row: tuple[T, ...], place: int) -> tuple[T, ...]:
    return (*row[:place], *row[place + 1 :])
