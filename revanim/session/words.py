"""What the window says, in the language of the person: ordinary gettext.

The English text is the key, in the code as in the catalogues of `resources/translations`; what a catalogue lacks is
shown in English. Rooms below this one make sentences, and `tr` says them.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO

from PySide6.QtCore import QCoreApplication, QDateTime, QLibraryInfo, QLocale, QTranslator

from revanim.resources import resource
from revanim.sentence import Sentence, fitting, named

ENGLISH = "en"
_spoken = ENGLISH
_catalogue = NullTranslations()


def tr(text: Sentence | str, about: str = "", /, **values: object) -> str:
    """Return a text in the language of the window, with values in the places that it names, such as {count}.

    `about` tells the meanings of a word apart; values that are sentences are translated too.
    """
    if isinstance(text, Sentence):
        return tr(text.template, text.about, **{**text.values, **values})
    if not text:
        return ""  # in a catalogue that is the key of the header
    found = _catalogue.pgettext(about, text) if about else _catalogue.gettext(text)
    said = {name: _said(value) for name, value in fitting(values).items()}
    return found.format(**said) if said else found


def _said(value: object) -> object:
    if isinstance(value, Sentence):
        return tr(value)
    return _Figure(value) if isinstance(value, float) else value


def figures(text: str) -> str:
    """Return a number that is written with a point as one writes it in the language of the window."""
    return text.replace(".", QLocale(_spoken).decimalPoint())


@dataclass(frozen=True)
class _Figure:
    """A number that is written so wherever a text has a place for it."""

    value: float

    def __format__(self, form: str) -> str:
        return figures(format(self.value, form))


def moment(when: datetime, form: str) -> str:
    """Return a date in the language of the window; `form` is Qt's, such as "d MMMM yyyy", and a text like any other."""
    return QLocale(_spoken).toString(QDateTime(when), tr(form))


def called(name: str) -> str:
    """Return what a name of the code is called in the language of the window: that of a force, or of a parameter."""
    return tr(named(name))


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


def spoken() -> str:
    """Return the code of the language that the window speaks."""
    return _spoken


def speak(code: str) -> None:
    """Let the window speak a language from now on, and Qt too; what is on the screen already stays as it is."""
    global _spoken, _catalogue
    _spoken, _catalogue = code, read(code)
    application = QCoreApplication.instance()
    if application is None:
        return
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.deleteLater()
    qt, place = QTranslator(application), QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if code != ENGLISH and qt.load(QLocale(code), "qtbase", "_", place):
        application.installTranslator(qt)


@cache
def read(code: str) -> NullTranslations:
    """Return the catalogue of a language; English needs none.

    It is compiled in memory, once: nothing to build, and nothing to write where a person may not.
    """
    if code == ENGLISH:
        return NullTranslations()
    import polib  # costs its time only where another language is spoken

    return GNUTranslations(BytesIO(polib.pofile(str(resource("translations", f"{code}.po"))).to_binary()))
