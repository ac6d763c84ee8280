"""Compile the engine."""

import importlib
import os
import pkgutil
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import closing
from functools import cache, partial
from pathlib import Path
from time import perf_counter
from typing import Any

from revanim.cli.verb import Verb, progress, show, takes_json
from revanim.engine.code.kernel import Kernel, listeners
from revanim.engine.code.precompiled import Processor, chosen_processor, make_for, processors
from revanim.engine.code.source import globals_of
from revanim.engine.force import ForceKernels
from revanim.engine.kind import Kind
from revanim.farm.farm import farm
from revanim.scene.passed import Passed

ROOMS = ("engine", "scene", "solve", "draw")


def _takes(parser: ArgumentParser) -> None:
    takes_json(parser)
    words = "put machine code for every class of processors there, to be shipped as resources/kernels"
    parser.add_argument("--seed", type=Path, metavar="DIR", help=words)


def _run(options: Namespace) -> None:
    started = perf_counter()
    facts: dict[str, Any] = _make_seed(options.seed) if options.seed else _prepare(progress(options))
    if not options.seed:
        facts |= {"processor": processor.name if (processor := chosen_processor()) else "this"}
    seconds = round(perf_counter() - started, 1)
    words = f"{facts['kernels']} kernels are ready; {facts['compiled']} of them were compiled, in {seconds} s."
    show(options, {**facts, "seconds": seconds}, words)


def _prepare(passed: Passed) -> dict[str, int]:
    """Compile every kernel, or load it where it is there already, on every core, and count them."""
    kernels = len(_in_order())
    with closing(farm(_compile, range(kernels), passed=passed)) as results:
        return {"kernels": kernels, "compiled": sum(compiled for _, compiled in results)}


def _compile(number: int) -> int:
    """Compile one of the kernels and those that it calls, where they are not there; return how many were not."""
    heard: list[str] = []
    listeners.append(heard.append)
    _ = _in_order()[number].compiled
    listeners.remove(heard.append)
    return len(heard)


@cache
def _in_order() -> tuple[Kernel, ...]:
    """Return every kernel after all that it calls, by far, so that two processes seldom compile the same."""
    return tuple(sorted(all_kernels(), key=_depth))


def _depth(kernel: Kernel) -> int:
    return 1 + max(map(_depth, called_by(kernel)), default=0)


def called_by(kernel: Kernel) -> list[Kernel]:
    """Return the kernels that a kernel calls."""
    return [each for each in globals_of(kernel.function).values() if isinstance(each, Kernel)]


def all_kernels() -> Iterator[Kernel]:
    """Yield every kernel there is: those with a name of their own, what a force or move is made of, what these call."""
    seen: set[int] = set()
    for room in ROOMS:
        folder = importlib.import_module(f"revanim.{room}")
        for found in pkgutil.walk_packages(folder.__path__, f"revanim.{room}."):
            for thing in vars(importlib.import_module(found.name)).values():
                for each in kernels_in(thing, found.name):
                    yield from _unseen(each, seen)


def _unseen(kernel: Kernel, seen: set[int]) -> Iterator[Kernel]:
    """Yield those that a kernel calls, however far away, and then itself, unless they were yielded before."""
    if id(kernel) not in seen:
        seen.add(id(kernel))
        for each in called_by(kernel):
            yield from _unseen(each, seen)
        yield kernel


def kernels_in(thing: object, module: str) -> Iterator[Kernel]:
    """Yield the kernel that something in a module is, if it was written there, or those of a force or move."""
    if isinstance(thing, Kernel):
        if thing.function.__module__ == module:
            yield thing
    elif isinstance(thing, Kind):
        yield from kernels_of(thing.kernels)


def kernels_of(made: object) -> Iterator[Kernel]:
    """Yield the kernels of a force or move, and of the push that belongs to it."""
    for each in vars(made).values():
        if isinstance(each, Kernel):
            yield each
        elif isinstance(each, ForceKernels):
            yield from kernels_of(each)


def _make_seed(folder: Path) -> dict[str, int]:
    """Compile every kernel for every class of processors, each in a process of its own, since numba knows but one."""
    import multiprocessing  # slow to load

    context = multiprocessing.get_context("spawn")
    with context.Pool(min(len(processors()), os.cpu_count() or 1), maxtasksperchild=1) as pool:
        made = pool.map(partial(_seed, folder.absolute()), processors(), chunksize=1)
    return {name: sum(facts[name] for facts in made) for name in made[0]}


def _seed(folder: Path, processor: Processor) -> dict[str, int]:
    make_for(processor, folder)
    kernels = len(_in_order())
    return {"kernels": kernels, "compiled": sum(map(_compile, range(kernels)))}


verb = Verb("prepare", "compile the engine now, so that nothing waits for it later", _run, _takes, takes_file=False)
