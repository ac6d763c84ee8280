"""Whatever is walked can be halted by another thread, also in the midst of a step, and leaves a state that is whole."""

from collections.abc import Callable
from threading import Thread

import numpy as np
import pytest

import revanim as ra
from revanim.engine.adjoint import Adjoint
from revanim.engine.halt import HALTED, STAGES, Halted, Switch, stand_behind
from revanim.engine.playhead import Playhead
from revanim.scene.build import build_system, make_playhead

HEAVY = ["gravity", "coulomb", "repulsion", "lennard_jones"]
MANY = 6000  # bodies: a step takes long, one share of it does not


def heavy(name: str, wide: bool) -> Playhead:
    """Return a playhead whose steps take long, on one thread or on all."""
    random = np.random.default_rng(0)
    scene = ra.make_scene(random.normal(size=(MANY, 3)), np.zeros((MANY, 3)), 1.0, forces=[ra.force(name)])
    playhead = make_playhead(scene)
    assert playhead.system.heavy
    playhead.system.wide[:] &= wide
    return playhead


def halted_in_the_midst(playhead: Playhead, walk: Callable[[], object]) -> int:
    """Halt a walk when it is in its first stages, and return how many of them it was in."""
    signal = playhead.system.signal

    def halt() -> None:
        while signal[STAGES] < 2:
            pass
        playhead.system.halt()

    other = Thread(target=halt)
    other.start()
    with pytest.raises(Halted):
        walk()
    other.join()
    return int(signal[STAGES])


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_step_is_halted_in_its_midst_and_nothing_of_it_stays(name: str, wide: bool) -> None:
    playhead = heavy(name, wide)
    before = playhead.digest()
    stages = halted_in_the_midst(playhead, lambda: playhead.step(8))
    assert stages < playhead.system.codes.size
    assert playhead.now == playhead.system.steps_per_frame
    assert playhead.digest() == before


@pytest.mark.parametrize("name", HEAVY)
def test_what_takes_long_besides_is_halted_too(name: str) -> None:
    playhead = heavy(name, wide=True)
    playhead.system.halt()
    with pytest.raises(Halted):
        playhead.energy()
    with pytest.raises(Halted):
        Adjoint(playhead).back(0)
    assert playhead.frame == 1


def test_a_walk_that_was_halted_goes_on_to_the_same_bits() -> None:
    scene = ra.make_scene(np.random.default_rng(1).normal(size=(720, 3)), np.zeros((720, 3)), 1.0, fps=240)
    scene = ra.edits.set_forces(scene, [ra.force("gravity")])
    playhead, fresh = make_playhead(scene), make_playhead(scene)
    halted_in_the_midst(playhead, lambda: playhead.seek(3))
    with pytest.raises(Halted):
        playhead.try_frame(3)
    playhead.system.release()
    playhead.seek(3)
    fresh.seek(3)
    assert playhead.digest() == fresh.digest()


def test_a_switch_halts_what_its_thread_has_bound_and_nothing_else() -> None:
    scene, switch = ra.example("figure-eight"), Switch()
    other = build_system(scene)
    bound = []

    def bind() -> None:
        stand_behind(switch)
        bound.append(build_system(scene))
        switch.throw()
        bound.append(build_system(scene))

    thread = Thread(target=bind)
    thread.start()
    thread.join()
    assert [system.signal[HALTED] for system in (*bound, other)] == [1, 1, 0]
    switch.reset()
    assert [system.signal[HALTED] for system in bound] == [0, 0]
