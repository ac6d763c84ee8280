from pathlib import Path

from fontTools.ttLib import TTFont

from revanim.resources import resource

FONTS = sorted(resource("fonts").glob("*.ttf"))


def equally_wide(font: TTFont) -> set[str]:
    """Return what the feature of tabular digits changes."""
    signs, table = {name: chr(code) for code, name in font.getBestCmap().items()}, font["GSUB"].table
    features = [record.Feature for record in table.FeatureList.FeatureRecord if record.FeatureTag == "tnum"]
    lookups = [table.LookupList.Lookup[index] for feature in features for index in feature.LookupListIndex]
    parts = [part for lookup in lookups for part in lookup.SubTable]
    return {signs[name] for part in parts for name in part.mapping}


def test_the_font_comes_in_four_weights_with_its_licence() -> None:
    assert [path.stem for path in FONTS] == ["Inter-Bold", "Inter-Medium", "Inter-Regular", "Inter-SemiBold"]
    assert "SIL OPEN FONT LICENSE" in resource("fonts", "OFL.txt").read_text(encoding="utf-8")


def test_the_font_has_digits_of_one_width_and_the_signs_of_the_window() -> None:
    for path in FONTS:
        font = TTFont(path)
        assert equally_wide(font) == set("0123456789"), path.name  # and not spaces and hyphens, as it comes
        assert set("Aa0é°²×−±≤≠→←θλ…") <= {chr(code) for code in font.getBestCmap()}, path.name


def test_a_resource_is_named_by_its_parts() -> None:
    assert resource("fonts", "OFL.txt") == resource() / Path("fonts", "OFL.txt")
