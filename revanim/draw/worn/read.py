"""What bodies shall wear, from files: pictures, drawings and meshes. A scene holds what was read, not where from."""

from pathlib import Path

import numpy as np

from revanim.error import RevanimError
from revanim.scene.parts.check_worn import LARGEST_SPRITE, MOST_FIGURE_FACES
from revanim.scene.passed import Passed, silent
from revanim.scene.pose import existing
from revanim.scene.poses.image import SUFFIXES, own_colors
from revanim.scene.poses.mesh import READERS, read
from revanim.scene.poses.svg import LARGEST
from revanim.scene.scene import Colors, Figure, Sprite

PICTURES, DRAWINGS, MESHES = SUFFIXES, (".svg",), tuple(READERS)
SIDE = 512  # pixels of a sprite at most; of a sheet, LARGEST_SPRITE


def read_sprite(path: Path, across: int = 1, down: int = 1, passed: Passed = silent) -> Sprite:
    """Return a picture or a drawing for bodies to wear; a sheet has several tiles, which they wear in turn."""
    suffix, side = path.suffix.lower(), SIDE if across == down == 1 else LARGEST_SPRITE
    if suffix not in (*PICTURES, *DRAWINGS):
        raise RevanimError(
            "{name} is no picture for bodies to wear; those end in {endings}.",
            name=path.name,
            endings=", ".join((*PICTURES, *DRAWINGS)),
        )
    pixels = _drawn(path, side) if suffix in DRAWINGS else _fitting(own_colors(path, side * side, passed), side)
    return Sprite(path.name, pixels, across, down)


def _drawn(path: Path, side: int) -> Colors:
    """Return a drawing as pixels."""
    from PySide6.QtCore import QByteArray, QRectF, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(existing(path, "svg", LARGEST).read_bytes()))
    size = renderer.defaultSize()
    if not renderer.isValid() or size.isEmpty():
        raise RevanimError("{name} cannot be read: it is damaged, or no SVG.", name=path.name)
    size = size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
    image = QImage(size, QImage.Format.Format_RGBA8888)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4).copy()


def _fitting(pixels: Colors, side: int) -> Colors:
    """Return a picture made small enough for a side."""
    from PIL import Image

    picture = Image.fromarray(pixels)
    picture.thumbnail((side, side))
    return np.array(picture)


def read_figure(path: Path, passed: Passed = silent) -> Figure:
    """Return a mesh for bodies to wear; y points up in most files, as z does here."""
    if path.suffix.lower() not in MESHES:
        raise RevanimError(
            "{name} is no mesh for bodies to wear; those end in {endings}.", name=path.name, endings=", ".join(MESHES)
        )
    vertices, faces, _ = read(existing(path, "mesh", LARGEST), passed)
    if len(faces) > MOST_FIGURE_FACES:
        raise RevanimError(
            "{name} has {count} faces; up to {most} are allowed.",
            name=path.name,
            count=len(faces),
            most=MOST_FIGURE_FACES,
        )
    used, joined = np.unique(faces, return_inverse=True)
    return Figure(path.name, np.ascontiguousarray(vertices[used]), joined.reshape(-1, 3).astype(np.int64))
