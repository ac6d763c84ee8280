"""Moving, turning and scaling by a gesture: free, along an axis, in a plane, or by a typed value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from revanim.draw import camera
from revanim.engine.parameter import Floats
from revanim.scene.placing import centre, rotation
from revanim.sentence import Sentence
from revanim.session.words import figures
from revanim.window.viewport.axes import FREE, Axes, paint_lock
from revanim.window.viewport.canvas import CLICK, Canvas
from revanim.window.viewport.figures import Figures
from revanim.window.viewport.pull import (
    DEGREES,
    FACTOR,
    Pull,
    in_steps,
    length_step,
    moved_by,
    rounded_up,
    scaled_by,
    turned_by,
)
from revanim.window.viewport.subject import Subject, subject_of

NAMES = "XYZ"
LOCKS = {Qt.Key.Key_X: 0, Qt.Key.Key_Y: 1, Qt.Key.Key_Z: 2}
STRETCH = Qt.Key.Key_L  # lets links stretch, or keep their lengths again
HINT = Sentence(
    "X Y Z lock an axis, with Shift a plane  ·  Ctrl goes in steps  ·  type a value, Tab the next  ·  Return keeps it, "
    "Esc takes it back"
)


@dataclass(frozen=True, eq=False)
class Measure:
    """What the numbers of a move measure: the way from `origin`, in multiples of `unit`."""

    title: Sentence
    origin: Floats  # float64[3]
    unit: float  # of length


class Transform:
    """Moves, turns or scales a subject with the pointer; keys lock axes and type values."""

    def __init__(
        self,
        canvas: Canvas,
        mode: Mode,
        subject: Subject,
        start: QPointF | None,
        axes: Axes = FREE,
        *,
        grip: Floats | None = None,
        anchor: QPointF | None = None,
        measure: Measure | None = None,
        free: bool = False,
    ) -> None:
        self.canvas, self.mode, self.subject = canvas, mode, subject
        self.waits = start is None  # for the pointer to come over the picture
        self.press = start or QPointF()
        self.start = self.point = anchor or self.press
        self.axes, self.figures = axes, Figures()
        self.pivot = centre(subject.place)
        self.grip = self.pivot if grip is None else grip  # where the hand holds it
        self.measure = measure
        self.begun = free  # a drag begins when it leaves the press, a free gesture at once
        self.said = ""
        if free:
            self._say()

    def move(self, point: QPointF) -> None:
        if self.waits:
            self.start, self.waits = point, False
        self.point = point
        self.begun = self.begun or (point - self.press).manhattanLength() > CLICK
        if self.begun:
            self._apply()

    def type(self, event: QKeyEvent) -> None:
        if event.key() in LOCKS:
            self._lock(LOCKS[Qt.Key(event.key())], bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() in MODES and self.measure is None:
            self.mode = MODES[Qt.Key(event.key())]
            self.figures.clear()
        elif event.key() == STRETCH:
            self.subject.loose = not self.subject.loose
        else:
            self.figures.type(event, self._count)
        self.begun = True
        self._apply()

    def finish(self) -> None:
        self.subject.keep() if self.begun else self.subject.drop()
        self.canvas.changed.emit()

    def cancel(self) -> None:
        self.subject.drop()
        self.canvas.changed.emit()

    def paint(self, painter: QPainter) -> None:
        paint_lock(painter, self.pivot, self.axes, self.canvas.studio.session.view, self.canvas.size, self.canvas.inks)

    def _lock(self, axis: int, plane: bool) -> None:
        one = (axis == 0, axis == 1, axis == 2)
        wanted = (axis != 0, axis != 1, axis != 2) if plane else one
        self.axes = FREE if self.axes == wanted else wanted

    @property
    def _count(self) -> int:
        """How many numbers can be typed."""
        planar = self.canvas.studio.session.scene.planar
        return 1 if self.mode is ROTATE else max(sum(self.axes[: 2 if planar else 3]), 1)

    @property
    def title(self) -> Sentence:
        """The name of what is done."""
        return self.measure.title if self.measure else self.mode.title

    def _apply(self) -> None:
        place, turning, self.said = self.mode.apply(self)
        self.subject.put(self.title, place, turning)
        self._say()
        self.canvas.changed.emit()

    def _say(self) -> None:
        axes = "" if all(self.axes) else "".join(n for n, on in zip(NAMES, self.axes, strict=True) if on)
        what = Sentence("{title} along {axes}", title=self.title, axes=axes) if axes else self.title
        typed = str(self.figures) or self.said
        keys = Sentence("{links}  ·  {keys}", links=self.subject.links, keys=HINT) if self.subject.links else HINT
        hint = Sentence("{what} {figures}  ·  {keys}", what=what, figures=typed, keys=keys)
        self.canvas.studio.session.hinted.emit(hint)

    @property
    def stepping(self) -> bool:
        """Whether Ctrl is held, and everything goes in steps."""
        return bool(self.canvas.hand.held & Qt.KeyboardModifier.ControlModifier)

    def pull(self, pivot: Floats) -> Pull:
        """Return the drag so far, for a pivot."""
        return Pull(self.canvas.studio.session.view, self.canvas.size, pivot, self.start, self.point)


Applied = tuple[Floats, Floats | None, str]  # where the points are, what turned them, and the figure to read


def apply_move(by_hand: Transform) -> Applied:
    """Return the subject moved."""
    measure = by_hand.measure or Measure(MOVE.title, by_hand.grip, 1.0)
    held = by_hand.grip - measure.origin
    typed = by_hand.figures.along(by_hand.axes, held / measure.unit)
    by = moved_by(by_hand.pull(by_hand.grip), by_hand.axes) if typed is None else typed * measure.unit - held
    if by_hand.stepping and typed is None:
        step = length_step(by_hand.canvas.studio.session.view, by_hand.canvas.size, by_hand.grip) / measure.unit
        by = np.where(by_hand.axes, in_steps((held + by) / measure.unit, rounded_up(step)) * measure.unit - held, by)
    by = _in_plane(by_hand, by)
    return by_hand.subject.place + by, None, figures("  ".join(f"{part:.3f}" for part in (held + by) / measure.unit))


def stepped(by_hand: Transform, value: float, step: float) -> float:
    """Return a figure, in steps while Ctrl is held."""
    return round(value / step) * step if by_hand.stepping else value


def apply_rotate(by_hand: Transform) -> Applied:
    """Return the subject turned: about the locked axis, or about the one that points at the eye."""
    session = by_hand.canvas.studio.session
    axis = -camera.axes(session.view)[2] if all(by_hand.axes) else axle(by_hand.axes)
    if session.scene.planar:
        axis = np.array([0.0, 0.0, 1.0])
    typed = by_hand.figures.one
    pulled = turned_by(by_hand.pull(by_hand.pivot), axis)
    angle = typed if typed is not None else stepped(by_hand, pulled, DEGREES)
    turning = rotation(axis, angle)
    place = by_hand.pivot + (by_hand.subject.place - by_hand.pivot) @ turning.T
    return _in_plane(by_hand, place), turning, figures(f"{angle:.1f}°")


def apply_scale(by_hand: Transform) -> Applied:
    """Return the subject spread from its middle."""
    one, each = by_hand.figures.one, by_hand.figures.along(by_hand.axes, np.ones(3))
    pulled = scaled_by(by_hand.pull(by_hand.pivot))
    factor = one if one is not None else stepped(by_hand, pulled, FACTOR) or FACTOR
    factors = each if each is not None and one is None else np.where(by_hand.axes, factor, 1.0)
    place = by_hand.pivot + (by_hand.subject.place - by_hand.pivot) * factors
    return _in_plane(by_hand, place), None, figures(f"× {factor:.3f}")


@dataclass(frozen=True)
class Mode:
    """One way to transform; its key changes to it during a gesture."""

    title: Sentence
    apply: Callable[[Transform], Applied]


MOVE = Mode(Sentence("Move"), apply_move)
ROTATE = Mode(Sentence("Rotate"), apply_rotate)
SCALE = Mode(Sentence("Scale"), apply_scale)
MODES = {Qt.Key.Key_G: MOVE, Qt.Key.Key_R: ROTATE, Qt.Key.Key_S: SCALE}


def follow_pointer(canvas: Canvas, mode: Mode) -> None:
    """Let what is selected follow the pointer, until a click keeps it."""
    canvas.hand.drop_free()
    subject = subject_of(canvas.studio, canvas.aiming)
    if subject is not None:
        canvas.hold(Transform(canvas, mode, subject, canvas.pointer, free=True))


def axle(axes: Axes) -> Floats:
    """Return the axis to turn about, float64[3]: the one that is locked, or that a locked plane leaves out."""
    axis: Floats = np.eye(3)[axes.index(sum(axes) == 1)]
    return axis


def _in_plane(by_hand: Transform, place: Floats) -> Floats:
    return np.where([True, True, not by_hand.canvas.studio.session.scene.planar], place, 0.0)
