"""Bodies, forces and moves bound together: everything a walk reads and never changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic

import numpy as np

from revanim.engine.code.function_list import force_list, move_list, no_move
from revanim.engine.code.kernel import threads
from revanim.engine.force import NO_PUSH, ForceKernels
from revanim.engine.grid import Counts, Grid, to_units
from revanim.engine.halt import DROPPED, HALTED, Halted, watch_here
from revanim.engine.keyed import shape_of
from revanim.engine.kind import K_co, Kernels, Kind, Values
from revanim.engine.motion import DRIFT, KEYED, KICK, MOVES, Flags, set_rows
from revanim.engine.move import MoveKernels
from revanim.engine.parameter import Animated, Curve, Floats, Keyed, Parameter, rows_of
from revanim.engine.scheme import Scheme
from revanim.engine.tape import has_tape

SHORT_WALK = 2e9  # pairs of bodies, or single ones: some seconds on a usual machine
WIDE_FROM = 500_000  # pairs of bodies; below, waking the threads costs more than they save


@dataclass(frozen=True, eq=False)
class Item(Generic[K_co]):
    """A force or a move with its values: `who` is int64[k] bodies, or the two ends of each link one after the other."""

    kind: Kind[K_co]
    values: Values
    who: Counts


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
    free: Floats  # float64[3, n], 1 where a body may move along an axis, else 0
    theta: Floats
    slot: Counts
    who: Counts
    curves: Counts
    forces: Any  # what each force does, and what each move pushes with
    moves: Any  # what each does in the outer halves, then what each does after drifts, and after kicks
    drifted: Counts  # the moves that act after drifts
    kicked: Counts  # and after kicks
    lanes: Counts
    wide: Flags  # bool[forces + moves], which of their pushes are worth sharing among the threads
    pairs: int  # of bodies, how many its forces compute
    heavy: bool  # whether a step may take long enough to be halted in its midst
    # int64[3], the end of `who`: how many stages were walked; 1 where walks are to end at a whole step; 1 where they
    # are to end at once, which only those of a heavy system can.
    signal: Counts
    force_items: tuple[Item[ForceKernels], ...]
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
        """Forces, then moves."""
        return (*self.force_items, *self.move_items)

    @cached_property
    def pushes(self) -> tuple[ForceKernels, ...]:
        """What each item pushes with."""
        return pushes_of(self.force_items, self.move_items)

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


def pushes_of(forces: Sequence[Item[ForceKernels]], moves: Sequence[Item[MoveKernels]]) -> tuple[ForceKernels, ...]:
    """Return what forces and then moves push with, on so many bodies and with these values."""
    by_force = [(item.kind.kernels, item.who, item.values) for item in forces]
    by_move = [(item.kind.kernels.push if item.who.size else None, item.who, item.values) for item in moves]
    return tuple(push.among(who.size, values) if push else NO_PUSH for push, who, values in (*by_force, *by_move))


def bind(
    grid: Grid,
    mass: Floats,
    pinned: Flags,
    scheme: Scheme,
    forces: Sequence[Item[ForceKernels]],
    moves: Sequence[Item[MoveKernels]] = (),
    *,
    seconds: float,
    steps_per_frame: int,
    planar: bool = False,
) -> System:
    """Bind what drives the bodies; the kernels it names are compiled now, or loaded from the disk cache."""
    items: tuple[Item[Kernels], ...] = (*forces, *moves)
    free = np.ones((3, mass.size)) * ~pinned
    free[2] *= not planar
    theta, slot, curves, layout = _lay_out(items, mass, seconds, steps_per_frame)
    acts = list(zip(*(item.kind.kernels.acts for item in moves), strict=True)) or [(), (), ()]
    acting = [np.array([i for i, act in enumerate(each) if act is not None], np.int64) for each in acts]
    acting[2] = np.array(sorted(acting[2], key=lambda i: moves[i].kind.couples), np.int64)  # first what holds them fast
    codes, scales = _stages(scheme, grid, seconds, acting[0])
    first_lanes = 6 + np.cumsum([0, *(len(item.kind.lanes) for item in moves)])
    pushes = pushes_of(forces, moves)
    pairs = [push.pairs(mass[item.who]) for push, item in zip(pushes, items, strict=True)]
    heavy = np.array(pairs) >= WIDE_FROM
    who = np.concatenate([np.zeros(0, np.int64), *(item.who for item in items), np.zeros(3, np.int64)])
    system = System(
        grid=grid,
        seconds=seconds,
        steps_per_frame=steps_per_frame,
        codes=codes,
        scales=scales,
        units=np.array([grid.length_unit, grid.speed_unit]),
        m=np.array(mass, np.float64),
        free=free,
        theta=theta,
        slot=slot,
        who=who,
        curves=curves,
        forces=force_list([push.apply for push in pushes]),
        moves=move_list([act or no_move for each in acts for act in each]),
        drifted=acting[1],
        kicked=acting[2],
        lanes=first_lanes[:-1].astype(np.int64),
        wide=heavy & (threads() > 1),
        pairs=sum(pairs),
        heavy=bool(heavy.any()),
        signal=who[-3:],
        force_items=tuple(forces),
        move_items=tuple(moves),
        layout=layout,
    )
    watch_here(system)
    return system


def _stages(scheme: Scheme, grid: Grid, seconds: float, moves: Counts) -> tuple[Counts, Floats]:
    """Return the codes and scales of a step: the scheme's, between mirrored halves of some moves."""
    scale = {"drift": seconds * grid.speed_unit / grid.length_unit, "kick": seconds / grid.speed_unit}
    halves = [(MOVES + int(i), seconds / 2) for i in moves]
    inner = [(DRIFT if kind == "drift" else KICK, part * scale[kind]) for kind, part in scheme.stages]
    codes, scales = zip(*halves, *inner, *reversed(halves), strict=True)
    return np.array(codes, np.int64), np.array(scales)


def _lay_out(
    items: Sequence[Item[Kernels]], mass: Floats, seconds: float, steps_per_frame: int
) -> tuple[Floats, Counts, Counts, dict[tuple[int, str], slice]]:
    """Write all parameters into one vector, with the tables that say where each is (force.py, motion.py)."""
    kernels = [item.kind.kernels for item in items]
    widest = max((row for each in kernels for row in (each.clock, *each.rows.values())), default=0)
    slot = np.zeros((len(items), 1 + widest, 2), np.int64)
    pieces: list[Floats] = []
    curves: list[list[int]] = []
    ending: list[list[int]] = []  # those that are zero beyond their rows
    layout: dict[tuple[int, str], slice] = {}
    used, begin = 0, 0
    for i, item in enumerate(items):
        slot[i, 0] = begin, begin + item.who.size
        begin += item.who.size
        for parameter in item.kind.parameters:
            p, value = item.kind.kernels.rows[parameter.name], _value(item, parameter, mass, seconds)
            sheet = value.values if isinstance(value, Animated) else value[None]
            row = rows_of(fitted := parameter.fitted(item.values), sheet[0])
            slot[i, p] = used, fitted.numbers if len(row) > 1 else 0
            layout[i, parameter.name] = slice(used, used + sheet.size)
            pieces.append(sheet.astype(np.float64).ravel())
            if isinstance(value, Curve):
                curves.append([i, p, used, row.size, len(sheet), value.first, value.every, -1])
                ending += [curves[-1]] if parameter.outside == "zero" else []
            elif isinstance(value, Keyed):
                shape = shape_of(parameter, value)
                slot[i, p, 0] = now = used + sheet.size + shape.size
                curves.append([i, p, used, row.size, len(sheet), used + sheet.size, KEYED, now])
                pieces += [shape, np.zeros(row.size)]
            used = sum(piece.size for piece in pieces)
        if clock := item.kind.kernels.clock:
            slot[i, clock] = used + 1, 0
            curves.append([i, clock, used, 1, 0, used, KEYED, used + 1])
            pieces.append(np.array([seconds * steps_per_frame, 0.0]))
            used += 2
    for curve in ending:
        curve[7] = used  # zeros behind the last parameter
    table = np.array(curves, np.int64).reshape(len(curves), 8)
    return np.concatenate([*pieces, np.zeros(table[:, 3].max(initial=0))]), slot, table, layout


def _value(item: Item[Kernels], parameter: Parameter, mass: Floats, seconds: float) -> Floats | Animated:
    value = item.values[parameter.name]
    return item.kind.derived(mass, item.values, item.who, seconds) if value is None else value


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
