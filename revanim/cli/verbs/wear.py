"""Let bodies wear a picture or a mesh."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

import revanim
from revanim.cli.reading import decimal, size
from revanim.cli.verb import Verb, opened, show, takes_json, takes_output


def _takes(parser: ArgumentParser) -> None:
    takes_output(parser, "FILE")
    parser.add_argument("--sprite", type=Path, metavar="FILE", help="a picture or an SVG that faces the eye")
    words = "its tiles, which bodies wear in turn: so many across and down"
    parser.add_argument("--sheet", type=size, metavar="WxH", default=(1, 1), help=words)
    parser.add_argument("--figure", type=Path, metavar="FILE", help="a mesh under a lamp")
    parser.add_argument("--facing", choices=("upright", "velocity"), help="upright, or along the way of each")
    parser.add_argument("--spin", type=decimal, metavar="N", help="turns a second")
    parser.add_argument("--size", type=decimal, metavar="N", help="times as large as the bodies are")
    takes_json(parser)


def _run(options: Namespace) -> None:
    from revanim.draw.styles.figures import figures
    from revanim.draw.styles.sprites import sprites
    from revanim.draw.worn.read import read_figure, read_sprite

    scene, look = opened(options.file), dict[str, Any]()
    if options.sprite:
        scene = revanim.edits.set_sprite(scene, read_sprite(options.sprite, *options.sheet))
        look["style"] = sprites.name
    if options.figure:
        scene = revanim.edits.set_figure(scene, read_figure(options.figure))
        look["style"] = figures.name
    names = ("facing", "spin", "size")
    look |= {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    scene = revanim.edits.set_look(scene, **look)
    revanim.save(scene, options.output)
    facts = {"style": scene.look.style, "facing": scene.look.facing, "spin": scene.look.spin}
    show(options, facts, f"Bodies are painted as {scene.look.style}, {scene.look.facing}.")


verb = Verb("wear", "let bodies wear a picture or a mesh", _run, _takes)
