"""A parameter that changes over the frames, as the curve editor sees it: a few numbers in a row for each step."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from revanim.engine.parameter import Curve, Floats, Parameter
from revanim.scene.curve import reaching, row_at
from revanim.scene.given import sealed
from revanim.scene.part import kind_of
from revanim.scene.scene import Index, Part
from revanim.scene.values import chosen_rows, each_has_its_own
from revanim.sentence import Sentence, named
from revanim.session.drag import Drag
from revanim.session.studio import Studio
from revanim.session.words import tr
from revanim.session.work.forces import Place
from revanim.window.kit.fields.form import in_form
from revanim.window.outline.rows import name_of

MOST = 12  # columns: more could not be told apart


@dataclass(frozen=True)
class Track:
    """A parameter that changes over the frames, and the force or move that has it."""

    place: Place
    parameter: Parameter

    def curve(self, part: Part) -> Curve:
        """Return its curve in a force or move."""
        value = part.values[self.parameter.name]
        assert isinstance(value, Curve)
        return value

    def lives(self, studio: Studio) -> bool:
        """Whether the scene still has it, and it still changes over the frames."""
        part = dict(studio.forces.all()).get(self.place)
        return part is not None and isinstance(part.values.get(self.parameter.name), Curve)

    def columns(self, studio: Studio) -> Index:
        """Return which numbers of a row are edited, int64[c]: those of the selected bodies or links, or the first."""
        part, axes = studio.forces.at(self.place), self.parameter.axes
        if not each_has_its_own(self.parameter, self.curve(part)):
            return np.arange(axes)
        rows = chosen_rows(part, studio.session.selection)[: MOST // axes]
        return np.array((rows[:, None] * axes + np.arange(axes)).ravel())

    @property
    def title(self) -> Sentence:
        """What the parameter is called."""
        return named(self.parameter.name)

    def put(self, studio: Studio, text: Sentence, change: Callable[[Curve], Curve], drag: Drag | None = None) -> None:
        """Change the curve; raises RevanimError where it cannot be so."""

        def changed(part: Part) -> Part:
            return replace(part, values={**part.values, self.parameter.name: change(self.curve(part))})

        studio.forces.put(text, self.place, changed, drag)

    def held(self, values: Floats) -> Floats:
        """Return the nearest values that the parameter may have."""
        return np.clip(values, self.parameter.low, self.parameter.high)


def tracks(studio: Studio) -> dict[str, Track]:
    """Return every parameter that changes over the frames, by what it is called."""
    found: dict[str, Track] = {}
    for place, part in studio.forces.all():
        for parameter in in_form(kind_of(part).parameters):
            if isinstance(part.values[parameter.name], Curve):
                name = f"{name_of(part)}, {tr(parameter.name)}"
                known = sum(other.rstrip("0123456789 ") == name for other in found)
                found[f"{name} {known + 1}" if known else name] = Track(place, parameter)
    return found


def table(curve: Curve, columns: Index) -> Floats:
    """Return some numbers of each row, float64[rows, c]."""
    return curve.values.reshape(len(curve.values), -1)[:, columns]


def with_points(curve: Curve, points: list[tuple[int, int]], change: Callable[[Floats], Floats]) -> Curve:
    """Return a curve in which some points, pairs of a row and a number in it, have changed."""
    values = curve.values.copy()
    flat = values.reshape(len(values), -1)
    rows, numbers = np.array(points, np.int64).reshape(-1, 2).T
    flat[rows, numbers] = change(flat[rows, numbers])
    return replace(curve, values=sealed(values))


def with_point(curve: Curve, frame: int, number: int, value: float, outside: str) -> Curve:
    """Return a curve in which one number has a value at a frame; beyond its ends it becomes longer."""
    longer = reaching(curve, frame, outside)
    return with_points(longer, [(row_at(longer, frame), number)], lambda old: old * 0 + value)
