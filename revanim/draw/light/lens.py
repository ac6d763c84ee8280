"""The halo: light that a lens spreads far around, as a sum of ever wider blurs.

Each level is half the size of the one before, so all of them together cost a third more than the first. Their sum falls
off with the square of the distance, as stray light does (after J. Jimenez, SIGGRAPH 2014, "Next generation post
processing in Call of Duty").
"""

import numpy as np
from numpy.typing import NDArray

from revanim.engine.code.kernel import kernel

LEVELS = 5
KNEE = 1.2  # full lights of a crowd, spread to a place, which halve the halo there
SMALLEST = 4  # cells: a level is not made smaller than this

Light = NDArray[np.float32]


def halo(light: NDArray[np.int32], gain: float, one: float, width: int, cell: int, edge: int) -> Light:
    """Return coarse light, int32[3, r, c], spread out and brought to full light by a gain, and how film adapts to it.

    That is float32[4, r, w], each row stretched to `width` pixels: red, green, blue, and the share of the direct light
    that is let through. A cell is `cell` pixels wide; `edge` cells lie outside the picture on each side.

    The film adapts where there is more light than that of `one` body. Among x times as many the halo stays as it is,
    and the fourth root of x is left of the light: a crowd keeps its colours, and what is within it (local adaptation,
    after Reinhard et al. 2002, "Photographic tone reproduction for digital images").
    """
    crowd = np.maximum(light.max(axis=0) - one, 0.0)
    levels = [np.asarray([*light, crowd], np.float32)]
    while len(levels) < LEVELS and min(levels[-1].shape[1:]) > SMALLEST:
        levels.append(_halve(levels[-1]))
    for coarse, fine in zip(levels[:0:-1], levels[-2::-1], strict=True):
        _add_wide(coarse, fine)
    spread = levels[0] * np.float32(gain)
    share = 1 / (1 + spread[3] / np.float32(KNEE))
    spread[:3] *= share
    spread[3] = share / np.sqrt(np.sqrt(share))
    return _stretch(spread, width, cell, edge)  # type: ignore[no-any-return]


@kernel("float32[:,:,::1](float32[:,:,::1])")
def _halve(fine):  # type: ignore[no-untyped-def]
    """Return the light at half the size: each cell is a mean over 4 x 4, weighted 1 3 3 1."""
    outer, inner = np.float32(0.125), np.float32(0.375)
    channels, height, width = fine.shape
    coarse = np.empty((channels, (height + 1) // 2, (width + 1) // 2), np.float32)
    mean = np.empty(width, np.float32)
    for c in range(channels):
        for row in range(coarse.shape[1]):
            above, below = fine[c, max(0, 2 * row - 1)], fine[c, min(height - 1, 2 * row + 2)]
            upper, lower = fine[c, 2 * row], fine[c, min(height - 1, 2 * row + 1)]
            for x in range(width):
                mean[x] = outer * (above[x] + below[x]) + inner * (upper[x] + lower[x])
            for column in range(coarse.shape[2]):
                x = 2 * column
                sides = mean[max(0, x - 1)] + mean[min(width - 1, x + 2)]
                coarse[c, row, column] = outer * sides + inner * (mean[x] + mean[min(width - 1, x + 1)])
    return coarse


@kernel("void(float32[:,:,::1], float32[:,:,::1])")
def _add_wide(coarse, fine):  # type: ignore[no-untyped-def]
    """Add light of half the size to the fine light, interpolated."""
    most, least = np.float32(0.75), np.float32(0.25)
    channels, height, width = fine.shape
    rows, columns = coarse.shape[1:]
    mean = np.empty(columns, np.float32)
    for c in range(channels):
        for row in range(height):
            near = coarse[c, row // 2]
            far = coarse[c, min(rows - 1, max(0, row // 2 + 2 * (row % 2) - 1))]
            for x in range(columns):
                mean[x] = most * near[x] + least * far[x]
            for column in range(width):
                beside = min(columns - 1, max(0, column // 2 + 2 * (column % 2) - 1))
                fine[c, row, column] += most * mean[column // 2] + least * mean[beside]


@kernel("float32[:,:,::1](float32[:,:,::1], int64, int64, int64)")
def _stretch(light, width, cell, edge):  # type: ignore[no-untyped-def]
    """Return each row stretched to the width of the picture."""
    channels, rows, _ = light.shape
    wide = np.empty((channels, rows, width), np.float32)
    at = (np.arange(width) + 0.5) / cell + edge - 0.5
    left = at.astype(np.uint32)
    share = (at - left).astype(np.float32)
    for c in range(channels):
        for row in range(rows):
            line = light[c, row]
            for column in range(width):
                near, far = line[left[column]], line[left[column] + np.uint32(1)]
                wide[c, row, column] = near + (far - near) * share[column]
    return wide
