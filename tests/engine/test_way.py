"""The places of a walk by many moments are those that one would find stepping from each to the next."""

from collections.abc import Callable

import numpy as np
import pytest

import revanim as ra
from revanim.engine.halt import Halted
from revanim.engine.playhead import Playhead
from revanim.scene.build import make_playhead


def falling() -> Playhead:
    """Return two bodies that attract each other, one of which is soon gone."""
    place, speed = [[1, 0, 0], [0, 1, 0]], [[1, 0, 0], [0, 0, 1000]]
    return make_playhead(ra.make_scene(place, speed, 1.0, [ra.force("gravity")]))


@pytest.mark.parametrize("count", [2, 9])
def test_a_walk_by_moments_sees_what_stepping_there_would(everything: Callable[..., ra.Scene], count: int) -> None:
    one, other = (make_playhead(everything(count)) for _ in range(2))
    home = one.now
    moments, stepped = [home, home + 3, home + 4, home + 19], []
    for moment in moments:
        other.step(moment - other.now)
        stepped.append(other.position)
    np.testing.assert_array_equal(one.way(moments), stepped)
    assert one.stand.is_as(other.stand)
    assert one.now == other.now


def test_it_may_lead_back() -> None:
    playhead = falling()
    onward = playhead.way(range(playhead.now, playhead.now + 40, 8))
    np.testing.assert_array_equal(playhead.way(range(playhead.now, playhead.now - 40, -8)), onward[::-1])


def test_where_a_body_cannot_go_on_it_ends_as_a_step_does() -> None:
    playhead, reach = falling(), 10_000
    with pytest.raises(ra.RevanimError, match="leaves the range of places"):
        playhead.way(range(playhead.now, playhead.now + reach))
    assert playhead.now == pytest.approx(8 + 2.048 * 192, abs=1)


def test_a_halted_one_goes_nowhere() -> None:
    playhead = falling()
    home = playhead.now
    playhead.system.halt()
    with pytest.raises(Halted):
        playhead.way([home, home + 8])
    assert playhead.now == home
