"""Whether what flows turns too fast for the steps of the scene, and how many steps it needs."""

from math import ceil

from PySide6.QtCore import QObject

from revanim.engine.flow import flow_kinds
from revanim.scene.absent import scheme_of
from revanim.scene.edits.settings import set_timing
from revanim.scene.scene import Part, Scene
from revanim.sentence import NOTHING, Sentence, named
from revanim.session.session import Session
from revanim.session.work.titles import title_of

# Radians that the inside of a core may turn in a step, by a scheme of order 2 and by others: twins then stay together
# to 1e-4 of the scene for ever, and with half as much to a hundredth of that.
TURNS = {2: 0.25}
USUAL = 0.5
TOO_FAST = Sentence("{part} turns too fast for the step: with {steps} steps a frame it is followed.")


class Spinning(QObject):
    """Asks whether to take the steps that a flow needs, once it turns faster than the steps of the scene can follow."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self._asked: int | None = None  # how many steps
        session.opened.connect(lambda: self._look(session.scene))
        session.scene_changed.connect(self._compare)

    def _compare(self, before: Scene, scene: Scene) -> None:
        same = before.flows is scene.flows and before.timing is scene.timing and before.scheme == scene.scheme
        if not same:
            self._look(scene)

    def _look(self, scene: Scene) -> None:
        found = too_fast(scene)
        steps = found[1] if found else None
        if steps == self._asked:
            return
        before, self._asked = self._asked, steps
        if found is None:
            if before is not None:
                self.session.asked.emit(NOTHING, [])
            return
        answers = [(Sentence("Set"), lambda: self._set(found[1])), (Sentence("Leave it"), int)]
        self.session.asked.emit(TOO_FAST.with_values(part=title_of(found[0]), steps=found[1]), answers)

    def _set(self, steps: int) -> None:
        text = Sentence("Set {name}", name=named("steps_per_frame"))
        self.session.attempt(text, lambda scene: set_timing(scene, steps_per_frame=steps))


def too_fast(scene: Scene) -> tuple[Part, int] | None:
    """Return the flow that turns too fast for the steps of a scene, if one does, and how many a frame it needs."""
    timing, most = scene.timing, TURNS.get(scheme_of(scene).order, USUAL)
    found = None
    for part in scene.flows:
        spin = None if part.muted else flow_kinds()[part.kind].kernels.spin
        if spin is None:
            continue
        needed = ceil(spin(part.values) / (timing.fps * most))
        if needed > max(timing.steps_per_frame, found[1] if found else 0):
            found = part, needed
    return found
