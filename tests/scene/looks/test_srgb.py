"""Colours become light and colours again."""

import numpy as np
import pytest

from revanim.scene.looks.srgb import decoded, encoded

LEVELS = np.arange(256) / 255


def test_every_level_comes_back() -> None:
    assert np.rint(255 * encoded(decoded(LEVELS))).tolist() == list(range(256))


def test_light_is_as_the_standard_has_it() -> None:
    assert decoded(np.array([0.0, 0.04, 0.5, 1.0])) == pytest.approx([0.0, 0.04 / 12.92, 0.21404, 1.0], abs=1e-5)
