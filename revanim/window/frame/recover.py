"""What to do with the work of a window that did not close: recover it, discard it, or decide later."""

from revanim.sentence import N_
from revanim.session.files.recovery import unsaved_work
from revanim.session.threads.runner import nothing
from revanim.session.words import moment, tr
from revanim.window.frame.banner import Banner
from revanim.window.window import Window


def ask_to_recover(window: Window) -> None:
    """Ask about the newest work that was written aside by a window which did not close."""
    lost = next(unsaved_work(), None)
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
        when=moment(lost.when, N_("d MMMM, HH:mm")),
    )
    answers = [(tr("Recover"), recover), (tr("Discard"), lost.forget), (tr("Later"), nothing)]
    Banner(window.notices, sentence, answers)
