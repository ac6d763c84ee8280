from dataclasses import asdict

import pytest

from revanim.draw.background import ground, inks
from revanim.draw.look import DARK, LIGHT, rgb
from revanim.scene.scene import Look

SURFACES = ("background", "surface", "panel", "header", "raised")


def luminance(token):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in rgb(token))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Return the contrast ratio of two colours (WCAG 2.1)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
def test_every_token_is_a_colour(tokens):
    for name, token in asdict(tokens).items():
        assert token == "#{:02x}{:02x}{:02x}".format(*rgb(token)), name


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
@pytest.mark.parametrize("surface", SURFACES)
def test_text_can_be_read_on_every_surface(tokens, surface):
    assert contrast(tokens.text, getattr(tokens, surface)) >= 7.0
    assert contrast(tokens.dim, getattr(tokens, surface)) >= 4.5


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
def test_news_can_be_read_on_a_panel(tokens):
    for news in (tokens.ok, tokens.warn, tokens.error):
        assert contrast(news, tokens.panel) >= 4.5


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
@pytest.mark.parametrize(
    "look", [Look(), Look(style="glow"), Look(background="deep"), Look(background="plain", plain=(250, 250, 250))]
)
def test_what_is_written_over_a_picture_can_be_read_in_every_theme(tokens, look):
    around, ink = ground(look, tokens), inks(look, tokens)
    for part in (around.top, around.bottom):
        behind = "#{:02x}{:02x}{:02x}".format(*part)
        assert contrast(ink.text, behind) >= 7.0
        assert contrast(ink.dim, behind) >= 4.5


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
@pytest.mark.parametrize("line", ["playhead", "selection", "key", "past", "future", "ok", "warn", "error"])
def test_lines_and_marks_stand_out_from_the_panels(tokens, line):
    assert contrast(getattr(tokens, line), tokens.surface) >= 3.0
