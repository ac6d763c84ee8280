"""What comes up first: the application and a splash, before anything is loaded that takes its time."""

import sys
from pathlib import Path

from revanim.engine.code.precompiled import ever_compiled
from revanim.launch.application import application_of
from revanim.launch.splash import Splash
from revanim.session.words import tr
from revanim.window.frame.nameplate import PREPARING


def begin(path: Path | None = None) -> int:
    """Open the window, with a file or with the welcome page, and return the exit code when it closes."""
    application = application_of(sys.argv)
    asked = [path] if path else []
    application.asked_to_open.connect(asked.append)  # a Mac may say so at once
    splash = Splash(prepared(path))
    splash.appear()
    from revanim.session.files.log import SPLASHED, begin_log, end_log, log  # from here on it may take a while

    begin_log()
    log.info(SPLASHED)
    try:
        from revanim.launch.start import start

        return start(application, splash, asked[0] if asked else None)
    finally:
        end_log()


def prepared(path: Path | None) -> str:
    """Return what a start prepares that is not prepared every time."""
    if not ever_compiled():
        return tr(PREPARING)
    return tr("Opening {name}…", name=path.name) if path else ""
