"""What forces, flows and moves become in a system: their parameters in one vector, and their kernels in lists."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from revanim.engine.binding.layout import lay_out
from revanim.engine.code.function_list import force_list
from revanim.engine.code.kernel import threads
from revanim.engine.flow import FlowKernels
from revanim.engine.force import ForceKernels, no_force
from revanim.engine.kind import Kernels
from revanim.engine.move import MoveKernels
from revanim.engine.parameter import Floats
from revanim.engine.system import Item, pushes_of

WIDE_FROM = 500_000  # pairs of bodies; below, waking the threads costs more than they save
SHARED_FROM = 1000  # bodies of a move, the same


def driven(
    forces: Sequence[Item[ForceKernels]],
    flows: Sequence[Item[FlowKernels]],
    moves: Sequence[Item[MoveKernels]],
    mass: Floats,
    seconds: float,
    steps_per_frame: int,
) -> dict[str, Any]:
    """Return the fields of a `System` that its items decide, for bodies of these masses, float64[n]."""
    items: tuple[Item[Kernels], ...] = (*forces, *flows, *moves)
    theta, slot, curves, layout = lay_out(items, mass, seconds, steps_per_frame)
    pushes = pushes_of(forces, flows, moves)
    pairs = [push.pairs(mass[item.who]) for push, item in zip(pushes, items, strict=True)]
    for f, flow in enumerate(flows, len(forces)):
        pairs[f] = flow.kind.kernels.pairs(flow.values, flow.who, flow.carried.size) if flow.who.size else 0
    heavy = np.array(pairs) >= WIDE_FROM
    many = np.array([item.who.size >= SHARED_FROM and threads() > 1 for item in moves], np.bool_)
    wide = heavy & (threads() > 1)
    wide[len(items) - len(moves) :] |= many
    for f, item in enumerate(items):
        if row := item.kind.kernels.threads:
            slot[f, row] = wide[f], 0
    named = [part for item in items for part in (item.who, item.beside)]
    who = np.concatenate([np.zeros(0, np.int64), *named, np.zeros(3, np.int64)])
    return {
        "theta": theta,
        "slot": slot,
        "curves": curves,
        "layout": layout,
        "who": who,
        "signal": who[-3:],
        "forces": force_list([push.apply for push in pushes]),
        "flows": force_list([flow.kind.kernels.apply if flow.who.size else no_force for flow in flows]),
        "wide": wide,
        "shared": many & ~np.array([item.kind.couples for item in moves], np.bool_),
        "pairs": sum(pairs),
        "heavy": bool(heavy.any()),
        "force_items": tuple(forces),
        "flow_items": tuple(flows),
        "move_items": tuple(moves),
    }
