"""Open the window."""

import gc
from argparse import ArgumentParser, Namespace
from pathlib import Path

from revanim.cli.display import check_display
from revanim.cli.ending import end_like_any_program
from revanim.cli.verb import Verb

SAFELY = "--safe-mode"  # which the command line heeds before it loads anything


def _takes(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="a .revanim file")
    words = "leave saved layout, preferences and installed packages aside, to find out what is wrong"
    parser.add_argument(SAFELY, action="store_true", help=words)


def _run(options: Namespace) -> int:
    check_display()
    end_like_any_program()  # there is nothing to lose yet, and Qt aborts where its loading is broken off
    gc.disable()  # while all is loaded nothing is thrown away; later the window collects (session/threads/garbage.py)
    from revanim.launch.begin import begin  # only the window pays for Qt

    return begin(options.file)


verb = Verb("window", "open the window (what a FILE alone does)", _run, _takes, takes_file=False)
