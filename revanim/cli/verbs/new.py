"""Write a copy of a gallery scene."""

from argparse import ArgumentParser, Namespace

import revanim
from revanim.cli.verb import Verb, takes_output


def _takes(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="a name that `revanim examples` lists")
    takes_output(parser, "FILE")


def _run(options: Namespace) -> None:
    revanim.save(revanim.example(options.name), options.output)


verb = Verb("new", "write a copy of a gallery scene", _run, _takes, takes_file=False)
