"""Places in the shape of a text: letters of the bundled typeface, filled with points or traced by them."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from threading import Lock
from typing import Any
from unicodedata import category, normalize

import numpy as np
from numpy.typing import NDArray

from revanim.engine.parameter import Floats, Parameter
from revanim.error import RevanimError
from revanim.resources import resource
from revanim.scene.passed import Passed
from revanim.scene.placing import PLACING
from revanim.scene.pose import PAINT, Points, PoseKind
from revanim.scene.shapes.area import Outline
from revanim.scene.shapes.outline import along, bounds, closed, fill
from revanim.scene.shapes.typeface import SUFFIXES, font_names, set_line, typeface

WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
SIDES = ("left", "centre", "right")
ALIGN = dict(zip(SIDES, (0.0, 0.5, 1.0), strict=True))
FONT = Parameter(
    "font", "", "", 0.0, 0.0, "The file of a font, or the name of one of this system; without, it is Inter.",
    text=True, offers=font_names, suffixes=SUFFIXES,
)  # fmt: skip
LONGEST = 1000  # letters
LEADING = 1.25  # from line to line, in ems
SETTING = Lock()  # a font is read as it is asked, and a preview asks in a thread of its own
BENDS = np.linspace(0.0, 1.0, 9)[:, None]  # where a curve of a letter is cut into straight pieces


def make(source: Any, count: int, values: Mapping[str, Any], passed: Passed) -> Points:
    """Set a text, and fill or trace its letters."""
    if not isinstance(source, str):
        raise RevanimError("The pose text needs a text.")
    outline = text_outline(source, weight=values["weight"], align=values["align"], font=values["font"])
    points = fill(outline, count, passed) if values["paint"] == "fill" else along(map(closed, outline), count)
    return Points(points, *bounds(outline), " ".join(source.split()))


def text_points(text: str, count: int, height: float = 1.0) -> Floats:
    """Return `count` points inside the letters of a text, float64[count, 2], centred on the origin.

    `height` is that of a capital letter. The same text and count give the same points, evenly spread.
    """
    return fill(text_outline(text, height), count)


def text_outline(
    text: str, height: float = 1.0, weight: str = "Bold", align: str = "centre", font: str = ""
) -> Outline:
    """Return the outline of a text, set line by line with its kerning and centred on the origin.

    `font` is the path of a file or the name of a font of this system, whose weight is its own; without, it is Inter.
    """
    tall, step, lines = _in_font(font, text) if font else _in_inter(weight, text)
    outline, baseline = [], 0.0
    for polygons in lines:
        if polygons:
            low, high = bounds(polygons)
            start = low[0] + ALIGN[align] * (high[0] - low[0])
            outline += [polygon + np.array([-start, baseline]) for polygon in polygons]
            last = baseline
        baseline -= step
    if not outline:
        raise RevanimError("The text shows nothing; it needs at least one letter.")
    low, high = bounds(outline)
    middle = ((low[0] + high[0]) / 2, (tall + last) / 2)
    return [(polygon - middle) * (height / tall) for polygon in outline]


Lines = tuple[float, float, list[list[Floats]]]  # how high a capital and a line are, and the polygons of each line


def _in_inter(weight: str, text: str) -> Lines:
    with SETTING:
        font = _font(weight)
        lines = [list(_set(font, line)) for line in _glyphs(font, text)]
        return font["OS/2"].sCapHeight, LEADING * font["head"].unitsPerEm, lines


def _in_font(name: str, text: str) -> Lines:
    face = typeface(name)
    plain = ("".join(letter for letter in line if category(letter) != "Cc") for line in _lines(text))
    return face.capital, LEADING * face.em, [list(set_line(face, line)) for line in plain]


@cache
def _font(weight: str) -> Any:
    from fontTools.ttLib import TTFont  # only who sets a text pays for it

    return TTFont(resource("fonts", f"Inter-{weight}.ttf"))


def _lines(text: str) -> list[str]:
    """Return the lines of a text as they are set."""
    if len(text) > LONGEST:
        raise RevanimError("The text has {count} letters; up to {most} are allowed.", count=len(text), most=LONGEST)
    return normalize("NFC", text).expandtabs(4).strip("\r\n").splitlines()


def _glyphs(font: Any, text: str) -> list[list[str]]:
    """Return the glyphs of each line of a text, or name the letters that the typeface lacks."""
    glyphs, lines = font.getBestCmap(), list(map(_shown, _lines(text)))
    missing = sorted({letter for line in lines for letter in line if ord(letter) not in glyphs})
    if missing:
        raise RevanimError(
            "The typeface has no {letters}; leave it out, or choose a font that has it.",
            letters=", ".join(map(repr, missing[:8])),
        )
    return [[str(glyphs[ord(letter)]) for letter in line] for line in lines]


def _shown(line: str) -> str:
    """Return a line without what nobody sees: what joins or parts letters, turns their way, or picks a variant."""
    kinds = ((letter, category(letter)) for letter in line if not 0xFE00 <= ord(letter) <= 0xFE0F)
    return "".join(" " if kind == "Zs" else letter for letter, kind in kinds if kind not in ("Cf", "Cc"))


def _set(font: Any, line: list[str]) -> Iterator[Floats]:
    """Yield the polygons of a line of glyphs, in units of the font."""
    at = 0.0
    for glyph, following in pairwise([*line, ""]):
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


text = PoseKind(
    name="text",
    help="Letters of a text that is typed.",
    parameters=(
        PAINT,
        Parameter("weight", 3.0, "", 0.0, 3.0, "How heavy the letters are.", choices=WEIGHTS),
        FONT,
        Parameter("align", 1.0, "", 0.0, 2.0, "Where the lines of a longer text begin.", choices=SIDES),
        *PLACING,
    ),
    make=make,
    source="text",
    usual=400,
    words="word letters type write",
)
