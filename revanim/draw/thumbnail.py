"""The small picture that a file carries."""

import struct
import zlib
from contextlib import suppress
from dataclasses import replace

import numpy as np

from revanim.draw.look import DARK
from revanim.draw.picture import paint
from revanim.draw.shot import Shot
from revanim.draw.strip import Strip
from revanim.draw.trail import drawn
from revanim.engine.playhead import Playhead
from revanim.error import RevanimError
from revanim.scene.build import make_playhead
from revanim.scene.passed import Passed, silent
from revanim.scene.scene import Scene

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
    paint(scene, shot, image, 1.0, scene.look.camera or scene.look.view, transparent=False, tokens=DARK)
    return png(image)


def png(image: np.ndarray[tuple[int, int], np.dtype[np.uint32]]) -> bytes:
    """Return an image, uint32[h, w] of 0xAARRGGBB, as an opaque PNG, with the filter that makes it smallest."""
    rows = np.stack([image >> 16 & 255, image >> 8 & 255, image & 255], axis=-1).astype(np.uint8)
    left = np.diff(rows, axis=1, prepend=np.zeros_like(rows[:, :1]))
    above = np.diff(rows, axis=0, prepend=np.zeros_like(rows[:1]))
    packed = [_packed(number, filtered) for number, filtered in enumerate((rows, left, above))]
    header = struct.pack(">IIBBBBB", image.shape[1], image.shape[0], 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", min(packed, key=len)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(name, data) for name, data in chunks)


def _packed(number: int, rows: np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]) -> bytes:
    """Return rows of pixels that went through a filter of PNG, each after the number of that."""
    lines = np.full((rows.shape[0], 1 + rows[0].size), number, np.uint8)
    lines[:, 1:] = rows.reshape(rows.shape[0], -1)
    return zlib.compress(lines.tobytes(), 9)


def png_chunk(name: bytes, data: bytes) -> bytes:
    """Return one chunk of a PNG, with its length before it and its check behind."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
