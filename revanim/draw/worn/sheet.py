"""The picture that bodies wear, ready to be painted: its tiles, and the same ever smaller for bodies far away."""

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from revanim.engine.parameter import Floats
from revanim.scene.scene import Index, Sprite

PACKED = np.array([1 << 16, 1 << 8, 1, 1 << 24], np.uint32)  # red, green, blue and alpha as one number
SIDE, FINER = 96, 4  # pixels of the usual sprite, and painted ones across each
POINTS, WAIST = 5, 0.46  # of that star, and how deep it is cut
SOFT = 0.13  # how far its tips are round


@dataclass(frozen=True, eq=False)
class Sheet:
    """Tiles of a sprite at every level, premultiplied and in an empty frame; where each level begins, and its size."""

    texels: NDArray[np.uint32]  # 0xAARRGGBB, row by row
    levels: Index  # int64[l, 3]: the first texel of the first tile, height and width
    tiles: int
    tinted: bool  # it is grey, so it takes the colour of its body


@lru_cache(maxsize=4)
def sheet_of(sprite: Sprite) -> Sheet:
    """Return the sheet of a sprite; it is kept."""
    height, width = (
        side // parts for side, parts in zip(sprite.pixels.shape, (sprite.down, sprite.across), strict=False)
    )
    kept = sprite.pixels[: height * sprite.down, : width * sprite.across].astype(np.float64)
    tinted = bool((kept[..., :3] == kept[..., :1])[kept[..., 3] > 0].all())
    kept[..., :3] *= kept[..., 3:] / 255
    tiles = kept.reshape(sprite.down, height, sprite.across, width, 4).swapaxes(1, 2).reshape(-1, height, width, 4)
    texels, levels, begin = [], [], 0
    while True:
        count, height, width, _ = tiles.shape
        framed = np.pad(tiles, ((0, 0), (1, 1), (1, 1), (0, 0)))
        texels.append(np.rint(framed).astype(np.uint32).reshape(-1, 4) @ PACKED)
        levels.append((begin, height, width))
        begin += count * (height + 2) * (width + 2)
        if max(height, width) <= 2:
            break
        tiles = _halved(tiles)
    return Sheet(np.concatenate(texels), np.array(levels), len(tiles), tinted)


def _halved(tiles: Floats) -> Floats:
    """Return tiles, float64[t, h, w, 4], half as high and wide; the last row or column counts twice where it is odd."""
    even = np.pad(tiles, ((0, 0), (0, tiles.shape[1] % 2), (0, tiles.shape[2] % 2), (0, 0)), mode="edge")
    return 0.25 * (even[:, ::2, ::2] + even[:, 1::2, ::2] + even[:, ::2, 1::2] + even[:, 1::2, 1::2])


@cache
def usual_sprite() -> Sprite:
    """Return what bodies wear that have no sprite: a white star, which takes the colour of each."""
    fine = SIDE * FINER
    x, y = np.meshgrid(*2 * [(np.arange(fine) + 0.5) / fine * 2 - 1])
    turn = np.arctan2(x, -y)
    sector = np.pi / POINTS
    away = np.abs((turn + sector) % (2 * sector) - sector)  # from the nearest tip
    tip, waist = np.array([1.0, 0.0]), WAIST * np.array([np.cos(sector), np.sin(sector)])
    across = waist - tip
    size = np.hypot(x, y)
    u, v = size * np.cos(away), size * np.sin(away)
    side = (u - tip[0]) * across[1] - (v - tip[1]) * across[0]
    inside = (side < 0) & (size < 1.0 - SOFT)
    alpha = inside.reshape(SIDE, FINER, SIDE, FINER).mean(axis=(1, 3))
    pixels = np.full((SIDE, SIDE, 4), 255, np.uint8)
    pixels[..., 3] = np.rint(255 * alpha)
    return Sprite("", pixels)
