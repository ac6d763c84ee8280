"""Work that a window left behind, offered by the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from revanim.session.files.recovery import lost_work
from revanim.session.threads.worker import nothing
from revanim.session.words import moment, tr
from revanim.window.frame.offer import Offer

if TYPE_CHECKING:
    from revanim.window.window import Window


def offer_lost_work(window: Window) -> None:
    """Ask about the newest work that a window left behind without being closed."""
    lost = next(lost_work(), None)
    if lost is None:
        return

    def recover() -> None:
        def keep() -> None:
            window.studio.recovery.write_now()
            lost.forget()

        window.welcome.hide()
        window.file_dialogs.recover(lost.path, lost.scene, keep)

    sentence = tr(
        "“{title}” has changes from {when} that are in no file: the window did not close.",
        title=lost.title,
        when=moment(lost.when, "d MMMM, HH:mm"),
    )
    Offer(window.viewport, sentence, [(tr("Recover"), recover), (tr("Discard"), lost.forget), (tr("Later"), nothing)])
