"""What the program is: its mark, its name and what it promises, as About and the welcome page show them."""

from PySide6.QtWidgets import QLabel, QVBoxLayout

from revanim.sentence import N_
from revanim.session.words import tr
from revanim.window.kit.icons import mark
from revanim.window.kit.widgets import column, label

PREPARING = N_("Preparing the engine; only the first start on a machine takes a while…")
PROMISE = N_("Physics you scrub like a flipbook, onward and back.")


def nameplate(name: str, size: int, wrap: bool = False) -> tuple[QLabel, QVBoxLayout]:
    """Return the mark, so many pixels large, and the words that stand beside it, in lines as short as need be."""
    picture = label()
    picture.setPixmap(mark(size))
    picture.setAccessibleName(tr("The mark of revanim"))
    return picture, column(label(name, "display"), label(tr(PROMISE), "name", wrap=wrap), spacing=2)
