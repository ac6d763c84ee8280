"""Where a force or a move stands in space (a floor, a fixed ball, a point that draws), and another place for it."""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from revanim.engine.parameter import Floats, Lies, Parameter
from revanim.error import RevanimError
from revanim.scene.edits.parts import Among, part_at, replace_part, set_values
from revanim.scene.edits.paths import PLACE, ways_of
from revanim.scene.given import frozen, sealed
from revanim.scene.keys import value_at
from revanim.scene.part import kind_of
from revanim.scene.placing import rotation
from revanim.scene.scene import Part, Scene
from revanim.sentence import Sentence

DIGITS = 9  # after the point, of what a hand has laid somewhere
WHERE = {"place", "offset"}  # whoever has one of them stands somewhere


def standing_at(part: Part) -> Floats | None:
    """Return the middle of what stands, float64[3]; None where it stands nowhere, or moves over the frames."""
    lying = [each for each in kind_of(part).parameters if each.lies]
    still = {each.lies: value for each in lying if isinstance(value := part.values.get(each.name), np.ndarray)}
    if not WHERE & set(still) or len(still) < len({each.lies for each in lying}):
        return None
    return np.array(still["place"]) if "place" in still else still["offset"] * unit_of(still["direction"])


def lay_part(scene: Scene, among: Among, index: int, middle: ArrayLike, frame: ArrayLike) -> Scene:
    """Lay what stands in space elsewhere: its middle at float64[3], turned and made larger as the columns of a frame
    say, float64[3, 3], which are where those of the unit matrix come to.

    Raises RevanimError where it stands nowhere, or moves over the frames.
    """
    part = part_at(scene, among, index)
    if standing_at(part) is None:
        raise RevanimError("{kind} stands nowhere, or moves over the frames.", kind=Sentence(part.kind))
    to = frozen(middle, "The middle").reshape(3)
    matrix = frozen(frame, "The frame").reshape(3, 3)
    values = {
        each.name: frozen(np.round(laid(part, each, to, matrix), DIGITS) + 0.0, each.name)
        for each in kind_of(part).parameters
        if each.lies
    }
    return replace_part(scene, among, index, replace(part, values={**part.values, **values}))


def lead_part(scene: Scene, among: Among, index: int, body: int) -> Scene:
    """Let what stands in space go along with the path of a body, as far from it as it is at home.

    A plane goes along as far as its normal says. Raises RevanimError where it stands nowhere, or the body has no path.
    """
    part, ways = part_at(scene, among, index), ways_of(scene, [body])
    if standing_at(part) is None or not ways:
        raise RevanimError(
            "{kind} must stand somewhere, and body {body} follow a path.", kind=Sentence(part.kind), body=body
        )
    parameter = next(each for each in kind_of(part).parameters if each.lies in WHERE)
    way, here = ways[0], np.asarray(part.values[parameter.name], np.float64)
    places, rises = way.values - value_at(way, PLACE, scene.timing.home), way.rise
    if parameter.lies == "offset":
        normal = unit_of(_value(part, "direction"))
        places, rises = places @ normal, rises @ normal
    led = replace(way, values=sealed(here + places), rise=sealed(rises))
    return set_values(scene, among, index, **{parameter.name: led})


def laid(part: Part, parameter: Parameter, middle: Floats, frame: Floats) -> Floats:
    """Return what a parameter becomes where its part is laid elsewhere."""
    value, lies = np.asarray(part.values[parameter.name], np.float64), parameter.lies
    if lies == "place":
        return middle
    if lies == "offset":
        return np.asarray(middle @ unit_of(turn_of(frame) @ _value(part, "direction")))
    if lies == "way":
        return np.asarray(frame @ value)
    if lies == "direction":
        return np.asarray(turn_of(frame) @ value)
    if lies == "size":
        return np.asarray(value * np.cbrt(abs(np.linalg.det(frame))))
    if lies == "edges":
        return np.asarray(value * np.linalg.norm(frame @ axes_of(_value(part, "turn")), axis=0))
    return angles_of(turn_of(frame) @ axes_of(value))


def _value(part: Part, lies: Lies) -> Floats:
    found = next((each.name for each in kind_of(part).parameters if each.lies == lies), None)
    return np.zeros(3) if found is None else np.asarray(part.values[found], np.float64)


def unit_of(direction: Floats) -> Floats:
    """Return a direction with the length 1; up where it has none."""
    length = float(np.linalg.norm(direction))
    return direction / length if length > 0 else np.array([0.0, 0.0, 1.0])


def turn_of(frame: Floats) -> Floats:
    """Return the turn that comes nearest to a frame, float64[3, 3] (polar decomposition)."""
    left, _, right = np.linalg.svd(frame)
    return np.asarray(left @ right)


def axes_of(angles: Floats) -> Floats:
    """Return the axes, in columns, of what is turned about x, then y, then z, by angles in degrees."""
    about_x, about_y, about_z = (rotation(axis, float(angle)) for axis, angle in zip(np.eye(3), angles, strict=True))
    return np.asarray(about_z @ about_y @ about_x)


def angles_of(axes: Floats) -> Floats:
    """Return the angles in degrees about x, then y, then z, that lead to axes, in columns: `axes_of` undone."""
    tilt = np.arcsin(np.clip(-axes[2, 0], -1.0, 1.0))
    if np.hypot(axes[0, 0], axes[1, 0]) < 1e-9:  # x and z turn about the same line
        return np.degrees([np.arctan2(-axes[1, 2], axes[1, 1]), tilt, 0.0])
    return np.degrees([np.arctan2(axes[2, 1], axes[2, 2]), tilt, np.arctan2(axes[1, 0], axes[0, 0])])
