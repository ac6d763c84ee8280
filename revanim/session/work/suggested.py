"""What the form of a source begins with: as large as the picture, and like what the scene has already."""

import numpy as np

from revanim.engine.flow import FlowKind
from revanim.engine.forces.gravity import gravity
from revanim.engine.parameter import Parameter
from revanim.scene.placing import OWN_SIZE, SIZE
from revanim.scene.scene import Scene
from revanim.scene.shapes.jet import FIRST
from revanim.scene.shapes.jet import SPEED as THROWN
from revanim.scene.source import SourceKind
from revanim.session.session import Session
from revanim.session.work.fluids import Kind, fixed, flow_of
from revanim.session.work.framing import room

SPEED = 2
POWERS = {"length": 1, "length²/s": SPEED}  # of what grows with the size
CALM = 0.2  # radians that a core may turn in a step of the scene at most


def suggested(session: Session, kind: Kind, parameter: Parameter) -> float | str:
    """Return what a parameter begins with: as large as the picture, and held by the gravity that the scene has."""
    if parameter.text:
        return str(parameter.default)
    size = room(session.view) * (kind.room if isinstance(kind, SourceKind) else 1.0)
    if parameter.name == OWN_SIZE.name:
        return rounded(size)
    if parameter == FIRST:
        return float(session.frame)
    if parameter.name == THROWN.name:  # as high as the picture, where things fall as on the ground
        return rounded(float(parameter.default_value) * (room(session.view) / float(SIZE.default_value)) ** 0.5)
    if (flow := flow_of(kind)) is not None:
        return rounded(values_of_flow(session.scene, kind, flow, size)[parameter.name])
    for part in session.scene.forces:
        value = part.values.get(parameter.name)
        if part.kind == gravity.name and part.bodies is None and isinstance(value, np.ndarray) and value.size == 1:
            return float(value.reshape(-1)[0])
    return float(np.asarray(parameter.default, np.float64))


def values_of_flow(scene: Scene, kind: Kind, flow: FlowKind, size: float) -> dict[str, float]:
    """Return values of a source for its size, of a flow that the steps of the scene can follow."""
    times = size / float(SIZE.default_value)
    grown = [each for each in kind.parameters if each.name != SIZE.name and each.unit in POWERS]
    values = {each.name: float(each.default_value) * times ** POWERS[each.unit] for each in grown}
    values |= fixed(scene, kind)
    if flow.kernels.spin is not None and values:
        turned = flow.kernels.spin({name: np.array(value) for name, value in values.items()})
        calm = min(1.0, CALM / (turned * scene.timing.step_seconds))
        values |= {each.name: values[each.name] * calm for each in grown if POWERS[each.unit] == SPEED}
    return values


def rounded(value: float) -> float:
    """Return a number as a person would write it."""
    return float(f"{value:.3g}")
