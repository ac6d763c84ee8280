"""Adding bodies from a source: a word, a file, a shape, a chain, a cloth or a galaxy, in the middle of the picture."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from revanim.draw.dress.palette import first_colors
from revanim.engine.forces.uniform import uniform
from revanim.engine.parameter import Floats, Keyed, Parameter
from revanim.scene import edits
from revanim.scene.edits.paths import ways_of
from revanim.scene.placing import PLACING
from revanim.scene.pose import MOST, make_pose, pose_kinds
from revanim.scene.scene import Part, Scene
from revanim.scene.shapes.jet import FIRST
from revanim.scene.source import (
    Assembly,
    SourceKind,
    is_planar_with,
    make_assembly,
    scene_of,
    shares,
    source_kinds,
)
from revanim.sentence import N_, NOTHING, Sentence, named
from revanim.session.session import Session
from revanim.session.threads.jobs import Job, Jobs
from revanim.session.threads.worker import Report, Worker, close_workers
from revanim.session.work import bodies as editing
from revanim.session.work.fluids import SMOKE, Kind, as_smoke, asks_smoke, begun, fixed, flow_of, joined
from revanim.session.work.forces import fresh
from revanim.session.work.framing import centre, facing, facing_all
from revanim.session.work.suggested import suggested
from revanim.session.work.titles import title_of_kind

WAYS = {"front": N_("Front"), "side": N_("Side"), "ground": N_("Ground"), "camera": N_("Camera")}
LIES = Parameter(N_("faces"), 0.0, "", 0.0, 3.0, N_("Which way it faces; “Ground” lays it flat"), choices=tuple(WAYS))
STANDS = Parameter("on_floor", 0.0, "", 0.0, 1.0, N_("Whether it just touches the floor, z = 0"), choices=("no", "yes"))
ON_FLOOR = N_("on floor")  # as its name is read
FOLLOWS = Parameter(
    N_("follows"), 1.0, "", 0.0, 1.0, N_("Whether they come out of the selected body, and go along with it"),
    choices=("no", "yes"),
)  # fmt: skip
THICK = 0.3  # radius of a body, of the distance to the next
LONE = 0.02  # radius, of the size, where there is no next
HANGS = Sentence("Nothing pulls at it yet.")
FALL = Sentence("Let it fall")


@dataclass(frozen=True, eq=False)
class Wish:
    """What a person asks for."""

    kind: Kind
    count: int
    source: str | Path | None  # a text, or a file
    values: Mapping[str, Any]


class Sources(QObject):
    """Makes what is asked for in a thread of its own, one at a time, and puts it into the scene as one undo step.

    The scene goes on meanwhile: the bodies are joined to what it has become, and once more if it changes even then.
    """

    title = N_("Add Bodies")
    verb = "Add {name}"
    tip = N_("Put the bodies in the middle of the picture (Return)")
    placed = None  # what has been added is not made anew
    changed = Signal()  # whether it is at work

    def __init__(self, session: Session, jobs: Jobs) -> None:
        super().__init__(session)
        self.session, self.jobs = session, jobs
        self._job: Job | None = None
        self._worker: Worker | None = None
        session.opened.connect(self.stop)
        session.closing.connect(self._close)

    @property
    def busy(self) -> bool:
        """Whether it is at work."""
        return self._job is not None

    def kinds(self) -> Mapping[str, Kind]:
        """Return whatever bodies can come from, by name."""
        return kinds()

    def asked(self, kind: Kind) -> list[Parameter]:
        """Return what a person is asked for, with what to begin with."""
        least = kind.least if isinstance(kind, SourceKind) else 1
        count = Parameter(N_("count"), kind.usual, "", least, MOST, N_("How many bodies"), whole=True)
        known = fixed(self.session.scene, kind)
        own = [replace(one, default=suggested(self.session, kind, one)) for one in asked(kind) if one.name not in known]
        own += [SMOKE] if asks_smoke(self.session.scene, kind) else []
        own += [FOLLOWS] if isinstance(kind, SourceKind) and FIRST in kind.parameters and self._way else []
        flow = flow_of(kind)
        if self.session.scene.planar or (flow is not None and flow.planar):
            return [count, *own]
        stands = isinstance(kind, SourceKind) and kind.stands
        lies = replace(LIES, default=float(LIES.choices.index(kind.lies)))
        return [count, *own, lies, replace(STANDS, default=float(stands))]

    def make(self, wish: Wish) -> None:
        """Make bodies, and lay them in the middle of the picture as it stands now."""
        self.stop()
        self._job = self.jobs.begin(Sentence("Adding {name}…", name=named(wish.kind.name)), self.stop)
        self._run(self.laid(wish), lambda made: self._join(wish, *made))
        self.changed.emit()

    def laid(self, wish: Wish) -> Callable[[Report], tuple[Scene, Sentence]]:
        """Return what makes the bodies of a wish as a scene of their own, in any thread, and a sentence about them."""
        view, before = self.session.view, self.session.scene
        mass, fps, kind = before.bodies.mass, before.timing.fps, wish.kind
        weight = float(np.median(mass)) if mass.size else 1.0
        values = {**wish.values, **fixed(before, kind)}
        lies, stands = values.pop(LIES.name, "camera"), values.pop(STANDS.name, "no") == "yes"
        smoke = values.pop(SMOKE.name, "no") == "yes"
        follows = self._way if values.pop(FOLLOWS.name, "no") == "yes" else None

        def work(report: Report) -> tuple[Scene, Sentence]:
            planar = is_planar_with(before, kind) if isinstance(kind, SourceKind) else before.planar
            bodies, note = assembly(replace(wish, values=values), weight, report)
            report(None)
            bodies = as_smoke(bodies, before) if smoke else bodies
            color = first_colors(begun(before, kind, planar).look, before.bodies.color, shares(bodies))
            turning, middle = facing(view, planar, lies), centre(view, planar)
            laid = {"planar": planar, "stands": stands, "follows": follows}
            return scene_of(bodies, turning, middle, fps=fps, color=color, **laid), note

        return work

    @property
    def _way(self) -> Keyed | None:
        """The path of the selected body, where it is one and has one."""
        ways = ways_of(self.session.scene, np.flatnonzero(self.session.selection))
        return ways[0] if len(ways) == 1 else None

    def _join(self, wish: Wish, bodies: Scene, note: Sentence) -> None:
        """Join bodies to the scene as it is now, beside the window as well."""
        session, before = self.session, self.session.scene
        session.pause()
        self._hear(None)
        stand = editing.way_here(session)
        if stand is None:
            session.failed.emit(editing.still_walking(session))
            return

        def lay(scene: Scene) -> None:
            if session.scene is before:
                self._put(wish, scene, note, bodies)
            else:
                self._join(wish, bodies, note)

        self._run(lambda report: joined(stand(), wish.kind, bodies), lay)

    def _put(self, wish: Wish, scene: Scene, note: Sentence, bodies: Scene) -> None:
        """Make the scene with the bodies in it an undo step, and select them."""
        session, before, kind = self.session, self.session.scene, wish.kind

        def again(earlier: Scene) -> None:
            self._run(
                lambda report: joined(earlier, wish.kind, bodies), lambda both: self._put(wish, both, note, bodies)
            )

        session.edit(Sentence("Add {name}", name=named(kind.name)), scene)
        if not before.bodies.count:
            flat = session.view.flat or (scene.planar and not before.planar)
            session.look_from(replace(facing_all(session.view, scene.bodies.position), flat=flat))
        session.select(np.arange(scene.bodies.count) >= before.bodies.count)
        if note:
            session.told.emit(note)
        elif isinstance(kind, SourceKind) and not (scene.flows or any(map(pulls, scene.forces))):
            session.offered.emit(HANGS, FALL, self._let_fall)
        editing.say_home(session, before, again)

    def _let_fall(self) -> None:
        """Let everything be pulled down."""
        text = Sentence("Add {part}", part=title_of_kind(uniform))
        self.session.attempt(text, lambda scene: edits.add_part(scene, fresh(uniform, scene)))

    def stop(self) -> None:
        """Leave the work, if there is any."""
        if self._worker is not None:
            self._worker.leave()
        self._finish()

    def _run(self, work: Callable[[Report], Any], then: Callable[[Any], None]) -> None:
        self._worker = worker = Worker(self, work)
        worker.reported.connect(self._hear)
        worker.done.connect(then)
        worker.failed.connect(self.session.failed)
        worker.ended.connect(lambda: self._end(worker))

    def _hear(self, part: object) -> None:
        if self._job is not None:
            self.jobs.hear(self._job, part)

    def _end(self, worker: Worker) -> None:
        if worker is self._worker:  # no other has followed it
            self._finish()

    def _finish(self) -> None:
        if self._job is not None:
            self.jobs.end(self._job)
        self._job = self._worker = None
        self.changed.emit()

    def _close(self) -> None:
        close_workers(self)


def pulls(part: Part) -> bool:
    """Whether a force acts on bodies that no links join."""
    return part.links is None


def assembly(wish: Wish, weight: float, report: Report) -> tuple[Assembly, Sentence]:
    """Return the bodies of a wish, and a sentence on what a person would not expect, or nothing."""
    if isinstance(wish.kind, SourceKind):
        return make_assembly(wish.kind.name, wish.count, passed=report, **wish.values), NOTHING
    pose = make_pose(wish.kind.name, wish.count, source=wish.source, passed=report, **wish.values)
    position = pose.position
    size = float(np.ptp(position, axis=0).max(initial=0.0)) or 1.0
    return Assembly(
        position=position,
        mass=np.full(len(position), weight),
        radius=np.full(len(position), THICK * gap(position) or LONE * size),
        color=pose.color,
    ), pose.note


def gap(position: Floats) -> float:
    """Return the usual distance from a point to the next."""
    if len(position) < 2:
        return 0.0
    from scipy.spatial import KDTree  # slow to load, and not needed to start

    away, _ = KDTree(position).query(position, k=2)
    return float(np.median(away[:, 1]))


@cache
def kinds() -> dict[str, Kind]:
    """Return whatever bodies can come from, by name: those that make something of nothing first."""
    poses = [kind for kind in pose_kinds().values() if kind.source != "positions"]
    order = {"nothing": 1, "text": 0, "file": 2}
    ordered = sorted(poses, key=lambda kind: order[kind.source])
    every: list[Kind] = [*source_kinds().values(), *ordered]
    return {kind.name: kind for kind in every}


def asked(kind: Kind) -> list[Parameter]:
    """Return the parameters that a person is asked for: the camera says where and how bodies are laid."""
    laid = {parameter.name for parameter in PLACING} - {"size"}
    return [parameter for parameter in kind.parameters if parameter.name not in laid]
