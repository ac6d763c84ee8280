"""Closing a window in which something is still being worked at: what would be lost is asked about first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revanim.session.threads.worker import nothing
from revanim.session.words import tr
from revanim.window.frame.question import Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from revanim.window.window import Window


def at_work(window: Window) -> bool:
    """Whether something is being worked at that would be lost."""
    return bool(window.studio.exports.waiting or window.studio.solving.running)


def ask_about_work(window: Window, then: Callable[[], object]) -> None:
    """Go on at once, or first ask whether that may be given up."""
    waiting, solving = window.studio.exports.waiting, window.studio.solving.running
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
