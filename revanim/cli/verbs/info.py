"""Say what a scene holds."""

from argparse import Namespace
from typing import Any

from revanim.cli.verb import Verb, read_scene, show, takes_json
from revanim.engine.playhead import digest
from revanim.scene.absent import missing_schemes, remarks
from revanim.scene.scene import Scene


def _run(options: Namespace) -> None:
    scene = read_scene(options.file)
    facts = describe(scene)
    lines = [f"{name:16} {_words(value)}" for name, value in facts.items()]
    show(options, facts, "\n".join([*lines, *map(str, remarks(scene))]))


def describe(scene: Scene) -> dict[str, Any]:
    """Return the facts of a scene that `info` shows."""
    bodies, timing, grid = scene.bodies, scene.timing, scene.bodies.grid
    return {
        "name": scene.name,
        "bodies": bodies.count,
        "alive": int(bodies.alive(timing.home).sum()),
        "pinned": int(bodies.pinned.sum()),
        "forces": [part.kind for part in scene.forces],
        "flows": [part.kind for part in scene.flows],
        "moves": [part.kind for part in scene.moves],
        "cues": [part.kind for part in scene.cues],
        "missing": [*scene.missing, *missing_schemes(scene)],
        "scheme": scene.scheme,
        "frames": [timing.first, timing.last],
        "home": timing.home,
        "fps": timing.fps,
        "steps_per_frame": timing.steps_per_frame,
        "planar": scene.planar,
        "keyframes": [key.frame for key in scene.keyframes],
        "holds": [key.hold for key in scene.keyframes],
        "range": grid.length_range,
        "resolution": grid.length_unit,
        "speed_range": grid.speed_range,
        "speed_resolution": grid.speed_unit,
        "arithmetic": scene.arithmetic,
        "digest": digest(bodies.state, bodies.tapes),
    }


def _words(value: object) -> str:
    return (", ".join(map(str, value)) if isinstance(value, list) else str(value)) or "none"


verb = Verb("info", "say what a scene holds", _run, takes_json)
