"""Thousands of thin rings at once, straight into the picture: QPainter takes 3 µs for each, and other threads wait."""

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter

from revanim.engine.code.kernel import kernel
from revanim.engine.parameter import Floats


def paint_rings(painter: QPainter, x: Floats, y: Floats, radius: Floats, color: QColor, width: float) -> None:
    """Paint rings, float64[k] each in the painter's pixels, into the 32-bit image that the painter paints on."""
    image = painter.device()
    assert isinstance(image, QImage)
    ratio, opacity = image.devicePixelRatio(), painter.opacity() * color.alphaF()
    pixels = np.frombuffer(image.bits(), np.uint32).reshape(image.height(), image.width())
    _add(pixels, ratio * x, ratio * y, ratio * radius, ratio * width / 2, opacity, color.rgb() & 0xFFFFFF)


@kernel("void(uint32[:,::1], float64[::1], float64[::1], float64[::1], float64, float64, int64)")
def _add(image, x, y, radius, half, opacity, color):  # type: ignore[no-untyped-def]
    """Lay rings over premultiplied 0xAARRGGBB; a pixel is covered by as much as the line reaches into it."""
    height, width = image.shape
    for i in range(x.size):
        reach = radius[i] + half + 1.0
        if not (-reach < x[i] < width + reach and -reach < y[i] < height + reach):
            continue
        inner = max(radius[i] - half - 1.0, 0.0)
        for row in range(max(int(y[i] - reach), 0), min(int(y[i] + reach) + 1, height)):
            for column in range(max(int(x[i] - reach), 0), min(int(x[i] + reach) + 1, width)):
                dx, dy = column + 0.5 - x[i], row + 0.5 - y[i]
                square = dx * dx + dy * dy
                if inner * inner < square < reach * reach:
                    cover = min(max(half + 0.5 - abs(np.sqrt(square) - radius[i]), 0.0), 1.0, 2.0 * half)
                    if cover > 0.0:
                        image[row, column] = _over(image[row, column], color, cover * opacity)


@kernel("uint32(uint32, int64, float64)")
def _over(below, color, share):  # type: ignore[no-untyped-def]
    """Return a pixel with a colour laid over it."""
    mixed = 0
    for shift in (0, 8, 16, 24):
        old = float(np.int64(below) >> shift & 255)
        new = 255.0 if shift == 24 else float(color >> shift & 255)
        mixed |= int(old + (new - old) * share + 0.5) << shift
    return np.uint32(mixed)
