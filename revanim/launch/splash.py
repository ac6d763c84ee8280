"""What is seen until the window is: the mark, the name, and what is being prepared when something is."""

from time import perf_counter

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QThread, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from revanim.session.files import settings
from revanim.window.frame.nameplate import nameplate
from revanim.window.kit.widgets import column, label, row

NARROWEST, HEIGHT = 432, 176  # pixels; the promise may need more width
MARK, AIR, EDGE = 56, 32, 1  # pixels
PATIENCE = 0.1  # seconds that it waits for its own first picture
LONGEST = 2000  # milliseconds that it stays for a window that nobody sees, on another desktop or minimised
Flag, Only = Qt.WindowType, QEventLoop.ProcessEventsFlag


class Splash(QFrame):
    """A card in the middle of where the window will be; it takes no keyboard, and goes when the window is painted."""

    def __init__(self, prepared: str = "") -> None:
        super().__init__(None, Flag.SplashScreen | Flag.FramelessWindowHint)
        self.setObjectName("splash")
        self.setWindowTitle("revanim")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)  # the program is not over when it goes
        self.line = label(prepared, "name", wrap=True)
        plate = row(*nameplate("revanim", MARK), None, spacing=16)
        self.setLayout(column(None, plate, None, self.line, margins=(AIR, AIR, AIR, AIR // 2)))
        self._place(max(NARROWEST, plate.sizeHint().width() + 2 * (AIR + EDGE)))

    def _place(self, width: int) -> None:
        """Stand in the middle of the window as it was left, or else of the screen."""
        if not self.restoreGeometry(settings.window_geometry()):
            self.setGeometry(QGuiApplication.primaryScreen().availableGeometry())
        self.setWindowState(Qt.WindowState.WindowNoState)
        around = self.geometry()
        self.setFixedSize(width, HEIGHT)
        self.move(around.center() - self.rect().center())

    def appear(self) -> None:
        """Show it, and see that it is painted before the thread is busy for a while."""
        self.show()
        latest = perf_counter() + PATIENCE
        while not self.windowHandle().isExposed() and perf_counter() < latest:
            QApplication.processEvents(Only.ExcludeUserInputEvents)
            QThread.msleep(1)
        QApplication.processEvents(Only.ExcludeUserInputEvents)

    def give_way(self, window: QWidget) -> None:
        """Go as soon as a window that has been shown is painted, and soon if it comes up where it is not."""
        handle = window.windowHandle()
        handle.installEventFilter(self)
        QTimer(self, singleShot=True, timeout=self.close).start(0 if handle.isExposed() else LONGEST)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Expose:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self.close)
        return False
