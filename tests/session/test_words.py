"""The languages of the window: that no text is forgotten in them, and that values find their places."""

import ast
import re
import sys
from collections.abc import Callable
from pathlib import Path
from string import Formatter

import numpy as np
import polib
import pytest

import revanim as ra
from revanim.resources import resource
from revanim.scene.check import check
from revanim.scene.pose import make_pose
from revanim.sentence import N_, NOTHING, Sentence, listed, named
from revanim.session.words import called, language_of_the_system, languages, tr

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))

import wording

CATALOGUES = sorted(resource("translations").glob("*.po"))
WHAT_TO_DO = (
    "Mark what is shown with tr(), Sentence() or N_(), run `python packaging/translations.py`, and translate what is "
    "new in resources/translations/de.po."
)
SILENT = {"session/files/log.py", "window/frame/sheets/about.py", "window/frame/sheets/sources.py"}


def places(text: str) -> set[str]:
    """Return the names of the values in a text, with how each is written."""
    return {f"{name}!{way}:{form}" for _, name, form, way in Formatter().parse(text) if name}


@pytest.fixture(scope="module")
def texts() -> set[wording.Key]:
    """All that the window may say."""
    return {key for key, _ in wording.wording()}


# The catalogues


def test_german_has_every_text_and_none_that_is_said_no_more(texts: set[wording.Key]) -> None:
    entries = polib.pofile(str(resource("translations", "de.po"))).translated_entries()
    german = {(entry.msgctxt or "", entry.msgid) for entry in entries}
    assert not sorted(texts - german), WHAT_TO_DO
    assert not sorted(german - texts), WHAT_TO_DO


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_translation_has_the_values_and_the_ends_of_its_text(path: Path) -> None:
    for entry in polib.pofile(str(path)).translated_entries():
        assert places(entry.msgstr) == places(entry.msgid), entry.msgid
        for end in ("…", ".", "?", ":", "!"):
            assert entry.msgstr.endswith(end) == entry.msgid.endswith(end), entry.msgid
        assert entry.msgstr.count("\n") == entry.msgid.count("\n"), entry.msgid
        assert entry.msgstr.strip() == entry.msgstr, entry.msgid


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_values_are_named_by_plain_words(path: Path) -> None:
    for entry in polib.pofile(str(path)):
        for name in {name for _, name, *_ in Formatter().parse(entry.msgid) if name}:
            assert re.fullmatch(r"[a-z]{2,}|[xyz]", name), entry.msgid


def test_german_addresses_nobody_and_quotes_as_germans_do(translations: dict[str, str]) -> None:
    for text in translations.values():
        assert not re.search(r"\b(Sie|Ihnen|Du|Dein|[Dd]ich)\b", text), text
        assert text.count("„") == text.count("“"), text
        assert "”" not in text, text


def test_texts_are_found_where_they_are_written(texts: set[wording.Key]) -> None:
    for known in (
        "Pin assignment",  # a sentence
        "Onion Skins",  # a field of a command
        "Look along z, from above",  # in a loop over rows
        "Nothing pulls at it yet.",  # a constant that is sent
        "The keyframe at frame {frame}",  # the value of a sentence
        "softening",  # the name of a parameter
        "lennard jones",  # the name of a force
        "Two galaxies of two thousand stars meet, and fling out tails of light.",  # the note of an example
    ):
        assert ("", known) in texts, known


def test_no_text_is_forgotten(texts: set[wording.Key]) -> None:
    known = {text for _, text in texts}
    forgotten = [
        f"{place}:{node.lineno} {text}"
        for place, tree in trees()
        if place.startswith(("session/", "window/", "launch/")) and place not in SILENT
        for node, text in prose(tree)
        if text not in known
    ]
    assert not forgotten, "\n".join([WHAT_TO_DO, *forgotten])


def trees() -> list[tuple[str, ast.Module]]:
    """Return every source with its place."""
    files = sorted(wording.PACKAGE.rglob("*.py"))
    return [(file.relative_to(wording.PACKAGE).as_posix(), ast.parse(file.read_text("utf-8"))) for file in files]


def prose(tree: ast.Module) -> list[tuple[ast.expr, str]]:
    """Return the texts of a source that have two words one after the other, and are no docstrings."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = []
    for node in ast.walk(tree):
        if isinstance(parents.get(node), ast.Expr | ast.JoinedStr | ast.Subscript):
            continue
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if "[" not in text and re.search(r"[A-Za-z]{2,}[,;:]? [A-Za-z]{2,}", re.sub(r"{[^}]*}|<[^>]*>", "", text)):
            found.append((node, text))
    return found


def test_nothing_is_translated_before_the_language_is_known() -> None:
    for place, tree in trees():
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)]
        later = {child for function in functions for child in ast.walk(function)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
                assert node in later, place


# The words


def test_english_needs_no_catalogue_and_values_find_their_places() -> None:
    assert tr("Undo") == "Undo"
    assert tr("{count} bodies", count=7) == "7 bodies"
    assert tr(Sentence("{count} bodies", count=7)) == str(Sentence("{count} bodies", count=7)) == "7 bodies"
    assert (tr(""), tr(NOTHING), N_("Undo")) == ("", "", "Undo")


def test_a_word_with_two_meanings_has_two_translations(german: dict[str, str]) -> None:
    assert (tr("Light"), tr("Light", "lamp"), tr(Sentence("Light", "lamp"))) == ("Hell", "Licht", "Licht")


def test_a_text_that_a_catalogue_lacks_stays_english(german: dict[str, str]) -> None:
    assert tr("No catalogue has {this}.", this=Sentence("Undo")) == "No catalogue has Rückgängig."


def test_sentences_among_the_values_are_translated_and_texts_are_kept(german: dict[str, str]) -> None:
    assert tr(Sentence("Set {name}", name=Sentence("velocity"))) == "Geschwindigkeit ändern"
    assert tr(Sentence("Set {name}", name="velocity")) == "velocity ändern"
    assert tr(Sentence("{home}").with_values(home=named("lennard_jones"))) == "Lennard-Jones-Kraft"
    assert tr(listed([Sentence("Undo"), Sentence("Pin")], ", ")) == "Rückgängig, Fixieren"


def test_a_name_with_braces_is_no_template(german: dict[str, str]) -> None:
    for name in ("{", "{0}", "{name}"):
        assert tr(Sentence("Set {name}", name=name)) == f"{name} ändern"
        assert tr(Sentence(name)) == str(Sentence(name)) == name


SCENE = ra.make_scene([[0, 0, 0], [1, 0, 0]], [[0, 0, 0], [0, 0, 0]], [1, 1])
WRONG: dict[str, tuple[Callable[[], object], str]] = {
    "no file": (lambda: ra.load("nowhere.revanim"), r"nowhere.* lässt sich nicht lesen: Datei oder Ordner nicht .*\."),
    "no force": (lambda: ra.force("gravty"), r"Kraft namens 'gravty' gibt es nicht; vorhanden: attractor, .*\."),
    "no move": (lambda: ra.move("drg"), r"Bewegung namens 'drg' gibt es nicht; vorhanden: .*\."),
    "no parameter": (lambda: ra.force("spring", links=[[0, 1]], strenght=1), r".*Feder.*'strenght'.*length.*"),
    "no choice": (lambda: make_pose("text", 9, source="a", paint="x"), r"text\.paint.* fill, outline.*"),
    "out of bounds": (lambda: ra.force("gravity", strength="a"), r"gravity\.strength.*Zahlen.*"),
    "frames a second": (lambda: again(fps=0), r"0 Frames je Sekunde sind nicht möglich; .*"),
    "steps": (lambda: again(steps_per_frame=0), r"0 Schritte je Frame .* 100000.*"),
    "masses": (lambda: again(mass=["x", "y"]), r"Die Massen: Nur Zahlen sind erlaubt, .*"),
    "shape": (lambda: again(mass=[1, 2, 3]), r"Die Massen.*\(3,\).*\(2,\).*"),
    "name": (lambda: again(name=7), r"Der Name der Szene.*Text.*"),
    "planar": (lambda: again(planar=7), r"eben.*True.*False.*"),
    "reach": (lambda: again(home=10**12), r".* -?\d+ .* \d+.*"),
    "key of a body": (
        lambda: ra.edits.add_keyframe(SCENE, 9, [5], position=[[0, 0, 0]]),
        r"Der Keyframe an Frame 9 .*5.*1\.",
    ),
    "key at home": (lambda: ra.edits.add_keyframe(SCENE, 1, [0], position=[[0, 0, 0]]), r".*Frame 1 .*Home-Frame 1.*"),
    "key rows": (
        lambda: ra.edits.add_keyframe(SCENE, 9, [0], position=[[0, 0]]),
        r"Der Keyframe an Frame 9.*Positionen.*",
    ),
    "nothing to hit": (lambda: next(iter(ra.solve(SCENE))), r".*Keyframe.*"),
    "no take": (lambda: ra.edits.switch_take(SCENE, "x"), r".*Take.*'x'.*"),
    "no example": (lambda: ra.example("x"), r"Beispiel.*'x'.*cloth.*"),
    "letters": (lambda: make_pose("text", 9, source="a" * 9999), r"Der Text .* 9999 .*"),
    "points": (lambda: make_pose("text", 0, source="a"), r"0 Punkte .* 1 bis .*"),
    "export": (lambda: ra.export(SCENE, "x.xyz"), r"x\.xyz .*\.csv.*"),
    "exporter": (lambda: ra.export(SCENE, "x.csv", (9, 1)), r".*9.*1.*"),
    "left": (lambda: ra.Playhead(SCENE).seek(10**12), r".*\d+.*"),
    "take of takes": (lambda: check(ra.edits.set_look(SCENE, play="x")), r"Abspielweise namens 'x' .* und .*"),
}


def again(**wrong: object) -> ra.Scene:
    """Make the scene once more, with something wrong in it."""
    given = {"position": np.eye(3)[:2], "velocity": np.zeros((2, 3)), "mass": [1, 1]} | wrong
    return ra.make_scene(given.pop("position"), given.pop("velocity"), given.pop("mass"), **given)


@pytest.mark.parametrize(("wrong", "told"), WRONG.values(), ids=WRONG)
def test_errors_of_rooms_below_are_said_in_german_with_their_values(
    german: dict[str, str], wrong: Callable[[], object], told: str
) -> None:
    with pytest.raises(ra.RevanimError) as error:
        wrong()
    said = tr(error.value.sentence)
    assert re.fullmatch(told, said), said
    assert not re.search(r"\b(the|of|and|is|are|must|there|be)\b", said), said


def test_every_sentence_takes_its_values_in_every_language(german: dict[str, str]) -> None:
    for english in german:
        values = {name: 7 for _, name, *_ in Formatter().parse(english) if name}
        assert "{" not in tr(Sentence(english, **values)) or not values


def test_several_sentences_are_said_one_by_one(german: dict[str, str]) -> None:
    nail = Sentence("The nail at frame {frame} is still {distance:.2g} away.", frame=4, distance=0.2)
    bounds = Sentence("{held} of {count} values lie at their bounds: widen them.", held=3, count=9)
    both = "Der Nagel an Frame 4 ist noch 0,2 entfernt. 3 von 9 Werten liegen an ihren Grenzen: erweitern."
    assert tr(listed([nail, bounds])) == both


def test_names_of_the_code_are_said(german: dict[str, str]) -> None:
    assert (called("kinetic_energy"), called("Ping pong")) == ("Bewegungsenergie", "Ping-Pong")


def test_a_language_calls_itself_by_its_own_name() -> None:
    assert languages()["en"] == "English"
    assert languages()["de"] == "Deutsch"
    assert language_of_the_system() in languages()
