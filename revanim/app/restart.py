"""Starting anew with everything as it is: what is open is laid aside, and the next window takes it up without a word.

The size of the interface and its language are settled before Qt draws anything, so both need it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QProcess

import revanim as ra
from revanim.app import settings
from revanim.app.backups import state_folder
from revanim.app.leaving import ask_about_work
from revanim.error import RevanimError
from revanim.scene.file import SUFFIX, encode, write_whole
from revanim.scene.scene import Scene

if TYPE_CHECKING:
    from revanim.app.window import Window

ASIDE = "restart"


@dataclass(frozen=True, eq=False)
class Kept:
    """What a window has laid aside for the next one."""

    scene: Scene
    path: Path | None  # the file it belongs to
    modified: bool  # whether it is not in that file
    frame: int

    def resume(self, window: Window) -> None:
        """Let a window that was opened on the scene stand where the last one stood."""
        window.files.adopt(self.path)
        if self.modified:
            window.session.history.resetClean()
            window.files.changed.emit()
        window.session.show(self.frame)


def restart(window: Window) -> None:
    """Lay aside what is open, start the program again, and close this window; work under way is asked about."""
    ask_about_work(window, lambda: _start_again(window))


def _start_again(window: Window) -> None:
    try:
        lay_aside(window)
    except RevanimError as error:
        window.session.failed.emit(str(error))
        return
    if QProcess.startDetached(*command()):
        window.leave()
    else:
        take_kept()
        window.session.failed.emit("The program could not be started again; close it and start it yourself.")


def command() -> tuple[str, list[str]]:
    """Return the program and its arguments, as they were given when it was started."""
    arguments = sys.argv[1:] if getattr(sys, "frozen", False) else sys.orig_argv[1:]
    return sys.executable, arguments


def lay_aside(window: Window) -> None:
    """Write what is open where the next window looks for it."""
    files, session = window.files, window.session
    aside = state_folder(ASIDE) / f"{uuid4().hex}{SUFFIX}"
    write_whole(aside, encode(session.to_save(), b""))
    facts = {
        "scene": str(aside),
        "path": str(files.path or ""),
        "modified": files.modified,
        "frame": session.frame,
    }
    settings.remember(ASIDE, json.dumps(facts))


def take_kept() -> Kept | None:
    """Return what the last window has laid aside for this one, once."""
    text = settings.remembered(ASIDE)
    settings.remember(ASIDE, "")
    if not text:
        return None
    try:
        facts = json.loads(text)
        aside = Path(facts["scene"])
        scene = ra.load(aside)
        aside.unlink(missing_ok=True)
        path = Path(facts["path"]) if facts["path"] else None
        return Kept(scene, path, bool(facts["modified"]), int(facts["frame"]))
    except (RevanimError, OSError, ValueError, KeyError, TypeError):
        return None
