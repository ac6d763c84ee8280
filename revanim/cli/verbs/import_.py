"""Make a scene of another tool's file."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

import revanim
from revanim.cli.verb import Verb, given, progress, show, takes_json, takes_options, takes_output
from revanim.cli.verbs.info import describe
from revanim.engine.parameter import Parameter
from revanim.scene.importer import import_scene, importers


def _takes(parser: ArgumentParser) -> None:
    parser.add_argument("source", type=Path, metavar="FILE", help="a table of bodies, or an archive of rebound")
    takes_output(parser, "OUT.revanim")
    takes_options(parser, _formats())
    takes_json(parser)


def _formats() -> dict[str, tuple[Parameter, ...]]:
    return {importer.name: importer.parameters for importer in importers().values()}


def _run(options: Namespace) -> None:
    passed = progress(options)
    scene = import_scene(options.source, passed=passed, **given(options, _formats()))
    passed(1.0)
    revanim.save(scene, options.output)
    show(options, describe(scene), f"{scene.bodies.count} bodies in {options.output}. {scene.note}".strip())


verb = Verb("import", "make a scene of another tool's file", _run, _takes, takes_file=False)
