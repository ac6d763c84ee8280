"""Bodies, forces, flows and moves bound together into a system."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from revanim.engine.alive.lives import EVER, Grip, Lives
from revanim.engine.binding.driven import driven
from revanim.engine.carrying.twins import LEAD
from revanim.engine.code.function_list import move_list, no_move
from revanim.engine.flow import LANES, FlowKernels
from revanim.engine.force import ForceKernels
from revanim.engine.grid import Counts, Grid
from revanim.engine.halt import watch_here
from revanim.engine.motion import CHANGE, DRIFT, KICK, MOVES
from revanim.engine.move import MoveKernels
from revanim.engine.parameter import Flags, Floats, Keyed
from revanim.engine.scheme import Scheme
from revanim.engine.system import Item, System


def bind(
    grid: Grid,
    mass: Floats,
    pinned: Flags,
    scheme: Scheme,
    forces: Sequence[Item[ForceKernels]],
    moves: Sequence[Item[MoveKernels]] = (),
    flows: Sequence[Item[FlowKernels]] = (),
    *,
    seconds: float,
    steps_per_frame: int,
    planar: bool = False,
    led: bool = False,
    lives: Lives | None = None,
    home: int = 0,
) -> System:
    """Bind what drives the bodies; the kernels it names are compiled now, or loaded from the disk cache.

    `led` says that the state has lanes for a lead, as it has where there are flows, though they may rest; `lives` from
    when to when each body takes part. Pinned bodies that a move lets go are free or not as they are at `home`.
    """
    sense = _senses(flows, pinned)
    axes = np.array([[1.0], [1.0], [0.0 if planar else 1.0]])
    acts = list(zip(*(item.kind.kernels.acts for item in moves), strict=True)) or [(), (), ()]
    acting = [np.array([i for i, act in enumerate(each) if act is not None], np.int64) for each in acts]
    acting[2] = np.array(sorted(acting[2], key=lambda i: moves[i].kind.couples), np.int64)  # first what holds them fast
    codes, scales = _stages(scheme, grid, seconds, acting[0])
    first_lanes = LEAD + led * len(LANES) + np.cumsum([0, *(len(item.kind.lanes) for item in moves)])
    system = System(
        grid=grid,
        seconds=seconds,
        steps_per_frame=steps_per_frame,
        codes=codes,
        scales=scales,
        units=np.array([grid.length_unit, grid.speed_unit]),
        m=np.array(mass, np.float64),
        free=axes * (~pinned & (sense == 0)),
        streams=len(forces) + np.arange(len(flows)),
        carried=axes * (sense != 0),
        axes=axes,
        sense=sense,
        moves=move_list([act or no_move for each in acts for act in each]),
        drifted=acting[1],
        kicked=acting[2],
        lanes=first_lanes[:-1].astype(np.int64),
        **driven(forces, flows, moves, mass, seconds, steps_per_frame),
    )
    if lives := _gripped(system, pinned, lives):
        system.free[:, lives.gripped(home)[1]] = axes
        system = replace(system, lives=lives)
    watch_here(system)
    return system


def _gripped(system: System, pinned: Flags, lives: Lives | None) -> Lives | None:
    """Return from when to when each body takes part, with what holds pinned ones at some frames and not at others."""
    grips, first = [], len(system.force_items) + len(system.flow_items)
    for index, item in enumerate(system.move_items, first):
        value = item.values[item.kind.holds] if item.kind.holds else None
        if isinstance(value, Keyed) and item.who.size:
            led, rows = item.who[pinned[item.who]], system.curves[:, [0, 6]] == (index, CHANGE)
            change = next(iter(np.flatnonzero(rows.all(axis=1))), -1)
            grips.append(Grip(led, value.frames, value.values > 0.5, int(change)))
    if not grips:
        return lives
    always = Lives(np.full(pinned.size, -EVER), np.full(pinned.size, EVER))
    return replace(lives or always, grips=tuple(grips))


def _senses(flows: Sequence[Item[FlowKernels]], pinned: Flags) -> Counts:
    """Return int64[n], which way the lead of each body turns that is carried: 1 or -1, and 0 for all others."""
    senses = np.zeros(pinned.size, np.int64)
    for flow in flows:
        senses[flow.beside] = 1
        senses[flow.who] = flow.kind.kernels.sense(flow.values, flow.who)
    return senses * ~pinned


def _stages(scheme: Scheme, grid: Grid, seconds: float, moves: Counts) -> tuple[Counts, Floats]:
    """Return the codes and scales of a step: the scheme's, between mirrored halves of some moves."""
    scale = {"drift": seconds * grid.speed_unit / grid.length_unit, "kick": seconds / grid.speed_unit}
    halves = [(MOVES + int(i), seconds / 2) for i in moves]
    inner = [(DRIFT if kind == "drift" else KICK, part * scale[kind]) for kind, part in scheme.stages]
    codes, scales = zip(*halves, *inner, *reversed(halves), strict=True)
    return np.array(codes, np.int64), np.array(scales)
