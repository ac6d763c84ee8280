"""What acts along a way is what acts at each of its places."""

import numpy as np
import pytest

import revanim as ra
from revanim.engine.alive.acting import acceleration
from revanim.engine.halt import Halted
from revanim.engine.parameter import Curve
from revanim.scene.build import make_playhead
from revanim.solve.sequence.along import accelerations


def blown() -> ra.Scene:
    """Return bodies, one of them pinned, that attract each other in a wind that changes, and bounce."""
    place = np.random.default_rng(1).normal(size=(9, 3))
    lift = Curve(1, 1, np.outer([1.0, -2.0, 3.0], [0.0, 0.0, 1.0]))
    forces = [ra.force("gravity"), ra.force("turbulence"), ra.force("uniform", acceleration=lift)]
    return ra.make_scene(
        place, 0 * place, 1.0, forces, moves=[ra.move("contact")], pinned=np.arange(9) == 3, scheme="leapfrog"
    )


def test_forces_along_a_way_are_those_found_one_by_one() -> None:
    playhead, found, frames = make_playhead(blown()), [], [1, 2, 4]
    steps = playhead.system.steps_per_frame
    places = make_playhead(blown()).way([frame * steps for frame in frames])
    for frame in frames:
        playhead.seek(frame)
        found.append(acceleration(playhead.system, playhead.live, frame))
    np.testing.assert_allclose(accelerations(playhead.system, places, frames), found, rtol=1e-9, atol=1e-12)


def test_where_the_system_is_halted_there_is_nothing() -> None:
    playhead = make_playhead(blown())
    playhead.system.halt()
    with pytest.raises(Halted):
        accelerations(playhead.system, playhead.position[None], [1])
