"""Letters of any typeface, shaped by HarfBuzz: scripts that join their letters, and those that run to the left."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError

SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")
STYLES = ("regular", "book", "roman", "medium", "bold", "light", "w3", "vf")  # which the name of a file may end in
FOLDERS = {
    "win32": (r"%WINDIR%\Fonts", r"%LOCALAPPDATA%\Microsoft\Windows\Fonts"),
    "darwin": ("~/Library/Fonts", "/Library/Fonts", "/System/Library/Fonts"),
}
ELSEWHERE = ("~/.local/share/fonts", "~/.fonts", "/usr/local/share/fonts", "/usr/share/fonts")
KINDS = {"L": "L", "R": "R", "AL": "R", "EN": "N", "AN": "N"}  # a letter of a way, or a number
BENDS = np.linspace(0.0, 1.0, 9)[1:, None]  # where a curve of a letter is cut into straight pieces


@dataclass(frozen=True, eq=False)
class Typeface:
    """A font that is open: its file, HarfBuzz, and what that makes of it."""

    path: Path
    library: Any
    font: Any

    @property
    def capital(self) -> float:
        """How high a capital letter is, in units of the font."""
        found = self.font.get_metric_position_with_fallback(self.library.OTMetricsTag.CAP_HEIGHT)
        return float(found or 0.7 * self.em)

    @property
    def em(self) -> float:
        """How large the font is, in its own units."""
        return float(self.font.face.upem)


def typeface(name: str) -> Typeface:
    """Open a font by the path of its file, or by its name where this system has it; raises RevanimError."""
    try:
        library: Any = import_module("uharfbuzz")
    except ImportError:
        raise RevanimError("Other typefaces are set with uharfbuzz, which is not installed.") from None
    path = _path(name)
    try:
        face = library.Face(library.Blob.from_file_path(str(path)))
        if not face.glyph_count:
            raise ValueError(path)
        return Typeface(path, library, library.Font(face))
    # What a damaged font can raise is an open list.
    except Exception:
        raise RevanimError("{name} cannot be read: it is damaged, or no font.", name=path.name) from None


def _path(name: str) -> Path:
    """Return the file of a font."""
    path = Path(name).expanduser()
    if path.is_file():
        return path
    wanted = _plain(name)
    known = fonts()
    found = known.get(wanted) or next((known[wanted + style] for style in STYLES if wanted + style in known), None)
    if found is None:
        raise RevanimError("There is no font {name!r} here; give the path of its file.", name=name)
    return found


@cache
def fonts() -> dict[str, Path]:
    """Return the files of fonts that this system has, by their names in small letters without blanks."""
    folders = [Path(os.path.expandvars(folder)).expanduser() for folder in FOLDERS.get(sys.platform, ELSEWHERE)]
    files = (file for folder in folders if folder.is_dir() for file in sorted(folder.rglob("*")))
    return {_plain(file.stem): file for file in files if file.suffix.lower() in SUFFIXES}


def font_names() -> list[str]:
    """Return the names of the fonts that this system has, in the order of the alphabet."""
    return sorted({file.stem for file in fonts().values()}, key=str.lower)


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def set_line(face: Typeface, line: str) -> Iterator[Floats]:
    """Yield the polygons of a line of text, float64[k, 2] in units of the font, from left to right.

    Raises RevanimError that names the letters which the font lacks.
    """
    at, missing = 0.0, set[str]()
    for run, leftward in _runs(line):
        buffer = face.library.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if leftward else "ltr"
        face.library.shape(face.font, buffer)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if info.codepoint == 0:
                missing.add(run[info.cluster])
            for polygon in _outline(face, info.codepoint):
                yield polygon + np.array([at + place.x_offset, place.y_offset], np.float64)
            at += place.x_advance
    if missing:
        raise RevanimError(
            "The typeface {name} has no {letters}; leave it out, or choose another.",
            name=face.path.stem,
            letters=", ".join(map(repr, sorted(missing)[:8])),
        )


def _runs(line: str) -> list[tuple[str, bool]]:
    """Return the pieces of a line that run one way, as they stand from left to right, and whether that way is left."""
    levels = _levels(line)
    letters = zip(line, levels, strict=True)
    runs = [("".join(letter for letter, _ in some), level) for level, some in groupby(letters, lambda each: each[1])]
    for lowest in range(max(levels, default=0), 0, -1):
        runs = _turned(runs, lowest)
    return [(text, level % 2 == 1) for text, level in runs]


def _turned(runs: list[tuple[str, int]], lowest: int) -> list[tuple[str, int]]:
    """Return pieces of a line with each stretch of those that lie so deep turned round."""
    stretches = [(deep, list(some)) for deep, some in groupby(runs, lambda run: run[1] >= lowest)]
    return [run for deep, some in stretches for run in (some[::-1] if deep else some)]


def _levels(line: str) -> list[int]:
    """Return how deep each letter lies: odd where it runs to the left (Unicode's Annex 9, without explicit marks).

    The line has the way of its first letter. A number behind letters that run to the left stands among them; what has
    no way of its own goes along between two neighbours of one way, and else with the line.
    """
    kinds = [KINDS.get(bidirectional(letter), "") for letter in line]
    for index in range(1, len(line) - 1):
        if bidirectional(line[index]) in ("CS", "ES") and kinds[index - 1] == kinds[index + 1] == "N":
            kinds[index] = "N"  # as in 1.5
    base = int(next((kind for kind in kinds if kind in ("L", "R")), "L") == "R")
    level_of, strong = {"L": 2 * base, "R": 1, "": base}, "LR"[base]
    levels, ways = list[int](), list[str]()
    for kind in kinds:
        strong = kind if kind in ("L", "R") else strong
        inside = kind == "N" and strong == "R"
        levels.append(2 if inside else level_of["L" if kind == "N" else kind])
        ways.append("R" if inside else "L" if kind == "N" else kind)
    for index, way in enumerate(ways):
        if not way:
            before = ways[index - 1] if index else "LR"[base]
            after = next((each for each in ways[index:] if each), "LR"[base])
            ways[index] = before if before == after else "LR"[base]
            levels[index] = level_of[ways[index]]
    return levels


def _outline(face: Typeface, glyph: int) -> list[Floats]:
    """Return the outline of a glyph: a polygon for each of its lines."""
    polygons, pen = list[list[Floats]](), face.library.DrawFuncs()

    def bend(*corners: float) -> None:
        """Go on along a Bézier curve (de Casteljau)."""
        points = [np.broadcast_to(each, (len(BENDS), 2)) for each in [polygons[-1][-1][-1], *_pairs(corners)]]
        while len(points) > 1:
            points = [(1 - BENDS) * one + BENDS * other for one, other in pairwise(points)]
        polygons[-1].append(points[0])

    pen.set_move_to_func(lambda x, y, _: polygons.append([np.array([[x, y]], np.float64)]))
    pen.set_line_to_func(lambda x, y, _: polygons[-1].append(np.array([[x, y]], np.float64)))
    pen.set_quadratic_to_func(lambda *given: bend(*given[:-1]))
    pen.set_cubic_to_func(lambda *given: bend(*given[:-1]))
    pen.set_close_path_func(lambda _: None)
    face.font.draw_glyph(glyph, pen, None)
    return [np.concatenate(pieces) for pieces in polygons]


def _pairs(corners: tuple[float, ...]) -> list[Floats]:
    return [np.array(corners[index : index + 2], np.float64) for index in range(0, len(corners), 2)]
