"""The menu of what can act on bodies: first what pulls and links, then a menu for each group of the rest."""

from functools import partial
from itertools import groupby

from PySide6.QtWidgets import QMenu

from revanim.engine.kind import AnyKind
from revanim.scene.edits.links import WAYS
from revanim.sentence import N_
from revanim.session.studio import Studio
from revanim.session.words import capital, tr
from revanim.session.work.forces import kinds_in_order
from revanim.session.work.titles import title_of_kind
from revanim.window.sections.assets import ask_to_bring

# By the ten that their orders share. A list of all of them is taller than a small screen.
GROUPS = {
    3: (N_("Between bodies"), N_("What they do to each other")),
    4: (N_("Air, heat and spin"), N_("What slows them, carries them along or stirs them")),
    5: (N_("Floors and obstacles"), N_("What they bounce off, slide on and come to rest on")),
    6: (N_("Fluids"), N_("Vortices, and the smoke they carry")),
    9: (N_("Others"), N_("What installed packages bring")),
}


def fill(menu: QMenu, studio: Studio) -> None:
    """Let the person choose among all forces, flows and moves, each with what it does."""
    for ten, kinds in groupby(kinds_in_order(), key=lambda kind: kind.order // 10):
        among = menu
        if ten in GROUPS:
            among = menu.addMenu("\t".join(map(tr, GROUPS[ten])))
        for kind in kinds:
            _add(among, studio, kind)
        if among is menu:
            menu.addSeparator()
    menu.addSeparator()
    text = f"{tr('From a file…')}\t{tr('What was saved as an asset, or acts in another scene')}"
    menu.addAction(text, partial(ask_to_bring, studio, menu.parentWidget() or menu))


def _add(menu: QMenu, studio: Studio, kind: AnyKind) -> None:
    """Add a line for one of them; those along links ask how to link."""
    text = f"{capital(tr(title_of_kind(kind)))}\t{tr(kind.help).rstrip('.')}"
    if not kind.linked:
        menu.addAction(text, partial(studio.forces.add, kind.name))
        return
    ways = menu.addMenu(text)
    ways.setToolTipsVisible(True)
    for way in WAYS:
        ways.addAction(tr(way), partial(studio.forces.add, kind.name, way)).setToolTip(
            tr("Among the selected bodies, or all")
        )
