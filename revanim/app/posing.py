"""Poses from outside: a typed word or a dropped file becomes targets, laid in the middle of what the camera shows."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject

from revanim.app.keys import free_bodies
from revanim.app.words import tr
from revanim.app.worker import Report, Worker
from revanim.draw import camera
from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.pose import Pose, kinds_reading, make_pose
from revanim.scene.scene import View
from revanim.scene.targets import set_shape

if TYPE_CHECKING:
    from revanim.app.session import Session

SHARE = 0.62  # of the height and width of the picture that a pose takes at most
WIDE = 16 / 9


class Posing(QObject):
    """Makes one pose at a time, in a thread of its own."""

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self.session = session
        session.closing.connect(self._stop)

    def type(self, text: str) -> None:
        """Let the selected bodies, or all, form a text at the playhead."""
        self._make(["text"], text, tr("Pose “{text}”", text=text))

    def drop(self, path: Path) -> None:
        """Let them form what a file shows."""
        kinds = [kind.name for kind in kinds_reading(path)]
        if kinds:
            self._make(kinds, path, tr("Pose {name}", name=path.name))
        else:
            self.session.failed.emit(f"{path.name} holds no pose; drop an SVG, an image, a mesh or a file of points.")

    def _make(self, kinds: Sequence[str], source: Any, title: str) -> None:
        session, scene, view, frame = self.session, self.session.scene, self.session.view, self.session.frame
        bodies = free_bodies(scene, session.selection)
        if not session.keys.possible(frame):
            return

        def work(report: Report) -> Pose:
            return first_pose(kinds, bodies.size, source, report)

        def lay(pose: Pose) -> None:
            place = centre(view, scene.planar) + scale(pose.position, view) * pose.position @ facing(view, scene.planar)
            if session.keys.edit(title, lambda: set_shape(session.scene, frame, bodies, place)):
                session.keys.select(key for key in session.keys.here if key.shape)
                if pose.note:
                    session.told.emit(pose.note)

        self._stop()
        worker = Worker(self, work)
        worker.done.connect(lay)
        worker.failed.connect(session.failed)

    def _stop(self) -> None:
        for worker in self.findChildren(Worker):
            worker.stop()


def first_pose(kinds: Sequence[str], count: int, source: Any, report: Report) -> Pose:
    """Return the pose of the first kind that can make one: a PLY may hold a mesh, or points alone."""
    *others, last = kinds
    for kind in others:
        with suppress(RevanimError):
            return make_pose(kind, count, source=source, size=1.0, passed=report)
    return make_pose(last, count, source=source, size=1.0, passed=report)


def facing(view: View, planar: bool) -> Floats:
    """Return which way right, up and towards the eye of a pose lie: float64[3, 3], one in a row."""
    right, up, forward = np.eye(3) * [[1], [1], [-1]] if planar else camera.axes(view)
    return np.array([right, up, -forward])


def centre(view: View, planar: bool) -> Floats:
    """Return the middle of what the camera shows; in a planar scene it lies in the plane."""
    return np.where([True, True, not planar], view.target, 0.0)


def scale(points: Floats, view: View) -> float:
    """Return by how much to enlarge points, centred on the origin, to fill a good part of the picture."""
    height = 2 * camera.SLOPE * view.distance
    across, tall = np.ptp(points[:, 0]) / WIDE, np.ptp(points[:, 1])
    return SHARE * height / float(max(across, tall, 1e-12))
