"""Bodies, forces, flows and moves bound together: everything a walk reads and never changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic

import numpy as np

from revanim.engine.flow import FlowKernels
from revanim.engine.force import NO_PUSH, ForceKernels
from revanim.engine.grid import Counts, Grid, to_units
from revanim.engine.halt import DROPPED, HALTED, Halted
from revanim.engine.kind import K_co, Kernels, Kind, Values
from revanim.engine.motion import KEYED, set_rows
from revanim.engine.move import MoveKernels
from revanim.engine.parameter import Flags, Floats
from revanim.engine.tape import has_tape

SHORT_WALK = 2e9  # pairs of bodies, or single ones: some seconds on a usual machine


@dataclass(frozen=True, eq=False)
class Item(Generic[K_co]):
    """A force, a flow or a move with its values.

    `who` is int64[k] bodies, or the two ends of each link one after the other; `beside`, int64[l], all whom
    a flow along links carries, their ends too.
    """

    kind: Kind[K_co]
    values: Values
    who: Counts
    beside: Counts = field(default_factory=lambda: np.zeros(0, np.int64))

    @property
    def carried(self) -> Counts:
        """int64[k], whom a flow carries, each once; pinned bodies stay where they are."""
        return np.union1d(self.who, self.beside)


@dataclass(frozen=True, eq=False)
class System:
    """What drives n bodies; the arrays are the arguments of `walk` (motion.py), described where they are used."""

    grid: Grid
    seconds: float  # of a sub-step
    steps_per_frame: int
    codes: Counts  # what each stage of a step does
    scales: Floats  # and what turns a speed or an acceleration into counts there
    units: Floats
    m: Floats
    free: Floats  # float64[3, n], 1 where a body may be pushed along an axis, else 0
    theta: Floats
    slot: Counts
    who: Counts
    curves: Counts
    forces: Any  # what each force does, and what each move pushes with
    flows: Any
    streams: Counts  # int64[k], which rows of `slot` are those of the flows
    carried: Floats  # float64[3, n], 1 where flows carry a body along an axis, else 0
    sense: Counts  # int64[n], which way its lead turns: 1 or -1, and 0 where it is not carried
    moves: Any  # what each does in the outer halves, then what each does after drifts, and after kicks
    drifted: Counts  # the moves that act after drifts
    kicked: Counts  # and after kicks
    lanes: Counts
    wide: Flags  # bool[items], which of them are worth sharing among the threads
    shared: Flags  # bool[moves], which of those act on each body by itself
    pairs: int  # of bodies, how many its forces and flows compute
    heavy: bool  # whether a step may take long enough to be halted in its midst
    # int64[3], the end of `who`: how many stages were walked; 1 where walks are to end at a whole step; 1 where they
    # are to end at once, which only those of a heavy system can.
    signal: Counts
    force_items: tuple[Item[ForceKernels], ...]
    flow_items: tuple[Item[FlowKernels], ...]
    move_items: tuple[Item[MoveKernels], ...]
    layout: Mapping[tuple[int, str], slice]  # where theta holds parameter `name` of item i: all its rows, or its keys

    @cached_property
    def keyed(self) -> bool:
        """Whether a parameter has keys, or there is a clock, so that a walk writes into `theta`."""
        return bool((self.curves[:, 6] == KEYED).any())

    @cached_property
    def taped(self) -> Counts:
        """int64[k], the moves that keep what they erase on tapes."""
        return np.flatnonzero([has_tape(item.kind) for item in self.move_items])

    @cached_property
    def items(self) -> tuple[Item[Kernels], ...]:
        """Forces, then flows, then moves."""
        return (*self.force_items, *self.flow_items, *self.move_items)

    @cached_property
    def pushes(self) -> tuple[ForceKernels, ...]:
        """What each item pushes with."""
        return pushes_of(self.force_items, self.flow_items, self.move_items)

    @cached_property
    def loose(self) -> Floats:
        """float64[3, n], 1 where a body may move along an axis at all, pushed or carried, else 0."""
        return self.free + self.carried

    def halt(self) -> None:
        """End every walk of this system, and let there be no other; any thread may say so."""
        self.signal[HALTED:] = 1, self.heavy

    def release(self) -> None:
        """Let it be walked again."""
        self.signal[HALTED:] = 0

    @property
    def stages_per_frame(self) -> int:
        """How many stages a walk does in a frame."""
        return self.steps_per_frame * self.codes.size

    def is_short(self, frames: int) -> bool:
        """Whether a walk of so many frames is soon over; it is counted, not measured: the same on every machine."""
        return (self.pairs + self.m.size) * self.stages_per_frame * frames <= SHORT_WALK


def pushes_of(
    forces: Sequence[Item[ForceKernels]], flows: Sequence[Item[FlowKernels]], moves: Sequence[Item[MoveKernels]]
) -> tuple[ForceKernels, ...]:
    """Return what forces, flows (which do not) and moves push with, on so many bodies and with these values."""
    by_force = [(item.kind.kernels, item.who, item.values) for item in forces]
    by_flow = [(None, item.who, item.values) for item in flows]
    by_move = [(item.kind.kernels.push if item.who.size else None, item.who, item.values) for item in moves]
    every = (*by_force, *by_flow, *by_move)
    return tuple(push.among(who.size, values) if push else NO_PUSH for push, who, values in every)


def parameters_at(system: System, frame: int) -> tuple[Floats, Counts]:
    """Return `theta` and `slot` as they are when a frame begins."""
    theta, slot = system.theta.copy() if system.keyed else system.theta, system.slot.copy()
    set_rows(slot, theta, system.curves, frame * system.steps_per_frame, system.steps_per_frame)
    return theta, slot


def potential(system: System, state: Counts, frame: int) -> float:
    """Return the potential energy of all forces, mass length² / s²; raises Halted."""
    x, (theta, slot) = np.ascontiguousarray(to_units(state[:3], system.grid.length_unit)), parameters_at(system, frame)
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
    x, (theta, slot) = np.ascontiguousarray(to_units(state[:3], system.grid.length_unit)), parameters_at(system, frame)
    a = np.zeros_like(x)
    for f, push in enumerate(system.pushes):
        push.apply(x, system.m, theta, slot, system.who, f, system.wide[f], a)
    _check_whole(system)
    return np.ascontiguousarray((a * system.free).T)


def flowing(system: System, state: Counts, frame: int) -> float:
    """Return the energy of all flows, of fluids of density 1, length⁴ / s² in a plane; raises Halted."""
    x, (theta, slot) = np.ascontiguousarray(to_units(state[:3], system.grid.length_unit)), parameters_at(system, frame)
    energy = sum(
        float(flow.kind.kernels.energy(x, system.m, theta, slot, system.who, f, system.wide[f]))
        for f, flow in zip(system.streams, system.flow_items, strict=True)
    )
    _check_whole(system)
    return energy


def carrying(system: System, state: Counts, frame: int) -> Floats:
    """Return the velocity of each body that flows carry, float64[n, 3], length / s, and 0 for all others.

    Raises Halted.
    """
    u = np.zeros_like(system.carried)
    if not system.flow_items:
        return u.T
    x, (theta, slot) = np.ascontiguousarray(to_units(state[:3], system.grid.length_unit)), parameters_at(system, frame)
    for f, flow in zip(system.streams, system.flow_items, strict=True):
        flow.kind.kernels.apply(x, system.m, theta, slot, system.who, f, system.wide[f], u)
    _check_whole(system)
    return np.ascontiguousarray(np.where(system.carried, u, 0.0).T)


def pulled(system: System, state: Counts, frame: int, weights: Floats) -> Floats:
    """Return float64[n, 3], the derivatives of the sum of weights * `acceleration` for all places; raises Halted."""
    x, (theta, slot) = np.ascontiguousarray(to_units(state[:3], system.grid.length_unit)), parameters_at(system, frame)
    a, gx, w, gtheta = np.zeros_like(x), np.zeros_like(x), weights.T * system.free, np.zeros_like(theta)
    for f, push in enumerate(system.pushes):
        push.pull(x, system.m, theta, slot, system.who, f, system.wide[f], w, a, gx, np.zeros(0), gtheta)
    _check_whole(system)
    return np.ascontiguousarray((gx * system.free).T)


def _check_whole(system: System) -> None:
    if system.signal[DROPPED]:
        raise Halted
