"""The window in German: nothing in it is English, and everything fits."""

import re
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QTabBar,
    QToolButton,
    QTreeWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

import revanim as ra
from revanim.engine.scheme import schemes
from revanim.export.exporter import exporters
from revanim.sentence import Sentence
from revanim.session.words import spoken
from revanim.window.cards.source_card import show_card
from revanim.window.command import commands
from revanim.window.frame.search.palette import CommandPalette
from revanim.window.frame.sheet import Sheet, show_sheet
from revanim.window.frame.sheets.about import AboutPage
from revanim.window.frame.sheets.keys import KeyPage
from revanim.window.frame.sheets.log import LogPage
from revanim.window.frame.sheets.preferences import PreferencePage
from revanim.window.frame.sheets.shortcuts import ShortcutPage
from revanim.window.frame.tour import STEPS, Tour, start_tour
from revanim.window.frame.workspaces import WORKSPACES
from revanim.window.kit.theme import dress, font
from revanim.window.preference import preferences
from revanim.window.shortcuts import native
from revanim.window.welcome.card import Card
from revanim.window.window import Window

# Words that German does not have: whoever finds one looks at a text that was not translated.
ENGLISH = re.compile(r"\b(the|of|and|or|with|to|is|are|from|by|it|be|bodies|frames here|shall|there)\b", re.IGNORECASE)
SIZES = ((1280, 720), (1440, 900))
TITLE = 32  # pixels of the name of a card, and around it
WRAP = int(Qt.TextFlag.TextWordWrap)
PAGES = (AboutPage, KeyPage, LogPage, PreferencePage, ShortcutPage)


def rich(text: str) -> str:
    """Return a text without its tags."""
    return re.sub(r"<[^>]*>", "", text).replace("&nbsp;", " ").strip()


def shown_texts(root: QWidget) -> Iterator[tuple[str, QWidget]]:
    """Yield every text of a widget and of what is in it: what is read, pointed at and read aloud."""
    for widget in (root, *root.findChildren(QWidget)):
        for text in (widget.toolTip(), widget.statusTip(), widget.accessibleName(), widget.accessibleDescription()):
            yield rich(text), widget
        if isinstance(widget, QLabel | QAbstractButton):
            yield rich(widget.text()), widget
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText(), widget
        elif isinstance(widget, QComboBox):
            yield from ((widget.itemText(index), widget) for index in range(widget.count()))
        elif isinstance(widget, QTabBar):
            yield from ((widget.tabText(index), widget) for index in range(widget.count()))
        elif isinstance(widget, QTreeWidget):
            for top in map(widget.topLevelItem, range(widget.topLevelItemCount())):
                for item in (top, *map(top.child, range(top.childCount()))):
                    yield from ((text, widget) for text in (item.text(0), item.toolTip(0)))
        elif isinstance(widget, QMenu) and root.isAncestorOf(widget) and widget.parentWidget().isVisible():
            widget.aboutToShow.emit()
        for action in widget.actions():
            yield from ((text, widget) for text in (action.text(), action.toolTip(), action.statusTip()))


def english(root: QWidget, catalogue: dict[str, str]) -> set[str]:
    """Return the texts that are still English; the sources of the schemes are papers, and stay so."""
    german = {*catalogue.values(), *(scheme.source for scheme in schemes().values())}
    return {
        text
        for text, widget in shown_texts(root)
        if text not in german and (ENGLISH.search(text) or catalogue.get(text, text) != text)
    }


def note_height(card: Card) -> int:
    """Return how high the sentence of a card is."""
    return QFontMetrics(font(11)).boundingRect(0, 0, card.width() - 24, 1000, WRAP, card.note).height()


def clipped(root: QWidget) -> set[str]:
    """Return the texts that are wider than the place they are shown in."""
    found = set()
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisibleTo(root.window()) or widget.visibleRegion().isEmpty():
            continue
        if isinstance(widget, QScrollArea) and widget.widget().width() > widget.viewport().width():
            found.add(f"{widget.parentWidget()} reaches beyond its edge")
        if isinstance(widget, Card) and note_height(widget) > widget.height() - widget.picture_height - TITLE:
            found.add(widget.note)
        needed = widget.sizeHint().width()
        if isinstance(widget, QLabel) and not widget.wordWrap() and widget.text():
            needed = widget.fontMetrics().horizontalAdvance(rich(widget.text()))
        elif isinstance(widget, QLineEdit) and not widget.text():
            needed = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        elif not isinstance(widget, QPushButton | QCheckBox | QToolButton):
            continue
        elif not widget.text():
            needed = widget.width()  # an icon has the size that it was given
        seen = widget.visibleRegion().boundingRect().width()
        if needed > min(widget.width(), seen) + 1:
            text = widget.placeholderText() if isinstance(widget, QLineEdit) else widget.text()
            found.add(f"{text}: {needed} > {min(widget.width(), seen)}")
    return found


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def big(request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication, german: dict[str, str]) -> Iterator[Window]:
    """A German window, on a scene in which there is something of everything."""
    dress(qapp)
    window = Window(ra.example("pendulum-pose"))
    qtbot.addWidget(window)
    window.resize(*request.param)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.studio.session.arrived)
    studio = window.studio
    studio.keyframes.select(studio.session.scene.keyframes)
    studio.session.select(np.arange(studio.session.scene.bodies.count) > 2)
    studio.solving.choices.allow("nudge", True)
    keyframes = window.studio.keyframes
    qtbot.waitUntil(lambda: all(key in keyframes.misses for key in window.studio.session.scene.keyframes))
    QApplication.processEvents()  # what has become known takes its room
    yield window
    studio.session.history.setClean()
    window.close()


def fits(window: QWidget, catalogue: dict[str, str], part: QWidget | None = None) -> None:
    """Check a window, or a part of it, as it is shown now."""
    QApplication.processEvents()
    assert not english(part or window, catalogue)
    assert not clipped(part or window)


def test_every_panel_is_german_and_fits(big: Window, german: dict[str, str]) -> None:
    solver = big.bring("solver").widget()
    solver.may_change.forces.setChecked(True)
    solver.may_change.limits.setChecked(True)
    fits(big, german)
    for dock in big.docks:
        fits(big, german, big.bring(dock.objectName()))


def test_an_example_is_named_in_german_and_moves_as_ever(big: Window, german: dict[str, str]) -> None:
    big.file_dialogs.open_example("pendulum")
    scene = big.studio.session.scene
    assert (scene.name, scene.note[:16]) == ("Pendel", "Eine Kette fällt")
    assert ra.Playhead(scene).digest() == ra.Playhead(ra.example("pendulum")).digest()


def test_thousands_of_links_fit(big: Window, german: dict[str, str]) -> None:
    big.studio.session.open(ra.example("cloth"))
    for name in ("outliner", "properties"):
        fits(big, german, big.bring(name))


def test_every_workspace_is_german_and_fits(big: Window, german: dict[str, str]) -> None:
    for workspace in WORKSPACES:
        big.workspaces.go(workspace)
        fits(big, german)


def test_every_sheet_is_german_and_fits(big: Window, german: dict[str, str]) -> None:
    for page in PAGES:
        show_sheet(big, page)
        sheet = big.findChildren(Sheet)[-1]
        QApplication.processEvents()
        assert not clipped(sheet)
        if page not in (AboutPage, LogPage):  # titles of papers, and what goes to those who help, are English
            assert not english(sheet, german)
        sheet.close()


def test_every_card_is_german_and_fits(big: Window, german: dict[str, str]) -> None:
    for maker in (big.studio.sources, big.studio.poses):
        card = show_card(big.viewport, maker)
        for index in range(card.kind.count()):
            card.kind.setCurrentIndex(index)
            fits(big, german, card)
        card.close()


def test_every_format_of_the_export_is_german_and_fits(big: Window, german: dict[str, str]) -> None:
    panel = big.bring("export").widget()
    for exporter in exporters():
        panel.choose(exporter)
        fits(big, german, panel)


def test_the_tour_the_welcome_page_and_the_palette_are_german_and_fit(
    qtbot: QtBot, big: Window, german: dict[str, str]
) -> None:
    start_tour(big)
    tour = big.findChildren(Tour)[-1]
    for _ in STEPS[1:]:
        fits(big, german, tour)
        tour.go_on()
    tour.end()
    big.welcome.show()
    qtbot.waitUntil(lambda: all(card.note for card in big.welcome.cards.values()))
    fits(big, german, big.welcome)
    big.welcome.hide()
    big.find_command()
    palette = big.findChildren(CommandPalette)[-1]
    said_there = {
        text for entry in palette.found for text in (*entry.text.split(": "), entry.tip, entry.why, entry.menu)
    }
    palette.close()
    assert not {text for text in said_there if ENGLISH.search(text)}


def test_a_window_that_spoke_english_speaks_german_at_once(
    qtbot: QtBot, window: Window, translations: dict[str, str]
) -> None:
    show_sheet(window, PreferencePage)
    preferences()["language"].choose(window, "de")
    qtbot.waitUntil(lambda: spoken() == "de" and window.findChild(Sheet) is not None)
    assert not english(window, translations)
    assert native("Ctrl+Z") == "Strg+Z"
    preferences()["language"].choose(window, "en")
    qtbot.waitUntil(lambda: spoken() == "en" and window.findChild(Sheet) is not None)
    texts = {text for text, _ in shown_texts(window)}
    assert {"File", "Preferences", "Search", "Outliner"} <= texts
    assert not texts & {"Datei", "Einstellungen", "Suchen", "Rückgängig"}


def test_what_qt_says_is_german_too(german: dict[str, str]) -> None:
    assert native("Ctrl+Shift+Del") == "Strg+Umschalt+Entf"
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == "Abbrechen"


def test_undo_steps_and_refusals_are_told_in_german(big: Window, german: dict[str, str]) -> None:
    commands()["pin"].run(big)
    assert big.studio.session.history.undoText() == "Fixieren"
    big.studio.session.failed.emit(Sentence("Nothing is selected; isolating leaves only the selected bodies."))
    assert big.toast.text() == "Nichts ist ausgewählt; Isolieren lässt nur die ausgewählten Körper übrig."
