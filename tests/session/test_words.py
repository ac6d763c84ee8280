"""The languages of the window: that no text is forgotten in them, and that each is found again."""

import ast
import re
import sys
from collections.abc import Callable
from pathlib import Path
from string import Formatter

import polib
import pytest

import revanim as ra
from revanim.resources import resource
from revanim.session.words import Catalogue, called, language_of_the_system, languages, read, said, tr

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))

import origins
import wording

CATALOGUES = sorted(resource("translations").glob("*.po"))
WHAT_TO_DO = (
    "Put tr() around what is shown, run `python packaging/translations.py`, and translate what is new in "
    "resources/translations/de.po."
)


def places(text: str) -> set[str]:
    """Return the names of the values in a text."""
    return {name for _, name, *_ in Formatter().parse(text) if name}


@pytest.fixture(scope="module")
def texts() -> set[wording.Key]:
    """All that the window may say."""
    return {key for key, _ in wording.wording()}


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
    known, silent = (
        {text for _, text in texts},
        {"session/files/log.py", "window/frame/sheets/about.py", "window/frame/sheets/sources.py"},
    )
    forgotten = [
        f"{place}:{node.lineno} {text}"
        for place, module in origins.modules().items()
        for node in ast.walk(module.tree)
        if place.startswith(("session/", "window/", "launch/"))
        and place not in silent
        and isinstance(node, ast.Constant | ast.JoinedStr)
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
