"""From what the artist made to what walks."""

from dataclasses import replace

import numpy as np

from revanim.engine.force import force_kinds
from revanim.engine.move import move_kinds
from revanim.engine.playhead import Playhead
from revanim.engine.scheme import schemes
from revanim.engine.system import Item, System, bind
from revanim.scene.given import frozen
from revanim.scene.part import acting_on, kind_of
from revanim.scene.scene import Scene


def build_system(scene: Scene) -> System:
    """Bind the bodies, forces and moves of a scene; what is muted is left out, but a muted move keeps its lanes."""
    bodies, timing = scene.bodies, scene.timing
    return bind(
        bodies.grid,
        bodies.mass,
        bodies.pinned,
        schemes()[scene.scheme],
        [
            Item(force_kinds()[part.kind], part.values, acting_on(part, bodies.count))
            for part in scene.forces
            if not part.muted
        ],
        [
            Item(
                move_kinds()[part.kind],
                part.values,
                np.zeros(0, np.int64) if part.muted else acting_on(part, bodies.count),
            )
            for part in scene.moves
        ],
        seconds=timing.step_seconds,
        steps_per_frame=timing.steps_per_frame,
        planar=scene.planar,
    )


def make_playhead(scene: Scene) -> Playhead:
    """Return a playhead that stands at the home frame of the scene."""
    return Playhead(build_system(scene), scene.bodies.state, scene.timing.home)


def settle(scene: Scene) -> Scene:
    """Give every derived parameter the value that it has now, so that it stays when masses or steps change."""
    forces = []
    for part in scene.forces:
        kind = kind_of(part)
        values = dict(part.values)
        for parameter in kind.parameters:
            if values[parameter.name] is None and kind.derive is not None:
                links = acting_on(part, scene.bodies.count).reshape(-1, 2)
                derived = kind.derived(scene.bodies.mass, links, scene.timing.step_seconds)
                values[parameter.name] = frozen(derived, part.kind)
        forces.append(replace(part, values=values))
    return replace(scene, forces=tuple(forces))
