"""Drawings painted by resvg and by us: what is ink in one is ink in the other."""

import random
from pathlib import Path
from xml.etree import ElementTree

import pytest
from judge import apart
from sketches import sketch

pytest.importorskip("resvg_py")
DRAWINGS = sorted((Path(__file__).parent / "drawings").glob("*.svg"))  # as programs write them
PAGE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" color="green">{}</svg>'


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda path: path.stem)
def test_what_programs_write_is_painted_alike(drawing: Path) -> None:
    text = drawing.read_text()
    assert apart(text, float(ElementTree.fromstring(text).get("data-page", 100))) < 0.01


@pytest.mark.parametrize("seed", range(600, 615))
def test_drawings_that_nobody_made_are_painted_alike(seed: int) -> None:
    assert apart(PAGE.format(sketch(random.Random(seed))), 100) < 0.02
