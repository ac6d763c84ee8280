"""Write frames in the formats of other tools."""

import time
from argparse import ArgumentParser, Namespace

import revanim
from revanim.cli.reading import positive, span
from revanim.cli.verb import (
    Verb,
    given,
    opened,
    progress,
    show,
    takes_cluster,
    takes_json,
    takes_option,
    takes_options,
    takes_output,
)
from revanim.engine.parameter import Parameter
from revanim.export.exporter import PACE, exporter_for, exporters, remark


def _takes(parser: ArgumentParser) -> None:
    takes_output(parser, "OUT.EXT")
    parser.add_argument("--frames", type=span, metavar="A:B", help="by default the scene's range; --frames=-5:9")
    takes_cluster(parser)
    parser.add_argument("--pieces", type=positive, default=0, metavar="N", help="of the film; by default one a worker")
    takes_json(parser)
    for parameter in PACE:
        takes_option(parser, parameter, parameter.help)
    takes_options(parser, _formats())


def _formats() -> dict[str, tuple[Parameter, ...]]:
    return {exporter.name: exporter.parameters for exporter in exporters().values()}


def _run(options: Namespace) -> None:
    scene, started = opened(options.file, painted=True), time.perf_counter()
    exporter = exporter_for(options.output)
    frames = options.frames or (scene.timing.first, scene.timing.last)
    values = given(options, {"": PACE, **_formats()})
    where = {"scheduler": options.scheduler, "pieces": options.pieces}
    revanim.export(scene, options.output, frames, passed=progress(options), **where, **values)
    seconds = time.perf_counter() - started
    facts = {"exporter": exporter.name, "file": str(options.output), "frames": list(frames), "seconds": seconds}
    words = f"{exporter.title}: frames {frames[0]} to {frames[1]} in {options.output} ({seconds:.2f} s)"
    show(options, facts, f"{words}\n{remark(scene, exporter, frames, values)}".rstrip())


verb = Verb("export", "write frames in the formats of other tools", _run, _takes)
