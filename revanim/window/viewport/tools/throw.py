"""The throw tool: a velocity is an arrow, and its tip follows the hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen

from revanim.draw import camera
from revanim.engine.parameter import Floats
from revanim.scene import edits
from revanim.scene.given import frozen
from revanim.scene.placing import centre
from revanim.scene.scene import Index, Keyframe, Scene
from revanim.sentence import Sentence
from revanim.session.studio import Studio
from revanim.session.work import bodies as editing
from revanim.window.kit.gesture import Gesture
from revanim.window.viewport.canvas import Canvas, Tool
from revanim.window.viewport.picking import body_at, place_of, target_at
from revanim.window.viewport.pushed import PushedBodies, is_pushed
from revanim.window.viewport.selecting import Select
from revanim.window.viewport.sight import arrow_seconds
from revanim.window.viewport.subject import SelectedBodies, Subject
from revanim.window.viewport.targets import Targets, selected_targets
from revanim.window.viewport.transform import MOVE, Measure, Transform

TITLE = Sentence("Throw")
CROWD = 24  # bodies; more have one arrow together, from their middle
TIP, NEAR = 4.5, 9.0  # pixels: the radius of a tip, and from where it can be taken
WIDTH, RIM = 2.0, 1.0  # pixels of a line, and of the dark around it


@dataclass(frozen=True, eq=False)
class Arrow:
    """A velocity that can be drawn: of some bodies, or of one target of a keyframe."""

    start: Floats  # float64[3]
    velocity: Floats  # float64[3]
    key: Keyframe | None = None


class ThrownBodies:
    """The velocities of the selected bodies; `place` are the tips of their arrows."""

    def __init__(self, studio: Studio, scene: Scene, seconds: float) -> None:
        self.bodies, self.seconds = SelectedBodies(studio, scene), seconds
        self.place = self.bodies.place + self.bodies.velocity * seconds

    @property
    def loose(self) -> bool:
        """Whether rods may be torn at."""
        return self.bodies.loose

    @loose.setter
    def loose(self, loose: bool) -> None:
        self.bodies.loose = loose

    @property
    def links(self) -> Sentence:
        return self.bodies.links

    def put(self, text: Sentence, place: Floats, turning: Floats | None) -> None:
        self.bodies.change(text, None, (place - self.bodies.place) / self.seconds)

    def keep(self) -> None:
        self.bodies.keep()

    def drop(self) -> None:
        self.bodies.drop()


def begin_throw(canvas: Canvas, event: QMouseEvent) -> Gesture:
    """Throw a body or a target, or select."""
    return drag_arrow(canvas, event.position()) or Select(canvas, event)


def drag_arrow(canvas: Canvas, point: QPointF) -> Transform | None:
    """Return the drag of the arrow, of the body or of the target under a press; None where there is none."""
    studio = canvas.studio
    studio.playback.stop()
    arrow = arrow_at(canvas, point) or _arrow_of_body(canvas, point) or _arrow_of_target(canvas, point)
    if arrow is None:
        return None
    seconds = arrow_seconds(studio.session.scene, studio.session.scene.keyframes)
    subject = thrown(studio, arrow, seconds)
    tip = arrow.start + arrow.velocity * seconds
    anchor = QPointF(*_on_picture(canvas, tip[None])[0])
    measure = Measure(TITLE, arrow.start, seconds)
    return Transform(canvas, MOVE, subject, point, grip=tip, anchor=anchor, measure=measure) if subject else None


def thrown(studio: Studio, arrow: Arrow, seconds: float) -> Subject | None:
    """Return what moves with the tip of an arrow."""
    if arrow.key is not None:
        return thrown_targets(studio, arrow.key, seconds)
    scene = editing.scene_seen(studio.session)
    if scene is None:
        return None
    return PushedBodies(studio, seconds) if is_pushed(studio.session) else ThrownBodies(studio, scene, seconds)


def thrown_targets(studio: Studio, key: Keyframe, seconds: float) -> Targets:
    """Return the velocities that a keyframe asks for: those of the selected bodies in it, or all."""
    assert key.position is not None
    scene, index, start = studio.session.scene, studio.session.scene.keyframes.index(key), key.position
    rows = _rows(studio, key)
    before = np.zeros_like(start) if key.velocity is None else key.velocity

    def placed(place: Floats, whole: Floats | None) -> Scene:
        velocity = before.copy()
        velocity[rows] = (place - start[rows]) / seconds
        return edits.replace_keyframe(scene, index, velocity=frozen(velocity, Sentence("The velocities of a keyframe")))

    return Targets(studio, start[rows] + before[rows] * seconds, placed)


def _rows(studio: Studio, key: Keyframe) -> Index:
    held = dict(selected_targets(studio)).get(key)
    return np.arange(key.bodies.size) if held is None or key.velocity is None else held


# The arrows that can be taken


def arrows(canvas: Canvas) -> Iterator[Arrow]:
    """Yield the velocities of what is selected; a crowd has one, from its middle."""
    studio = canvas.studio
    shot, free = studio.session.shot, studio.session.selection & ~studio.session.scene.bodies.pinned
    if shot is None or studio.playback.direction or len(shot.position) != len(free):
        return
    for key, rows in selected_targets(studio):
        velocity = np.zeros((key.bodies.size, 3)) if key.velocity is None else key.velocity
        yield from _each_or_one(place_of(key)[rows], velocity[rows], key)
    yield from _each_or_one(shot.position[free], shot.velocity[free])


def _each_or_one(place: Floats, velocity: Floats, key: Keyframe | None = None) -> Iterator[Arrow]:
    if len(place) > CROWD:
        yield Arrow(centre(place), velocity.mean(axis=0), key)
    else:
        yield from (Arrow(start, speed, key) for start, speed in zip(place, velocity, strict=True))


def arrow_at(canvas: Canvas, point: QPointF) -> Arrow | None:
    """Return the arrow whose tip is under a point of the picture."""
    found = list(arrows(canvas))
    if not found:
        return None
    away = _on_picture(canvas, _tips(canvas, found)) - (point.x(), point.y())
    distance = np.hypot(*away.T)
    nearest = int(distance.argmin())
    return found[nearest] if distance[nearest] <= NEAR else None


def _arrow_of_body(canvas: Canvas, point: QPointF) -> Arrow | None:
    """Return the velocity of the body under a point, which is selected from then on."""
    session, body = canvas.studio.session, body_at(canvas, point)
    if body is None or session.shot is None or session.scene.bodies.pinned[body]:
        return None
    if not session.selection[body]:
        session.select(np.arange(session.selection.size) == body)
    return Arrow(session.shot.position[body], session.shot.velocity[body])


def _arrow_of_target(canvas: Canvas, point: QPointF) -> Arrow | None:
    """Return the velocity of the target under a point, whose keyframe is selected from then on."""
    key = target_at(canvas, point)
    if key is None:
        return None
    canvas.studio.keyframes.select((key,))
    place = place_of(key)
    away = _on_picture(canvas, place) - (point.x(), point.y())
    nearest = int(np.hypot(*away.T).argmin())
    return Arrow(place[nearest], np.zeros(3) if key.velocity is None else key.velocity[nearest], key)


def _tips(canvas: Canvas, found: list[Arrow]) -> Floats:
    seconds = arrow_seconds(canvas.studio.session.scene, canvas.studio.session.scene.keyframes)
    return np.array([arrow.start + arrow.velocity * seconds for arrow in found])


def _on_picture(canvas: Canvas, place: Floats) -> Floats:
    """Return where places are on the picture, float64[k, 2]; out of reach where they are behind the eye."""
    seen = camera.project(canvas.studio.session.view, *canvas.size, place)
    return np.where(seen.scale[:, None] > 0, np.stack([seen.x, seen.y], axis=1), np.inf)


def paint_throw(painter: QPainter, canvas: Canvas) -> None:
    """Paint each velocity as a line to a tip that can be taken; that under the pointer is brighter."""
    found = list(arrows(canvas)) if canvas.annotated else []
    if not found:
        return
    tokens, pointer = canvas.inks, canvas.pointer
    starts = _on_picture(canvas, np.array([arrow.start for arrow in found]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for start, tip in zip(starts, _on_picture(canvas, _tips(canvas, found)), strict=True):
        if np.isfinite((start, tip)).all():
            hot = pointer is not None and hypot(tip[0] - pointer.x(), tip[1] - pointer.y()) <= NEAR
            ink, dark = QColor(tokens.text if hot else tokens.playhead), QColor(tokens.shade)
            for color, rim in ((dark, RIM), (ink, 0.0)):
                painter.setPen(QPen(color, WIDTH + 2 * rim))
                painter.drawLine(QPointF(*start), QPointF(*tip))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color)
                painter.drawEllipse(QPointF(*tip), TIP + hot + rim, TIP + hot + rim)


throw = Tool(
    name="throw",
    text="Throw Tool",
    order=5,
    tip="Drag a velocity: from a body, or by the tip of its arrow",
    shortcuts=("Y",),
    icon="tool-throw",
    hint="Drag from a body, or the tip of its arrow  ·  X Y Z lock an axis, digits give a speed  ·  Q ends",
    cursor=Qt.CursorShape.CrossCursor,
    begin=begin_throw,
    paint=paint_throw,
)
