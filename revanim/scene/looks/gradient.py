"""Colours between colours."""

import numpy as np
from numpy.typing import ArrayLike

from revanim.scene.scene import Colors


def gradient(stops: str, share: ArrayLike) -> Colors:
    """Return uint8[n, 3]: where each share, 0 to 1, falls between evenly spaced colours such as "#102030 #ffeedd".

    Light is mixed, not its codes (with gamma 2 for the sRGB curve), so that the middle does not turn muddy.
    """
    light = np.array([list(bytes.fromhex(stop.removeprefix("#"))) for stop in stops.split()], np.float64) ** 2
    at = np.asarray(share, np.float64).reshape(-1) * (len(light) - 1)
    mixed = np.stack([np.interp(at, np.arange(len(light)), channel) for channel in light.T], axis=1)
    colors: Colors = np.rint(np.sqrt(mixed)).astype(np.uint8)
    return colors
