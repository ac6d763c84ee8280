"""What may change where flows carry bodies to their keyframes: the places and strengths of what stirs."""

import numpy as np

from revanim.engine.flow import flow_kinds
from revanim.engine.parameter import Animated
from revanim.scene.part import acting_on
from revanim.scene.parts.carried import beside, carried, carried_by
from revanim.scene.scene import Index, Part, Scene
from revanim.solve.controls.control import Control


def asked(scene: Scene) -> Index:
    """Return the bodies that keyframes ask for, int64[k]."""
    return np.unique(np.concatenate([np.zeros(0, np.int64), *(key.bodies for key in scene.keyframes)]))


def stirring(scene: Scene) -> list[Control]:
    """Return controls for the flows that carry somebody who is asked for; none where nobody is.

    Whoever stirs already may stir otherwise; where nobody does, all who are not asked for may.
    """
    wanted, found, seen = asked(scene), list[Control](), dict[str, int]()
    if not carried(scene)[wanted].any():
        return []
    stirrers = np.zeros(0, np.int64)
    for part in (part for part in scene.flows if not part.muted):
        number = seen[part.kind] = seen.get(part.kind, -1) + 1
        name = flow_kinds()[part.kind].kernels.strength
        who = _stirrers(part, name, scene.bodies.count)
        if not who.size:
            who = np.setdiff1d(acting_on(part, scene.bodies.count), wanted)
        if not carried_by([part], scene.bodies.pinned)[wanted].any() or not who.size:
            continue
        stirrers = np.union1d(stirrers, who)
        if name:
            found.append(Control(f"{part.kind}[{number}].{name}" if number else f"{part.kind}.{name}", _numbers(who)))
    loose = np.setdiff1d(stirrers[~scene.bodies.pinned[stirrers]], wanted)
    return [*found, Control("position", _numbers(loose))] if loose.size else found


def _stirrers(part: Part, name: str, count: int) -> Index:
    """Return the bodies of a flow that carry others."""
    who = acting_on(part, count)
    if not name:
        return np.setdiff1d(who, [] if part.links is not None else beside(part, count))
    value = part.values[name]
    sheet = np.abs(value.values).max(axis=0) if isinstance(value, Animated) else np.asarray(value)
    return np.asarray(who[np.broadcast_to(sheet, who.shape) != 0.0])


def _numbers(who: Index) -> tuple[int, ...]:
    return tuple(int(one) for one in who)
