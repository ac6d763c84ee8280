"""Lay a sound along the frames, and let values and markers follow it."""

from argparse import ArgumentParser, Namespace

import revanim
from revanim.cli.reading import whole
from revanim.cli.verb import Verb, opened, show, takes_json, takes_output
from revanim.error import RevanimError
from revanim.scene.edits.parts import PARTS


def _takes(parser: ArgumentParser) -> None:
    parser.add_argument("sound", metavar="SOUND", help="a WAV, FLAC, MP3 or OGG file")
    takes_output(parser, "FILE")
    parser.add_argument("--frame", type=whole, metavar="N", help="where it begins, by default the first frame")
    parser.add_argument("--beats", action="store_true", help="put a marker at each beat")
    words = "let a value follow loudness, bass, middle or treble: gravity.strength=bass; may be given again"
    parser.add_argument("--drive", action="append", default=[], metavar="PART.VALUE=BAND", help=words)
    takes_json(parser)


def _run(options: Namespace) -> None:
    scene = revanim.edits.add_sound(opened(options.file), options.sound, options.frame)
    if options.beats:
        scene = revanim.edits.mark_beats(scene)
    for text in options.drive:
        scene = _driven(scene, text)
    revanim.save(scene, options.output)
    sound = scene.sound
    assert sound is not None
    facts = {"sound": sound.name, "first": sound.first, "markers": [marker.frame for marker in scene.markers]}
    show(options, facts, f"{sound.name} from frame {sound.first} on; markers: {len(scene.markers)}")


def _driven(scene: revanim.Scene, text: str) -> revanim.Scene:
    """Return a scene in which the first part of a kind has a value that follows a band."""
    name, _, band = text.partition("=")
    kind, _, value = name.partition(".")
    found = (
        (among, index)
        for among in PARTS
        for index, part in enumerate(getattr(scene, among))
        if part.kind == kind and value and band
    )
    place = next(found, None)
    if place is None:
        known = ", ".join(dict.fromkeys(part.kind for part in scene.parts)) or "none"
        words = "--drive takes PART.VALUE=BAND, not {text!r}; the parts are {names}."
        raise RevanimError(words, text=text, names=known)
    return revanim.edits.drive(scene, *place, value, band)


verb = Verb("sound", "lay a sound along the frames", _run, _takes)
