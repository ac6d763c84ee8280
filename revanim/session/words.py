"""What the window says, in the language of the person.

The English text is the key, in the code as in the catalogues of `resources/translations`; what a catalogue lacks is
shown in English. Rooms below this one speak English only: `said` finds their sentences in the catalogue.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property, lru_cache
from string import Formatter

from PySide6.QtCore import QCoreApplication, QDateTime, QLibraryInfo, QLocale, QTranslator

from revanim.resources import resource

ENGLISH = "en"
MANY = 1000  # sentences
VALUE = r"(?:(?!\. ).)*?"  # no sentence ends in it
Key = tuple[str, str]  # what it is about, and the English text


@dataclass(frozen=True)
class Catalogue:
    """What a language has for the English texts."""

    code: str = ENGLISH
    texts: Mapping[Key, str] = field(default_factory=dict)

    @cached_property
    def templates(self) -> list[tuple[str, list[str]]]:
        """The texts that have values, each with what stays the same in it; those that say most of themselves first."""
        found = [(text, constants(text)) for about, text in self.texts if not about and "{" in text]
        return sorted(found, key=lambda template: -sum(map(len, template[1])))

    @cached_property
    def reverse(self) -> "Catalogue":
        """What its texts are in English; of two that are the same here, the one that needs no `about`."""
        ordered = sorted(self.texts.items(), key=lambda entry: not entry[0][0])
        return Catalogue(texts={("", text): english for (_, english), text in ordered})


_spoken = Catalogue()


def tr(text: str, about: str = "", /, **values: object) -> str:
    """Return a text in the language of the window, with values in the places that it names, such as {count}.

    `about` tells the meanings of a word apart for languages that have a word for each of them.
    """
    texts = _spoken.texts
    found = texts.get((about, text)) or texts.get(("", text), text)
    return found.format(**values) if values else found


@lru_cache(MANY)  # a picture asks for the same again and again
def said(sentence: str) -> str:
    """Return finished English sentences in the language of the window; their values are kept, or said themselves."""
    return translated(sentence, _spoken)


def reword(sentence: str, before: Catalogue) -> str:
    """Return finished sentences of another language in that of the window; what that language does not know stays."""
    return said(translated(sentence, before.reverse))


def translated(sentence: str, catalogue: Catalogue) -> str:
    """Return what a catalogue has for finished sentences, and for their values."""
    if not any(map(str.isalpha, sentence)):
        return sentence
    if ("", sentence) in catalogue.texts:
        return catalogue.texts["", sentence]
    whole = catalogue.texts.get(("", sentence.removesuffix(".")))
    if whole:  # a tip that is a sentence here
        return f"{whole}."
    for template, parts in catalogue.templates:
        found = pattern(template).fullmatch(sentence) if all(part in sentence for part in parts) else None
        if found:
            values = {name: translated(value, catalogue) for name, value in found.groupdict().items()}
            return catalogue.texts["", template].format(**values)
    several = re.split(r"(?<=\.) (?=\S)", sentence)
    return " ".join(translated(one, catalogue) for one in several) if len(several) > 1 else sentence


def constants(template: str) -> list[str]:
    """Return what of a text stays, whatever its values are."""
    return [part for part, *_ in Formatter().parse(template) if part]


@cache
def pattern(template: str) -> re.Pattern[str]:
    """Return what a text looks like with any values."""
    parts = [(re.escape(part), name) for part, name, *_ in Formatter().parse(template)]
    return re.compile("".join(part + (f"(?P<{name}>{VALUE})" if name else "") for part, name in parts), re.DOTALL)


def moment(when: datetime, form: str) -> str:
    """Return a date in the language of the window; `form` is Qt's, such as "d MMMM yyyy", and a text like any other."""
    return QLocale(_spoken.code).toString(QDateTime(when), tr(form))


def called(name: str) -> str:
    """Return what a name of the code is called in the language of the window: that of a force, or of a parameter."""
    return said(name.replace("_", " ").replace("-", " "))


def capital(text: str) -> str:
    """Return a text with a capital at its beginning; unlike `capitalize` it leaves the others alone."""
    return text[:1].upper() + text[1:]


def languages() -> dict[str, str]:
    """Return what each language calls itself, by its code."""
    codes = sorted(path.stem for path in resource("translations").glob("*.po"))
    return {ENGLISH: "English"} | {code: capital(QLocale(code).nativeLanguageName()) for code in codes}


def language_named(chosen: str) -> str:
    """Return the code of a language that was chosen, or of the one that the person reads where none was."""
    return chosen if chosen in languages() else language_of_the_system()


def language_of_the_system() -> str:
    """Return the first language that the person reads and the window speaks."""
    wanted = [name.partition("-")[0] for name in QLocale.system().uiLanguages()]
    return next((code for code in wanted if code in languages()), ENGLISH)


def spoken() -> Catalogue:
    """Return what the window speaks."""
    return _spoken


def speak(code: str) -> None:
    """Let the window speak a language from now on, and Qt too; what is on the screen already stays as it is."""
    global _spoken
    _spoken = read(code)
    said.cache_clear()
    application = QCoreApplication.instance()
    if application is None:
        return
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    qt, place = QTranslator(application), QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if code != ENGLISH and qt.load(QLocale(code), "qtbase", "_", place):
        application.installTranslator(qt)


def read(code: str) -> Catalogue:
    """Return the catalogue of a language; English needs none."""
    if code == ENGLISH:
        return Catalogue()
    import polib  # costs its time only where another language is spoken

    entries = polib.pofile(str(resource("translations", f"{code}.po")))
    return Catalogue(
        code, {(entry.msgctxt or "", entry.msgid): entry.msgstr for entry in entries if entry.translated()}
    )
