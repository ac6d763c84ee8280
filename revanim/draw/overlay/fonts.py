"""The interface's typeface, which comes with the program."""

from PySide6.QtGui import QFontDatabase, QGuiApplication

from revanim.resources import resource


def family() -> str:
    """Return its name, and make sure that Qt knows it."""
    if "Inter" not in QFontDatabase.families():
        for file in resource("fonts").glob("*.ttf"):
            QFontDatabase.addApplicationFont(str(file))
    return "Inter"


def able_to_write() -> QGuiApplication | None:
    """Make an application that can write into pictures, where there is none yet; keep it as long as it is needed."""
    application = None
    if QGuiApplication.instance() is None:
        application = QGuiApplication(["revanim", "-platform", "offscreen"])
    family()
    return application
