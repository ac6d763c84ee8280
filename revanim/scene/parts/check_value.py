"""Whether a value fits its parameter."""

import numpy as np

from revanim.engine.formulas.language import programs_of
from revanim.engine.parameter import STEP, WAYS, Animated, Curve, Formula, Keyed, Parameter
from revanim.engine.playhead import FARTHEST_FRAME
from revanim.error import RevanimError
from revanim.scene.given import check_order
from revanim.scene.once import once
from revanim.scene.scene import Value
from revanim.sentence import Text


@once
def check_value(parameter: Parameter, value: Value, count: int, *, what: str) -> None:
    """Refuse a value that does not fit its parameter; it may vary over `count` bodies or links."""
    if value is None:
        if parameter.default != "derived":
            raise RevanimError("{what} has no value.", what=what)
        return
    if parameter.steady and isinstance(value, Animated):
        raise RevanimError("{what} is the same at all frames; give it one value.", what=what)
    if isinstance(value, Curve) and not parameter.rows:
        raise RevanimError("{what} goes from key to key and never jumps; give it keys instead of rows.", what=what)
    if isinstance(value, Curve):
        _check_curve(what, value)
    elif isinstance(value, Keyed):
        _check_keys(what, value, parameter)
    check_order(value.values if isinstance(value, Animated) else value, np.float64, what)
    sheet = value.values if isinstance(value, Animated) else value[None]
    plain = parameter.value_shape
    shapes = {plain} if parameter.per == "scene" else {plain, (count, *plain)}
    if sheet.shape[1:] not in shapes:
        allowed = " or ".join(str(shape) if shape else "a single number" for shape in sorted(shapes, key=len))
        raise RevanimError(
            "{what} has the shape {shape}; allowed is {allowed}.", what=what, shape=sheet.shape[1:], allowed=allowed
        )
    if not ((sheet >= parameter.low) & (sheet <= parameter.high)).all():
        raise RevanimError(
            "{what} must lie between {least:g} and {most:g}.", what=what, least=parameter.low, most=parameter.high
        )
    if parameter.whole and (sheet != np.rint(sheet)).any():
        raise RevanimError("{what} must be a whole number.", what=what)
    if parameter.choices and not np.isin(sheet, range(len(parameter.choices))).all():
        raise RevanimError("{what} must be one of {choices}.", what=what, choices=", ".join(parameter.choices))


def _check_curve(what: Text, curve: Curve) -> None:
    if not (curve.values.ndim and len(curve.values)):
        raise RevanimError("{what} has a curve without rows.", what=what)
    if not 1 <= curve.every <= 10**6:
        raise RevanimError(
            "{what} must hold each row for 1 to 1000000 frames, not {frames}.", what=what, frames=curve.every
        )
    if abs(curve.first) > FARTHEST_FRAME:
        raise RevanimError(
            "{what} must start between the frames {first} and {last}.",
            what=what,
            first=-FARTHEST_FRAME,
            last=FARTHEST_FRAME,
        )


def _check_keys(what: Text, value: Keyed, parameter: Parameter) -> None:
    count = len(value.frames)
    shapes = {"values": value.values.shape[1:], "ways": (), "reach": (2,), "free": (), "frames": ()}
    shapes["rise"] = (2, *value.values.shape[1:])
    if not count or any(getattr(value, name).shape != (count, *shape) for name, shape in shapes.items()):
        raise RevanimError(
            "{what} has keys that lack something; each has a frame, a value, a way and handles.", what=what
        )
    if (np.diff(value.frames) <= 0).any() or np.abs(value.frames).max() > FARTHEST_FRAME:
        raise RevanimError(
            "{what} must have keys in the order of their frames, between {first} and {last}.",
            what=what,
            first=-FARTHEST_FRAME,
            last=FARTHEST_FRAME,
        )
    if not np.isin(value.ways, range(len(WAYS))).all():
        raise RevanimError("{what} goes on from a key in one of the ways {ways}.", what=what, ways=", ".join(WAYS))
    if not ((value.reach >= 0).all() and np.isfinite(value.reach).all() and np.isfinite(value.rise).all()):
        raise RevanimError("{what} has a handle that is no number, or reaches to the wrong side.", what=what)
    if value.formula is not None:
        _check_formula(what, value.formula, parameter)
    if (parameter.whole or parameter.choices) and (value.ways != STEP).any():
        raise RevanimError("{what} has no values in between, so it can only step from key to key.", what=what)


def _check_formula(what: Text, formula: Formula, parameter: Parameter) -> None:
    if parameter.whole or parameter.choices:
        raise RevanimError("{what} has no values in between, so it cannot follow a formula.", what=what)
    if len(formula.texts) != parameter.numbers:
        raise RevanimError(
            "{what} takes {count} formulas, not {given}.", what=what, count=parameter.numbers, given=len(formula.texts)
        )
    if not formula.scale > 0:
        raise RevanimError("{what} has a formula whose scale is not more than 0.", what=what)
    programs_of(formula)
