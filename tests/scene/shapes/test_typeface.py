"""Letters of other typefaces: scripts that run to the left, letters that join, and fonts that are none."""

from pathlib import Path

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

import revanim as ra
from revanim.scene.pose import make_pose
from revanim.scene.poses.text import text_outline, text_points
from revanim.scene.shapes import typeface
from revanim.scene.shapes.typeface import set_line

pytest.importorskip("uharfbuzz")
LETTERS = {"a": 1, "b": 2, "1": 3, "2": 4, ".": 5, "\N{HEBREW LETTER ALEF}": 6, "\N{HEBREW LETTER BET}": 7, " ": 0}
ALEF, BET = "\N{HEBREW LETTER ALEF}", "\N{HEBREW LETTER BET}"


@pytest.fixture(scope="module")
def font(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a font in which each letter is a bar 100 wide on a step of 200, as high as its number in LETTERS."""
    builder, glyphs, names = FontBuilder(1000, isTTF=True), {".notdef": TTGlyphPen(None).glyph()}, {}
    for letter, number in LETTERS.items():
        pen = TTGlyphPen(None)
        if number:
            pen.moveTo((0, 0))
            for corner in ((0, 100 * number), (100, 100 * number), (100, 0)):
                pen.lineTo(corner)
            pen.closePath()
        names[ord(letter)] = f"glyph{number}"
        glyphs[f"glyph{number}"] = pen.glyph()
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(names)
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (200, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2(sCapHeight=700)
    builder.setupNameTable({"familyName": "Bars", "styleName": "Regular"})
    builder.setupPost()
    path = tmp_path_factory.mktemp("fonts") / "Bars-Regular.ttf"
    builder.save(path)
    return path


def seen(font: Path, text: str) -> str:
    """Return the letters of a line as they stand from left to right."""
    named = {number: letter for letter, number in LETTERS.items()}
    bars = sorted(set_line(typeface.typeface(str(font)), text), key=lambda polygon: polygon[:, 0].min())
    return "".join(named[round(bar[:, 1].max() / 100)] for bar in bars)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ab", "ab"),
        (ALEF + BET, BET + ALEF),
        (f"a {ALEF}{BET} b", f"a{BET}{ALEF}b"),
        (f"{ALEF}{BET} ab", f"ab{BET}{ALEF}"),
        (f"{ALEF} 12", f"12{ALEF}"),
        (f"{ALEF} 1.2 {BET}", f"{BET}1.2{ALEF}"),
        (f"a {ALEF} 12 b", f"a12{ALEF}b"),
        ("a 1.2", "a1.2"),
    ],
)
def test_letters_stand_as_their_script_runs(font: Path, text: str, shown: str) -> None:
    assert seen(font, text) == shown


def test_a_pose_is_set_in_the_font_that_is_chosen(font: Path) -> None:
    pose = make_pose("text", 50, source=ALEF + BET, font=str(font))
    assert pose.position.shape == (50, 3)
    corners = np.concatenate(text_outline("b\na", height=7.0, font=str(font)))
    assert np.ptp(corners[:, 1]) == pytest.approx(1.25 * 10 + 2)
    assert (text_outline("ab", font="")[0] == text_outline("ab")[0]).all()


def test_a_font_of_the_system_is_found_by_its_name(font: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeface, "ELSEWHERE", (str(font.parent),))
    monkeypatch.setattr(typeface, "FOLDERS", {})
    typeface.fonts.cache_clear()
    try:
        assert typeface.typeface("bars").path == typeface.typeface("Bars Regular").path == font
        with pytest.raises(ra.RevanimError, match=r"There is no font 'Rods' here; give the path of its file\."):
            typeface.typeface("Rods")
    finally:
        typeface.fonts.cache_clear()


def test_letters_that_a_font_lacks_are_named_and_what_is_no_font_is_refused(font: Path, tmp_path: Path) -> None:
    with pytest.raises(ra.RevanimError, match=r"The typeface Bars-Regular has no 'x', 'y'; leave it out"):
        list(set_line(typeface.typeface(str(font)), "axy"))
    (tmp_path / "no.ttf").write_bytes(b"no font at all")
    with pytest.raises(ra.RevanimError, match=r"no\.ttf cannot be read: it is damaged, or no font"):
        text_outline("a", font=str(tmp_path / "no.ttf"))
    with pytest.raises(ra.RevanimError, match="or choose a font that has it"):
        text_points(ALEF, 5)


DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


@pytest.mark.skipif(not DEJAVU.exists(), reason="this system has no DejaVu Sans")
def test_arabic_letters_join() -> None:
    face = typeface.typeface(str(DEJAVU))
    apart = sum(len(list(set_line(face, letter))) for letter in "\N{ARABIC LETTER LAM}\N{ARABIC LETTER ALEF}")
    assert len(list(set_line(face, "\N{ARABIC LETTER LAM}\N{ARABIC LETTER ALEF}"))) < apart  # one letter of the two
