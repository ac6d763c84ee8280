"""The same steps in floating point do not come back; where nothing is rounded, they do."""

import numpy as np
import pytest

import revanim as ra
from revanim.engine.floating import can_float, walk_in_floats
from revanim.scene.build import make_playhead


def cloud(**more: object) -> ra.Scene:
    place = np.random.default_rng(3).uniform(-1, 1, (9, 3))
    return ra.make_scene(place, -place, 1.0, frames=(1, 25), scheme="leapfrog", **more)


def test_floats_lose_bits_where_the_exact_walk_loses_none_though_they_go_the_same_way() -> None:
    playhead = make_playhead(cloud(forces=[ra.force("field", begin=0.0)]))
    playhead.seek(1)
    home = playhead.digest()
    found = walk_in_floats(playhead, 1, 25)
    assert found.bits == 64 * 6 * 9
    assert 0 < found.bits_different < 0.5 * found.bits
    assert playhead.digest() == home
    assert "bits are wrong after the same way" in str(found.sentence)


def test_bodies_at_rest_that_nothing_pushes_come_back_in_floats_too() -> None:
    playhead = make_playhead(ra.make_scene(np.eye(3), np.zeros((3, 3)), 1.0, frames=(1, 25)))
    assert walk_in_floats(playhead, 1, 25).bits_different == 0


def test_what_is_made_of_bits_is_refused() -> None:
    playhead = make_playhead(cloud(moves=[ra.move("drag")]))
    assert not can_float(playhead.system)
    with pytest.raises(ra.RevanimError, match="only forces can be walked in floats"):
        walk_in_floats(playhead, 1, 25)
