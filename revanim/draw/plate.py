"""A picture as it goes into a file: through the camera, with what the look writes over it, blurred by motion."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QPainter

from revanim.draw.eye import eye
from revanim.draw.look import DARK
from revanim.draw.overlay.captions import has_words, paint_words
from revanim.draw.overlay.fonts import able_to_write
from revanim.draw.overlay.marks import needs_gauge, paint_marks
from revanim.draw.picture import paint
from revanim.draw.shapes import Image
from revanim.draw.shot import Shot
from revanim.engine.code.kernel import kernel
from revanim.scene.gauge import Gauge, gauge
from revanim.scene.scene import Scene

NOTHING = Gauge(0.0, 1.0, 0.0, 0.0)

Pixels = NDArray[np.uint8]


class Plate:
    """Paints one picture after another, all of one scene and one size.

    A picture has `width` by `height` pixels. Lines and letters are as wide as on a screen with `ratio` pixels for each
    of its own, and each pixel is the mean of `finer` by `finer` painted ones.
    """

    def __init__(
        self, scene: Scene, width: int, height: int, ratio: float = 1.0, finer: int = 1, transparent: bool = False
    ) -> None:
        self.scene, self.width, self.height, self.ratio = scene, width, height, ratio
        self.finer, self.transparent = finer, transparent
        self.gauge = gauge(scene) if needs_gauge(scene) else NOTHING
        self._writes = bool(scene.look.color_by or scene.look.centre or has_words(scene))
        self._application = able_to_write() if self._writes else None

    def expose(self, shots: Sequence[Shot]) -> Pixels:
        """Return uint8[h, w, 4], red, green, blue and alpha, not premultiplied: the mean of the shots in light."""
        if len(shots) == self.finer == 1:
            return straight(self._paint(shots[0]))  # type: ignore[no-any-return]
        light = np.zeros((self.height, self.width, 4), np.float32)
        for shot in shots:
            gather(self._paint(shot), self.finer, light)
        return straight(develop(light, len(shots) * self.finer**2))  # type: ignore[no-any-return]

    def _paint(self, shot: Shot) -> Image:
        """Return a premultiplied picture, uint32[h, w]."""
        view, ratio = eye(self.scene, shot), self.ratio * self.finer
        size = (round(self.width / self.ratio), round(self.height / self.ratio))
        image = np.empty((self.height * self.finer, self.width * self.finer), np.uint32)
        paint(self.scene, shot, image, ratio, view, self.transparent, DARK, gauge=self.gauge)
        height, width = image.shape
        target = QImage(image.data, width, height, QImage.Format.Format_ARGB32_Premultiplied)
        target.setDevicePixelRatio(ratio)
        painter = QPainter(target)
        paint_marks(painter, size, view, self.scene, shot, self.gauge)
        paint_words(painter, size, view, self.scene, shot)
        painter.end()
        return image


@kernel("uint8[:,:,::1](Array(uint32, 2, 'C', True))")
def straight(image):  # type: ignore[no-untyped-def]
    """Return red, green, blue and alpha of premultiplied 0xAARRGGBB."""
    height, width = image.shape
    out = np.empty((height, width, 4), np.uint8)
    for row in range(height):
        for column in range(width):
            pixel = int(image[row, column])
            alpha = pixel >> 24
            for c in range(3):
                value = pixel >> (16 - 8 * c) & 255
                if 0 < alpha < 255:
                    value = min((value * 255 + alpha // 2) // alpha, 255)
                out[row, column, c] = value
            out[row, column, 3] = alpha
    return out


@kernel("void(Array(uint32, 2, 'C', True), int64, float32[:,:,::1])")
def gather(image, finer, light):  # type: ignore[no-untyped-def]
    """Add the light of a picture, whose pixels are `finer` times as many each way: the square of what is stored."""
    height, width, _ = light.shape
    for row in range(height * finer):
        for column in range(width * finer):
            pixel = image[row, column]
            for c in range(3):
                value = np.float32(pixel >> np.uint32(16 - 8 * c) & np.uint32(255))
                light[row // finer, column // finer, c] += value * value
            light[row // finer, column // finer, 3] += np.float32(pixel >> np.uint32(24))


@kernel("uint32[:,::1](float32[:,:,::1], int64)")
def develop(light, count):  # type: ignore[no-untyped-def]
    """Return the mean of so many pictures, premultiplied 0xAARRGGBB."""
    height, width, _ = light.shape
    out = np.empty((height, width), np.uint32)
    half, share = np.float32(0.5), np.float32(1.0) / np.float32(count)
    for row in range(height):
        for column in range(width):
            red = np.uint32(np.sqrt(light[row, column, 0] * share) + half)
            green = np.uint32(np.sqrt(light[row, column, 1] * share) + half)
            blue = np.uint32(np.sqrt(light[row, column, 2] * share) + half)
            alpha = max(np.uint32(light[row, column, 3] * share + half), red, green, blue)
            out[row, column] = alpha << np.uint32(24) | red << np.uint32(16) | green << np.uint32(8) | blue
    return out
