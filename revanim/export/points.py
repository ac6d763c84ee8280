"""Films as points: the options that all such exporters share, and what each of them writes of a moment."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revanim.draw.eye import eye
from revanim.draw.seen import Mask, colors, opacities, seen, sizes
from revanim.draw.shot import Shot
from revanim.engine.parameter import Floats, Parameter
from revanim.error import RevanimError
from revanim.export.exporter import counted
from revanim.export.film import Film, Moment
from revanim.scene.attribute import Attribute, asked_for, attributes
from revanim.scene.gauge import gauge
from revanim.scene.looks.srgb import decoded
from revanim.scene.scene import Colors, Index, View
from revanim.sentence import Sentence

Singles = NDArray[np.float32]

HIDDEN = Parameter("hidden", 0.0, "", 0.0, 1.0, "Also the bodies of hidden groups.", choices=("no", "yes"))
CAMERA = Parameter("camera", 1.0, "", 0.0, 1.0, "Through which pictures are made.", choices=("no", "yes"))
POINT = 12  # bytes of three float32

LIGHT = decoded(np.arange(256) / 255).astype(np.float32)  # of each stored level


@dataclass(frozen=True, eq=False)
class PointFrame:
    """The n bodies that a file has at a moment.

    Velocities are per second of the film: of a slower one they are smaller, and on the way back they point back.
    """

    moment: Moment
    seconds: float  # frame 0 is second 0
    position: Floats  # float64[n, 3]
    velocity: Floats  # float64[n, 3]
    color: Colors  # uint8[n, 3], sRGB
    radius: Floats  # float64[n], as large as it is painted, but for the size of all
    opacity: Floats  # float64[n]
    attributes: Mapping[str, Floats]  # float64[n] each, NaN where a body has none
    trail: Floats  # float64[k, n, 3], oldest first
    alive: Mask  # bool[n], which of them take part then
    view: View  # of the camera


def attributes_option() -> Parameter:
    """Return the option that asks for attributes of bodies: none, all, or one. The mass is always written."""
    choices = ("none", "all", *(name for name in attributes() if name != "mass"))
    words = "Numbers of the bodies besides their masses."
    return Parameter("attributes", 0.0, "", 0.0, len(choices) - 1, words, choices=choices)


def wanted(values: Mapping[str, Any]) -> list[Attribute]:
    """Return the attributes that the option asks for, where there is one."""
    asked = values.get("attributes")
    return [each for name, each in attributes().items() if asked in ("all", name) and name != "mass"]


def written(film: Film, values: Mapping[str, Any]) -> Index:
    """Return which bodies are written: those that are seen, or all."""
    bodies = film.scene.bodies.count
    who = np.arange(bodies) if values["hidden"] == "yes" else np.flatnonzero(seen(film.scene))
    if not who.size:
        raise RevanimError("All bodies are hidden, so there is nothing to write; show a group, or ask for hidden ones.")
    return who


def points(film: Film, values: Mapping[str, Any], trail: int = 0) -> Iterator[PointFrame]:
    """Yield the bodies to write at each moment, with so many frames of trail behind them."""
    look = replace(film.scene.look, trail=trail, ahead=0, skins=0, accelerations=False)
    film = replace(film, scene=replace(film.scene, look=look))
    who, asked = written(film, values), wanted(values)
    measure = gauge(film.scene) if asked_for(look) else None
    some = slice(None) if who.size == film.scene.bodies.count else who  # all of them need not be picked
    for moment, (shot,) in film.shots():
        way = shot.position[None] if shot.trail is None else shot.trail
        yield PointFrame(
            moment=moment,
            seconds=moment.number / film.scene.timing.fps,
            position=shot.position[some],
            velocity=moment.pace * shot.velocity[some],
            color=colors(film.scene, shot, measure)[some],
            radius=(film.scene.bodies.radius * sizes(film.scene, shot, measure))[some],
            opacity=opacities(film.scene, shot, measure)[some],
            attributes={each.name: _values(each, film, shot)[some] for each in asked},
            trail=way[:, some],
            alive=film.scene.bodies.alive(shot.frame)[some],
            view=eye(film.scene, shot),
        )


def _values(attribute: Attribute, film: Film, shot: Shot) -> Floats:
    return attribute.values(film.scene, shot.instant)


def upright(vectors: Floats) -> Floats:
    """Return vectors, float64[n, 3], turned so that y points up."""
    return np.asarray(vectors[:, [0, 2, 1]] * np.array([1.0, 1.0, -1.0]))


def weighed(film: Film, values: Mapping[str, Any], size: Callable[[Film, Mapping[str, Any]], int]) -> Sentence:
    """Return about how much room the frames take, how many there are, and how long they last."""
    return Sentence("about {size}\n{frames}", size=room(size(film, values)), frames=counted(film, values))


def room(size: int) -> str:
    """Return a number of bytes in words, such as 4 MB."""
    return f"{size / 1e9:.3g} GB" if size >= 1e9 else f"{size / 1e6:.3g} MB"


def light(color: Colors) -> Singles:
    """Return colours as other tools compute with them: float32[..., 3], linear."""
    return LIGHT[color]
