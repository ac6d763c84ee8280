"""Ask for a pose: set a keyframe from places, a text, a file or a plain shape, and write the result."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import Any

import numpy as np

import revanim
from revanim.cli.reading import bodies, decimal, numbers, positive, span, vector, whole
from revanim.cli.verb import Verb, opened, progress, show, takes_json, takes_output, toward
from revanim.engine.parameter import Floats
from revanim.scene.passed import Passed
from revanim.scene.pose import first_pose, kinds_reading

SETTINGS = "of the source, such as paint=outline, size=4, place=0,1,0 or contrast=2"


def _takes(parser: ArgumentParser) -> None:
    takes_output(parser, "FILE")
    when = parser.add_mutually_exclusive_group(required=True)
    when.add_argument("--frame", type=whole, metavar="N", help="when the bodies shall be there")
    when.add_argument("--loop", type=span, metavar="A:B", help="at B all shall be as they are at A")
    parser.add_argument("--bodies", type=bodies, metavar="A,B:C", help="by default all that can move")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--at", type=vector, action="append", metavar="X,Y,Z", help="a place, once for each body")
    where.add_argument("--here", action="store_true", help="the places that they have then")
    where.add_argument("--text", metavar="WORD", help="letters that the bodies form")
    where.add_argument("--from", dest="source", type=Path, metavar="PATH", help="an SVG, image, mesh or file of points")
    where.add_argument("--shape", metavar="NAME", help="a ring, disc or grid")
    parser.add_argument("--set", type=_setting, action="append", default=[], metavar="NAME=VALUE", help=SETTINGS)
    parser.add_argument("--count", type=positive, metavar="N", help="how many of the bodies take part, evenly chosen")
    parser.add_argument("--velocity", type=vector, action="append", metavar="X,Y,Z", help="once for each body")
    parser.add_argument("--weight", type=decimal, default=1.0, metavar="W", help="beside other keyframes, by default 1")
    parser.add_argument("--axes", type=_axes, metavar="xyz", help="along which a miss counts, by default all")
    parser.add_argument("--window", type=span, metavar="A:B", help="frames among which the time may be chosen")
    parser.add_argument("--hold", type=whole, default=0, metavar="N", help="frames more for which they shall stay so")
    parser.add_argument("--nail", type=decimal, metavar="T", help="it must be hit, to within this tolerance")
    takes_json(parser)


def _axes(text: str) -> tuple[bool, ...]:
    """Read xyz, or some of them."""
    if not text or set(text) - set("xyz"):
        raise ArgumentTypeError(f"{text!r} names no axes; type some of xyz")
    return tuple(axis in text for axis in "xyz")


def _setting(text: str) -> tuple[str, Any]:
    """Read NAME=VALUE: a number, several with commas, or a word."""
    name, given, value = text.partition("=")
    if not given:
        raise ArgumentTypeError(f"{text!r} sets nothing; type such as size=4.")
    try:
        found = numbers(value)
    except ArgumentTypeError:
        return name, value
    return name, found[0] if len(found) == 1 else found


def _run(options: Namespace) -> None:
    scene, passed = opened(options.file), progress(options)
    if options.loop:
        _loop(scene, options, passed)
        return
    who = np.flatnonzero(~scene.bodies.pinned) if options.bodies is None else np.array(options.bodies, np.int64)
    if options.count is not None:
        who = who[np.arange(options.count) * who.size // options.count]
    pose = _pose(options, who.size, passed)
    fields: dict[str, Any] = {name: getattr(options, name) for name in ("velocity", "weight", "window", "hold")}
    if pose is not None:
        fields |= {"position": pose.position, "color": pose.color, "shape": True}
    if options.at is not None:
        fields["position"] = options.at
    if options.here:
        fields["position"] = _walked(scene, options)[who]
    passed(1.0)
    if options.nail is not None:
        fields |= {"nail": True, "tolerance": options.nail}
    fields["axes"] = options.axes or (True, True, not scene.planar)
    revanim.save(revanim.edits.add_keyframe(scene, options.frame, who, **fields), options.output)
    source, note = (pose.source, str(pose.note)) if pose else ("", "")
    facts = {"frame": options.frame, "bodies": who.size, "source": source, "note": note}
    show(options, facts, f"{who.size} bodies have targets at frame {options.frame}. {note}".strip())


def _loop(scene: revanim.Scene, options: Namespace, passed: Passed) -> None:
    first, last = options.loop
    looped = revanim.edits.add_loop(scene, first, last, passed)
    revanim.save(looped, options.output)
    count = int(np.count_nonzero(~scene.bodies.pinned))
    words = f"{count} bodies shall be at frame {last} as they are at frame {first}."
    show(options, {"frame": last, "from": first, "bodies": count}, words)


def _pose(options: Namespace, count: int, passed: Passed) -> revanim.Pose | None:
    """Return the pose that a source gives, if one is asked for; of kinds that read a file, the first that can."""
    values = dict(options.set)
    if options.text is not None:
        return revanim.pose("text", count, source=options.text, passed=passed, **values)
    if options.shape is not None:
        return revanim.pose(options.shape, count, passed=passed, **values)
    if options.source is not None:
        return first_pose(kinds_reading(options.source), count, source=options.source, passed=passed, **values)[1]
    return None


def _walked(scene: revanim.Scene, options: Namespace) -> Floats:
    """Return where the bodies are at the frame."""
    playhead = revanim.Playhead(scene)
    for frame in toward(playhead.frame, options.frame, options):
        playhead.seek(frame)
    return playhead.position


verb = Verb("pose", "say where bodies shall be at a frame", _run, _takes)
