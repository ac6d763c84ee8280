"""What an option cannot read is answered with what is asked for, whichever option it is."""

from argparse import Action, ArgumentParser, ArgumentTypeError
from contextlib import suppress

import pytest

from revanim.cli.reading import bodies, decimal, size, span
from revanim.cli.verb import all_verbs


def readers() -> dict[str, Action]:
    """Return every option that reads what is typed, by its verb and its name."""
    found = {}
    for verb in all_verbs().values():
        parser = ArgumentParser()
        verb.takes(parser)
        read = (each for each in parser._actions if each.option_strings and each.type)
        found |= {f"{verb.name} {each.option_strings[-1]}": each for each in read}
    return found


@pytest.mark.parametrize("action", readers().values(), ids=readers())
@pytest.mark.parametrize("text", ["~", "", "1e999", "1:2:3:4"])
def test_every_option_reads_a_text_or_says_what_it_reads(action: Action, text: str) -> None:
    with suppress(ArgumentTypeError):  # with another error argparse names our function, and not what is allowed
        action.type(text)


def test_the_sentence_has_what_was_typed_and_what_is_asked_for() -> None:
    with pytest.raises(ArgumentTypeError, match=r"^'20' is not two frames such as 1:240\.$"):
        span("20")


def test_spans_sizes_bodies_and_numbers_are_read() -> None:
    assert span("-5:9") == (-5, 9)
    assert size("64x48") == (64, 48)
    assert bodies("0,3,10:12") == [0, 3, 10, 11, 12]
    assert decimal("1,5") == 1.5
