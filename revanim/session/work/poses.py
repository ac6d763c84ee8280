"""Poses from outside: a word, a file or a shape becomes targets, laid in the middle of what the camera shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from revanim.engine.parameter import Parameter
from revanim.scene.edits.targets import set_shape
from revanim.scene.pose import Pose, PoseKind, first_pose, kinds_reading, pose_kinds
from revanim.scene.scene import Index, Keyframe, Scene, View
from revanim.sentence import N_, Sentence, listed, named
from revanim.session.session import Session
from revanim.session.threads.jobs import Jobs
from revanim.session.threads.worker import Report, Worker
from revanim.session.work.fluids import Kind
from revanim.session.work.framing import centre, facing, fitting, room
from revanim.session.work.keyframes import Keyframes, free_bodies
from revanim.session.work.solving.solve import Solving
from revanim.session.work.sources import Wish

LATER = 4.0  # seconds from home to the pose of somebody who stands at home
DIGITS = 4  # of a place and a size that nobody has typed
OF_THE_HAND = {"plane", "rotation"}  # the camera says how a pose is laid, and R turns it
COLORED = Sentence("Its colours wait in the keyframe, which can give them to the bodies.")


@dataclass(frozen=True, eq=False)
class Spot:
    """For whom and for when a pose is, and how it is laid; the poses tried out at one spot are one undo step."""

    before: Scene
    frame: int
    bodies: Index
    view: View
    moved: bool  # whether the artist stood at home, where no pose can be
    gesture: object = field(default_factory=object)


@dataclass(frozen=True, eq=False)
class Recipe:
    """What to make a pose of: the first kind that can, and the values that are settled."""

    kinds: Sequence[PoseKind]
    source: str | Path | None  # a text, or a file
    values: Mapping[str, Any]
    count: int

    @property
    def title(self) -> Sentence:
        """What the undo step is called."""
        if isinstance(self.source, Path):
            return Sentence("Pose {name}", name=self.source.name)
        if self.source:
            return Sentence("Pose “{text}”", text=self.source)
        return Sentence("Pose {name}", name=named(self.kinds[0].name, "pose"))


@dataclass(frozen=True, eq=False)
class Placed:
    """A pose that has been placed; until the scene is edited otherwise, it can still be made anew."""

    spot: Spot
    recipe: Recipe
    scene: Scene  # with it
    key: Keyframe


class Poses(QObject):
    """Makes one pose at a time, in a thread of its own; the newest wish wins."""

    title = N_("Pose")
    verb = "Pose {name}"
    tip = N_("Let the selected bodies, or all, form this at the playhead (Return)")
    laid = None  # what it makes is seen in the picture itself
    changed = Signal()  # what has been placed, or whether something is being made

    def __init__(self, session: Session, jobs: Jobs, keyframes: Keyframes, solving: Solving) -> None:
        super().__init__(session)
        self.session, self.jobs, self.keyframes, self.solving = session, jobs, keyframes, solving
        self.placed: Placed | None = None
        self._worker: Worker | None = None
        self._next: tuple[Spot, Recipe] | None = None
        session.scene_changed.connect(self._leave)
        solving.changed.connect(self._leave)
        session.closing.connect(self._stop)

    @property
    def busy(self) -> bool:
        """Whether a pose is being made."""
        return self._worker is not None

    def type(self, text: str) -> None:
        """Let the selected bodies, or all, form a text at the playhead."""
        self._begin([pose_kinds()["text"]], text)

    def drop(self, path: Path) -> None:
        """Let them form what a file shows."""
        kinds = kinds_reading(path)
        if kinds:
            self._begin(kinds, path)
        else:
            self.session.failed.emit(
                Sentence("{name} holds no pose; drop an SVG, an image, a mesh or a file of points.", name=path.name)
            )

    # What the card asks for

    def kinds(self) -> Mapping[str, Kind]:
        """Return whatever a pose can come from, by name."""
        return sources()

    def asked(self, kind: Kind) -> list[Parameter]:
        """Return what a person is asked for, beginning with what has been placed, or would be."""
        spot = self.placed.spot if self.placed else self._spot()
        most = max(spot.bodies.size, 1)
        count = Parameter(N_("count"), spot.bodies.size, "", 1, most, N_("How many bodies take part"), whole=True)
        known = {"place": tidy(centre(spot.view, spot.before.planar)), "size": tidy(room(spot.view))}
        if self.placed:
            count = replace(count, default=self.placed.recipe.count)
            known |= self.placed.recipe.values
        wanted = [parameter for parameter in kind.parameters if parameter.name not in OF_THE_HAND]
        return [count, *(_beginning(parameter, known.get(parameter.name)) for parameter in wanted)]

    def make(self, wish: Wish) -> None:
        """Place a pose, or make the one that was placed last anew."""
        assert isinstance(wish.kind, PoseKind)
        recipe = Recipe([wish.kind], wish.source, wish.values, wish.count)
        if self.placed:
            self._make(self.placed.spot, recipe)
        else:
            self._begin([wish.kind], wish.source, recipe)

    # The work

    def _begin(self, kinds: Sequence[PoseKind], source: str | Path | None, recipe: Recipe | None = None) -> None:
        self.session.pause()
        self.placed = None
        spot = self._spot()
        if spot.bodies.size:
            self._make(spot, recipe or Recipe(kinds, source, {}, spot.bodies.size))
        else:
            self.session.failed.emit(Sentence("There is no body that could form a pose; add some first, with Shift+A."))

    def _spot(self) -> Spot:
        """Return the playhead, or where somebody who stands at home would want a pose."""
        session, timing, frame = self.session, self.session.scene.timing, self.session.frame
        at_home = frame <= timing.home
        if at_home:
            later = timing.home + round(LATER * timing.fps)
            frame = min(later, timing.last) if timing.last > timing.home else later
        return Spot(session.scene, frame, free_bodies(session.scene, session.selection), session.view, at_home)

    def _make(self, spot: Spot, recipe: Recipe) -> None:
        self._next = spot, recipe
        if self._worker is None:
            self._work()
        else:
            self._worker.cancel()

    def _work(self) -> None:
        if self._next is None:
            return
        (spot, recipe), self._next = self._next, None

        def work(report: Report) -> tuple[Recipe, Pose]:
            return laid(recipe, spot, report)

        def lay(made: tuple[Recipe, Pose]) -> None:
            if self._next is None:
                self._lay(spot, *made)

        self._worker = Worker(self, work)
        self._worker.done.connect(lay)
        self._worker.failed.connect(self.session.failed)
        self._worker.ended.connect(self._end)
        self.jobs.watch(Sentence("Making a pose…"), self._worker, self._worker.cancel)
        self.changed.emit()

    def _end(self) -> None:
        self._worker = None
        self._work()
        self.changed.emit()

    def _lay(self, spot: Spot, recipe: Recipe, pose: Pose) -> None:
        """Put the targets into the scene, which nobody else may have changed meanwhile."""
        session, again = self.session, self.placed is not None
        if session.scene is not (self.placed.scene if self.placed else spot.before):
            return
        who = spot.bodies[np.arange(recipe.count) * spot.bodies.size // recipe.count]
        before, self.placed = self.placed, None
        if not session.attempt(
            recipe.title, lambda _: set_shape(spot.before, spot.frame, who, pose.position, pose.color), spot.gesture
        ):
            self.placed = before
            return
        (key,) = (key for key in session.scene.keyframes if key not in spot.before.keyframes)
        self.keyframes.select([key])
        self.placed = Placed(spot, recipe, session.scene, key)
        self.changed.emit()
        if not again:
            self._tell(spot, pose)

    def _tell(self, spot: Spot, pose: Pose) -> None:
        """Go to the pose, and say what a person would not expect."""
        if spot.frame != self.session.frame:
            self.session.show(spot.frame)
        moved = Sentence(
            "The bodies start at frame {home}, so the pose is set at frame {frame}.",
            home=spot.before.timing.home,
            frame=spot.frame,
        )
        sentences = [moved] * spot.moved + [pose.note] * bool(pose.note) + [COLORED] * (pose.color is not None)
        if sentences:
            self.session.told.emit(listed(sentences))

    def _leave(self) -> None:
        """Let go of the pose when something else has changed the scene, or when it is being solved for."""
        if self.placed and (self.session.scene is not self.placed.scene or self.solving.running):
            self.placed = None
            self.changed.emit()

    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.close()


def laid(recipe: Recipe, spot: Spot, report: Report) -> tuple[Recipe, Pose]:
    """Return the pose in the scene, and the recipe with everything settled that was left open.

    Of several kinds the first that can makes it: a PLY may hold a mesh, or points alone. A size of 0 leaves the points
    of a file where they are.
    """
    own = recipe.values.get("size") == 0.0
    unit = {**recipe.values, "size": 0.0 if own else 1.0}
    unit.pop("place", None)
    kind, pose = first_pose(recipe.kinds, recipe.count, source=recipe.source, passed=report, **unit)
    values = {"size": tidy(fitting(pose.position, spot.view)), "place": tidy(centre(spot.view, spot.before.planar))}
    values |= recipe.values
    settled = replace(recipe, kinds=[kind], values=values)
    if own:
        return settled, pose
    place = values["place"] + values["size"] * pose.position @ facing(spot.view, spot.before.planar)
    return settled, replace(pose, position=place)


@cache
def sources() -> dict[str, PoseKind]:
    """Return the sources that a person can be asked for, by name: a text, then files, then plain shapes."""
    order = {"text": 0, "file": 1, "nothing": 2}
    asked = [kind for kind in pose_kinds().values() if kind.source in order]
    return {kind.name: kind for kind in sorted(asked, key=lambda kind: order[kind.source])}


def _beginning(parameter: Parameter, value: Any) -> Parameter:
    """Return a parameter that begins with a value, if there is one; a choice is told by its name."""
    if value is None:
        return parameter
    if parameter.choices:
        known = value in parameter.choices  # what one kind of pose calls outline, another does not know
        return replace(parameter, default=float(parameter.choices.index(value))) if known else parameter
    return replace(parameter, default=value if parameter.axes == 1 else tuple(np.asarray(value).tolist()))


def tidy(value: Any) -> Any:
    """Return numbers with few digits, as a person would type them."""
    rounded = np.array([float(f"{one:.{DIGITS}g}") for one in np.atleast_1d(value)])
    return rounded if np.ndim(value) else float(rounded[0])
