"""Strips and fans of triangles, as glTF and PLY have them."""

import numpy as np

from revanim.scene.scene import Index


def strip(corners: Index) -> Index:
    """Return a strip as triangles, int64[t, 3], every second of them turned so that all face the same way."""
    found = np.stack([corners[:-2], corners[1:-1], corners[2:]], axis=1) if corners.size > 2 else corners[:0]
    found = found.reshape(-1, 3)
    found[1::2] = found[1::2, ::-1]
    return found


def fan(corners: Index) -> Index:
    """Return a fan around its first corner as triangles, int64[t, 3]."""
    if corners.size < 3:
        return corners[:0].reshape(-1, 3)
    return np.stack([np.full(corners.size - 2, corners[0]), corners[1:-1], corners[2:]], axis=1)
