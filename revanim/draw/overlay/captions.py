"""Words in the picture: captions, and names at bodies."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from revanim.draw.camera import project
from revanim.draw.eye import moment
from revanim.draw.look import DARK, Tokens
from revanim.draw.overlay.text import Say, text_font, write
from revanim.draw.seen import seen
from revanim.draw.shot import Shot
from revanim.engine.parameter import Floats
from revanim.scene.cues.caption import caption
from revanim.scene.part import acting_on, values_at
from revanim.scene.scene import Part, Scene, View
from revanim.sentence import Sentence

AIR = 0.35  # of the height of letters, from what a caption follows
NAME, MOST = 12, 200  # pixels of names, and so many at most


def has_words(scene: Scene) -> bool:
    """Whether anything is written into the pictures of a scene."""
    return scene.look.names or any(part.kind == caption.name and not part.muted for part in scene.cues)


def paint_words(
    painter: QPainter,
    size: tuple[int, int],
    view: View,
    scene: Scene,
    shot: Shot,
    frame: QRectF | None = None,
    tokens: Tokens = DARK,
    say: Say = str,
) -> None:
    """Write what a scene says into a picture; captions stand in `frame`, the part a file shows, or in all of it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    if scene.look.names:
        _paint_names(painter, size, view, scene, shot, tokens, say)
    for part in scene.cues:
        if part.kind == caption.name and not part.muted and part.text:
            _paint_caption(painter, size, view, scene, shot, frame or QRectF(0, 0, *size), part, tokens)
    painter.restore()


def _paint_caption(
    painter: QPainter,
    size: tuple[int, int],
    view: View,
    scene: Scene,
    shot: Shot,
    frame: QRectF,
    part: Part,
    tokens: Tokens,
) -> None:
    at = values_at(part, moment(scene.timing, shot.seconds))
    tall, opacity = float(at["size"]) * frame.height(), float(at["opacity"])
    if opacity <= 0.0 or tall < 1.0:
        return
    font = text_font(round(tall))
    font.setWeight(QFont.Weight.DemiBold)
    metrics = QFontMetricsF(font)
    x = frame.left() + float(at["across"]) * frame.width()
    y = frame.bottom() - float(at["upward"]) * frame.height()
    above = _above(part, view, size, scene, shot)
    if above is not None:
        share = float(at["follow"])
        x, y = x + share * (above.x() - x), y + share * (above.y() - AIR * tall - y)
    painter.setFont(font)
    painter.setOpacity(opacity)
    lines = part.text.split("\n")
    for row, line in enumerate(lines):
        up = (len(lines) - 1 - row) * metrics.lineSpacing()
        write(painter, QPointF(x - metrics.horizontalAdvance(line) / 2, y - up), line, tokens.text, tokens)
    painter.setOpacity(1.0)


def _above(part: Part, view: View, size: tuple[int, int], scene: Scene, shot: Shot) -> QPointF | None:
    """Return the point above the bodies that a caption follows, or None where none of them is seen."""
    who = acting_on(part, scene.bodies.count)
    place, radius = shot.position[who], scene.look.size * scene.bodies.radius[who]
    points = project(view, *size, place)
    shown = (points.scale > 0) & np.isfinite(points.x)
    if not shown.any():
        return None
    tops = points.y[shown] - radius[shown] * points.scale[shown]
    return QPointF(float(points.x[shown].mean()), float(tops.min()))


def _paint_names(
    painter: QPainter, size: tuple[int, int], view: View, scene: Scene, shot: Shot, tokens: Tokens, say: Say
) -> None:
    """Write the names of groups above their middles, and numbers above bodies that are in none."""
    painter.setFont(text_font(NAME))
    metrics, shown = QFontMetricsF(painter.font()), seen(scene)
    alone = shown.copy()
    for group in scene.groups:
        alone[group.bodies] = False
        some = group.bodies[shown[group.bodies]]
        if some.size:
            _name(painter, metrics, size, view, np.nanmean(shot.position[some], axis=0), 0.0, group.name, tokens)
    for body in np.flatnonzero(alone)[:MOST]:
        text = say(Sentence("Body {body}", body=int(body)))
        reach = scene.look.size * float(scene.bodies.radius[body])
        _name(painter, metrics, size, view, shot.position[body], reach, text, tokens)


def _name(
    painter: QPainter,
    metrics: QFontMetricsF,
    size: tuple[int, int],
    view: View,
    place: Floats,
    reach: float,
    text: str,
    tokens: Tokens,
) -> None:
    point = project(view, *size, place[None])
    if point.scale[0] > 0:
        y = point.y[0] - reach * point.scale[0] - AIR * NAME
        write(painter, QPointF(point.x[0] - metrics.horizontalAdvance(text) / 2, y), text, tokens.text, tokens)
