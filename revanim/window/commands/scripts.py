"""Scripts of the person: Python files of a folder, run over the scene that is open, and only when they are chosen."""

from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from revanim.session.words import tr
from revanim.window.command import Choice, Command
from revanim.window.window import Window


def scripts(window: Window) -> list[Choice]:
    """Return the scripts that there are, and a way to where they are kept."""
    console = window.studio.console
    found = [
        Choice(path.stem, partial(run, window, path.name), enabled=not console.running) for path in console.scripts()
    ]
    folder = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(console.folder)))
    return [*found, Choice(tr("Open the Folder of Scripts"), folder)]


def run(window: Window, name: str) -> None:
    """Run a script where one sees what it writes."""
    window.bring("console")
    window.studio.console.run_file(window.studio.console.folder / name)


menu = Command[Window](
    name="scripts",
    text="Scripts",
    menu="File",
    order=36,
    tip="Run a Python file of your folder of scripts over this scene; what it makes of `scene` is one undo step",
    words="python macro plug-in automate console",
    choices=scripts,
)
