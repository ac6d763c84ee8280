"""The command line: every public thing that needs no window."""

import argparse
import os
import signal
import sys
from collections.abc import Collection
from importlib.metadata import version
from pathlib import Path

from revanim.cli.display import check_libraries
from revanim.cli.verb import all_verbs
from revanim.cli.verbs.window import SAFELY
from revanim.collect import SAFE_MODE, faults
from revanim.error import RevanimError


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 refused with one line, 2 wrong usage, 3 a bit differs."""
    given = sys.argv[1:] if arguments is None else arguments
    if SAFELY in given:  # before anything of an installed package is loaded
        os.environ[SAFE_MODE] = "1"
    if not given or given[0] == SAFELY or not (given[0] in all_verbs() or given[0].startswith("-")):
        given = ["window", *given]
    options = parser(given[:1]).parse_args(given)
    before = signal.getsignal(signal.SIGINT)
    try:
        return run(options)
    except RevanimError as error:
        print(f"revanim: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("revanim: stopped; nothing was written.", file=sys.stderr)
        return 1
    except BrokenPipeError:  # whoever read the output has seen enough
        sys.stderr.close()
        return 0
    finally:
        for fault in faults():
            print(f"revanim: {fault}", file=sys.stderr)
        signal.signal(signal.SIGINT, before)


def run(options: argparse.Namespace) -> int:
    """Run the command that was parsed; a library that Qt misses is named with its package."""
    try:
        return int(options.run(options) or 0)
    except ImportError:
        check_libraries()
        raise


def parser(wanted: Collection[str]) -> argparse.ArgumentParser:
    """Return the parser of the command line, in which only the wanted commands know their options."""
    top = argparse.ArgumentParser(
        prog="revanim",
        usage="revanim [FILE] [--safe-mode] | revanim COMMAND ...",
        description="Physics that an animator scrubs like a flipbook. Without a command, the window opens.",
    )
    shown = f"revanim {version('revanim')}" if "--version" in wanted else ""
    top.add_argument("--version", action="version", version=shown, help="show the version and exit")
    commands = top.add_subparsers(metavar="COMMAND", required=True, prog="revanim")
    for verb in all_verbs().values():
        added = commands.add_parser(verb.name, help=verb.help, description=verb.help[:1].upper() + verb.help[1:] + ".")
        added.set_defaults(run=verb.run)
        if verb.takes_file:
            added.add_argument("file", type=Path, metavar="FILE", help="a .revanim file")
        if verb.name in wanted:
            verb.takes(added)
    return top
