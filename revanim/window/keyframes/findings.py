"""What a solve has found: how far it is, what it took, how far each key is missed, and what stands in the way."""

from PySide6.QtWidgets import QWidget

from revanim.sentence import N_, Sentence
from revanim.session.studio import Studio
from revanim.session.threads.worker import close_workers
from revanim.session.words import figures, tr
from revanim.solve.run import Progress
from revanim.window.keyframes.costs import Costs
from revanim.window.keyframes.key_row import miss_words
from revanim.window.kit.widgets import column, label, push_button, row

WORSE = N_("The ghost moves no better than the scene as it is.")
FAR = 6  # keyframes whose misses are told one by one
HELD = N_("Bodies that were held out miss by {miss}: so well it works for bodies that were not there (second curve).")
MEMORY = N_("Memory: two states, whatever the length; here {steps} steps there and back.")
READY = N_("Solve finds the motion that hits the keyframes and shows it as a ghost, to accept or to discard.")
UNASKED = N_("There is nothing to hit yet: set a keyframe first.")


class Findings(QWidget):
    """Sentences and a curve; where nothing has been found, what Solve would do."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self.studio, self.solving = studio, studio.solving
        self.teach, self.facts = label(name="name", wrap=True), label(name="value")
        self.used, self.misses = label(name="name", wrap=True), label(name="name", wrap=True)
        self.learnt = label(name="name", wrap=True)
        self.why, self.remedy = label(name="why", wrap=True), push_button("", self.solving.follow_advice, "remedy")
        self.plot = Costs()
        advice = column(self.why, row(self.remedy, None), spacing=6)
        self.setLayout(
            column(self.teach, self.facts, self.used, self.misses, advice, self.plot, self.learnt, spacing=6)
        )
        studio.session.closing.connect(self._close)

    def _close(self) -> None:
        close_workers(self.plot)

    def refresh(self) -> None:
        """Show how things stand."""
        progress = self.solving.progress
        for widget in (self.plot, self.misses, self.used, self.learnt):
            widget.setVisible(progress is not None)
        self.facts.setVisible(progress is not None or self.solving.running)
        self._show_advice()
        if progress is None:
            self.facts.setText(tr("Preparing the solver…"))
        else:
            self._show(progress)

    def _show(self, progress: Progress) -> None:
        cost = figures(f"{progress.cost:.2g}").replace("e-", "e−")
        self.facts.setText(
            tr(
                "Iteration {iteration}  ·  {seconds} s  ·  cost {cost}",
                iteration=progress.iteration,
                seconds=figures(f"{progress.seconds:.1f}"),
                cost=cost,
            )
        )
        self.plot.draw(self.solving.costs, self.solving.unseen)
        self.learnt.setVisible(progress.objective.variables.learns)
        self.learnt.setText("\n".join(map(tr, self._learnt(progress))))
        worse = not (self.solving.better or self.solving.running)
        said = [WORSE] if worse else [progress.used, *([progress.seam] if progress.seam else [])]
        self.used.setText("\n".join(map(tr, said)))
        self.misses.setText("\n".join(self._missed()))

    def _learnt(self, progress: Progress) -> list[Sentence]:
        """Return what is to be known of weights that are learnt, and of the second curve."""
        miss = progress.unseen_miss
        held = [] if miss is None else [Sentence(HELD, miss=f"{miss:.2g}")]
        return [*held, Sentence(MEMORY, steps=progress.steps)]

    def _show_advice(self) -> None:
        """Show what stands in the way with its one button; where there is nothing to tell, what Solve would do."""
        advice = self.solving.advice
        self.why.setVisible(advice is not None)
        self.remedy.setVisible(advice is not None and advice.remedy is not None)
        self.teach.setVisible(self.facts.isHidden() and advice is None)
        self.teach.setText(tr(READY if self.studio.session.scene.keyframes else UNASKED))
        if advice is not None:
            self.why.setText(tr(advice.sentence))
            self.remedy.setText(tr(advice.remedy.title) if advice.remedy else "")

    def _missed(self) -> list[str]:
        """Return a line for each keyframe; of many, for those that are missed most."""
        misses = self.solving.misses
        worst = sorted(misses, key=lambda key: -misses[key])[:FAR]
        return [
            tr("Frame {frame}:  {miss}", frame=key.frame, miss=miss_words(key, misses[key], self.solving.size))
            for key in sorted(worst, key=lambda key: key.frame)
        ]
