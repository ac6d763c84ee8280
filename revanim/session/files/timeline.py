"""How a person likes the timeline: kept from one start to the next, and no part of any scene."""

from PySide6.QtCore import QObject, Signal

from revanim.scene.edits.rate import KEEPS
from revanim.session.clock import UNITS
from revanim.session.files.settings import settings

FOLLOW = ("off", "page", "centre")


class TimelineSettings(QObject):
    """The unit of time, what the ruler does when the playhead leaves it, whether drags snap, and whether rows show."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.unit = kept("unit", UNITS)
        self.follow = kept("follow", FOLLOW, "page")
        self.snapping = kept("snapping", ("off", "on")) == "on"
        self.keep = kept("keep", KEEPS)
        self.rows = kept("rows", ("off", "on")) == "on"

    def set_unit(self, unit: str) -> None:
        """Write frames as one of `UNITS`."""
        self.unit = unit
        self._keep("unit", unit)

    def set_follow(self, follow: str) -> None:
        """Let the ruler stay, turn pages or keep the playhead in its middle."""
        self.follow = follow
        self._keep("follow", follow)

    def set_snapping(self, snapping: bool) -> None:
        """Let drags catch at keys, markers and the ends of the range, or only while Ctrl is held."""
        self.snapping = snapping
        self._keep("snapping", "on" if snapping else "off")

    def set_keep(self, keep: str) -> None:
        """Let a new frame rate keep the seconds of what is there, or its frames."""
        self.keep = keep
        self._keep("keep", keep)

    def set_rows(self, rows: bool) -> None:
        """Show a row of keys for each group below the ruler, or none."""
        self.rows = rows
        self._keep("rows", "on" if rows else "off")

    def _keep(self, name: str, value: str) -> None:
        settings().setValue(f"timeline/{name}", value)
        self.changed.emit()


def kept(name: str, choices: tuple[str, ...], otherwise: str = "") -> str:
    """Return what was kept, or the first choice where nothing was, or nothing that is known."""
    value = str(settings().value(f"timeline/{name}", ""))
    return value if value in choices else otherwise or choices[0]
