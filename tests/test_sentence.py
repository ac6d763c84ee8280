"""What is said of a thing with a very long name."""

from pathlib import Path

import revanim as ra
from revanim.sentence import Sentence
from revanim.session.words import tr


def test_a_name_of_a_thousand_letters_leaves_room_for_the_sentence() -> None:
    for name in ("x" * 1000, Path("/tmp") / ("long name " * 100)):
        said = Sentence("There is no {name} and no {name!r}.", name=name)
        for text in (str(said), tr(said), str(ra.RevanimError("There is no {name}.", name=name))):
            assert text.startswith("There is no ")
            assert "…" in text
            assert len(text) < 500


def test_a_sentence_in_a_sentence_is_said_whole() -> None:
    inner = Sentence("word " * 100)
    outer = Sentence("So: {why}", why=inner)
    assert str(outer) == tr(outer) == f"So: {inner}"
