from dataclasses import asdict

import pytest

from revanim.draw.look import DARK, LIGHT, rgb

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
    assert contrast(tokens.dim, getattr(tokens, surface)) >= 4.0


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
@pytest.mark.parametrize("line", ["playhead", "selection", "key", "past", "future", "ok", "warn", "error"])
def test_lines_and_marks_stand_out_from_the_panels(tokens, line):
    assert contrast(getattr(tokens, line), tokens.surface) >= 3.0
