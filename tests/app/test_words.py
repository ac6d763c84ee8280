"""The languages of the window: that nothing is forgotten in them, and that they fit where they are shown."""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Formatter

import numpy as np
import polib
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
from revanim.app.command import commands
from revanim.app.command_palette import CommandPalette
from revanim.app.preference import begun_with, preferences
from revanim.app.sheet import Sheet, show_sheet
from revanim.app.sheets.about import AboutPage
from revanim.app.sheets.keys import KeyPage
from revanim.app.sheets.log import LogPage
from revanim.app.sheets.preferences import PreferencePage
from revanim.app.sheets.shortcuts import ShortcutPage
from revanim.app.shortcuts import native
from revanim.app.start import chosen_language
from revanim.app.theme import dress, font
from revanim.app.tour import STEPS, Tour, start_tour
from revanim.app.viewport.source_card import show_card
from revanim.app.welcome.card import Card
from revanim.app.window import Window
from revanim.app.words import Catalogue, called, language_of_the_system, languages, read, said, speak, tr
from revanim.app.workspaces import WORKSPACES
from revanim.engine.scheme import schemes
from revanim.export.exporter import exporters
from revanim.resources import resource

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))

import origins
import wording

CATALOGUES = sorted(resource("translations").glob("*.po"))
WHAT_TO_DO = (
    "Put tr() around what is shown, run `python packaging/translations.py`, and translate what is new in "
    "resources/translations/de.po."
)
# Words that German does not have: whoever finds one looks at a text that was not translated.
ENGLISH = re.compile(r"\b(the|of|and|or|with|to|is|are|from|by|it|be|bodies|frames here|shall|there)\b", re.IGNORECASE)
SIZES = ((1280, 720), (1440, 900))
TITLE = 32  # pixels of the name of a card, and around it
WRAP = int(Qt.TextFlag.TextWordWrap)
PAGES = (AboutPage, KeyPage, LogPage, PreferencePage, ShortcutPage)


def places(text: str) -> set[str]:
    """Return the names of the values in a text."""
    return {name for _, name, *_ in Formatter().parse(text) if name}


@pytest.fixture(scope="module")
def texts() -> set[wording.Key]:
    """All that the window may say."""
    return {key for key, _ in wording.wording()}


@pytest.fixture
def german(qapp: QApplication) -> Iterator[Catalogue]:
    """Speak German for a while."""
    speak("de")
    yield read("de")
    speak("en")


# The catalogues


def test_german_has_every_text(texts: set[wording.Key]) -> None:
    missing = sorted(texts - read("de").texts.keys())
    assert not missing, f"{missing} are not in German. {WHAT_TO_DO}"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_has_no_text_that_is_said_no_more(path: Path, texts: set[wording.Key]) -> None:
    plain = {text for _, text in texts}
    gone = [entry.msgid for entry in polib.pofile(str(path)) if entry.msgid not in plain]
    assert not gone, f"{gone} are said no more. Run `python packaging/translations.py`."


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_translation_has_the_values_and_the_ends_of_its_text(path: Path) -> None:
    for entry in polib.pofile(str(path)).translated_entries():
        assert places(entry.msgstr) == places(entry.msgid), entry.msgid
        for end in ("…", ".", "?", ":", "!"):
            assert entry.msgstr.endswith(end) == entry.msgid.endswith(end), entry.msgid
        assert entry.msgstr.count("\n") == entry.msgid.count("\n"), entry.msgid
        assert entry.msgstr.strip() == entry.msgstr, entry.msgid


def test_german_addresses_nobody_and_quotes_as_germans_do() -> None:
    for text in read("de").texts.values():
        assert not re.search(r"\b(Sie|Ihnen|Du|Dein|[Dd]ich)\b", text), text
        assert text.count("„") == text.count("“"), text
        assert "”" not in text, text


def test_texts_are_followed_to_where_they_are_written(texts: set[wording.Key]) -> None:
    for known in (
        "Pin assignment",  # in a call of tr
        "Onion Skins",  # a field of a dataclass
        "Show Timecode",  # a parameter of a function that makes one
        "Look along z, from above",  # in a loop over rows
        "Nothing pulls at it yet: a force, such as Uniform, lets it move.",  # a constant that is sent
        "The keyframe at frame {frame}",  # the value of a sentence
        "softening",  # the name of a parameter
        "lennard jones",  # the name of a file
        "Two galaxies of two thousand stars meet, and fling out tails of light.",  # the note of an example
    ):
        assert ("", known) in texts, known


def test_no_text_is_forgotten(texts: set[wording.Key]) -> None:
    known, silent = {text for _, text in texts}, {"app/log.py", "app/sheets/about.py", "app/sheets/sources.py"}
    forgotten = [
        f"{place}:{node.lineno} {text}"
        for place, module in origins.modules().items()
        for node in ast.walk(module.tree)
        if place.startswith("app/") and place not in silent and isinstance(node, ast.Constant | ast.JoinedStr)
        for text in [origins.template(node)]
        if text is not None and text not in known and wording.is_text(module, node) and is_prose(text)
    ]
    assert not forgotten, "\n".join([WHAT_TO_DO, *forgotten])


def is_prose(text: str) -> bool:
    """Whether a text has two words one after the other."""
    return re.search(r"[A-Za-z]{2,}[,;:]? [A-Za-z]{2,}", re.sub(r"{\w*}|<[^>]*>", "", text)) is not None


def test_nothing_is_translated_before_the_language_is_known() -> None:
    for module in origins.modules().values():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and origins.name_of(node.func) in ("tr", "said"):
                assert any(isinstance(around, origins.Function) for around in module.around(node)), module.place


# The words


def test_english_needs_no_catalogue_and_values_find_their_places() -> None:
    assert tr("Undo") == "Undo"
    assert tr("{count} bodies", count=7) == "7 bodies"
    assert said("Pinned bodies never move.") == "Pinned bodies never move."


def test_a_word_with_two_meanings_has_two_translations(german: Catalogue) -> None:
    assert (tr("Light"), tr("Light", "lamp")) == ("Hell", "Licht")
    assert tr("Undo", "something that no language tells apart") == "Rückgängig"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (
            lambda: ra.load("nowhere.revanim"),
            r".* lässt sich nicht lesen: Datei oder Ordner nicht gefunden\.",
        ),
        (lambda: ra.force("gravty"), r"Kraft namens 'gravty' gibt es nicht; vorhanden: attractor, .*\."),
        (lambda: ra.make_scene([[0, 0, 0]], [[0, 0, 0]], [1], fps=0), "0 Frames je Sekunde sind nicht möglich; .*"),
        (lambda: ra.make_scene([[0, 0, 0]], [[0, 0, 0]], ["x"]), "Die Massen: Nur Zahlen sind erlaubt, .*"),
    ],
)
def test_errors_of_rooms_without_a_language_are_said_in_it(
    german: Catalogue, wrong: Callable[[], object], told: str
) -> None:
    with pytest.raises(ra.RevanimError) as error:
        wrong()
    assert re.fullmatch(told, said(str(error.value)))


def test_every_sentence_of_an_error_is_found_again_with_its_values(german: Catalogue) -> None:
    for text, _ in wording.shown_sentences():
        values = {name: f"<{number}>" for number, name in enumerate(sorted(places(text)))}
        assert said(text.format(**values)) == german.texts["", text].format(**values), text


def test_several_sentences_are_said_one_by_one(german: Catalogue) -> None:
    both = "The nail at frame 4 is still 0.2 away. 3 of 9 values lie at their bounds: widen them."
    assert (
        said(both) == "Der Nagel an Frame 4 ist noch 0.2 entfernt. 3 von 9 Werten liegen an ihren Grenzen: erweitern."
    )


def test_names_of_the_code_and_tips_that_became_sentences_are_said(german: Catalogue) -> None:
    assert (called("kinetic_energy"), called("ping_pong")) == ("Bewegungsenergie", "Ping-Pong")
    assert said("How fast each body is.") == "Wie schnell jeder Körper ist."


def test_a_language_calls_itself_by_its_own_name() -> None:
    assert languages()["en"] == "English"
    assert languages()["de"] == "Deutsch"
    assert language_of_the_system() in languages()


# The window in German


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


def english(root: QWidget, catalogue: Catalogue) -> set[str]:
    """Return the texts that are still English; the sources of the schemes are papers, and stay so."""
    german = {*catalogue.texts.values(), *(scheme.source for scheme in schemes().values())}
    return {
        text
        for text, widget in shown_texts(root)
        if text not in german and (ENGLISH.search(text) or catalogue.texts.get(("", text), text) != text)
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
def big(request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication, german: Catalogue) -> Iterator[Window]:
    """A German window, on a scene in which there is something of everything."""
    dress(qapp)
    window = Window(ra.example("pendulum-pose"))
    qtbot.addWidget(window)
    window.resize(*request.param)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.session.arrived, timeout=60_000)
    session = window.session
    session.keys.select(session.scene.keyframes)
    session.select(np.arange(session.scene.bodies.count) > 2)
    session.solving.allow("nudge", True)
    yield window
    session.history.setClean()
    window.close()


def fits(window: QWidget, catalogue: Catalogue, part: QWidget | None = None) -> None:
    """Check a window, or a part of it, as it is shown now."""
    QApplication.processEvents()
    assert not english(part or window, catalogue)
    assert not clipped(part or window)


def test_every_panel_is_german_and_fits(big: Window, german: Catalogue) -> None:
    solver = big.bring("solver").widget()
    solver.forces.setChecked(True)
    solver.limits.setChecked(True)
    fits(big, german)
    for dock in big.docks:
        fits(big, german, big.bring(dock.objectName()))


def test_an_example_is_named_in_german_and_moves_as_ever(big: Window, german: Catalogue) -> None:
    big.files.open_example("pendulum")
    scene = big.session.scene
    assert (scene.name, scene.note[:16]) == ("Pendel", "Eine Kette fällt")
    assert ra.Playhead(scene).digest() == ra.Playhead(ra.example("pendulum")).digest()


def test_thousands_of_links_fit(big: Window, german: Catalogue) -> None:
    big.session.open(ra.example("cloth"))
    for name in ("outliner", "properties"):
        fits(big, german, big.bring(name))


def test_every_workspace_is_german_and_fits(big: Window, german: Catalogue) -> None:
    for workspace in WORKSPACES:
        big.workspaces.go(workspace)
        fits(big, german)


@pytest.mark.parametrize("page", PAGES)
def test_every_sheet_is_german_and_fits(big: Window, german: Catalogue, page: type[QWidget]) -> None:
    show_sheet(big, page)
    sheet = big.findChildren(Sheet)[-1]
    QApplication.processEvents()
    assert not clipped(sheet)
    if page not in (AboutPage, LogPage):  # titles of papers, and what goes to those who help, are English
        assert not english(sheet, german)


def test_every_card_is_german_and_fits(big: Window, german: Catalogue) -> None:
    for maker in (big.session.adding, big.session.posing):
        card = show_card(big.viewport, maker)
        for index in range(card.kind.count()):
            card.kind.setCurrentIndex(index)
            fits(big, german, card)
        card.close()


def test_every_format_of_the_export_is_german_and_fits(big: Window, german: Catalogue) -> None:
    panel = big.bring("export").widget()
    for exporter in exporters():
        panel.choose(exporter)
        fits(big, german, panel)


def test_the_tour_the_welcome_page_and_the_palette_are_german_and_fit(
    qtbot: QtBot, big: Window, german: Catalogue
) -> None:
    start_tour(big)
    tour = big.findChildren(Tour)[-1]
    for _ in STEPS[1:]:
        fits(big, german, tour)
        tour.go_on()
    tour.end()
    big.welcome.show()
    qtbot.waitUntil(lambda: all(card.note for card in big.welcome.cards.values()), timeout=60_000)
    fits(big, german, big.welcome)
    big.welcome.hide()
    palette = CommandPalette(big)
    said_there = {
        text for entry in palette.found for text in (*entry.text.split(": "), entry.tip, entry.why, entry.menu)
    }
    palette.close()
    assert not {text for text in said_there if ENGLISH.search(text)}


def test_what_qt_says_is_german_too(german: Catalogue) -> None:
    assert native("Ctrl+Shift+Del") == "Strg+Umschalt+Entf"
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == "Abbrechen"


def test_a_language_is_chosen_in_the_preferences_and_spoken_from_the_next_start(window: Window) -> None:
    assert preferences()["language"].options == {"system": "Follow system", "en": "English", "de": "Deutsch"}
    preferences()["language"].choose(window, "de")
    assert tr("Undo") == "Undo"
    begun_with.cache_clear()  # as at the next start
    assert chosen_language() == "de"
    begun_with.cache_clear()


def test_undo_steps_and_refusals_are_told_in_german(big: Window, german: Catalogue) -> None:
    commands()["pin"].run(big)
    assert big.session.history.undoText() == "Fixieren"
    big.session.failed.emit("Nothing is selected; isolating leaves only the selected bodies.")
    assert big.toast.text() == "Nichts ist ausgewählt; Isolieren lässt nur die ausgewählten Körper übrig."
