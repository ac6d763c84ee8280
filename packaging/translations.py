"""Bring the catalogues of `resources/translations` up to date with what the window says.

    python packaging/translations.py [CODE ...]

A new text is added without a translation, and one that is said no more is taken out; translations, comments and
glossaries stay. A CODE such as `fr` begins a new catalogue.

How to add a language, say French:
1. `python packaging/translations.py fr` begins `resources/translations/fr.po`.
2. Translate it with any editor for gettext, such as Poedit; texts without a translation are shown in English.
3. A value stands in braces, as in {count} or {speed:g}: it keeps its name, and may stand anywhere in the sentence.
   `#:` says where a text comes from; `msgctxt` tells the meanings of a word apart.
4. Choose Preferences > Language: the window speaks French at once, nothing has to be compiled or registered.
5. `pytest tests/session/test_words.py` checks every catalogue; tests/window/frame/test_german.py is a pattern for
   tests that walk the window.
A text of the code is marked where it is written: `tr("...")` says it at once, `Sentence("...")` and
`RevanimError("...")` later, `N_("...")` marks one that is declared; items are asked for their texts, help and units.
"""

import sys
from collections import defaultdict

import polib
from wording import Key, wording

from revanim.resources import resource

Places = dict[Key, list[str]]
METADATA = {
    "Project-Id-Version": "revanim",
    "Language": "",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}


def main(codes: list[str]) -> int:
    """Update every catalogue there is, and begin those that are asked for."""
    places: Places = defaultdict(list)
    for key, place in wording():
        places[key].append(place)
    known = {path.stem for path in resource("translations").glob("*.po")}
    for code in sorted({*known, *codes}):
        print(f"{code}: {update(code, places)}")
    return 0


def update(code: str, places: Places) -> str:
    """Bring one catalogue up to date, and return what there is to do in it, in words."""
    path = resource("translations") / f"{code}.po"
    before = polib.pofile(str(path)) if path.exists() else polib.POFile()
    done = {(entry.msgctxt or "", entry.msgid): entry for entry in before}
    after = polib.POFile(wrapwidth=100)
    after.header = before.header
    after.metadata = before.metadata or METADATA | {"Language": code}
    for key in sorted(places, key=lambda key: (min(places[key]), key[1].casefold(), key)):
        old = done.get(key)
        after.append(
            polib.POEntry(
                msgctxt=key[0] or None,
                msgid=key[1],
                msgstr=old.msgstr if old else "",
                tcomment=old.tcomment if old else "",
                occurrences=[(place, "") for place in sorted(set(places[key]))],
            )
        )
    after.save(str(path))
    return f"{len(after)} texts, {len(after.untranslated_entries())} without a translation"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
