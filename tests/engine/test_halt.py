"""Whatever is walked can be halted by another thread, also in the midst of a step, and leaves a state that is whole."""

from collections.abc import Callable
from threading import Thread

import numpy as np
import pytest

import revanim as ra
from revanim.engine.adjoint import Adjoint
from revanim.engine.alive.acting import parameters_at
from revanim.engine.halt import HALTED, STAGES, Halted, Switch, stand_behind
from revanim.engine.playhead import Playhead
from revanim.scene.build import build_system, make_playhead

HEAVY = ["gravity", "gravity by a tree", "coulomb", "coulomb by a tree", "repulsion", "lennard_jones"]
MANY = 720  # bodies, so many that a step counts as long


def heavy(name: str, wide: bool, count: int = MANY) -> Playhead:
    """Return a playhead whose steps take long, on one thread or on all."""
    random, (kind, _, tree) = np.random.default_rng(0), name.partition(" by a ")
    force = ra.force(kind, sum="tree") if tree else ra.force(kind)
    scene = ra.make_scene(random.normal(size=(count, 3)), np.zeros((count, 3)), 1.0, forces=[force])
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


@pytest.mark.parametrize(
    ("name", "wide"), [("gravity", False), ("gravity", True), ("coulomb", True), ("gravity by a tree", True)]
)
def test_a_heavy_step_is_halted_in_its_midst_and_nothing_of_it_stays(name: str, wide: bool) -> None:
    playhead = heavy(name, wide, 12_000)
    before = playhead.digest()
    stages = halted_in_the_midst(playhead, lambda: playhead.step(8))
    assert stages < playhead.system.codes.size
    assert playhead.now == playhead.system.steps_per_frame
    assert playhead.digest() == before


@pytest.mark.parametrize("name", HEAVY)
def test_what_takes_long_besides_is_halted_too(name: str) -> None:
    playhead = heavy(name, wide=True)
    system, energy = playhead.system, playhead.system.pushes[0].energy
    x, (theta, slot) = np.ones((3, MANY)) * np.arange(MANY), parameters_at(system, 1)
    system.halt()
    assert energy(x, system.m, theta, slot, system.who, 0, True) == 0.0  # not a pair was looked at
    with pytest.raises(Halted):
        playhead.energy()
    with pytest.raises(Halted):
        Adjoint(playhead).back(0)
    assert playhead.frame == 1


def test_a_walk_that_was_halted_goes_on_to_the_same_bits() -> None:
    playhead, fresh = heavy("gravity", True), heavy("gravity", True)
    playhead.system.halt()
    with pytest.raises(Halted):
        playhead.try_frame(2)
    playhead.system.release()
    playhead.seek(2)
    fresh.seek(2)
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
