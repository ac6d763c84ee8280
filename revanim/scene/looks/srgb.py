"""sRGB, in which colours are stored, and the light that they stand for (IEC 61966-2-1); both from 0 to 1."""

import numpy as np

from revanim.engine.parameter import Floats


def decoded(stored: Floats) -> Floats:
    """Return the light of stored colours."""
    return np.where(stored <= 0.04045, stored / 12.92, ((stored + 0.055) / 1.055) ** 2.4)


def encoded(light: Floats) -> Floats:
    """Return how light is stored."""
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * np.maximum(light, 1e-9) ** (1 / 2.4) - 0.055)
