"""Bodies, forces, flows and moves bound together into a system."""

from collections.abc import Sequence

import numpy as np

from revanim.engine.binding.layout import lay_out
from revanim.engine.carrying.twins import LEAD
from revanim.engine.code.function_list import force_list, move_list, no_move
from revanim.engine.code.kernel import threads
from revanim.engine.flow import LANES, FlowKernels
from revanim.engine.force import ForceKernels
from revanim.engine.grid import Counts, Grid
from revanim.engine.halt import watch_here
from revanim.engine.kind import Kernels
from revanim.engine.motion import DRIFT, KICK, MOVES
from revanim.engine.move import MoveKernels
from revanim.engine.parameter import Flags, Floats
from revanim.engine.scheme import Scheme
from revanim.engine.system import Item, System, pushes_of

WIDE_FROM = 500_000  # pairs of bodies; below, waking the threads costs more than they save
SHARED_FROM = 1000  # bodies of a move, the same


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
) -> System:
    """Bind what drives the bodies; the kernels it names are compiled now, or loaded from the disk cache.

    `led` says that the state has lanes for a lead, as it has where there are flows, though they may rest.
    """
    items: tuple[Item[Kernels], ...] = (*forces, *flows, *moves)
    sense = _senses(flows, pinned)
    open_ = np.array([[1.0], [1.0], [0.0 if planar else 1.0]])
    theta, slot, curves, layout = lay_out(items, mass, seconds, steps_per_frame)
    acts = list(zip(*(item.kind.kernels.acts for item in moves), strict=True)) or [(), (), ()]
    acting = [np.array([i for i, act in enumerate(each) if act is not None], np.int64) for each in acts]
    acting[2] = np.array(sorted(acting[2], key=lambda i: moves[i].kind.couples), np.int64)  # first what holds them fast
    codes, scales = _stages(scheme, grid, seconds, acting[0])
    first_lanes = LEAD + led * len(LANES) + np.cumsum([0, *(len(item.kind.lanes) for item in moves)])
    pushes = pushes_of(forces, flows, moves)
    pairs = [push.pairs(mass[item.who]) for push, item in zip(pushes, items, strict=True)]
    for f, flow in enumerate(flows, len(forces)):
        pairs[f] = flow.kind.kernels.pairs(flow.values, flow.who, flow.carried.size)
    heavy = np.array(pairs) >= WIDE_FROM
    many = np.array([item.who.size >= SHARED_FROM and threads() > 1 for item in moves], np.bool_)
    wide = heavy & (threads() > 1)
    wide[len(items) - len(moves) :] |= many
    for f, item in enumerate(items):
        if row := item.kind.kernels.threads:
            slot[f, row] = wide[f], 0
    named = [part for item in items for part in (item.who, item.beside)]
    who = np.concatenate([np.zeros(0, np.int64), *named, np.zeros(3, np.int64)])
    system = System(
        grid=grid,
        seconds=seconds,
        steps_per_frame=steps_per_frame,
        codes=codes,
        scales=scales,
        units=np.array([grid.length_unit, grid.speed_unit]),
        m=np.array(mass, np.float64),
        free=open_ * (~pinned & (sense == 0)),
        theta=theta,
        slot=slot,
        who=who,
        curves=curves,
        forces=force_list([push.apply for push in pushes]),
        flows=force_list([flow.kind.kernels.apply for flow in flows]),
        streams=len(forces) + np.arange(len(flows)),
        carried=open_ * (sense != 0),
        sense=sense,
        moves=move_list([act or no_move for each in acts for act in each]),
        drifted=acting[1],
        kicked=acting[2],
        lanes=first_lanes[:-1].astype(np.int64),
        wide=wide,
        shared=many & ~np.array([item.kind.couples for item in moves], np.bool_),
        pairs=sum(pairs),
        heavy=bool(heavy.any()),
        signal=who[-3:],
        force_items=tuple(forces),
        flow_items=tuple(flows),
        move_items=tuple(moves),
        layout=layout,
    )
    watch_here(system)
    return system


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
