"""Places in the shape of a text: letters of the bundled typeface, filled with points."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.resources import resource
from revanim.scene.outline import Outline, fill

FONT = "Inter-Bold.ttf"
BENDS = np.linspace(0.0, 1.0, 9)[:, None]  # where a curve of a letter is cut into straight pieces


def text_points(text: str, count: int, height: float = 1.0) -> Floats:
    """Return `count` points inside the letters of a text, float64[count, 2], centred on the origin.

    `height` is that of a capital letter. The same text and count give the same points, evenly spread.
    """
    return fill(text_outline(text, height), count)


def text_outline(text: str, height: float = 1.0) -> Outline:
    """Return the outline of a line of text, set with its kerning and centred on the origin."""
    font = _font()
    polygons = list(_set(font, [_glyph(font, letter) for letter in text]))
    if not polygons:
        raise RevanimError("The text shows nothing; it needs at least one letter.")
    across, tall = np.concatenate(polygons)[:, 0], font["OS/2"].sCapHeight
    middle = np.array([(across.min() + across.max()) / 2, tall / 2])
    return [(polygon - middle) * (height / tall) for polygon in polygons]


@cache
def _font() -> Any:
    from fontTools.ttLib import TTFont  # only who sets a text pays for it

    return TTFont(resource("fonts", FONT))


def _glyph(font: Any, letter: str) -> str:
    glyphs = font.getBestCmap()
    if ord(letter) not in glyphs:
        raise RevanimError(f"The typeface has no {letter!r}; leave it out.")
    return str(glyphs[ord(letter)])


def _set(font: Any, line: list[str]) -> Iterator[Floats]:
    """Yield the polygons of a line of glyphs, in units of the font."""
    at = 0.0
    for glyph, following in zip(line, [*line, ""][1:], strict=True):
        for polygon in _polygons(font["glyf"], glyph):
            yield polygon + np.array([at, 0.0])
        at += font["hmtx"][glyph][0] + _kerning(font, glyph, following)


def _polygons(table: Any, glyph: str) -> Iterator[Floats]:
    """Yield each closed outline of a glyph as a polygon, float64[k, 2]."""
    points, ends, flags = table[glyph].getCoordinates(table)
    if len(points):
        cuts = np.array(ends[:-1], np.int64) + 1
        on = np.array(flags, np.int64) & 1 == 1
        yield from map(_polygon, np.split(np.array(points, np.float64), cuts), np.split(on, cuts))


def _polygon(points: Floats, on: NDArray[np.bool_]) -> Floats:
    """Cut the curves of an outline: a point that is not on it bends the way between its neighbours.

    Between two bending points the outline passes half way (that is how TrueType saves points).
    """
    before, after = np.roll(points, 1, axis=0), np.roll(points, -1, axis=0)
    start = np.where(np.roll(on, 1)[:, None], before, (before + points) / 2)
    end = np.where(np.roll(on, -1)[:, None], after, (points + after) / 2)
    t = BENDS
    pieces = [
        p[None] if straight else (1 - t) ** 2 * a + 2 * t * (1 - t) * p + t**2 * b
        for p, straight, a, b in zip(points, on, start, end, strict=True)
    ]
    return np.concatenate(pieces)


def _kerning(font: Any, left: str, right: str) -> float:
    """Return by how much the next glyph moves closer (or away), in units of the font: OpenType's pair adjustment."""
    for table in _pair_tables(font):
        if left not in table.Coverage.glyphs:
            continue
        if table.Format == 1:
            records = table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord
            value = next((record.Value1 for record in records if record.SecondGlyph == right), None)
        else:
            row = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)]
            value = row.Class2Record[table.ClassDef2.classDefs.get(right, 0)].Value1
        if value is not None:
            return float(getattr(value, "XAdvance", 0))
    return 0.0


def _pair_tables(font: Any) -> list[Any]:
    tables = [
        getattr(table, "ExtSubTable", table)
        for lookup in font["GPOS"].table.LookupList.Lookup
        for table in lookup.SubTable
    ]
    return [table for table in tables if table.LookupType == 2]
