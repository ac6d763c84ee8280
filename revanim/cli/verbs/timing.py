"""Change the frame rate, the steps and the range of a scene."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

import revanim
from revanim.cli.reading import decimal, positive, span
from revanim.cli.verb import Verb, opened, show, takes_json, takes_output


def _takes(parser: ArgumentParser) -> None:
    takes_output(parser, "FILE")
    parser.add_argument("--fps", type=decimal, metavar="N", help="frames a second")
    words = "what a new rate keeps: keyframes, curves, markers and the range at their seconds, the default, or frames"
    parser.add_argument("--keep", choices=("seconds", "frames"), default="seconds", help=words)
    parser.add_argument("--steps", type=positive, dest="steps_per_frame", metavar="N", help="steps of a frame")
    parser.add_argument("--frames", type=span, metavar="A:B", help="the range")
    takes_json(parser)


def _run(options: Namespace) -> None:
    from revanim.scene.edits.rate import keys_between, say_between

    scene = opened(options.file)
    names = ("fps", "steps_per_frame")
    changes = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    if options.frames:
        changes |= {"first": options.frames[0], "last": options.frames[1]}
    timed = revanim.edits.set_timing(scene, keep=options.keep, **changes)
    revanim.save(timed, options.output)
    timing = timed.timing
    between = keys_between(scene, timing.fps) if options.keep == "seconds" else 0
    words = f"{timing.fps:g} frames a second, frames {timing.first} to {timing.last}."
    facts = {**asdict(timing), "keyframes": [key.frame for key in timed.keyframes], "between": between}
    show(options, facts, f"{words} {say_between(between) if between else ''}".strip())


verb = Verb("timing", "change the frame rate, the steps and the range", _run, _takes)
