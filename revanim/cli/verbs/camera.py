"""Give a scene a camera that moves."""

from argparse import ArgumentParser, Namespace

import revanim
from revanim.cli.reading import bodies, decimal, span, vector, whole
from revanim.cli.verb import Verb, opened, show, takes_json, takes_output


def _takes(parser: ArgumentParser) -> None:
    takes_output(parser, "FILE")
    parser.add_argument("--move", metavar="NAME", help="let it go by itself: turntable, orbit, dolly-in, and others")
    parser.add_argument("--frames", type=span, metavar="A:B", help="over these frames, by default the range")
    parser.add_argument("--key", type=whole, metavar="FRAME", help="set a key at a frame, with the values given beside")
    parser.add_argument("--target", type=vector, metavar="X,Y,Z", help="what it looks at")
    for name, words in (("yaw", "degrees round it"), ("pitch", "degrees above it"), ("distance", "how far from it")):
        parser.add_argument(f"--{name}", type=decimal, metavar="N", help=words)
    parser.add_argument("--lens", type=decimal, metavar="N", help="how many times it magnifies")
    parser.add_argument("--follow", type=bodies, metavar="A,B:C", help="the bodies whose middle it looks at")
    parser.add_argument("--remove", action="store_true", help="take away the camera that the scene has first")
    takes_json(parser)


def _run(options: Namespace) -> None:
    from revanim.draw.eye import eye_at
    from revanim.engine.parameter import Keyed
    from revanim.scene.cues.camera import camera_of
    from revanim.scene.given import record
    from revanim.scene.scene import View

    scene = opened(options.file)
    if options.remove:
        scene = revanim.edits.without_camera(scene)
    frames = options.frames or (scene.timing.first, scene.timing.last)
    frame = frames[0] if options.key is None else options.key
    names = ("target", "yaw", "pitch", "distance", "lens")
    changes = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    view = record(View, {**vars(eye_at(scene, frame)), **changes})
    if options.key is not None:
        scene = revanim.edits.key_camera(scene, view, frame)
    elif changes:
        scene = revanim.edits.set_camera(scene, view, frame)
    if options.move:
        scene = revanim.edits.move_camera(scene, options.move, view, frames)
    if options.follow is not None:
        scene = revanim.edits.aim_camera(scene, options.follow, view)
    revanim.save(scene, options.output)
    seen, part = eye_at(scene, frame), camera_of(scene)
    values = {} if part is None else part.values
    keys = {name: value.frames.tolist() for name, value in values.items() if isinstance(value, Keyed)}
    words = f"The camera has keys of {', '.join(keys)}." if keys else "The camera stands still."
    show(options, {"frame": frame, "view": vars(seen), "keys": keys}, words)


verb = Verb("camera", "give a scene a camera that moves", _run, _takes)
