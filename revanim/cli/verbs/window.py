"""Open the window."""

import gc
import signal
from argparse import ArgumentParser, Namespace
from pathlib import Path

from revanim.cli.display import check_display
from revanim.cli.verb import Verb

SAFELY = "--safe-mode"  # which the command line heeds before it loads anything


def _takes(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="a .revanim file")
    words = "leave saved layout, preferences and installed packages aside, to find out what is wrong"
    parser.add_argument(SAFELY, action="store_true", help=words)


def _run(options: Namespace) -> int:
    check_display()
    # Ctrl-C ends the program at once: there is nothing to lose yet, and Qt aborts where its loading is broken off.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.disable()  # while all is loaded nothing is thrown away; later the window collects (session/threads/garbage.py)
    from revanim.launch.begin import begin  # only the window pays for Qt

    return begin(options.file)


verb = Verb("window", "open the window (what a FILE alone does)", _run, _takes, takes_file=False)
