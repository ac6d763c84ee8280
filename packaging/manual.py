"""Print the manual page: what `--help` says, in the language of man.

python packaging/manual.py > revanim.1
"""

import os
import time
from argparse import SUPPRESS, Action, ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from importlib.metadata import version

from revanim.cli import parser
from revanim.cli.verb import all_verbs


def main() -> None:
    """Print the page."""
    print("\n".join(page()))


def page() -> Iterator[str]:
    """Yield the lines of the page."""
    top = parser(list(all_verbs()))
    when = time.strftime("%Y-%m-%d", time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))))
    yield f'.TH REVANIM 1 {when} "revanim {version("revanim")}" "User Commands"'
    yield from (".SH NAME", r"revanim \- animate by exact motion that can be scrubbed like a flipbook")
    yield from (".SH SYNOPSIS", ".B revanim", r".RI [ FILE ]", ".br", ".B revanim", r".IR COMMAND " + "...")
    yield from (".SH DESCRIPTION", plain(top.description or ""))
    yield plain("Every step of the physics can be undone bit for bit, so time runs in both directions.")
    yield ".SH COMMANDS"
    for name, command in commands_of(top):
        yield from (f".SS {plain(command.format_usage().removeprefix('usage: ').split('[-h]')[0].strip() or name)}",)
        yield plain(command.description or "")
        yield from options_of(command)
    yield from (".SH EXIT STATUS", "0 when done, 1 when something was refused in one sentence, 2 on wrong usage,")
    yield from ("3 when", ".B revanim verify", "finds a bit that differs.")
    yield from (".SH FILES", ".TP", ".I *.revanim", "A scene: a zip with the scene, its state and a picture of it.")


def commands_of(top: ArgumentParser) -> Iterator[tuple[str, ArgumentParser]]:
    """Yield the parsers of the commands."""
    for action in top._actions:
        if isinstance(action, _SubParsersAction):
            yield from action.choices.items()


def options_of(command: ArgumentParser) -> Iterator[str]:
    """Yield the lines for what a command takes."""
    for action in command._actions:
        if action.help != SUPPRESS and action.dest != "help":
            yield from (".TP", label(action), plain((action.help or "") % vars(action)))


def label(action: Action) -> str:
    """Return how an argument is typed."""
    shown = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    value = "{" + ",".join(map(str, action.choices)) + "}" if action.choices else shown
    flags = ", ".join(rf"\fB{plain(flag)}\fR" for flag in action.option_strings)
    if not flags:
        return rf"\fI{plain(value)}\fR"
    return flags if action.nargs == 0 else rf"{flags} \fI{plain(value)}\fR"


def plain(text: str) -> str:
    """Return a text in which roff finds nothing to obey."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace("\n", " ")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped


if __name__ == "__main__":
    main()
