"""Whether a scene keeps its energy, or is driven, and whether something in it is erased."""

from revanim.engine.parameter import Animated, Curve, Keyed, Parameter
from revanim.engine.tape import has_tape
from revanim.scene.part import kind_of
from revanim.scene.scene import Part, Scene, Value


def driven(scene: Scene) -> bool:
    """Tell whether something gives energy to the bodies and takes it.

    That is a force without a potential, one that changes over the frames, or a move; or bodies are born and end. What
    the energy differs by is the work of those then, and no measure of how exact the motion is.
    """
    moves = any(not part.muted for part in scene.moves)
    return moves or scene.bodies.lives is not None or any(map(_drives, (*scene.forces, *scene.flows)))


def has_tapes(scene: Scene) -> bool:
    """Tell whether a scene has moves that keep on tapes what they erase."""
    return any(has_tape(kind_of(part)) for part in scene.moves)


def _drives(part: Part) -> bool:
    if part.muted:
        return False
    kind = kind_of(part)
    return kind.drives or any(varies(parameter, part.values[parameter.name]) for parameter in kind.parameters)


def varies(parameter: Parameter, value: Value) -> bool:
    """Tell whether a value is another at other frames; a curve may be as flat as a plain value."""
    if not isinstance(value, Animated):
        return False
    if isinstance(value, Keyed) and value.formula is not None:
        return True
    ends = isinstance(value, Curve) and parameter.outside == "zero" and value.values.any()
    return bool(ends or (value.values != value.values[0]).any() or (isinstance(value, Keyed) and value.rise.any()))
