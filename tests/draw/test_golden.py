"""Pictures that were looked at and liked, kept as PNG files.

After a change that is meant to be seen, paint them anew with `REVANIM_GOLDEN=new pytest tests/draw/test_golden.py`,
and look at them.
"""

import colorsys
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from revanim.draw.look import DARK, LIGHT
from revanim.draw.overlay.marks import paint_marks
from revanim.draw.picture import picture
from revanim.draw.shot import Shot, Skin
from revanim.scene.gauge import Gauge
from revanim.scene.scene import View

pytestmark = pytest.mark.usefixtures("qapp")

GOLDEN = Path(__file__).parents[1] / "golden"
LETTERS = 220  # pixels from the left where the legend begins
GAUGE = Gauge(0.5, 6.0, 6.0, 1.0)
VIEW = View()  # from a little above, as a new scene is seen


def hues(hue, saturation=0.65, value=0.95):
    return [[round(255 * c) for c in colorsys.hsv_to_rgb(h % 1, saturation, value)] for h in np.ravel(hue)]


def chain(scenes):
    t = np.arange(12)
    position = np.c_[np.sin(t * 0.7) * 2 + t * 0.5 - 3, np.cos(t * 0.9) * 1.5, 4 - t * 0.45 + 0.4 * np.sin(t * 2)]
    return scenes.make(position, 0.32, hues(t / 12), np.c_[t[:-1], t[1:]], view=VIEW), None


def cloth(scenes):
    u, v = np.meshgrid(np.linspace(-2, 2, 24), np.linspace(-2, 2, 24))
    height = 0.5 * np.sin(u * 1.5) * np.cos(v * 1.2) + 1.4 - 0.1 * u * u
    body = np.arange(24 * 24).reshape(24, 24)
    pairs = [(body[:, :-1], body[:, 1:]), (body[:-1], body[1:])]
    links = np.concatenate([np.c_[first.ravel(), second.ravel()] for first, second in pairs])
    position = np.c_[u.ravel(), v.ravel(), height.ravel()]
    return scenes.make(position, 0.03, hues(0.58 + 0.1 * height, 0.55), links, view=VIEW), None


def galaxies(scenes, count=1000, style="glow"):
    random, parts = np.random.default_rng(3), []
    for centre, tilt, hue in (((-2.6, 0, 0.4), 0.5, 0.6), ((2.6, 1.2, -0.2), -0.9, 0.07)):
        radius = random.exponential(0.8, count) + 0.03
        angle = random.integers(0, 2, count) * np.pi + np.log(radius + 0.2) * 2.1 + random.normal(0, 0.35, count)
        x, y, z = radius * np.cos(angle), radius * np.sin(angle), random.normal(0, 0.07, count)
        position = np.c_[x, y * np.cos(tilt) - z * np.sin(tilt), y * np.sin(tilt) + z * np.cos(tilt)] + centre
        tints = hues(hue + 0.03 * random.normal(size=count), 0.5, 1.0)
        parts.append((position, 0.008 + 0.016 * random.random(count) ** 4, tints))
    position, radius, color = (np.concatenate(each) for each in zip(*parts, strict=True))
    return scenes.make(position, radius, color, style=style, grid=False, axes=False, view=VIEW), None


def figure_eight(scenes, **look):
    t = np.linspace(-1.7, 0, 60)[:, None] + [0, 2.1, 4.2]
    way = np.stack([2.2 * np.sin(t), 1.4 * np.sin(t) * np.cos(t), 0 * t], axis=-1)
    return scenes.make(way[-1], 0.12, [(255, 122, 89), (94, 184, 255), (255, 209, 102)], **look), way


def onion(scenes, **look):
    """Two bodies on their ways, with skins, trails and the way ahead."""
    t = np.linspace(-1.2, 1.2, 49)[:, None] + [0.4, 3.0]
    way = np.stack([2.4 * np.cos(t), 2.4 * np.sin(t), 0.3 * np.sin(3 * t)], axis=-1)
    scene = scenes.make(way[24], 0.26, (225, 225, 225), tinted=True, grid=False, axes=False, view=VIEW, **look)
    skins = tuple(Skin(6 * k, way[24 + 6 * k]) for k in (-1, -2, -3, 1, 2, 3))
    return scene, replace(scenes.shot(scene, way[:25]), ahead=way[24:], skins=skins)


def measured(scenes, **look):
    """A spiral coloured by how fast it is, with arrows, its centre of mass and a legend."""
    t = np.linspace(0.5, 6.0, 40)
    position = np.c_[0.5 * t * np.cos(t), 0.5 * t * np.sin(t), 0 * t]
    velocity = np.c_[-np.sin(t), np.cos(t), 0 * t] * (6.5 - t)[:, None]
    scene = scenes.make(
        position, 0.12, color_by="speed", velocities=True, centre=True, grid=False, axes=False, view=VIEW, **look
    )
    return scene, replace(scenes.shot(scene), velocity=velocity)


def worn(scenes, style):
    """A ring of bodies with what they wear when nobody has chosen anything, turned along their way."""
    t = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    position = np.c_[2.2 * np.cos(t), 2.2 * np.sin(t), 0.5 * np.sin(2 * t)]
    velocity = np.c_[-np.sin(t), np.cos(t), 0.45 * np.cos(2 * t)]
    scene = scenes.make(position, 0.2 + 0.16 * np.cos(t) ** 2, hues(t / 6), style=style, facing="velocity", spin=0.1,
                        grid=False, axes=False, view=VIEW)  # fmt: skip
    return scene, replace(scenes.shot(scene), velocity=velocity, seconds=1.0)


PICTURES = {
    "sprites": lambda scenes: worn(scenes, "sprites"),
    "figures": lambda scenes: worn(scenes, "figures"),
    "onion": onion,
    "onion-glow": lambda scenes: onion(scenes, style="glow"),
    "measured": measured,
    "measured-light": lambda scenes: measured(scenes, background="checker"),
    "chain": chain,
    "chain-light": chain,
    "cloth": cloth,
    "galaxies": galaxies,
    "crowd": lambda scenes: galaxies(scenes, 30_000, "density"),
    "eight": lambda scenes: figure_eight(scenes, view=replace(VIEW, flat=True)),
    "eight-glow": lambda scenes: figure_eight(scenes, view=VIEW, style="glow"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_as_it_was_when_it_was_liked(scenes, name):
    scene, seen = PICTURES[name](scenes)
    shot = seen if isinstance(seen, Shot) else scenes.shot(scene, seen)
    view = scene.look.view if shot is seen else scenes.framed(scene)
    tokens = LIGHT if name.endswith("light") else DARK
    image = picture(scene, shot, 320, 180, view=view, tokens=tokens, gauge=GAUGE)
    painter = QPainter(image)
    paint_marks(painter, (320, 180), view, scene, shot, GAUGE, tokens=tokens)
    painter.end()
    path = GOLDEN / f"{name}.png"
    if os.environ.get("REVANIM_GOLDEN") == "new":
        assert image.save(str(path))
    difference = np.abs(channels(image) - channels(QImage(str(path)))).max(axis=-1)
    if scene.look.color_by:
        difference = difference[:, :LETTERS]  # those of the legend differ from machine to machine
    # Another processor may round a coordinate the other way: single pixels at an edge, and no more.
    assert (difference > 8).sum() <= 10
    assert difference.mean() < 0.1


def channels(image):
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(180, 320, 4)[:, :, :3].astype(int)
