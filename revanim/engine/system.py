"""Bodies, forces, flows and moves bound together: everything a walk reads and never changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic

import numpy as np

from revanim.engine.alive.lives import Lives
from revanim.engine.flow import FlowKernels
from revanim.engine.force import NO_PUSH, ForceKernels
from revanim.engine.grid import Counts, Grid
from revanim.engine.halt import HALTED
from revanim.engine.kind import K_co, Kernels, Kind, Values
from revanim.engine.motion import KEYED
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
    axes: Floats  # float64[3, 1], 1 along those of the scene, else 0
    lives: Lives | None = None  # from when to when each body takes part; None: all do, always, and none is let go
    chapters: dict[int, Any] = field(default_factory=dict)  # of those alive, the systems made last (alive/living.py)

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
    by_force = [(item.kind.kernels if item.who.size else None, item.who, item.values) for item in forces]
    by_flow = [(None, item.who, item.values) for item in flows]
    by_move = [(item.kind.kernels.push if item.who.size else None, item.who, item.values) for item in moves]
    every = (*by_force, *by_flow, *by_move)
    return tuple(push.among(who.size, values) if push else NO_PUSH for push, who, values in every)
