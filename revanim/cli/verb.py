"""A verb of the command line is a file in `verbs/`: what it takes, what it does, and how it tells how far it is."""

from __future__ import annotations

import json
import os
import sys
import time
from argparse import SUPPRESS, ArgumentParser, Namespace, _ArgumentGroup
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from revanim.cli.ending import heard, wait_for_a_pause
from revanim.cli.reading import decimal, numbers
from revanim.collect import collect

if TYPE_CHECKING:
    from revanim.engine.parameter import Parameter
    from revanim.scene.passed import Passed
    from revanim.scene.scene import Scene


def no_options(parser: ArgumentParser) -> None:
    """Take nothing."""


@dataclass(frozen=True)
class Verb:
    """`run` returns the exit code where it is not 0; most verbs take the FILE they act on."""

    name: str
    help: str
    run: Callable[[Namespace], int | None]
    takes: Callable[[ArgumentParser], None] = no_options
    takes_file: bool = True


@cache
def all_verbs() -> dict[str, Verb]:
    """Return every verb by name."""
    return collect("revanim.cli.verbs", Verb)


def takes_output(parser: ArgumentParser, name: str) -> None:
    """Take the file to write."""
    parser.add_argument("-o", "--output", type=Path, required=True, metavar=name, help="the file to write")


def takes_json(parser: ArgumentParser) -> None:
    """Take the wish for JSON."""
    parser.add_argument("--json", action="store_true", help="print one line of JSON, and no progress")


def takes_cluster(parser: ArgumentParser) -> None:
    """Take the address of a Dask cluster."""
    parser.add_argument("--scheduler", default="", metavar="tcp://HOST:PORT", help="run on a Dask cluster instead")


def takes_options(parser: ArgumentParser, formats: Mapping[str, Sequence[Parameter]]) -> None:
    """Take the parameters of some formats, each once; who uses which is said in the help."""
    users: dict[str, list[str]] = {}
    meant: dict[str, Parameter] = {}
    for name, parameters in formats.items():
        for parameter in parameters:
            meant.setdefault(parameter.name, parameter)
            users.setdefault(parameter.name, []).append(name)
    some = parser.add_argument_group("options of some formats")
    for name, parameter in meant.items():
        takes_option(some, parameter, f"{parameter.help} For {', '.join(users[name])}.")


def takes_option(parser: ArgumentParser | _ArgumentGroup, parameter: Parameter, words: str) -> None:
    """Take one parameter; what is not given is left out."""
    flag, words = f"--{parameter.name.replace('_', '-')}", words.replace("%", "%%")
    if parameter.text:
        parser.add_argument(flag, dest=parameter.name, metavar="TEXT", default=SUPPRESS, help=words)
    elif parameter.choices:
        made = parser.add_argument(flag, dest=parameter.name, choices=parameter.choices, default=SUPPRESS, help=words)
        if parameter.choices == ("no", "yes"):
            made.nargs, made.const = "?", "yes"  # `--grid` alone says so
    else:
        shape, kind = ",".join("N" * parameter.axes), numbers if parameter.axes > 1 else decimal
        parser.add_argument(flag, dest=parameter.name, type=kind, metavar=shape, default=SUPPRESS, help=words)


def given(options: Namespace, formats: Mapping[str, Sequence[Parameter]]) -> dict[str, Any]:
    """Return the values of those parameters that were typed."""
    known = {parameter.name for parameters in formats.values() for parameter in parameters}
    return {name: value for name, value in vars(options).items() if name in known}


def toward(here: int, target: int, options: Namespace) -> Iterator[int]:
    """Yield the frames on the way, and show how far it has come."""
    from revanim.engine.playhead import check_reach

    check_reach(target)
    passed, way = progress(options), 1 if target > here else -1
    for frame in range(here + way, target + way, way) if target != here else ():
        yield frame
        passed((frame - here) / (target - here))


def progress(options: Namespace) -> Passed:
    """Return what hears which part is done: it stops on Ctrl-C, and draws a bar on a terminal but not with --json."""
    last = 0.0
    drawn = sys.stderr.isatty() and not getattr(options, "json", False)
    wait_for_a_pause()

    def passed(part: float) -> None:
        nonlocal last
        now = time.perf_counter()
        if heard:
            raise KeyboardInterrupt
        if not drawn:
            return
        if part >= 1:
            print("\r" + " " * 50 + "\r", end="", file=sys.stderr, flush=True)
        elif now - last > 0.05:
            last = now
            print(f"\r[{'#' * int(40 * part):40}] {part:4.0%}", end="", file=sys.stderr, flush=True)

    return passed


def opened(path: Path, *, painted: bool = False) -> Scene:
    """Return the scene of a file, and say on stderr what there is to be said of it; of its look, if it is `painted`."""
    from revanim.scene.absent import remarks

    scene = read_scene(path)
    said = remarks(scene)
    if painted:
        from revanim.draw.background import not_installed
        from revanim.draw.trail import cut_short

        said += not_installed(scene.look) + cut_short(scene)
    for sentence in said:
        print(sentence, file=sys.stderr)
    return scene


def read_scene(path: Path) -> Scene:
    """Return the scene of a file, also of one of another tool."""
    from revanim.scene.file import SUFFIX, load

    if path.suffix.lower() not in ("", SUFFIX):
        from revanim.scene.importer import import_scene, importer_called_for

        if importer_called_for(path):
            return import_scene(path)
    return load(path)


def show(options: Namespace, facts: object, words: str) -> None:
    """Print the result, as JSON where it is asked for; beside it where the output itself is what a file goes to."""
    written = (getattr(options, name, None) for name in ("output", "npy"))
    print(json.dumps(facts) if options.json else words, file=sys.stderr if any(map(_is_stdout, written)) else None)


def _is_stdout(path: Path | None) -> bool:
    try:
        return path is not None and os.path.samestat(path.stat(), os.fstat(sys.stdout.fileno()))
    except (OSError, ValueError):  # there is no such file, or no such output
        return False
