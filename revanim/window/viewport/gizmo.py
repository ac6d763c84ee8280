"""The gizmo: arrows, rings or boxes at the middle of what is selected, each a handle for one axis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPen, QPolygonF

from revanim.draw import camera
from revanim.draw.look import Tokens
from revanim.engine.parameter import Floats
from revanim.scene.placing import centre
from revanim.scene.scene import View
from revanim.window.kit.gesture import Gesture, Painted
from revanim.window.viewport.axes import FREE, Axes, axis_color, on_picture
from revanim.window.viewport.canvas import Canvas
from revanim.window.viewport.selecting import Select
from revanim.window.viewport.subject import points_of, subject_of
from revanim.window.viewport.transform import MOVE, ROTATE, SCALE, Mode, Transform

ARM, RING = 76.0, 64.0  # pixels from the middle
GAP = 12.0  # pixels left free around the middle
HEAD, HALF = 11.0, 4.5  # length of an arrow's head, and half its width
BOX = 4.5  # half the side of a box
MIDDLE = 8.0  # radius of the handle that is free
NEAR = 6.0  # pixels from a handle that still take it
CORNERS = 64
SHADE = 130  # opacity of the shade around a line, of 255
SHORT = 0.12  # of its length; an arm that looks shorter points at the eye, and cannot be drawn along
ENDS = {MOVE: "arrow", SCALE: "box"}


@dataclass(frozen=True, eq=False)
class GizmoHandle:
    """A line on the picture that can be drawn along, and the axes it leaves free."""

    axes: Axes
    line: Floats  # float64[k, 2], pixels
    end: str  # what stands at its end


def gizmo_handles(canvas: Canvas, mode: Mode) -> list[GizmoHandle]:
    """Return the handles at the middle of what is selected; none while nothing is, or while the scene plays."""
    studio = canvas.studio
    points = points_of(studio, canvas.aiming) if canvas.annotated else None
    if points is None or not len(points) or studio.playback.direction:
        return []
    return handles_at(mode, centre(points), studio.session.view, canvas.size, studio.session.scene.planar)


def handles_at(mode: Mode, pivot: Floats, view: View, size: tuple[int, int], planar: bool) -> list[GizmoHandle]:
    """Return the handles around a pivot, the free one last; none where the pivot is behind the eye."""
    seen = camera.project(view, *size, pivot[None])
    if seen.scale[0] <= 0:
        return []
    middle = np.array([seen.x[0], seen.y[0]])
    turn = np.linspace(0, 2 * np.pi, CORNERS + 1)
    found = []
    for axis in range(3):
        axes: Axes = (axis == 0, axis == 1, axis == 2)
        if mode is ROTATE:
            circle = np.zeros((CORNERS + 1, 3))
            circle[:, (axis + 1) % 3], circle[:, (axis + 2) % 3] = np.cos(turn), np.sin(turn)
            line = on_picture(pivot + circle * (RING / seen.scale[0]), view, size)
            if not planar or axis == 2:
                found.append(GizmoHandle(axes, line, "ring"))
            continue
        tip = on_picture((pivot + np.eye(3)[axis] * (ARM / seen.scale[0]))[None], view, size)[0]
        length = float(np.hypot(*(tip - middle)))
        if length > SHORT * ARM and not (planar and axis == 2):
            start = middle + (tip - middle) * min(GAP / length, 0.5)
            found.append(GizmoHandle(axes, np.stack([start, tip]), ENDS[mode]))
    ring = middle + MIDDLE * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    return found if mode is ROTATE else [*found, GizmoHandle(FREE, ring, "free")]


def handle_at(found: list[GizmoHandle], point: QPointF) -> GizmoHandle | None:
    """Return the handle under a point."""
    away = [(_distance(handle, point), index) for index, handle in enumerate(found)]
    near = [(distance, index) for distance, index in away if distance <= NEAR]
    return found[min(near)[1]] if near else None


def _distance(handle: GizmoHandle, point: QPointF) -> float:
    """Return how many pixels a point is from the line of a handle."""
    spot, begin, way = np.array([point.x(), point.y()]), handle.line[:-1], np.diff(handle.line, axis=0)
    if handle.end == "free":
        return max(0.0, float(np.hypot(*(spot - handle.line[:-1].mean(axis=0)))) - MIDDLE)
    share = np.clip(((spot - begin) * way).sum(axis=1) / np.maximum((way**2).sum(axis=1), 1e-12), 0, 1)
    return float(np.hypot(*(spot - begin - share[:, None] * way).T).min())


def begin_on_gizmo(canvas: Canvas, event: QMouseEvent, mode: Mode) -> Gesture | None:
    """Drag the handle under the press, or select."""
    handle = handle_at(gizmo_handles(canvas, mode), event.position())
    if handle is None:
        return Select(canvas, event)
    subject = subject_of(canvas.studio, canvas.aiming)
    return Transform(canvas, mode, subject, event.position(), handle.axes) if subject else None


def paint_gizmo(painter: QPainter, canvas: Canvas, mode: Mode) -> None:
    """Paint the handles, the one under the pointer brighter; a gesture that paints itself takes their place."""
    if isinstance(canvas.hand.current, Painted):
        return
    found = gizmo_handles(canvas, mode)
    hot = handle_at(found, canvas.pointer) if canvas.pointer else None
    paint_handles(painter, found, hot.axes if hot else None, canvas.inks)


def paint_handles(painter: QPainter, found: list[GizmoHandle], hot: Axes | None, tokens: Tokens) -> None:
    """Paint handles, those of the `hot` axes brighter."""
    shade = QColor(tokens.shade)
    shade.setAlpha(SHADE)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for handle in found:
        color = QColor(tokens.text if handle.axes == FREE else axis_color(handle.axes.index(True), tokens))
        if handle.axes == hot:
            color = color.lighter(130)
        width, line = 2.75 if handle.axes == hot else 2.0, QPolygonF([QPointF(x, y) for x, y in handle.line])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(shade, width + 2.5), QPen(color, width)):  # the shade sets it off from what lies behind
            painter.setPen(pen)
            painter.drawPolyline(line)
        _paint_end(painter, handle, color)
    painter.restore()


def _paint_end(painter: QPainter, handle: GizmoHandle, color: QColor) -> None:
    (x, y), way = handle.line[-1], handle.line[-1] - handle.line[-2]
    painter.setBrush(color)
    if handle.end == "box":
        painter.drawRect(QRectF(x - BOX, y - BOX, 2 * BOX, 2 * BOX))
    elif handle.end == "arrow":
        along = way / np.hypot(*way)
        aside = np.array([-along[1], along[0]]) * HALF
        path = QPainterPath(QPointF(*(handle.line[-1] + along * HEAD)))
        for corner in (handle.line[-1] + aside, handle.line[-1] - aside):
            path.lineTo(QPointF(*corner))
        path.closeSubpath()
        painter.fillPath(path, color)
