"""How long the frames of a scene take with one more force, said before it is added; and what makes them shorter."""

from collections.abc import Callable
from functools import partial
from time import perf_counter

import numpy as np
from PySide6.QtCore import QObject

from revanim.engine.force import no_pairs
from revanim.engine.scheme import schemes
from revanim.error import RevanimError
from revanim.scene import edits
from revanim.scene.build import make_playhead
from revanim.scene.edits import only
from revanim.scene.edits.parts import set_forces
from revanim.scene.part import kind_of
from revanim.scene.scene import Index, Part, Scene
from revanim.scene.values import act_on
from revanim.sentence import Sentence, named
from revanim.session.counts import number
from revanim.session.session import Session
from revanim.session.threads.jobs import Jobs
from revanim.session.threads.worker import Report, Worker, close_workers

LONG = 2.0  # seconds that a frame takes, and a person is asked about
SHORT = 1.0  # seconds, about, that it takes with what is offered
QUICK = 10**9  # pairs in a frame: whatever the machine, they take no longer than that
SAMPLE = 1500  # bodies, so many that all threads are at work among them

Change = Callable[[Scene], Scene]


class Weighing(QObject):
    """Adds forces; one that would make frames long is weighed beside the window, and the person is asked."""

    def __init__(self, session: Session, jobs: Jobs) -> None:
        super().__init__(session)
        self.session, self.jobs = session, jobs
        session.closing.connect(self._close)

    def _close(self) -> None:
        close_workers(self)

    def add(self, text: Sentence, change: Change, then: Callable[[], object]) -> None:
        """Make the edit that adds a force, at once or when the person wants it all the same; go on after it."""
        session, before = self.session, self.session.scene

        def make(change: Change) -> None:
            if session.attempt(text, change):
                then()

        fresh = new_forces(before, change)
        if not fresh or pairs_in_frame(before, fresh[0]) < QUICK:
            make(change)
            return
        worker = Worker(self, lambda report: seconds_in_frame(before, fresh[0], report))
        worker.done.connect(lambda seconds: self._weigh(seconds, before, fresh[0], change, make))
        worker.failed.connect(session.failed)
        self.jobs.watch(Sentence("Looking how long a frame takes…"), worker, worker.leave)

    def _weigh(
        self, seconds: float, before: Scene, part: Part, change: Change, make: Callable[[Change], object]
    ) -> None:
        if seconds < LONG or self.session.scene is not before:
            make(change)
            return
        few = int(before.bodies.count * SHORT / seconds)
        sentence = Sentence(
            "With {part} among {count} bodies a frame takes about {seconds} seconds here.",
            part=named(part.kind), count=number(before.bodies.count), seconds=number(round(seconds)),
        )  # fmt: skip
        answers = [(words, partial(make, remedy)) for words, remedy in remedies(before, part, change, few)]
        anyway = [(Sentence("Add anyway"), partial(make, change)), (Sentence("Leave it"), int)]
        self.session.asked.emit(sentence, [*answers, *anyway])


def new_forces(scene: Scene, change: Change) -> list[Part]:
    """Return the forces that a change adds; none where it cannot be made, which is said when it is."""
    try:
        after = change(scene)
    except RevanimError:
        return []
    return [part for part in after.forces if all(part is not other for other in scene.forces)]


def pairs_in_frame(scene: Scene, part: Part) -> int:
    """Return how many pairs of bodies a force computes in a frame."""
    pairs = getattr(kind_of(part).kernels, "pairs", no_pairs)
    mass = scene.bodies.mass if part.bodies is None else scene.bodies.mass[part.bodies]
    return int(pairs(mass)) * schemes()[scene.scheme].evaluations * scene.timing.steps_per_frame


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


def remedies(scene: Scene, part: Part, change: Change, few: int) -> list[tuple[Sentence, Change]]:
    """Return what would make the frames short enough, with words for it; the best first."""
    mass, pairs = scene.bodies.mass, getattr(kind_of(part).kernels, "pairs", no_pairs)
    light = np.where(np.arange(mass.size) < mass.size // 2, mass, 0.0)
    weightless = pairs(light) < pairs(mass) and not any(kind_of(other).divides_by_mass for other in scene.forces)
    if weightless and part.bodies is None:
        return [(Sentence("Only {few} attract", few=number(few)), lambda scene: change(let_few_attract(scene, few)))]
    who = np.arange(mass.size) if part.bodies is None else part.bodies
    some = spread(who, int(np.sqrt(few * who.size)))

    def among_some(scene: Scene) -> Scene:
        after = change(scene)
        return set_forces(after, [*after.forces[:-1], act_on(after.forces[-1], some, mass.size)])

    return [(Sentence("Only among {few}", few=number(some.size)), among_some)]


def let_few_attract(scene: Scene, few: int) -> Scene:
    """Let few bodies have all the mass: the heaviest, or some evenly among bodies that weigh alike."""
    mass = scene.bodies.mass
    alike = np.ptp(mass) == 0.0
    chosen = spread(np.arange(mass.size), few) if alike else np.argsort(-mass, kind="stable")[:few]
    left = np.zeros_like(mass)
    left[chosen] = mass[chosen] * (mass.sum() / mass[chosen].sum())
    return edits.set_bodies(scene, np.arange(mass.size), mass=left)
