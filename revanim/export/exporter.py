"""An exporter is a file in `exporters/`: its suffixes, its options, and how it writes a film."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from revanim.collect import choose, collect
from revanim.engine.parameter import Parameter
from revanim.engine.playhead import check_reach
from revanim.error import RevanimError
from revanim.export.film import ORDERS, Film
from revanim.scene.file.whole import writing
from revanim.scene.parts.settings import plain_settings
from revanim.scene.passed import Passed, silent
from revanim.scene.scene import Scene
from revanim.sentence import NOTHING, Sentence, listed

Write = Callable[[Film, Path, Mapping[str, Any]], None]

PLACE_OF_NUMBER = re.compile(r"(.*?)(#*)([^#]*)", re.DOTALL)  # in a name: the last marks in a row
EVERY = Parameter("every", 1.0, "frames", 1.0, 10_000.0, "Take every so many frames.", whole=True)
SPEED = Parameter("speed", 1.0, "×", 0.01, 100.0, "How many times as fast the motion passes; sub-steps are real.")
ORDER = Parameter(
    "order",
    0.0,
    "",
    0.0,
    len(ORDERS) - 1,
    "Onward, back, there and back again, or round: without the last frame, where that is like the first.",
    choices=ORDERS,
)
PACE = (EVERY, SPEED, ORDER)  # what every exporter takes


def counted(film: Film, values: Mapping[str, Any]) -> Sentence:
    """Return how many frames there are."""
    seconds = film.count / film.fps
    if film.count == 1:
        return Sentence("{count} frame, {seconds:.2f} s", count=1, seconds=seconds)
    return Sentence("{count} frames, {seconds:.2f} s", count=film.count, seconds=seconds)


def nothing_odd(film: Film, values: Mapping[str, Any]) -> Sentence:
    """Say nothing."""
    return NOTHING


@dataclass(frozen=True)
class Exporter:
    """`write(film, path, values)` writes a file; values are numbers, float64[axes], or names of choices.

    What it writes takes its final name only once it is whole. An exporter of a `sequence` gets that final name
    instead and writes a file for each frame, each of them whole, where `numbered` says.
    """

    name: str
    title: str
    help: str
    suffixes: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    write: Write
    opens_in: str  # the programs that read it
    measure: Callable[[Film, Mapping[str, Any]], Sentence] = counted  # says what comes out, before it is written
    remark: Callable[[Film, Mapping[str, Any]], Sentence] = nothing_odd  # on what a person would not expect
    sequence: bool = False
    painted: bool = False  # it is made of pictures, which many can paint
    words: str = ""  # what else it is looked for by
    beside: Write | None = None  # writes what lies beside the file, once that has its final name


@cache
def exporters() -> dict[str, Exporter]:
    """Return every exporter by name."""
    return collect("revanim.export.exporters", Exporter)


def exporter_for(path: Path) -> Exporter:
    """Return the exporter that writes files with this suffix, or refuse it."""
    for exporter in exporters().values():
        if path.suffix.lower() in exporter.suffixes:
            return exporter
    known = sorted(suffix for exporter in exporters().values() for suffix in exporter.suffixes)
    raise RevanimError(
        "{name} has no format that can be written; those end in {endings}.", name=path.name, endings=", ".join(known)
    )


def export(
    scene: Scene,
    path: str | os.PathLike[str],
    frames: tuple[int, int] | None = None,
    *,
    exporter: str = "",
    passed: Passed = silent,
    scheduler: str = "",
    pieces: int = 0,
    **options: Any,
) -> None:
    """Write frames of a scene, by default its range, in the format that the suffix names, or `exporter` does.

    Every other argument is one of PACE or a parameter of the exporter. Raises RevanimError with one sentence, and
    leaves nothing half-written under the final name, where it cannot be done. `passed` hears which part is done, and
    may raise to end the work. With the address of a `scheduler`, such as tcp://host:8786, the pictures of a film are
    painted by its workers, in so many pieces or in one for each of them, and are the same.
    """
    path = Path(path)
    chosen = choose(exporters(), exporter, Sentence("exporter")) if exporter else exporter_for(path)
    film, values = _prepared(scene, chosen, frames or (scene.timing.first, scene.timing.last), options, passed)
    if scheduler and not chosen.painted:
        raise RevanimError(
            "A cluster paints pictures: {name} is written in one walk, which many cannot share.", name=path.name
        )
    if pieces < 0:
        raise RevanimError(
            "A film cannot have {pieces} pieces; 1 is the least, and 0 is one for each worker.", pieces=pieces
        )
    film = replace(film, scheduler=scheduler, pieces=pieces)
    if chosen.sequence:
        chosen.write(film, path, values)
    else:
        with writing(path) as neighbour:
            chosen.write(film, neighbour, values)
    if chosen.beside:
        chosen.beside(film, path, values)


def facts(scene: Scene, exporter: Exporter, frames: tuple[int, int], options: Mapping[str, Any]) -> Sentence:
    """Return what an export would write, in a few words; raises RevanimError where it cannot be."""
    film, values = _prepared(scene, exporter, frames, options, silent)
    return listed(filter(None, [exporter.measure(film, values), exporter.remark(film, values)]), "\n")


def remark(scene: Scene, exporter: Exporter, frames: tuple[int, int], options: Mapping[str, Any]) -> Sentence:
    """Return what a person would not expect of such an export, or nothing."""
    return exporter.remark(*_prepared(scene, exporter, frames, options, silent))


def _prepared(
    scene: Scene, exporter: Exporter, frames: tuple[int, int], options: Mapping[str, Any], passed: Passed
) -> tuple[Film, dict[str, Any]]:
    values, (first, last) = plain_settings(exporter.name, (*PACE, *exporter.parameters), options), frames
    for frame in frames:
        check_reach(frame)
    if first > last:
        raise RevanimError("The frames {first} to {last} are none; give the earlier one first.", first=first, last=last)
    if not scene.bodies.count:
        raise RevanimError("The scene has no bodies, so there is nothing to write.")
    every, speed = round(values["every"]), values["speed"]
    return Film(scene, first, last, every, speed, values["order"], passed), values


def numbered(path: Path, number: int) -> Path:
    """Return the name of one frame of a sequence: `name.0001.png`, or with the number in place of the last `####`."""
    found = PLACE_OF_NUMBER.fullmatch(path.name)
    before, marks, after = found.groups() if found else (path.name, "", "")
    digits = f"{number:0{len(marks) or 4}d}"
    if marks:
        return path.with_name(f"{before}{digits}{after}")
    return path.with_name(f"{path.stem}.{digits}{path.suffix}")
