"""Where a motion breaks off, and whether shorter steps would let it go on."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from revanim.error import RevanimError
from revanim.scene.build import at_home, build_system
from revanim.scene.driven import driven
from revanim.scene.edits.settings import set_timing
from revanim.scene.scene import Scene
from revanim.sentence import Sentence, named
from revanim.session.session import Session
from revanim.session.threads.exchange import begun, widened
from revanim.session.threads.motion import same_motion
from revanim.session.threads.worker import Report, Worker, close_workers

TIMES = (2, 3, 5, 8, 13)  # as many steps in a frame are tried, one after the other
MOST_STEPS = 256
FARTHER = 1.5  # times as far from home as it broke off: then it goes on
GOES_ON = Sentence("Stiff forces need short steps: with {steps} steps a frame the motion goes on.")
CALM = 0.01  # of the energy exchanged: with more drift than that it has only not come out of range yet


class Breaks(QObject):
    """Keeps the frame at which the motion breaks off, and asks whether to take the steps with which it would not."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.frame: int | None = None
        self._worker: Worker | None = None
        session.stopped.connect(self._break)
        session.scene_changed.connect(self._refresh)
        session.closing.connect(self._close)

    def _close(self) -> None:
        close_workers(self)

    def _break(self, frame: int) -> None:
        scene, known = self.session.scene, self.frame is not None
        self.frame = frame
        self.changed.emit()
        if known or self._worker is not None or not (scene.forces or scene.flows):
            return
        self._worker = Worker(self, lambda report: steps_that_hold(scene, frame, report))
        self._worker.done.connect(lambda steps: self._offer(scene, steps))
        self._worker.ended.connect(self._finish)

    def _offer(self, scene: Scene, steps: int | None) -> None:
        if steps is None or not same_motion(scene, self.session.scene):
            return
        text = Sentence("Set {name}", name=named("steps_per_frame"))

        def take() -> None:
            self.session.attempt(text, lambda scene: set_timing(scene, steps_per_frame=steps))

        answers = [(Sentence("Set"), take), (Sentence("Leave it"), int)]
        self.session.asked.emit(GOES_ON.with_values(steps=steps), answers)

    def _finish(self) -> None:
        self._worker = None

    def _refresh(self, before: Scene, scene: Scene) -> None:
        if not same_motion(before, scene):
            self.frame = None
            if self._worker is not None:
                self._worker.leave()
                self._worker = None
            self.changed.emit()


def steps_that_hold(scene: Scene, frame: int, report: Report) -> int | None:
    """Return how few steps a frame let a motion calmly pass where it breaks off; None where none of those tried do."""
    before, home = scene.timing.steps_per_frame, scene.timing.home
    beyond = home + int(np.ceil(FARTHER * (frame - home))) + (1 if frame >= home else -1)
    for times in TIMES:
        if before * times <= MOST_STEPS and holds(with_steps(scene, before * times), beyond, report):
            return before * times
    return None


def with_steps(scene: Scene, steps: int) -> Scene:
    """Return a scene with other steps, which nobody edits."""
    return replace(scene, timing=replace(scene.timing, steps_per_frame=steps))


def holds(scene: Scene, frame: int, report: Report) -> bool:
    """Whether a motion soon gets to a frame, and keeps its energy on the way if nothing drives it."""
    system, home = build_system(scene), scene.timing.home
    if not system.is_short(abs(frame - home)):
        return False
    playhead = at_home(system, scene)
    exchange, free = begun(*playhead.energies()), not driven(scene)
    try:
        for passed in frames_to(home, frame):
            report(None)
            playhead.seek(passed)
            kinetic, potential = playhead.energies()
            exchange = widened(exchange, kinetic, potential)
            if free and abs(exchange.drift(kinetic + potential - exchange.home)) > CALM:
                return False
    except RevanimError:
        return False
    return True


def frames_to(home: int, frame: int) -> Iterator[int]:
    """Yield every frame on the way from home to another."""
    yield from range(home, frame + 1) if frame >= home else range(home, frame - 1, -1)
