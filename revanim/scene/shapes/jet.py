"""A jet: bodies that are born one after another in an opening, fly out of it and end."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revanim.engine.keyed import values_of
from revanim.engine.moves.handle import handle
from revanim.engine.parameter import Floats, Keyed, Parameter
from revanim.error import RevanimError
from revanim.scene.placing import turn
from revanim.scene.shapes.cloud import in_ball

SHAPES = ("point", "disc", "ring", "ball", "line")
SHAPE = Parameter("shape", 1.0, "", 0.0, len(SHAPES) - 1.0, "Of the opening.", choices=SHAPES)
SPEED = Parameter("speed", 7.0, "length/s", 0.0, 1e9, "With which they come out.")
UNEVEN = Parameter("uneven", 0.15, "", 0.0, 1.0, "By which part their speeds differ.")
SPREAD = Parameter("spread", 12.0, "°", 0.0, 180.0, "How far to the side they fly; 180° is in all directions.")
LIFE = Parameter("life", 1.6, "s", 1e-3, 1e6, "How long each is there.")
FADES = Parameter("fades", 0.3, "", 0.0, 1.0, "By which part of their life some end earlier.")
FIRST = Parameter("first", 1.0, "", -1e6, 1e6, "The frame at which the first comes out.", whole=True)
SECONDS = Parameter("seconds", 8.0, "s", 0.0, 1e6, "How long they come out.")
RATE = Parameter(
    "rate", "1", "", 0.0, 0.0, "How many come out meanwhile, such as 0 1 0 for a swell: as many numbers as you like.",
    text=True, offers=lambda: ("1", "1 0", "0 1", "0 1 0", "1 0 1 0 1 0 1"),
)  # fmt: skip
SEED = Parameter("seed", 1.0, "", 0.0, 1e9, "Another number, other bodies.", whole=True)
JET = (SHAPE, SPEED, UNEVEN, SPREAD, LIFE, FADES, FIRST, SECONDS, RATE, SEED)
GRAIN = 0.0015  # radius of a body, of the way that it flies

Frames = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Births:
    """When bodies are born, float64[n] seconds after the beginning of a frame, and for how long each is there."""

    first: int
    after: Floats
    life: Floats

    def frames(self, fps: float) -> tuple[Floats, Frames, Frames]:
        """Return at which frame each is born, and a part of one, and the first and the last whole one of its life."""
        exact = self.first + self.after * fps
        born = np.ceil(exact).astype(np.int64)
        return exact, born, born + np.rint(self.life * fps).astype(np.int64)


def jet(count: int, values: Mapping[str, Any]) -> tuple[Floats, Floats, Births]:
    """Return where bodies come out, float64[n, 3], upward along y, and how fast, and when, in the order of that."""
    seed = round(values["seed"])
    random = np.random.default_rng(seed)
    after = values["seconds"] * moments(values["rate"], (np.arange(count) + random.random(count)) / count)
    speed = values["speed"] * (1 - values["uneven"] * random.random(count))
    life = values["life"] * (1 - values["fades"] * random.random(count))
    place = opening(values["shape"], in_ball(count, seed + 1), random.random(count)) * (values["size"] / 2)
    return (
        place,
        speed[:, None] * directions(values["spread"], in_ball(count, seed + 2)),
        Births(round(values["first"]), after, life),
    )


def moments(rate: str, shares: Floats) -> Floats:
    """Return when so many parts of all have come out, float64[n], 0 to 1, where numbers say how many do meanwhile."""
    try:
        flow = np.array([float(word) for word in rate.split()])
    except ValueError:
        flow = np.zeros(0)
    if not (flow.size and np.isfinite(flow).all() and (flow >= 0).all() and flow.any()):
        raise RevanimError("The rate {rate!r} must be one or more numbers from 0 up, and not all of them 0.", rate=rate)
    fine = np.linspace(0.0, 1.0, 1001)
    passed = np.interp(fine, np.linspace(0.0, 1.0, flow.size), flow) if flow.size > 1 else np.ones_like(fine)
    whole = np.concatenate([[0.0], np.cumsum((passed[1:] + passed[:-1]) / 2)])
    return np.interp(shares, whole / whole[-1], fine)


def opening(shape: str, ball: Floats, along: Floats) -> Floats:
    """Return places in an opening from -1 to 1, float64[n, 3], made of random ones in a ball and on a line."""
    if shape == "ball":
        return ball
    if shape == "line":
        return np.stack([2 * along - 1, 0 * along, 0 * along], axis=1)
    flat, height = ball[:, [0, 2]], ball[:, 1]
    far = np.sqrt((flat * flat).sum(axis=1))
    out = np.divide(flat, far[:, None], out=np.tile([1.0, 0.0], (len(ball), 1)), where=far[:, None] > 0)
    reach = {"point": 0 * along, "disc": np.sqrt(along), "ring": 1 + 0 * along}[shape]
    return np.stack([reach * out[:, 0], 0 * height, reach * out[:, 1]], axis=1)


def directions(spread: float, ball: Floats) -> Floats:
    """Return directions around y, float64[n, 3], evenly over the part of the sphere that is so many degrees wide."""
    lowest, _ = turn(spread)
    far = np.sqrt((ball * ball).sum(axis=1))
    up = lowest + (1 - lowest) * far * far * far  # as many in each layer of a sphere as it is high
    flat = np.sqrt((ball[:, [0, 2]] ** 2).sum(axis=1))
    out = np.divide(ball[:, [0, 2]], flat[:, None], out=np.tile([1.0, 0.0], (len(ball), 1)), where=flat[:, None] > 0)
    wide = np.sqrt(np.maximum(1 - up * up, 0.0))
    return np.stack([wide * out[:, 0], up, wide * out[:, 1]], axis=1)


def led(way: Keyed, exact: Floats, fps: float) -> tuple[Floats, Floats]:
    """Return where a path is at frames and parts of frames, and how fast it goes there, float64[n, 3] each."""
    place = handle.parameters[0]
    before, after = (values_of(place, way, exact + half) for half in (-0.5, 0.5))
    return values_of(place, way, exact), (after - before) * fps
