"""Run variants of a scene beside each other, and keep them as files and as takes of one."""

import json
import time
from argparse import ArgumentParser, Namespace
from contextlib import closing
from pathlib import Path
from typing import Any

import revanim
from revanim.cli.reading import names, positive, reads
from revanim.cli.verb import Verb, opened, progress, show, takes_cluster, takes_json
from revanim.error import RevanimError
from revanim.farm.farm import farm
from revanim.solve.wedge import Answer, Axis, Order, answer, best_of, evenly, together, variants

HELP = "a quantity and its values: gravity.strength=0.5:2:16 for sixteen from 0.5 to 2, mass=1,2,5 for these"


def _takes(parser: ArgumentParser) -> None:
    parser.add_argument("--set", type=_axis, action="append", required=True, metavar="NAME=A:B:N", help=HELP)
    parser.add_argument("--solve", action="store_true", help="change each until it hits its keyframes")
    parser.add_argument("--controls", type=names, default=["auto"], metavar="auto|A,B", help="by default auto")
    parser.add_argument("--iterations", type=positive, default=200, metavar="N", help="at most, by default 200")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder for the variants")
    parser.add_argument("--jobs", type=positive, default=0, metavar="N", help="processes; by default one for each core")
    takes_cluster(parser)
    takes_json(parser)


@reads("a quantity with values, such as mass=1,2,5 or gravity.strength=0.5:2:16")
def _axis(text: str) -> Axis:
    """Read NAME=A:B:N or NAME=A,B,C."""
    name, _, values = text.partition("=")
    if not name:
        raise ValueError
    if ":" not in values:
        return Axis(name, tuple(map(float, values.split(","))))
    first, last, count = values.split(":")
    return Axis(name, evenly(float(first), float(last), int(count)))


def _run(options: Namespace) -> None:
    from revanim.scene.file.whole import write_whole

    scene, passed, started = opened(options.file), progress(options), time.perf_counter()
    found = variants(scene, options.set)
    controls = tuple(options.controls) if options.solve else ()
    orders = [Order(variant.scene, controls, options.iterations) for variant in found]
    with closing(farm(answer, orders, options.scheduler, options.jobs, passed)) as results:
        answers = dict(results)
    told = [answers[number] for number in range(len(found))]
    facts = _write(options.out, options.file.stem, [variant.name for variant in found], told)
    table = [{**variant.values, **one} for variant, one in zip(found, facts, strict=True)]
    whole = {"variants": table, "best": best_of(told), "seconds": time.perf_counter() - started}
    write_whole(options.out / "wedge.json", (json.dumps(whole, indent=1) + "\n").encode())
    failed = sum(bool(one.get("why")) and "digest" not in one for one in facts)
    words = f"{len(found)} variants in {options.out}, {whole['seconds']:.1f} s"
    show(options, whole, words + (f"; {failed} of them cannot be walked to the end" if failed else ""))


def _write(folder: Path, stem: str, names: list[str], told: list[Answer]) -> list[dict[str, Any]]:
    """Write every variant and all of them as takes of one file, and return what is known of each."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RevanimError("{folder} cannot be made: {why}.", folder=folder, why=error.strerror) from None
    scenes, facts = [one.scene for one in told], []
    for number, (scene, one) in enumerate(zip(scenes, told, strict=True), start=1):
        path = folder / f"{stem}.{number:04d}.revanim"
        revanim.save(scene, path)
        facts.append({"file": path.name, **one.facts})
    takes = together(stem, list(zip(names, scenes, strict=True)), best_of(told))
    revanim.save(takes, folder / f"{stem}.takes.revanim")
    return facts


verb = Verb("wedge", "run variants of a scene beside each other", _run, _takes)
