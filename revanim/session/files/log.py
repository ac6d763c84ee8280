"""What happened, in a file, and the report that is made of it."""

import logging
import os
import platform
import re
import sys
from importlib.metadata import PackageNotFoundError, version
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion
from PySide6.QtGui import QGuiApplication

from revanim.engine.code.kernel import listeners
from revanim.session.files.folders import state_folder

log = logging.getLogger("revanim")
LARGEST = 500_000  # bytes, then the log begins anew; one old file is kept
SPLASHED, SHOWN, PAINTED = "The splash is there.", "The window is shown.", "The first picture is painted."
ABSENT = "not installed"
LAST = 60  # lines of the log in a report
LIBRARIES = ("PySide6-Essentials", "numpy", "numba", "llvmlite", "scipy", "pyqtgraph", "fonttools", "pillow", "trimesh")
# A path from its root to its last separator: what follows is the name of a file.
FOLDERS = re.compile(r"(?<!\w)(?:[A-Za-z]:|~)?[\\/](?:[^\"'“”<>|:\n]*[\\/])?")
PACKAGES = re.compile(r".*[\\/](?=(?:site-packages|revanim)[\\/])")
QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_file() -> Path:
    """Return where the log is written."""
    return state_folder("log") / "revanim.log"


def begin_log() -> None:
    """Write what happens from now on to the log, and what Qt has to say; without a place for it, to nowhere."""
    log.setLevel(logging.INFO)
    try:
        handler: logging.Handler = RotatingFileHandler(log_file(), maxBytes=LARGEST, backupCount=1, encoding="utf-8")
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s  %(levelname)s  %(message)s", "%Y-%m-%d %H:%M:%S"))
    log.addHandler(handler)
    log.info("revanim %s on %s", version_of("revanim"), platform.platform())
    listeners.append(_hear_compiler)
    qInstallMessageHandler(_hear_qt)


def end_log() -> None:
    """Close the log."""
    qInstallMessageHandler(None)
    if _hear_compiler in listeners:
        listeners.remove(_hear_compiler)
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()


def last_lines(count: int = LAST) -> list[str]:
    """Return the last lines of the log; none where there is no log."""
    try:
        return log_file().read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
    except OSError:
        return []


def report() -> str:
    """Return what somebody who helps needs to know: versions, the machine, the last lines; no private paths."""
    screen = QGuiApplication.primaryScreen()
    facts = {
        "revanim": version_of("revanim"),
        "Python": sys.version.split()[0],
        "Qt": f"{qVersion()} on {QGuiApplication.platformName()}",
        "System": platform.platform(),
        "Processor": f"{processor()}, {os.cpu_count()} threads",
        "Screen": f"{screen.size().width()} x {screen.size().height()} at {screen.devicePixelRatio():g}",
    }
    facts |= {name: version_of(name) for name in LIBRARIES}
    lines = [f"{name}: {fact}" for name, fact in facts.items()]
    return without_paths("\n".join([*lines, "", "Last lines of the log:", *last_lines()]))


def without_paths(text: str) -> str:
    """Return a text in which paths begin at the package, or are no more than a name."""

    def shorten(found: re.Match[str]) -> str:
        inside = PACKAGES.match(found[0])
        return "…/" + (found[0][inside.end() :] if inside else "")

    return FOLDERS.sub(shorten, text.replace(str(Path.home()), "~"))


def version_of(name: str) -> str:
    """Return the version of a package."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ABSENT


def processor() -> str:
    """Return what the processor is called."""
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else platform.processor() or platform.machine()


def _hear_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    log.log(QT_LEVELS[kind], "Qt: %s", message)


def _hear_compiler(name: str) -> None:
    log.info("Compiled for this machine: %s", name)
