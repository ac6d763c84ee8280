"""The gizmo: arrows, rings or boxes at the middle of what is selected, each a handle for one axis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from revanim.draw import camera
from revanim.draw.look import Tokens
from revanim.engine.parameter import Floats
from revanim.scene.scene import View
from revanim.window.viewport.figures import Axes
from revanim.window.viewport.transform import FREE

ARM, RING = 76.0, 64.0  # pixels from the middle
GAP = 12.0  # pixels left free around the middle
HEAD, HALF = 11.0, 4.5  # length of an arrow's head, and half its width
BOX = 4.5  # half the side of a box
MIDDLE = 8.0  # radius of the handle that is free
NEAR = 6.0  # pixels from a handle that still take it
CORNERS = 64
SHADE = 130  # opacity of the shade around a line, of 255
SHORT = 0.12  # of its length; an arm that looks shorter points at the eye, and cannot be drawn along
PICTURE = {"move": "arrow", "rotate": "ring", "scale": "box"}


@dataclass(frozen=True, eq=False)
class Handle:
    """A line on the picture that can be drawn along, and the axes it leaves free."""

    axes: Axes
    line: Floats  # float64[k, 2], pixels
    end: str  # what stands at its end


def handles(kind: str, pivot: Floats, view: View, size: tuple[int, int], planar: bool) -> list[Handle]:
    """Return the handles of a tool, the free one last; none where the pivot is behind the eye."""
    seen = camera.project(view, *size, pivot[None])
    if seen.scale[0] <= 0:
        return []
    middle = np.array([seen.x[0], seen.y[0]])
    turn = np.linspace(0, 2 * np.pi, CORNERS + 1)
    found = []
    for axis in range(3):
        axes: Axes = (axis == 0, axis == 1, axis == 2)
        if kind == "rotate":
            circle = np.zeros((CORNERS + 1, 3))
            circle[:, (axis + 1) % 3], circle[:, (axis + 2) % 3] = np.cos(turn), np.sin(turn)
            line = _on_picture(pivot + circle * (RING / seen.scale[0]), view, size)
            if not planar or axis == 2:
                found.append(Handle(axes, line, "ring"))
            continue
        tip = _on_picture((pivot + np.eye(3)[axis] * (ARM / seen.scale[0]))[None], view, size)[0]
        length = float(np.hypot(*(tip - middle)))
        if length > SHORT * ARM and not (planar and axis == 2):
            start = middle + (tip - middle) * min(GAP / length, 0.5)
            found.append(Handle(axes, np.stack([start, tip]), PICTURE[kind]))
    around = middle + MIDDLE * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    return found if kind == "rotate" else [*found, Handle(FREE, around, "free")]


def _on_picture(place: Floats, view: View, size: tuple[int, int]) -> Floats:
    seen = camera.project(view, *size, place)
    return np.stack([seen.x, seen.y], axis=1)


def handle_at(found: list[Handle], point: QPointF) -> Handle | None:
    """Return the handle under a point."""
    away = [(_distance(handle, point), index) for index, handle in enumerate(found)]
    near = [(distance, index) for distance, index in away if distance <= NEAR]
    return found[min(near)[1]] if near else None


def _distance(handle: Handle, point: QPointF) -> float:
    """Return how many pixels a point is from the line of a handle."""
    spot, begin, way = np.array([point.x(), point.y()]), handle.line[:-1], np.diff(handle.line, axis=0)
    if handle.end == "free":
        return max(0.0, float(np.hypot(*(spot - handle.line[:-1].mean(axis=0)))) - MIDDLE)
    share = np.clip(((spot - begin) * way).sum(axis=1) / np.maximum((way**2).sum(axis=1), 1e-12), 0, 1)
    return float(np.hypot(*(spot - begin - share[:, None] * way).T).min())


def paint_gizmo(painter: QPainter, found: list[Handle], hot: Axes | None, tokens: Tokens) -> None:
    """Paint the handles, the one under the pointer brighter."""
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
        for pen in (QPen(shade, width + 2.5), QPen(color, width)):  # the shade parts it from what lies behind
            painter.setPen(pen)
            painter.drawPolyline(line)
        _paint_end(painter, handle, color)
    painter.restore()


def _paint_end(painter: QPainter, handle: Handle, color: QColor) -> None:
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


def paint_lock(painter: QPainter, pivot: Floats, axes: Axes, view: View, size: tuple[int, int], tokens: Tokens) -> None:
    """Paint a line across the picture along each axis that a gesture is locked to."""
    if all(axes):
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    reach = sum(size) * camera.unit(view, *size)
    for axis in np.flatnonzero(axes):
        ends = pivot + np.outer([-1e-3, 1e-3], np.eye(3)[axis]) * reach
        seen = _on_picture(ends, view, size)
        way = seen[1] - seen[0]
        if np.hypot(*way) > 1e-6:
            far = way / np.hypot(*way) * sum(size)
            middle = seen.mean(axis=0)
            color = QColor(axis_color(int(axis), tokens))
            color.setAlphaF(0.7)
            painter.setPen(QPen(color, 1))
            painter.drawLine(QLineF(QPointF(*(middle - far)), QPointF(*(middle + far))))
    painter.restore()


def axis_color(axis: int, tokens: Tokens) -> str:
    """Return the colour of an axis."""
    return (tokens.axis_x, tokens.axis_y, tokens.axis_z)[axis]
