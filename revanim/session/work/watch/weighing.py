"""How long the frames of a scene take with what is added to it, and what makes them shorter."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from time import perf_counter

import numpy as np
from PySide6.QtCore import QObject

from revanim.engine.force import force_kinds
from revanim.engine.parameter import Floats
from revanim.engine.scheme import schemes
from revanim.error import RevanimError
from revanim.scene import edits
from revanim.scene.build import make_playhead
from revanim.scene.edits import only
from revanim.scene.edits.parts import set_forces
from revanim.scene.given import frozen
from revanim.scene.part import kind_of
from revanim.scene.scene import Index, Part, Scene
from revanim.scene.values import act_on
from revanim.sentence import NOTHING, Sentence
from revanim.session.counts import number
from revanim.session.session import Session
from revanim.session.threads.jobs import Jobs
from revanim.session.threads.runner import nothing
from revanim.session.threads.worker import Report, Worker, close_workers
from revanim.session.work.titles import title_of

LONG = 2.0  # seconds that a frame takes, and a person is asked about
SHORT = 1.0  # seconds, about, that it takes with what is offered
QUICK = 10**9  # pairs in a frame: whatever the machine, they take no longer than that
SAMPLE = 1500  # bodies, so many that all threads are at work among them

Change = Callable[[Scene], Scene]
Go = Callable[[], object]
Answer = tuple[Sentence, Go]
LEAVE: Answer = (Sentence("Leave it"), nothing)


class Weighing(QObject):
    """Weighs beside the window what would make frames long, and asks the person.

    A force is weighed before it is added; whatever else brings more pairs, as bodies or a file do, once it is there.
    """

    def __init__(self, session: Session, jobs: Jobs) -> None:
        super().__init__(session)
        self.session, self.jobs = session, jobs
        self._known = 0  # pairs in a frame of the scene that have been weighed
        self._asks = False
        session.opened.connect(self._forget)
        session.scene_changed.connect(self._watch)
        session.closing.connect(self._close)

    def _close(self) -> None:
        close_workers(self)

    def _forget(self) -> None:
        self._known = 0

    def add(self, text: Sentence, change: Change, then: Go) -> None:
        """Make the edit that adds a force, at once or when the person wants it all the same; go on after it."""
        session, before = self.session, self.session.scene

        def make(remedy: Change | None = None) -> None:
            if session.attempt(text, lambda scene: remedy(change(scene)) if remedy else change(scene)):
                then()

        after = would_be(before, change)
        if pairs_in_scene(after) < QUICK or pairs_in_scene(after) <= pairs_in_scene(before):
            make()
            return

        def anyway() -> None:
            self._known = pairs_in_scene(after)
            make()

        answers = [(Sentence("Add anyway"), anyway), LEAVE]
        self._weigh(after, anyway, lambda seconds: self._ask(after, seconds, make, answers))

    def _watch(self, before: Scene, after: Scene) -> None:
        """Ask about a scene that has become heavy, and no more about one that is so no longer."""
        pairs = pairs_in_scene(after)
        if self._asks and pairs < QUICK:
            self._asks = False
            self.session.asked.emit(NOTHING, [])
        if pairs <= max(self._known, QUICK):
            return
        self._known = pairs
        text = Sentence("Shorten the frames")

        def shorten(remedy: Change) -> None:
            self.session.attempt(text, remedy)

        self._weigh(after, nothing, lambda seconds: self._ask(after, seconds, shorten, [LEAVE]))

    def _weigh(self, scene: Scene, quick: Go, slow: Callable[[float], object]) -> None:
        """Find out how long a frame of a scene takes, and go on: at once where something has been done meanwhile."""
        part, before = heaviest(scene), self.session.scene
        worker = Worker(self, lambda report: seconds_in_frame(scene, part, report))
        worker.done.connect(
            lambda seconds: slow(seconds) if seconds >= LONG and self.session.scene is before else quick()
        )
        worker.failed.connect(self.session.failed)
        self.jobs.watch(Sentence("Looking how long a frame takes…"), worker, worker.leave)

    def _ask(self, scene: Scene, seconds: float, shorten: Callable[[Change], object], others: list[Answer]) -> None:
        part, count = heaviest(scene), scene.bodies.count
        sentence = Sentence(
            "With {part} among {count} bodies a frame takes about {seconds} seconds here.",
            part=title_of(part), count=number(count), seconds=number(round(seconds)),
        )  # fmt: skip
        offered = [(words, partial(shorten, remedy)) for words, remedy in remedies(scene, SHORT / seconds)]
        self._asks = True
        self.session.asked.emit(sentence, [*offered, *others])


def would_be(scene: Scene, change: Change) -> Scene:
    """Return what a change makes of a scene; the same where it cannot be made, which is said when it is."""
    try:
        return change(scene)
    except RevanimError:
        return scene


def pairs_in_scene(scene: Scene) -> int:
    """Return how many pairs of bodies all forces of a scene compute in a frame."""
    return sum(pairs_in_frame(scene, part) for part in scene.forces if not part.muted)


def heaviest(scene: Scene) -> Part:
    """Return the force that computes most pairs, the last of equal ones."""
    return max((part for part in reversed(scene.forces) if not part.muted), key=partial(pairs_in_frame, scene))


def pairs_in_frame(scene: Scene, part: Part) -> int:
    """Return how many pairs of bodies a force computes in a frame."""
    mass = scene.bodies.mass if part.bodies is None else scene.bodies.mass[part.bodies]
    return pairs_among(part, mass) * schemes()[scene.scheme].evaluations * scene.timing.steps_per_frame


def pairs_among(part: Part, mass: Floats) -> int:
    """Return how many pairs a force computes among bodies of these masses, float64[k]."""
    kind = force_kinds().get(part.kind)  # one that is not installed computes nothing
    return kind.kernels.among(mass.size, part.values).pairs(mass) if kind else 0


def seconds_in_frame(scene: Scene, part: Part, report: Report) -> float:
    """Return about how long a force takes in a frame: a few of its bodies are walked a step."""
    who = np.arange(scene.bodies.count) if part.bodies is None else part.bodies
    few = only(set_forces(scene, [part]), spread(who, SAMPLE))
    playhead = make_playhead(few)
    playhead.step(1)  # machine code may have to be made or loaded first
    report(None)
    started = perf_counter()
    playhead.step(1)
    seconds = perf_counter() - started
    share = pairs_in_frame(few, few.forces[0]) / few.timing.steps_per_frame
    return seconds * pairs_in_frame(scene, part) / max(share, 1.0)


def spread(who: Index, count: int) -> Index:
    """Return so many of some bodies, evenly among them."""
    return who[np.unique(np.linspace(0, who.size - 1, min(count, who.size)).astype(np.int64))]


def remedies(scene: Scene, share: float) -> list[tuple[Sentence, Change]]:
    """Return what would make the frames this much shorter, or much shorter at least, with words for it; best first."""
    part, mass = heaviest(scene), scene.bodies.mass
    offered = []
    for name, values in kind_of(part).quick.items():
        quick = replace(part, values={**part.values, **{key: frozen(value, key) for key, value in values.items()}})
        if pairs_in_frame(scene, quick) < pairs_in_frame(scene, part):
            offered.append((Sentence(name), partial(in_place_of_heaviest, quick)))
    light = np.where(np.arange(mass.size) < mass.size // 2, mass, 0.0)
    weightless = pairs_among(part, light) < pairs_among(part, mass)
    if weightless and part.bodies is None and not any(kind_of(other).divides_by_mass for other in scene.forces):
        few = int(mass.size * share)
        return [*offered, (Sentence("Only {few} attract", few=number(few)), partial(let_few_attract, few=few))]
    who = np.arange(mass.size) if part.bodies is None else part.bodies
    most = pairs_among(part, mass[who]) * share
    count = bisect_right(range(who.size), most, key=lambda count: pairs_among(part, mass[spread(who, count)])) - 1
    some = spread(who, max(count, 1))
    words = Sentence("Only among {few}", few=number(some.size))
    return [*offered, (words, lambda scene: in_place_of_heaviest(act_on(heaviest(scene), some, mass.size), scene))]


def in_place_of_heaviest(other: Part, scene: Scene) -> Scene:
    """Let another part take the place of the heaviest force."""
    heavy = heaviest(scene)
    return set_forces(scene, [other if one is heavy else one for one in scene.forces])


def let_few_attract(scene: Scene, few: int) -> Scene:
    """Let few bodies have all the mass: the heaviest, or some evenly among bodies that weigh alike."""
    mass = scene.bodies.mass
    alike = np.ptp(mass) == 0.0
    chosen = spread(np.arange(mass.size), few) if alike else np.argsort(-mass, kind="stable")[:few]
    left = np.zeros_like(mass)
    left[chosen] = mass[chosen] * (mass.sum() / mass[chosen].sum())
    return edits.set_bodies(scene, np.arange(mass.size), mass=left)
