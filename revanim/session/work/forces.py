"""Forces, flows and moves under the hand: which is looked at, and what is done with them; each deed one undo step."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil, floor, log10
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from revanim.engine.flow import flow_kinds
from revanim.engine.force import force_kinds
from revanim.engine.kind import AnyKind
from revanim.engine.move import move_kinds
from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.edits import add_links, add_part, link_bodies
from revanim.scene.edits.parts import AMONG, PARTS, Among, replace_part, set_parts
from revanim.scene.given import sealed
from revanim.scene.part import MAKERS, installed, kind_of
from revanim.scene.scene import Bodies, Index, Part, Scene
from revanim.scene.values import HAIR, act_on, own_values
from revanim.sentence import Sentence
from revanim.session.drag import Drag, origin_of
from revanim.session.session import Session
from revanim.session.threads.jobs import Jobs
from revanim.session.work.bodies import still_walking, way_here
from revanim.session.work.titles import title_of, title_of_kind
from revanim.session.work.watch.weighing import Weighing

AROUND, GAP = 1.3, 1.0  # how wide an obstacle is that is added, over the bodies, and how far below, over their radius


@dataclass(frozen=True)
class Place:
    """Where a force, a flow or a move stands in the scene."""

    among: Among
    index: int


class Forces(QObject):
    """The forces, flows and moves of the session's scene."""

    changed = Signal()  # which one is looked at
    animating = Signal()  # a value is about to change over the frames

    def __init__(self, session: Session, jobs: Jobs) -> None:
        super().__init__(session)
        self.session = session
        self.weighing = Weighing(session, jobs)
        self._place: Place | None = None
        session.scene_changed.connect(self._refresh)

    @property
    def place(self) -> Place | None:
        """Where the one is that the window shows in full; whoever hears first of a scene without it finds none."""
        place = self._place
        return place if place and place.index < len(getattr(self.session.scene, place.among)) else None

    def all(self) -> list[tuple[Place, Part]]:
        """Return every force, then every flow, then every move, with its place."""
        scene = self.session.scene
        return [(Place(among, i), part) for among in PARTS for i, part in enumerate(getattr(scene, among))]

    def at(self, place: Place) -> Part:
        """Return the part at a place."""
        part: Part = getattr(self.session.scene, place.among)[place.index]
        return part

    @property
    def looked_at(self) -> Part | None:
        """The part that is shown in full; None where there is none, or none any more."""
        place = self.place
        return self.at(place) if place else None

    def look_at(self, place: Place | None) -> None:
        """Let the window show this one in full."""
        self._place = place
        self.changed.emit()

    def put(self, text: Sentence, place: Place, change: Callable[[Part], Part], drag: Drag | None = None) -> None:
        """Change one part; raises RevanimError where it cannot be so. A drag starts from the scene before it."""
        scene = origin_of(drag, self.session.scene)
        part = getattr(scene, place.among)[place.index]
        self.session.edit(text, replace_part(scene, place.among, place.index, change(part)), drag)

    def change(self, text: Sentence, place: Place, change: Callable[[Part], Part]) -> None:
        """Change one part, or say why it cannot be so."""
        self.session.attempt(text, lambda scene: replace_part(scene, place.among, place.index, change(self.at(place))))

    def add(self, name: str, way: str = "In a chain") -> None:
        """Add a force, a flow or a move, after asking where frames would take long.

        One along links goes among the selected bodies, or all, in one of WAYS.
        """
        kind = installed(name)
        assert kind is not None
        among = AMONG[kind.role]
        place = Place(among, len(getattr(self.session.scene, among)))

        def added(scene: Scene) -> Scene:
            if kind.linked:
                return add_links(scene, name, *self._chosen(way))
            return add_part(scene, fresh(kind, scene))

        self.weighing.add(Sentence("Add {part}", part=title_of_kind(kind)), added, lambda: self.look_at(place))

    def _chosen(self, way: str) -> tuple[Index, str, Floats]:
        """Return the selected bodies, or all, the way to link them, and where each is in the frame asked for."""
        session = self.session
        stand = way_here(session)
        if stand is None:
            raise RevanimError(still_walking(session))
        place = stand().bodies.position
        chosen = session.selection if session.selection.any() else np.ones_like(session.selection)
        return np.flatnonzero(chosen), way, place

    def link(self, place: Place, way: str) -> None:
        """Let a force act along the links among the selected bodies, or all."""
        text = Sentence("Link {part}", part=title_of(self.at(place)))
        self.session.attempt(text, lambda scene: link_bodies(scene, place.index, *self._chosen(way)))

    def act_on(self, place: Place, bodies: Index | None) -> None:
        """Let a part act on these bodies, or on all."""
        count = self.session.scene.bodies.count
        self.change(
            Sentence("{part} acts on others", part=title_of(self.at(place))),
            place,
            lambda part: act_on(part, bodies, count),
        )

    def mute(self, place: Place) -> None:
        """Let a part rest, or act again."""
        part = self.at(place)
        name = title_of(part)
        text = Sentence("Unmute {part}" if part.muted else "Mute {part}", part=name)
        self.change(text, place, lambda part: replace(part, muted=not part.muted))

    def remove(self, place: Place) -> None:
        """Take a part out of the scene."""
        scene, part = self.session.scene, self.at(place)
        left = [other for other in getattr(scene, place.among) if other is not part]
        self.session.edit(Sentence("Remove {part}", part=title_of(part)), set_parts(scene, place.among, left))

    def reorder(self, place: Place, index: int) -> None:
        """Put a part before the one that is at an index now, or at the end."""
        scene, part = self.session.scene, self.at(place)
        order = list(getattr(scene, place.among))
        order.insert(index, part)
        del order[place.index + (index <= place.index)]
        if order != list(getattr(scene, place.among)):
            self.session.edit(Sentence("Move {part}", part=title_of(part)), set_parts(scene, place.among, order))

    def _refresh(self, before: Scene, scene: Scene) -> None:
        if self._place and self.place is None:
            self.look_at(None)


def same_parts(before: Scene, scene: Scene) -> bool:
    """Whether the forces, flows and moves of two scenes are the same, so that their values are."""
    return all(getattr(before, among) is getattr(scene, among) for among in PARTS)


def kinds_in_order() -> list[AnyKind]:
    """Return every force, flow and move in the order of their menu."""
    every: list[AnyKind] = [*force_kinds().values(), *flow_kinds().values(), *move_kinds().values()]
    return sorted(every, key=lambda kind: (kind.order, kind.name))


def fresh(kind: AnyKind, scene: Scene) -> Part:
    """Return a part as it is added to a scene: it knows how large the bodies are, and is not amid them.

    What pulls down pulls in the plane of a planar scene.
    """
    begun: dict[str, Any] = {}
    for each in kind.parameters:
        own = own_values(each, scene.bodies, np.arange(scene.bodies.count))
        if own is not None:
            begun[each.name] = own
        elif scene.planar and each.planar is not None:
            begun[each.name] = each.planar
    return _under(_beneath(_around(MAKERS[kind.role](kind.name, **begun), scene), scene.bodies), scene)


def still_values(part: Part) -> dict[str, Floats]:
    """Return the values of a part that are the same at all frames."""
    return {name: value for name, value in part.values.items() if isinstance(value, np.ndarray)}


def _around(part: Part, scene: Scene) -> Part:
    """Return a part laid around bodies and targets that lasts until the last key, or as long as the scene does."""
    kind, timing = kind_of(part), scene.timing
    if not kind.around or not scene.bodies.count:
        return part
    asked = [key.position for key in scene.keyframes if key.position is not None]
    place = np.concatenate([scene.bodies.position, *asked])
    low, high = place.min(axis=0), place.max(axis=0)
    last = max((key.end for key in scene.keyframes), default=timing.last)
    begin, seconds = kind.span
    values = {begin: timing.home / timing.fps, seconds: max(last - timing.home, 1) / timing.fps}
    for each in kind.parameters:
        if each.lies == "place":
            values[each.name] = 0.5 * (low + high)
        elif each.lies == "size":
            values[each.name] = 0.5 * float((high - low).max()) or 1.0
    return replace(part, values={**part.values, **{name: sealed(np.array(value)) for name, value in values.items()}})


def _beneath(part: Part, bodies: Bodies) -> Part:
    """Return a part whose plane lies as low as the bodies reach, and no higher than it does."""
    kind, still = kind_of(part), still_values(part)
    if kind.plane is None or not bodies.count:
        return part
    point, normal = kind.plane(still)
    deep = float(np.min((bodies.position - point) @ normal - bodies.radius))
    if deep > -2 * HAIR * float(bodies.radius.max()):
        return part
    finer = 10.0 ** (1 - floor(log10(-deep)))
    lower = -ceil(-deep * finer) / finer  # two digits, as a person would write it
    lengths = [each for each in kind.parameters if each.per == "scene" and each.unit == "length"]
    moved = {each.name: still[each.name] + lower * (normal if each.axes == 3 else 1.0) for each in lengths}
    return replace(part, values={**part.values, **moved})


def _under(part: Part, scene: Scene) -> Part:
    """Return a part whose obstacle lies under the bodies, about as wide as they are together."""
    kind, bodies, up = kind_of(part), scene.bodies, 1 if scene.planar else 2
    if kind.shell is None or not bodies.count:
        return part
    still = still_values(part)
    reach, level = bodies.radius[:, None], [axis for axis in range(3) if axis != up]
    low, high = (bodies.position - reach).min(axis=0), (bodies.position + reach).max(axis=0)
    times = AROUND * float((high - low)[level].max()) / float(np.ptp(kind.shell(still)[0], axis=0)[level].max())
    digit = 10.0 ** floor(log10(times))
    times = ceil(times / digit) * digit  # one digit, as a person would write it
    wider = {each.name: times * still[each.name] for each in kind.parameters if each.lies in ("size", "edges", "way")}
    place = next(each.name for each in kind.parameters if each.lies == "place")
    top = (kind.shell({**still, **wider})[0] - still[place]).max(axis=0)[up]
    middle = 0.5 * (low + high)
    middle[up] = low[up] - top - GAP * float(bodies.radius.mean())
    middle[2] *= not scene.planar
    return replace(part, values={**part.values, **wider, place: middle})
