"""Make a scene of another tool's file."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

import revanim
from revanim.cli.verb import Verb, progress, show, takes_json, takes_options, takes_output
from revanim.cli.verbs.info import describe
from revanim.scene.importer import import_scene, importers


def _takes(parser: ArgumentParser) -> None:
    parser.add_argument("source", type=Path, metavar="FILE", help="a table of bodies, or an archive of rebound")
    takes_output(parser, "OUT.revanim")
    takes_options(parser, {importer.name: importer.parameters for importer in importers().values()})
    takes_json(parser)


def _run(options: Namespace) -> None:
    passed = progress(options)
    names = {parameter.name for importer in importers().values() for parameter in importer.parameters}
    given = {name: value for name, value in vars(options).items() if name in names}
    scene = import_scene(options.source, passed=passed, **given)
    passed(1.0)
    revanim.save(scene, options.output)
    show(options, describe(scene), f"{scene.bodies.count} bodies in {options.output}. {scene.note}".strip())


verb = Verb("import", "make a scene of another tool's file", _run, _takes, takes_file=False)
