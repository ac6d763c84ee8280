"""Write frames in the formats of other tools."""

import time
from argparse import SUPPRESS, ArgumentParser, Namespace, _ArgumentGroup

import revanim
from revanim.cli.verb import Verb, progress, show, span, takes_json, takes_output
from revanim.engine.parameter import Parameter
from revanim.export.exporter import PACE, exporter_for, exporters


def _takes(parser: ArgumentParser) -> None:
    takes_output(parser, "OUT.EXT")
    parser.add_argument("--frames", type=span, metavar="A:B", help="by default the scene's range; --frames=-5:9")
    takes_json(parser)
    for parameter in PACE:
        _take(parser, parameter, parameter.help)
    users = dict[str, list[str]]()
    for exporter in exporters().values():
        for parameter in exporter.parameters:
            users.setdefault(parameter.name, []).append(exporter.name)
    some = parser.add_argument_group("options of some formats")
    for name, formats in users.items():
        parameter = next(each for each in exporters()[formats[0]].parameters if each.name == name)
        _take(some, parameter, f"{parameter.help} For {', '.join(formats)}.")


def _take(parser: ArgumentParser | _ArgumentGroup, parameter: Parameter, words: str) -> None:
    flag = f"--{parameter.name.replace('_', '-')}"
    words = words.replace("%", "%%")
    if parameter.choices:
        parser.add_argument(flag, dest=parameter.name, choices=parameter.choices, default=SUPPRESS, help=words)
    else:
        shape = ",".join("N" * parameter.axes)
        kind = _vector if parameter.axes > 1 else float
        parser.add_argument(flag, dest=parameter.name, type=kind, metavar=shape, default=SUPPRESS, help=words)


def _vector(text: str) -> list[float]:
    """Read N,N,N."""
    return [float(number) for number in text.split(",")]


def _run(options: Namespace) -> None:
    scene, started = revanim.load(options.file), time.perf_counter()
    exporter = exporter_for(options.output)
    names = {parameter.name for each in exporters().values() for parameter in each.parameters}
    names |= {parameter.name for parameter in PACE}
    given = {name: value for name, value in vars(options).items() if name in names}
    frames = options.frames or (scene.timing.first, scene.timing.last)
    revanim.export(scene, options.output, frames, passed=progress(options), **given)
    seconds = time.perf_counter() - started
    facts = {"exporter": exporter.name, "file": str(options.output), "frames": list(frames), "seconds": seconds}
    show(options, facts, f"{exporter.title}: frames {frames[0]} to {frames[1]} in {options.output} ({seconds:.2f} s)")


verb = Verb("export", "write frames in the formats of other tools", _run, _takes)
