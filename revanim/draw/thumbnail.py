"""The small picture that a file carries."""

import struct
import zlib
from contextlib import suppress
from dataclasses import replace

import numpy as np

from revanim.draw.eye import eye
from revanim.draw.look import DARK
from revanim.draw.picture import paint
from revanim.draw.shot import Shot
from revanim.draw.strip import Strip
from revanim.draw.trail import drawn
from revanim.engine.playhead import Playhead
from revanim.error import RevanimError
from revanim.scene.build import make_playhead
from revanim.scene.passed import Passed, silent
from revanim.scene.scene import Colors, Scene

WIDTH, HEIGHT = 320, 180
LONGEST_TRAIL, FARTHEST_SKIN = 60, 240  # frames that are walked either way for a single picture


def thumbnail(scene: Scene, passed: Passed = silent) -> bytes:
    """Return a PNG of the scene at its most telling frame; the same scene gives the same bytes."""
    playhead, frame = make_playhead(scene), telling_frame(scene)
    if playhead.system.is_short(abs(frame - scene.timing.home)):
        with suppress(RevanimError):  # it shows how far the motion goes
            playhead.try_frame(frame)
    return snapshot(scene, shot_of(scene, playhead, passed), WIDTH, HEIGHT)


def telling_frame(scene: Scene) -> int:
    """Return the frame that says most about a scene: its last key, else the middle of what plays."""
    if scene.keyframes:
        return scene.keyframes[-1].frame
    first, last = scene.look.plays or (scene.timing.first, scene.timing.last)
    return (first + last) // 2


def shot_of(scene: Scene, playhead: Playhead, passed: Passed = silent) -> Shot:
    """Return what there is to paint where a playhead stands."""
    strip = Strip(replace(scene, look=drawn(scene)), LONGEST_TRAIL, FARTHEST_SKIN, playhead)
    return strip.shot(playhead, passed)


def snapshot(scene: Scene, shot: Shot, width: int, height: int) -> bytes:
    """Return a PNG of a frame, seen through the scene's camera, or else as the artist sees it."""
    image = np.zeros((height, width), np.uint32)
    paint(scene, shot, image, 1.0, eye(scene, shot), transparent=False, tokens=DARK)
    return png(image)


def png(image: np.ndarray[tuple[int, int], np.dtype[np.uint32]]) -> bytes:
    """Return an image, uint32[h, w] of 0xAARRGGBB, as an opaque PNG.

    It is the shorter of two: with the pixels as they are, which suits flat colours, and with what each row differs by.
    """
    channels = np.stack([image >> 16 & 255, image >> 8 & 255, image & 255], axis=-1).astype(np.uint8)
    header = struct.pack(">IIBBBBB", image.shape[1], image.shape[0], 8, 2, 0, 0, 0)
    plain, *others = filtered(channels)
    packed = min((zlib.compress(rows.tobytes(), 9) for rows in (plain, fitting(np.stack([plain, *others])))), key=len)
    chunks = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(name, data) for name, data in chunks)


def filtered(channels: Colors) -> list[Colors]:
    """Return uint8[h, w, 3] by each of the filters of PNG, uint8[h, 1 + 3 w]: each row begins with its filter."""
    left, above, corner = (np.zeros_like(channels) for _ in range(3))
    left[:, 1:], above[1:], corner[1:, 1:] = channels[:, :-1], channels[:-1], channels[:-1, :-1]
    a, b, c = (each.astype(np.int16) for each in (left, above, corner))
    from_a, from_b, from_c = abs(b - c), abs(a - c), abs(a + b - 2 * c)
    paeth = np.where((from_a <= from_b) & (from_a <= from_c), a, np.where(from_b <= from_c, b, c))
    found = []
    for number, guess in enumerate((0 * a, a, b, (a + b) // 2, paeth)):
        rows = (channels - guess.astype(np.uint8)).reshape(len(channels), -1)
        found.append(np.insert(rows, 0, number, axis=1))
    return found


def fitting(filters: Colors) -> Colors:
    """Return each row by the filter, of uint8[filters, h, 1 + 3 w], that leaves the least of it."""
    left = np.minimum(filters[:, :, 1:], 0 - filters[:, :, 1:]).sum(axis=2, dtype=np.int64)
    return np.asarray(filters[left.argmin(axis=0), np.arange(filters.shape[1])])


def png_chunk(name: bytes, data: bytes) -> bytes:
    """Return one chunk of a PNG, with its length before it and its check behind."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
