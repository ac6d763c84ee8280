"""What a person reads: a template with values, which stays in English until a window says it in another language."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from unicodedata import category

LONGEST = 200  # letters of a name, or of a few of them
JOINERS = "\u200c\u200d"  # which some scripts need between two letters, and emoji do
ALONE = re.compile(rf"(?<![^\0-\x7f{JOINERS}])[{JOINERS}]+|[{JOINERS}]+(?![^\0-\x7f{JOINERS}])")
EMPTY = "\u115f\u1160\u2800\u3164\uffa0"  # letters of which nothing is seen


@dataclass(frozen=True, init=False)
class Sentence:
    """A template with values, as in `Sentence("There is no frame {frame}.", frame=7)`; `str` gives it in English.

    Of the values those that are sentences are translated too; a text is kept as it is, such as the name of a file.
    `about` tells the meanings of a word apart for languages that have a word for each of them.
    """

    template: str
    about: str
    values: Mapping[str, object] = field(hash=False)  # which may be anything

    def __init__(self, template: str, about: str = "", /, **values: object) -> None:
        for name, value in (("template", template), ("about", about), ("values", values)):
            object.__setattr__(self, name, value)

    def with_values(self, **values: object) -> "Sentence":
        """Return the same with values, or with more of them."""
        return Sentence(self.template, self.about, **{**self.values, **values})

    def __str__(self) -> str:
        return self.template.format(**fitting(self.values)) if self.values else self.template

    def __bool__(self) -> bool:
        return bool(self.template)


def fitting(values: Mapping[str, object]) -> dict[str, object]:
    """Return values that fit into a sentence: of a very long name, its beginning and its end."""
    return {name: _shortened(value) for name, value in values.items()}


def _shortened(value: object) -> object:
    text = str(value) if isinstance(value, str | PurePath) else ""
    return f"{text[: LONGEST // 2]}…{text[-LONGEST // 4 :]}" if len(text) > LONGEST else value


NOTHING = Sentence("")
Text = Sentence | str  # what a person reads: one of ours, or as somebody gave it


def listed(sentences: Iterable[Sentence], between: str = " ") -> Sentence:
    """Return several sentences, or words, as one."""
    parts = {f"part{number}": sentence for number, sentence in enumerate(sentences)}
    return Sentence(between.join(f"{{{name}}}" for name in parts), **parts)


def named(name: str, about: str = "") -> Sentence:
    """Return what a name of the code is called, such as that of a force or of a parameter.

    `about` tells apart what is named alike, as for a sentence.
    """
    return Sentence(name.replace("_", " ").replace("-", " "), about)


def N_(text: str) -> str:  # noqa: N802 - it is called so wherever gettext is used
    """Mark a text, or a name of the code, that is declared here and said later; return it as it is."""
    return text


def visible(text: str) -> str:
    """Return a name in one line without what nobody sees, such as marks of direction and spaces of no width."""
    spaced = (" " if letter.isspace() or letter in EMPTY else letter for letter in text)
    seen = (letter for letter in spaced if letter in JOINERS or category(letter) not in ("Cc", "Cf"))
    return " ".join(ALONE.sub("", "".join(seen)).split())
