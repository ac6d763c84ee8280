"""Closing a window while exports or a solve still run: the person is asked first."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from revanim.session.studio import Studio
from revanim.session.threads.runner import nothing
from revanim.session.words import tr
from revanim.window.frame.question import Question


def at_work(studio: Studio) -> bool:
    """Whether exports or a solve are running that would be lost."""
    return bool(studio.exports.waiting or studio.solving.running)


def ask_about_work(window: QWidget, studio: Studio, then: Callable[[], object]) -> None:
    """Call `then` at once, or after the person agrees to give that work up."""
    waiting, solving = studio.exports.waiting, studio.solving.running
    sentences = []
    if waiting:
        one, more = tr("One export is not written yet."), tr("{count} exports are not written yet.", count=waiting)
        sentences.append(one if waiting == 1 else more)
    if solving:
        sentences.append(tr("A solve is under way; what it has found so far would be lost."))
    if not sentences:
        then()
        return
    give_up = tr("Cancel the Exports") if not solving else tr("Stop the Solve") if not waiting else tr("Stop Both")
    Question(
        window, tr("Leave the work undone?"), " ".join(sentences), [(tr("Stay"), nothing), (give_up, then)], nothing
    )
