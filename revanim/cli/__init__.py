"""The command line: every public thing that needs no window."""

import argparse
import os
import re
import signal
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path

from revanim.cli.display import check_libraries
from revanim.cli.ending import BY_SIGNAL, heard, heeding_signals, hush
from revanim.cli.verb import Verb, all_verbs
from revanim.cli.verbs import window
from revanim.cli.verbs.window import SAFELY
from revanim.collect import SAFE_MODE, faults
from revanim.engine.halt import Halted
from revanim.error import RevanimError

# A second thread is of no use for the small matrices of a solve: it takes as much again, on a core that could paint.
ALONE = ("OPENBLAS_NUM_THREADS", "1")
OPTION = re.compile(r"-[A-Za-z]|--[a-z][a-z-]*")
NEGATIVE = re.compile(r"-(?:\d|\.\d|inf|nan)")


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 refused with one line, 2 wrong usage, 3 a bit differs.

    One that a signal ends returns 128 and its number, as shells do: 130 after Ctrl-C.
    """
    try:
        try:
            return _main(sys.argv[1:] if arguments is None else arguments)
        finally:
            if sys.stdout:
                sys.stdout.flush()
    except BrokenPipeError:  # whoever read the output has seen enough
        hush()
        return 0
    except OSError as error:
        if error.filename is not None:
            raise
        hush()
        from revanim.scene.file.whole import reason  # only a refusal pays for it

        print(f"revanim: the output cannot be written: {reason(error)}.", file=sys.stderr)
        return 1


def _main(given: list[str]) -> int:
    os.environ.setdefault(*ALONE)  # before numpy is loaded
    if SAFELY in given:  # before anything of an installed package is loaded
        os.environ[SAFE_MODE] = "1"
    given = [*joined(given)]
    known = None
    if opens_window(given):
        known, given = {"window": window.verb}, ["window", *given]  # no other is loaded
    options = parser(given[:1], known).parse_args(given)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # into a pipe, Windows writes no more than 256 different letters
    try:
        with heeding_signals():
            return run(options)
    except RevanimError as error:
        print(f"revanim: {error}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, Halted) as error:
        left = " ".join(getattr(error, "__notes__", ())) or "nothing was written."
        print(f"revanim: stopped; {left}", file=sys.stderr)
        return BY_SIGNAL + (heard[0] if heard else signal.SIGINT)
    finally:
        for fault in faults():
            print(f"revanim: {fault}", file=sys.stderr)


def joined(given: Iterable[str]) -> Iterator[str]:
    """Yield the arguments with a negative value as a part of its option, as `--at=-1,0,0`: else it looks like one."""
    option = ""
    for word in given:
        if option and NEGATIVE.match(word):
            yield f"{option}={word}" if option.startswith("--") else f"{option}{word}"
            option = ""
            continue
        if option:
            yield option
        option = word if OPTION.fullmatch(word) else ""
        if not option:
            yield word
    if option:
        yield option


def opens_window(given: list[str]) -> bool:
    """Tell whether the window is meant; where that is plain, the other commands are not even looked for."""
    if not given or given[0] == SAFELY:
        return True
    return not given[0].startswith("-") and (bool(Path(given[0]).suffix) or given[0] not in all_verbs())


def run(options: argparse.Namespace) -> int:
    """Run the command that was parsed; a library that Qt misses is named with its package."""
    try:
        return int(options.run(options) or 0)
    except ImportError:
        check_libraries()
        raise


def parser(wanted: Collection[str], known: Mapping[str, Verb] | None = None) -> argparse.ArgumentParser:
    """Return the parser of the command line, in which only the wanted commands know their options.

    Unless some are `known`, it knows all commands.
    """
    top = argparse.ArgumentParser(
        prog="revanim",
        usage="revanim [FILE] [--safe-mode] | revanim COMMAND ...",
        description="Physics that an animator scrubs like a flipbook. Without a command, the window opens.",
    )
    shown = f"revanim {version('revanim')}" if "--version" in wanted else ""
    top.add_argument("--version", action="version", version=shown, help="show the version and exit")
    commands = top.add_subparsers(metavar="COMMAND", required=True, prog="revanim")
    for verb in (known or all_verbs()).values():
        added = commands.add_parser(verb.name, help=verb.help, description=verb.help[:1].upper() + verb.help[1:] + ".")
        added.set_defaults(run=verb.run)
        if verb.takes_file:
            added.add_argument("file", type=Path, metavar="FILE", help="a .revanim file")
        if verb.name in wanted:
            verb.takes(added)
    return top
