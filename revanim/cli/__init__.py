"""The command line: every public thing that needs no window."""

import argparse
import os
import signal
import sys
from collections.abc import Collection, Mapping
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path

from revanim.cli.display import check_libraries
from revanim.cli.verb import Verb, all_verbs
from revanim.cli.verbs import window
from revanim.cli.verbs.window import SAFELY
from revanim.collect import SAFE_MODE, faults
from revanim.error import RevanimError

STOPPED = 130  # by Ctrl-C, as shells have it


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code.

    0 done, 1 refused with one line, 2 wrong usage, 3 a bit differs, 130 stopped by Ctrl-C.
    """
    given = sys.argv[1:] if arguments is None else arguments
    if SAFELY in given:  # before anything of an installed package is loaded
        os.environ[SAFE_MODE] = "1"
    known = None
    if opens_window(given):
        known, given = {"window": window.verb}, ["window", *given]  # no other is loaded
    options = parser(given[:1], known).parse_args(given)
    before = signal.getsignal(signal.SIGINT)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # into a pipe, Windows writes no more than 256 different letters
    try:
        return run(options)
    except RevanimError as error:
        print(f"revanim: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("revanim: stopped; nothing was written.", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:  # whoever read the output has seen enough
        sys.stderr.close()
        return 0
    finally:
        for fault in faults():
            print(f"revanim: {fault}", file=sys.stderr)
        signal.signal(signal.SIGINT, before)


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
