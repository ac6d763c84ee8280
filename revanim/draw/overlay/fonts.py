"""The interface's typeface, which comes with the program."""

from PySide6.QtGui import QFontDatabase, QGuiApplication

from revanim.resources import resource


def family() -> str:
    """Return the name of the typeface, and make sure that Qt knows it."""
    if "Inter" not in QFontDatabase.families():
        for file in resource("fonts").glob("*.ttf"):
            QFontDatabase.addApplicationFont(str(file))
    return "Inter"


def able_to_write() -> QGuiApplication | None:
    """Return Qt's application, made now if there is none: Qt writes no letters without one. Hold it while you paint."""
    application = None
    if QGuiApplication.instance() is None:
        application = QGuiApplication(["revanim", "-platform", "offscreen"])
    family()
    return application
