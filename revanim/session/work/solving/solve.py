"""A solve in the window: how far it is, and the candidate that waits for a yes or a no."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from revanim.draw.shot import Shot
from revanim.scene.edits import move_as, recolor
from revanim.scene.edits.targets import set_targets
from revanim.scene.scene import Index, Keyframe, Scene
from revanim.sentence import Sentence
from revanim.session.session import Session
from revanim.session.threads.ghost import GhostWalker
from revanim.session.threads.motion import same_motion
from revanim.session.threads.solve import SolveNews, Solver, SolveTask
from revanim.session.threads.worker import Worker, close_workers
from revanim.session.work.assignments import Assignments
from revanim.session.work.keyframes import Keyframes
from revanim.session.work.solving.choices import Choices
from revanim.solve.advice.advice import Advice, Wishes
from revanim.solve.run import Progress
from revanim.solve.scale import extent

RESTING = 12  # iterations of a live solve whose hand has come to rest
REST = 150  # milliseconds; a hand that has not moved for so long rests
NEAR, ASTRAY = 1e-3, 0.1  # miss over size, with which a live solve has followed the hand, or has gone astray
SET_ASIDE = Sentence("The scene was edited; what was solved for it before is set aside.")


class Solving(QObject):
    """The solve of a session. Its candidate is seen as a ghost and changes nothing until it is accepted."""

    changed = Signal()  # whether it runs, how far it is, or what may change
    ghost_shown = Signal()

    def __init__(self, session: Session, assignments: Assignments, keyframes: Keyframes, choices: Choices) -> None:
        super().__init__(session)
        self.session, self.assignments, self.keyframes, self.choices = session, assignments, keyframes, choices
        self._solver = Solver(self, self._hear, session.closing)
        self._ghosts = GhostWalker(self, self._see, session.closing)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._bend_at_rest)
        self._forget()
        self.changed.connect(self._tell)
        choices.changed.connect(self.changed)
        session.opened.connect(self.discard)
        session.scene_changed.connect(self._compare)
        session.frame_shown.connect(self._follow)
        session.closing.connect(lambda: close_workers(self))

    def _forget(self) -> None:
        self._rest.stop()
        self.origin: Scene | None = None  # the scene that is solved, as it was
        self._task: SolveTask | None = None  # what runs
        self.progress: Progress | None = None
        self.candidate: Scene | None = None
        self.better = False  # the candidate, than the scene's own motion
        self.advice: Advice | None = None  # what stands in the way, and what one click would do about it
        self._kept: Progress | None = None  # of a live solve: what is solved anew stays behind it until it is better
        self.costs: tuple[float, ...] = ()
        self.unseen: tuple[float, ...] = ()  # of bodies that are held out
        self.orders: tuple[Index, ...] = ()
        self.ghost: Shot | None = None

    def _tell(self) -> None:
        self.assignments.follow(self.orders, self.running)

    @property
    def running(self) -> bool:
        """Whether a solve is under way, other than under the hand."""
        return self._task is not None and not self._task.live

    @property
    def misses(self) -> dict[Keyframe, float]:
        """How far the candidate misses each keyframe, root mean square, in scene units."""
        keys, misses = self.origin.keyframes if self.origin else (), self.progress.misses if self.progress else ()
        # A key that came or went under the hand is in the origin before the solve has said a word on it.
        return dict(zip(keys, misses, strict=True)) if len(keys) == len(misses) else {}

    @property
    def size(self) -> float:
        """The size that a miss is compared with: that of the scene at home."""
        return extent(self.session.scene)

    @property
    def acceptable(self) -> bool:
        """Whether there is a candidate that is better than the scene's own motion, and nothing better is on its way."""
        return self.candidate is not None and self.better and not self.running

    def set_physical(self, physical: float) -> None:
        """Keep that share of the forces; what was solved is solved again, and its ghost stays until then."""
        self.choices.set_physical(physical)
        if self.origin is not None and self.choices.can_push:
            self._start_over()
            self.changed.emit()

    def follow_advice(self) -> None:
        """Do what the advice offers, as one undo step, and solve again."""
        remedy = self.advice.remedy if self.advice else None
        if remedy is not None:
            self._solver.stop()
            scene, wishes = self.session.scene, self.choices.wishes
            worker = Worker(self, lambda report: remedy.change(scene, wishes))
            worker.done.connect(lambda result: self._solve_instead(remedy.title, scene, *result))
            worker.failed.connect(self.session.failed)

    def _solve_instead(self, title: Sentence, before: Scene, scene: Scene, wishes: Wishes) -> None:
        """Solve another scene, or with other wishes, if the one that it was made of is still there."""
        if self.session.scene is before:
            self.discard()
            self.choices.take(wishes)
            if scene is not before:
                self.session.edit(title, scene)
            self.start()

    def start(self) -> None:
        """Solve the scene as it is now."""
        self._forget()
        self.origin = self.session.scene
        self._run(self._earnest(self.origin))

    def _earnest(self, scene: Scene) -> SolveTask:
        choices = self.choices
        return SolveTask(scene, choices.wishes, choices.iterations, choices.physical, between=choices.between)

    def bend(self, scene: Scene, patient: bool = False) -> None:
        """Solve on from the candidate for dragged targets, if that takes an instant or one is `patient`."""
        self._rest.stop()
        if self.running or self.origin is None or not same_motion(self.origin, scene):
            self._forget()
        warm = scene if self.candidate is None else replace(self.candidate, keyframes=scene.keyframes)
        self.origin = scene
        if patient and self.progress is not None and self.progress.miss > ASTRAY * self.size:
            self._start_over()
            self.changed.emit()
        else:
            own = scene if warm is not scene and patient else None
            self._run(replace(self._earnest(warm), iterations=RESTING, own=own, live=True, patient=patient))

    def _bend_at_rest(self) -> None:
        """Solve, however long it takes, for targets that a hand holds still."""
        if self.keyframes.draft is not None and self._task is None:
            self.bend(self.keyframes.draft, patient=True)

    def prepare(self) -> None:
        """Load what a solve needs while the hand is still on its way; nobody waits for the result."""
        scene, first = self.session.scene, self.session.scene.timing.home + 1
        body = np.flatnonzero(~scene.bodies.pinned)[:1]
        if body.size and self._task is None:
            here = set_targets(scene, first, body, scene.bodies.position[body])
            self._solver.solve(SolveTask(here, self.choices.wishes, 1, live=True, rehearsal=True))

    def _run(self, task: SolveTask) -> None:
        self._task = task
        self._solver.solve(task)
        self.changed.emit()

    def cancel(self) -> None:
        """Stop, and keep the best so far as the candidate."""
        self._solver.stop()
        self._task = None
        self.changed.emit()

    def accept(self) -> None:
        """Make the candidate the scene: one undo step."""
        if self.candidate is not None and self.better:
            scene, misses, orders = move_as(self.session.scene, self.candidate), self.misses, self.orders
            self.discard()
            self.session.edit(Sentence("Solve"), recolor(scene, orders))
            if scene.keyframes == tuple(misses):
                self.keyframes.know(misses)
                self.assignments.remember(dict(zip(scene.keyframes, orders, strict=True)))

    def discard(self) -> None:
        """Forget the candidate, and stop."""
        self._solver.stop()
        self._forget()
        self.changed.emit()

    def _compare(self, before: Scene, scene: Scene) -> None:
        """Set aside what does not belong to the scene any more."""
        origin = self.origin
        if origin is None:
            return
        if same_motion(origin, scene) and (origin.keyframes is scene.keyframes or self._still_hits(scene.keyframes)):
            self.origin = scene
        else:
            self.discard()
            self.session.failed.emit(SET_ASIDE)

    def _still_hits(self, keys: tuple[Keyframe, ...]) -> bool:
        """Whether keyframes ask for what the candidate does: who goes where in it may have been pinned, or freed."""
        before = self.origin.keyframes if self.origin and self.candidate and not self.running else ()
        return len(keys) == len(before) == len(self.orders) and all(
            as_before(key, old, order) for key, old, order in zip(keys, before, self.orders, strict=True)
        )

    def _hear(self, news: SolveNews) -> None:
        if self._task is None or news.task.rehearsal:
            return
        if not (news.task is self._task or (news.task.live and self._task.live)):
            return
        if news.failed:
            self.discard()
            self.session.failed.emit(news.failed)
            return
        if news.progress is not None:
            if self._gains(news.progress):
                self._kept = None
                self.progress, self.candidate, self.better = news.progress, news.candidate, news.better
                self.costs, self.unseen, self.orders = news.costs, news.unseen, news.orders
                self._follow()
            self.advice = news.progress.advice
        self.advice = news.advice or self.advice
        if news.over and news.task is self._task:
            self._task = None
            if news.task.live and self._fell_short:
                self._start_over()
            elif news.task.live and news.progress is None:
                self._rest.start()  # it would have taken too long under a hand that moves
        self.changed.emit()

    def _gains(self, progress: Progress) -> bool:
        """Whether a result may stand in the place of what there is."""
        kept = self._kept
        return kept is None or progress.hit or (progress.excess, progress.cost) < (kept.excess, kept.cost)

    @property
    def _fell_short(self) -> bool:
        """Whether the hand has left a target that the live solve could not bring the bodies to."""
        progress = self.progress
        return self.keyframes.draft is None and progress is not None and progress.miss > NEAR * self.size

    def _start_over(self) -> None:
        """Solve in earnest; the ghost stays where it is until there is a better one."""
        if self.origin is not None:
            self._kept = self.progress
            self._task = self._earnest(self.origin)
            self._solver.solve(self._task)

    # The ghost

    def _follow(self) -> None:
        """Let the ghost stand at the frame that is shown."""
        shot, candidate = self.session.shot, self.candidate
        if shot is not None and candidate is not None:
            self._ghosts.show(candidate, shot.frame)

    def _see(self, ghost: Shot) -> None:
        if self.candidate is not None:
            self.ghost = ghost
            self.ghost_shown.emit()


def as_before(key: Keyframe, old: Keyframe, order: Index) -> bool:
    """Whether a keyframe is an old one, but for an assignment that is free or this one."""
    if key is old:
        return True
    same = all(value is getattr(old, name) for name, value in vars(key).items() if name != "assignment")
    return same and not key.window and (key.assignment is None or np.array_equal(key.assignment, order))
