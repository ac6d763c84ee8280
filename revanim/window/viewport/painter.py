"""The thread that paints: the newest request wins, so the picture is never behind the mouse."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter, sleep
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, SignalInstance
from PySide6.QtGui import QImage, QPainter

from revanim.draw.background import inks
from revanim.draw.overlay.captions import paint_words
from revanim.draw.overlay.compass import compass
from revanim.draw.overlay.facts import paint_facts
from revanim.draw.overlay.marks import needs_gauge, paint_marks
from revanim.draw.overlay.paths import paint_paths
from revanim.draw.overlay.pins import paint_pins
from revanim.draw.overlay.safe import paint_frame
from revanim.draw.overlay.whirls import paint_whirls
from revanim.draw.picture import picture
from revanim.draw.seen import seen
from revanim.draw.shot import Shot
from revanim.scene.attribute import BY
from revanim.scene.edits.paths import ways_of
from revanim.scene.gauge import Gauge
from revanim.scene.scene import Scene, View
from revanim.session.session import Selection
from revanim.session.threads.runner import Abandoned, Runner
from revanim.session.words import figures, tr
from revanim.session.work.viewing import Scope
from revanim.window.kit.theme import theme
from revanim.window.viewport.selected import paint_selected
from revanim.window.viewport.sight import Sight, paint_sight

COMPASS = 52  # pixels from the top right corner
UNKNOWN = Gauge(0.0, 1.0, 0.0, 0.0)
BEAT = 0.014  # seconds between two pictures: a display at 60 Hz shows no more
STILL = 0.25  # seconds without a picture: nothing moves


def compass_place(width: float) -> QPointF:
    """Return the middle of the compass in a viewport of this width."""
    return QPointF(width - COMPASS, COMPASS)


@dataclass(frozen=True, eq=False)
class Request:
    """Everything a picture depends on."""

    scene: Scene
    shot: Shot
    view: View
    selection: Selection
    sight: Sight
    scope: Scope
    annotated: bool
    width: int
    height: int
    ratio: float


class Painter:
    """Paints one request at a time, away from the window."""

    def __init__(self, parent: QObject, show: Callable[[QImage], object], until: SignalInstance) -> None:
        self.runner = Runner[Request, QImage](parent, self._follow, show, until=until, spare_a_core=False)
        self._times: deque[float] = deque(maxlen=24)
        self._due = 0.0  # when the display can take the next picture

    def paint(self, request: Request) -> None:
        """Paint this next, instead of whatever waits."""
        self.runner.order(request)

    def _follow(self, request: Request) -> None:
        """Paint, no more often than is seen: Qt keeps Python's lock as long as it paints, and a solve waits for it."""
        sleep(max(0.0, self._due - perf_counter()))
        if self.runner.waiting:
            raise Abandoned
        self._due = perf_counter() + BEAT
        self._times.append(perf_counter())
        self.runner.tell(self._paint(request))

    def _paint(self, r: Request) -> QImage:
        size, tokens, scope, scene = (r.width, r.height), theme.tokens, r.scope, r.scene
        if scope.gauge is None and needs_gauge(scene):
            plain: dict[str, Any] = dict.fromkeys(BY, "")
            scene = replace(scene, look=replace(scene.look, **plain, velocities=False, accelerations=False))
        image = picture(
            scene, r.shot, *size, ratio=r.ratio, view=r.view, tokens=tokens, only=scope.only, gauge=scope.gauge
        )
        painter, ink = QPainter(image), inks(scene.look, tokens)
        room = QRectF(0, 0, *size).intersected(scope.frame or QRectF(0, 0, *size))
        if r.annotated:
            chosen, gauge = r.selection, scope.gauge or UNKNOWN
            paint_marks(
                painter,
                size,
                r.view,
                scene,
                r.shot,
                gauge,
                chosen=chosen,
                only=scope.only,
                frame=room,
                tokens=ink,
                say=tr,
                figures=figures,
            )
        paint_words(painter, size, r.view, scene, r.shot, scope.frame, ink, tr)
        shown, radius = seen(scene, scope.only, r.shot.frame), scene.look.size * scene.bodies.radius
        if r.annotated:
            paint_pins(painter, size, r.view, r.shot.position, radius, shown & scene.bodies.pinned, ink)
            paint_whirls(painter, size, r.view, scene, r.shot.position, r.shot.frame, shown, ink)
        paint_selected(painter, size, r.view, r.shot.position, radius, r.selection & shown, ink)
        if r.annotated:
            paint_paths(painter, size, r.view, ways_of(scene, np.flatnonzero(r.selection)), ink)
            paint_sight(painter, size, r.ratio, r.view, scene, r.shot, r.sight, ink)
            if scope.frame is not None:
                paint_frame(painter, size, scope.frame, scope.safe, ink)
            paint_facts(
                painter,
                r.shot,
                int(scene.bodies.alive(r.shot.frame).sum()),
                room.topLeft(),
                rate=self._rate(),
                tokens=ink,
                say=tr,
                figures=figures,
            )
            compass(painter, r.view, compass_place(r.width), ink)
        painter.end()
        return image

    def _rate(self) -> float | None:
        """Return the pictures a second while they follow each other closely."""
        gaps = np.diff(self._times)
        return 1 / gaps.mean() if gaps.size and gaps.max() < STILL else None
