"""What is found beside the commands: everything that can be added, written or set, by its own name or another."""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QLineEdit, QMainWindow, QWidget

from revanim.engine.kind import AnyKind
from revanim.export.exporter import Exporter, exporters
from revanim.session.studio import Studio
from revanim.session.words import capital, tr
from revanim.session.work.fluids import Kind
from revanim.session.work.forces import kinds_in_order
from revanim.session.work.titles import title_of_kind
from revanim.window.cards.source_card import Maker, show_card, source_name
from revanim.window.frame.menus import Actions
from revanim.window.frame.search.palette import Entry
from revanim.window.kit.icons import icon
from revanim.window.panels.export import Export
from revanim.window.preference import Preference, preferences
from revanim.window.viewport.viewport import Viewport

Bring = Callable[[str], QWidget]  # brings a panel to the front, and returns it


def things(window: QMainWindow, viewport: Viewport, actions: Actions, bring: Bring) -> Iterator[Entry]:
    """Yield forces and moves, sources of bodies and of poses, formats, and preferences."""
    studio = viewport.studio
    yield from (_part(studio, kind) for kind in kinds_in_order())
    yield from (_source(viewport, studio.sources, kind) for kind in studio.sources.kinds().values())
    if studio.session.scene.bodies.count:
        yield from (_source(viewport, studio.poses, kind) for kind in studio.poses.kinds().values())
    yield from (_format(bring, exporter) for exporter in exporters().values())
    yield from (_preference(window, actions, each) for each in preferences().values())


def _part(studio: Studio, kind: AnyKind) -> Entry:
    return Entry(
        f"force/{kind.name}", capital(tr(title_of_kind(kind))), tr("Add force"), "", tr(kind.help), icon("force"),
        lambda: studio.forces.add(kind.name), words=f"{tr(kind.words)} {kind.name}",
    )  # fmt: skip


def _source(viewport: Viewport, maker: Maker, kind: Kind) -> Entry:
    name, menu = source_name(kind.name), tr(maker.title)
    return Entry(
        f"{maker.title}/{kind.name}", name, menu, "", tr(kind.help), icon("bodies"),
        lambda: show_card(viewport, maker).choose(kind.name), words=tr(kind.words),
    )  # fmt: skip


def _format(bring: Bring, exporter: Exporter) -> Entry:
    def choose() -> None:
        panel = bring("export")
        assert isinstance(panel, Export)
        panel.choose(exporter.name)

    return Entry(
        f"export/{exporter.name}", tr(exporter.title), tr("Export"), "", tr(exporter.help), icon("none"),
        choose, words=f"{tr(exporter.words)} {' '.join(exporter.suffixes)}",
    )  # fmt: skip


def _preference(window: QMainWindow, actions: Actions, preference: Preference[QMainWindow]) -> Entry:
    text, tip = tr(preference.text), tr(preference.tip)

    def show() -> None:
        actions["preferences"].trigger()
        sheet = window.findChildren(QWidget, "sheet")[-1]
        next(line for line in sheet.findChildren(QLineEdit) if line.property("search")).setText(text)

    options = " ".join(map(tr, preference.named.values()))
    return Entry(
        f"preferences/{preference.name}", text, tr("Preferences"), "", tip, icon("none"), show, words=f"{options} {tip}"
    )
