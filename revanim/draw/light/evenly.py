"""Light developed so that a crowd never burns out: ten times as many bodies in a pixel are one more step of brightness.

The curve is t / (t + SHOULDER) with t the power 3/8 of the light, made of square roots alone, which every machine
rounds alike. It knows no brightest place of the picture, so a film does not flicker as that changes. All channels are
brought down by one factor: the colour of a crowd is the mean of its bodies' colours.
"""

import numpy as np

from revanim.draw.backdrop import noise
from revanim.draw.light.exposure import CORE, UNIT, Exposure
from revanim.draw.shapes import Image
from revanim.engine.code.kernel import kernel

SHOULDER = 0.9  # of t, where it is half as bright as it can be: about one body in a pixel
WARMTH = 0.3  # share of white in the brightest crowd


def develop_evenly(exposure: Exposure, backdrop: Image, gain: float) -> None:
    """Turn light into a picture over a backdrop; over an empty one, bright means opaque."""
    gain /= CORE * UNIT
    _develop(exposure.image, exposure.light, noise(exposure.image.shape[1]), backdrop, gain, SHOULDER, WARMTH)


@kernel(
    "void(uint32[:,::1], int32[:,:,::1], Array(float32, 2, 'C', True), Array(uint32, 2, 'C', True), "
    "float32, float32, float32)"
)
def _develop(image, light, noise, backdrop, gain, shoulder, warmth):  # type: ignore[no-untyped-def]
    """Screen the light over the backdrop, each channel as the brightest one is brought down."""
    zero, one, full = np.float32(0.0), np.float32(1.0), np.float32(255.0)
    height, width = image.shape
    for row in range(height):
        out, behind, grain = image[row], backdrop[row], noise[row & 63]
        for column in range(width):
            old = np.int32(behind[column])
            r, g, b = np.float32((old >> 16) & 255), np.float32((old >> 8) & 255), np.float32(old & 255)
            x, y, z = light[0, row, column], light[1, row, column], light[2, row, column]
            most = np.float32(max(x, y, z)) * gain
            if most > zero:
                quarter = np.sqrt(np.sqrt(most))
                t = quarter * np.sqrt(quarter)
                bright = t / (t + shoulder)
                white = warmth * bright * bright * bright
                share = (one - white) * bright
                white *= bright
                r += (full - r) * (white + share * np.sqrt(np.float32(x) * gain / most))
                g += (full - g) * (white + share * np.sqrt(np.float32(y) * gain / most))
                b += (full - b) * (white + share * np.sqrt(np.float32(z) * gain / most))
            red, green, blue = np.int32(r + grain[column]), np.int32(g + grain[column]), np.int32(b + grain[column])
            alpha = max(old >> 24 & 255, red, green, blue)
            out[column] = np.uint32((alpha << 24) | (red << 16) | (green << 8) | blue)
