"""Where each parameter stands in the one vector that all kernels read."""

from collections.abc import Sequence

import numpy as np

from revanim.engine.grid import Counts
from revanim.engine.keyed import shape_of
from revanim.engine.kind import Kernels
from revanim.engine.motion import CHANGE, KEYED
from revanim.engine.parameter import Animated, Curve, Floats, Keyed, Parameter, rows_of
from revanim.engine.system import Item


def lay_out(
    items: Sequence[Item[Kernels]], mass: Floats, seconds: float, steps_per_frame: int
) -> tuple[Floats, Counts, Counts, dict[tuple[int, str], slice]]:
    """Write all parameters into one vector, with the tables that say where each is (force.py, motion.py)."""
    kernels = [item.kind.kernels for item in items]
    asked = ((each.clock, each.beside, each.threads, *each.rows.values(), *each.rates.values()) for each in kernels)
    widest = max((row for rows in asked for row in rows), default=0)
    slot = np.zeros((len(items), 1 + widest, 2), np.int64)
    pieces: list[Floats] = []
    curves: list[list[int]] = []
    ending: list[list[int]] = []  # those that are zero beyond their rows
    layout: dict[tuple[int, str], slice] = {}
    used, begin = 0, 0
    for i, item in enumerate(items):
        slot[i, 0] = begin, begin + item.who.size
        begin += item.who.size
        if beside := item.kind.kernels.beside:
            slot[i, beside] = begin, begin + item.beside.size
        begin += item.beside.size
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
            if change := item.kind.kernels.rates.get(parameter.name):
                slot[i, change] = used, slot[i, p, 1]
                pieces += [np.zeros(row.size), row.ravel(), row.ravel(), np.array([1.0 / seconds])]
                if isinstance(value, Keyed):
                    curves.append([i, change, *curves[-1][2:6], CHANGE, used])
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
