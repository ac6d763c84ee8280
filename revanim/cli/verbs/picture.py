"""Paint a frame as PNG."""

from argparse import ArgumentParser, Namespace
from dataclasses import replace

from revanim.cli.reading import size, whole
from revanim.cli.verb import Verb, opened, takes_output, toward


def _takes(parser: ArgumentParser) -> None:
    takes_output(parser, "OUT.png")
    parser.add_argument("--frame", type=whole, metavar="N", help="by default the home frame")
    for name, what in (("grid", "the grid of the floor"), ("axes", "the axes of the scene")):
        parser.add_argument(f"--{name}", action="store_true", help=f"with {what}")
    parser.add_argument("--size", type=size, default=(1280, 720), metavar="WxH", help="in pixels, by default 1280x720")


def _run(options: Namespace) -> None:
    from revanim.draw.thumbnail import shot_of, snapshot
    from revanim.scene.build import make_playhead
    from revanim.scene.file.whole import write_whole

    scene = opened(options.file, painted=True)
    playhead = make_playhead(scene)
    frame = scene.timing.home if options.frame is None else options.frame
    for passed in toward(playhead.frame, frame, options):
        playhead.seek(passed)
    bare = replace(scene, look=replace(scene.look, grid=options.grid, axes=options.axes))
    write_whole(options.output, snapshot(bare, shot_of(bare, playhead), *options.size))


verb = Verb("picture", "paint a frame as PNG", _run, _takes)
