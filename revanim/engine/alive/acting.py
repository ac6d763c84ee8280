"""What forces and flows do to those alive at a frame, and the energy that they have then; all others feel nothing."""

import numpy as np

from revanim.engine.alive.living import living
from revanim.engine.force import NO_PUSH
from revanim.engine.grid import Counts, to_units
from revanim.engine.halt import DROPPED, Halted
from revanim.engine.motion import set_rows
from revanim.engine.parameter import Floats
from revanim.engine.system import System


def parameters_at(system: System, frame: int) -> tuple[Floats, Counts]:
    """Return `theta` and `slot` as they are when a frame begins."""
    theta, slot = system.theta.copy() if system.keyed else system.theta, system.slot.copy()
    set_rows(slot, theta, system.curves, frame * system.steps_per_frame, system.steps_per_frame)
    return theta, slot


def potential(system: System, state: Counts, frame: int) -> float:
    """Return the potential energy of all forces, mass length² / s²; raises Halted."""
    system, x, _ = _alive(system, state, frame)
    theta, slot = parameters_at(system, frame)
    energy = sum(
        float(push.energy(x, system.m, theta, slot, system.who, f, system.wide[f]))
        for f, push in enumerate(system.pushes)
        if push is not NO_PUSH
    )
    _check_whole(system)
    return energy


def acceleration(system: System, state: Counts, frame: int) -> Floats:
    """Return what all forces together do to each body, float64[n, 3], length / s²; pinned bodies feel nothing.

    Raises Halted.
    """
    system, x, who = _alive(system, state, frame)
    theta, slot = parameters_at(system, frame)
    a = np.zeros_like(x)
    for f, push in enumerate(system.pushes):
        push.apply(x, system.m, theta, slot, system.who, f, system.wide[f], a)
    _check_whole(system)
    return _of_all(a * system.free, who, state)


def flowing(system: System, state: Counts, frame: int) -> float:
    """Return the energy of all flows, of fluids of density 1, length⁴ / s² in a plane; raises Halted."""
    system, x, _ = _alive(system, state, frame)
    theta, slot = parameters_at(system, frame)
    energy = sum(
        float(flow.kind.kernels.energy(x, system.m, theta, slot, system.who, f, system.wide[f]))
        for f, flow in zip(system.streams, system.flow_items, strict=True)
        if flow.who.size
    )
    _check_whole(system)
    return energy


def carrying(system: System, state: Counts, frame: int) -> Floats:
    """Return the velocity of each body that flows carry, float64[n, 3], length / s, and 0 for all others.

    Raises Halted.
    """
    if not system.flow_items:
        return np.zeros((state.shape[1], 3))
    system, x, who = _alive(system, state, frame)
    u, (theta, slot) = np.zeros_like(x), parameters_at(system, frame)
    for f, flow in zip(system.streams, system.flow_items, strict=True):
        if flow.who.size:
            flow.kind.kernels.apply(x, system.m, theta, slot, system.who, f, system.wide[f], u)
    _check_whole(system)
    return _of_all(np.where(system.carried, u, 0.0), who, state)


def _alive(system: System, state: Counts, frame: int) -> tuple[System, Floats, Counts | slice]:
    """Return those alive at a frame as a system, their places, float64[3, k], and who they are."""
    who: Counts | slice = slice(None)
    if system.lives is not None:
        those = living(system, frame)
        system, who = those.system, those.who
    return system, np.ascontiguousarray(to_units(state[:3, who], system.grid.length_unit)), who


def _of_all(some: Floats, who: Counts | slice, state: Counts) -> Floats:
    """Return what some bodies have, float64[3, k], as float64[n, 3], where all others have 0."""
    every = np.zeros((state.shape[1], 3))
    every[who] = some.T
    return every


def _check_whole(system: System) -> None:
    if system.signal[DROPPED]:
        raise Halted
