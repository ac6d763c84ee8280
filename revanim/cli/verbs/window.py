"""Open the window."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from revanim.cli.display import check_display
from revanim.cli.verb import Verb


def _takes(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="a .revanim file")


def _run(options: Namespace) -> int:
    check_display()
    from revanim.app.start import start  # only the window pays for Qt

    return start(options.file)


verb = Verb("window", "open the window (what a FILE alone does)", _run, _takes, takes_file=False)
