from pathlib import Path

from fontTools.ttLib import TTFont

from revanim.resources import resource

FONTS = sorted(resource("fonts").glob("*.ttf"))


def test_the_font_comes_in_four_weights_with_its_licence() -> None:
    assert [path.stem for path in FONTS] == ["Inter-Bold", "Inter-Medium", "Inter-Regular", "Inter-SemiBold"]
    assert "SIL OPEN FONT LICENSE" in resource("fonts", "OFL.txt").read_text(encoding="utf-8")


def test_the_font_has_digits_of_one_width_and_the_signs_of_the_window() -> None:
    for path in FONTS:
        font = TTFont(path)
        assert "tnum" in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
        assert set("Aa0é°²×−±≤≠→←θλ…") <= {chr(code) for code in font.getBestCmap()}, path.name


def test_a_resource_is_named_by_its_parts() -> None:
    assert resource("fonts", "OFL.txt") == resource() / Path("fonts", "OFL.txt")
