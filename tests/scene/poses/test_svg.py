import contextlib
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.scene.pose import make_pose
from revanim.scene.svg import document
from revanim.scene.svg.shape import Shape, leaves
from revanim.scene.svg.walk import read_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">'
WIDE = HEAD.replace('viewBox="0 0 100 100"', "")  # a page without edges


def shapes(inside: str, head: str = HEAD) -> list[Shape]:
    drawing = read_svg(f"{head}{inside}</svg>".encode(), "it.svg", lambda part: None)
    return [shape for shape, _ in leaves(drawing.shapes)]


def box(shape: Shape) -> list[float]:
    """Return left, top, right and bottom of a shape as SVG counts them, y down."""
    corners = np.concatenate(shape.lines) * (1, -1)
    return [*np.round(corners.min(axis=0), 6), *np.round(corners.max(axis=0), 6)]


def pose(tmp_path: Path, inside: str, count: int = 400, **values: object) -> Floats:
    """Return points of a drawing in its own units, y down."""
    path = tmp_path / "it.svg"
    path.write_text(f"{HEAD}{inside}</svg>")
    return make_pose("svg", count, source=path, **values).position[:, :2]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ('<path d="M10 20 h30 v40 H10 z"/>', [10, 20, 40, 60]),
        ('<path d="m10,20 30,0 0,40-30,0z"/>', [10, 20, 40, 60]),
        ('<path d="M10 20C10 0 40 0 40 20"/>', [10, 5, 40, 20]),
        ('<path d="M10 20Q25 0 40 20T70 20"/>', [10, 10, 70, 30]),
        ('<path d="M10 20a15 15 0 0130 0"/>', [10, 5, 40, 20]),
        ('<rect x="10" y="20" width="30" height="40"/>', [10, 20, 40, 60]),
        ('<rect x="10%" y="20%" width="30%" height="40%" rx="5"/>', [10, 20, 40, 60]),
        ('<circle cx="50" cy="50" r="10"/>', [40, 40, 60, 60]),
        ('<ellipse cx="50" cy="50" rx="10" ry="1in"/>', [40, -46, 60, 146]),
        ('<line x1="1" y1="2" x2="3" y2="4" stroke="red"/>', [1, 2, 3, 4]),
        ('<polyline points="1,2 3 4 5,6"/>', [1, 2, 5, 6]),
        ('<polygon points="1,2 3,4 5,0"/>', [1, 0, 5, 4]),
    ],
)
def test_paths_and_basic_shapes_lie_where_they_should(element: str, expected: list[float]) -> None:
    (shape,) = shapes(element, WIDE)
    assert box(shape) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    ("transform", "expected"),
    [
        ("translate(5)", [15, 20, 25, 30]),
        ("translate(5,-5) scale(2)", [25, 35, 45, 55]),
        ("scale(2 3)", [20, 60, 40, 90]),
        ("rotate(90)", [-30, 10, -20, 20]),
        ("rotate(90 10 20)", [0, 20, 10, 30]),
        ("matrix(0 1 -1 0 0 0)", [-30, 10, -20, 20]),
        ("skewX(45)", [30, 20, 50, 30]),
        ("skewY(45)", [10, 30, 20, 50]),
        ("wobble(3)", [10, 20, 20, 30]),
        ("translate(5) wobble(3) scale(9)", [15, 20, 25, 30]),
        ("translate(1in, 10%) rotate(.25turn)", [66, 20, 76, 30]),
        ("translateX(5px)translateY(5)", [15, 25, 25, 35]),
        ("rotate(1e999)", [10, 20, 20, 30]),
    ],
)
def test_transforms_of_elements_and_groups(transform: str, expected: list[float]) -> None:
    rectangle = '<rect x="10" y="20" width="10" height="10" {}/>'
    (own,) = shapes(rectangle.format(f'transform="{transform}"'), WIDE)
    (group,) = shapes(f'<g transform="{transform}"><a>{rectangle.format("")}</a></g>', WIDE)
    assert box(own) == pytest.approx(expected, abs=1e-6)
    assert box(group) == box(own)


def test_groups_nest_their_transforms_from_outside_in() -> None:
    (shape,) = shapes('<g transform="scale(2)"><g transform="translate(10 0)"><rect width="1" height="1"/></g></g>')
    assert box(shape) == [20, 0, 22, 2]


def test_what_is_used_again_is_drawn_again() -> None:
    found = shapes(
        '<defs><rect id="r" width="2" height="2"/>'
        '<symbol id="s" viewBox="0 0 10 10"><use href="#r" x="1"/></symbol></defs>'
        '<use xlink:href="#r" x="10" y="5"/><svg x="50" width="20" height="20" viewBox="0 0 4 4"><use href="#r"/></svg>'
        '<use href="#s"/><use href="#missing"/>'
    )
    assert [box(shape) for shape in found] == [[10, 5, 12, 7], [50, 0, 60, 10], [10, 0, 30, 20]]
    assert not any(shape.within for shape in found)  # all of each can be seen


@pytest.mark.parametrize(
    "hidden",
    [
        'display="none"', 'style="display:none"', 'visibility="hidden"', 'opacity="0"', 'fill="none"',
        'fill="transparent"', 'fill-opacity="0%"', 'class="gone"', 'id="gone"', 'class="a b gone" fill="red"',
    ],
)  # fmt: skip
def test_what_cannot_be_seen_is_left_out(hidden: str) -> None:
    style = "<style>.gone, #gone { fill: none /* really; */ } circle { fill: none }</style>"
    found = shapes(
        f'{style}<rect width="9" height="9" {hidden}/><g {hidden}><rect width="5" height="5"/></g><path d="M0 0h2"/>'
    )
    seen = [box(shape) for shape in found]
    assert [0, 0, 9, 9] not in seen
    assert [0, 0, 2, 0] in seen


def test_the_nearest_style_wins() -> None:
    inside = '<style>rect{fill:white} .a{fill:none} #b{fill:#fff}</style><g fill="white"><{}/></g>'
    drawn = '{} width="1" height="1" stroke="none"'
    for element, fill in (
        ("rect", (1, 1, 1, 1)),
        ('rect class="a" style="fill:red"', (1, 0, 0, 1)),
        ('rect id="b" class="a"', (1, 1, 1, 1)),
    ):
        (shape,) = shapes(inside.replace("{}", drawn.format(element)).replace("{}", ""))
        assert shape.fill == fill


def test_a_hole_by_the_odd_rule_stays_empty(tmp_path: Path) -> None:
    path = '<path {} d="M0 0h90v90h-90z M30 30h30v30h-30z"/>'
    full, odd = (pose(tmp_path, path.format(rule), size=90.0) for rule in ("", 'fill-rule="evenodd"'))
    assert (np.abs(full).max(axis=1) < 15).any()
    assert not (np.abs(odd).max(axis=1) < 14.9).any()


def test_a_stroke_without_a_fill_is_painted_as_wide_as_it_is(tmp_path: Path) -> None:
    ring = pose(tmp_path, '<circle cx="50" cy="50" r="40" fill="none" stroke="#000" stroke-width="10"/>', size=90.0)
    radius = np.linalg.norm(ring, axis=1)
    assert radius.min() == pytest.approx(35, abs=1)
    assert radius.max() == pytest.approx(45, abs=1)


def test_white_is_paper_that_hides_what_lies_below_it(tmp_path: Path) -> None:
    paper = '<rect width="100%" height="100%" fill="#FFF"/>'
    points = pose(
        tmp_path, f'{paper}<circle cx="50" cy="50" r="40"/><circle cx="50" cy="50" r="20" fill="white"/>', size=80.0
    )
    radius = np.linalg.norm(points, axis=1)
    assert 19 < radius.min() < 22
    assert 37 < radius.max() <= 40


def test_a_drawing_all_in_white_is_shown(tmp_path: Path) -> None:
    assert len(pose(tmp_path, '<rect width="9" height="9" fill="white"/>')) == 400


def test_an_outline_hits_the_corners(tmp_path: Path) -> None:
    points = pose(tmp_path, '<polygon points="0,0 90,0 90,90 0,90"/>', 40, paint="outline", size=90.0)
    for corner in ((-45, -45), (45, -45), (45, 45), (-45, 45)):
        assert np.linalg.norm(points - corner, axis=1).min() < 1e-9


def test_up_in_the_drawing_is_up_in_the_pose(tmp_path: Path) -> None:
    points = pose(tmp_path, '<polygon points="50,0 100,100 0,100"/>')  # a hat, its tip at the top
    assert points[points[:, 1].argmax(), 0] == pytest.approx(0, abs=0.1)


BOMB = '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaa">{}]>' + HEAD + "<text>{}</text></svg>"
LAUGHS = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghi"))
BOMBS = {
    "billion laughs": BOMB.format(LAUGHS, "&i;"),
    "long entity": BOMB.format(f'<!ENTITY b "{"x" * 10**5}">', "&b;" * 10**4),
    "external": BOMB.format('<!ENTITY b SYSTEM "file:///etc/passwd">', "&b;"),
    "parameter": BOMB.format('<!ENTITY % b SYSTEM "http://localhost/x.dtd">', ""),
    "uses of uses": HEAD + "".join(
        f'<g id="g{k}">' + f'<use href="#g{k + 1}"/>' * 10 + "</g>" for k in range(12)
    ) + '<g id="g12"><rect width="1" height="1"/></g></svg>',
    "a use of itself": HEAD + '<g id="a"><rect width="1" height="1"/><use href="#a"/></g></svg>',
    "styles without end": HEAD + "<style>" + ".a{fill:red}" * 5000 + "</style>" + '<path class="a" d="M0 0h1v1"/>' * 300
        + "</svg>",
    "style sheets without end": HEAD + "<style>" + "{" * 500000 + "</style></svg>",
    "selectors that look everywhere": HEAD + f"<style>{'g ' * 50}path{{fill:red}}</style>" + "<g>" * 90
        + "<path/>" * 900 + "</g>" * 90 + "</svg>",
    "paths without end": HEAD + f'<path d="M0 0{"h1" * 3000001}"/></svg>',
    "arcs without end": HEAD + f'<path d="M0 0a{"1 1 0 011 1 " * 70000}"/></svg>',
    "uses of a long path": HEAD + f'<path id="p" d="M0 0{"h1v1" * 5000}"/>' + '<use href="#p"/>' * 500 + "</svg>",
    "figures without end": HEAD + "<rect/>" * 30001 + "</svg>",
    "a clip path in itself": HEAD + '<clipPath id="c"><path clip-path="url(#c)" d="M0 0h9v9z"/></clipPath>'
        '<path clip-path="url(#c)" d="M0 0h9v9z"/></svg>',
    "a mask in itself": HEAD + '<mask id="c"><path mask="url(#c)" d="M0 0h9v9z"/></mask>'
        '<path mask="url(#c)" d="M0 0h9v9z"/></svg>',
    "markers without end": HEAD + '<marker id="m"><path d="M0 0h1v1z"/></marker>'
        f'<path marker-mid="url(#m)" d="M0 0{"h1v1" * 20000}"/></svg>',
    "deep groups": HEAD + "<g>" * 5000 + '<rect width="1" height="1"/>' + "</g>" * 5000 + "</svg>",
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS)
def test_drawings_that_would_grow_without_end_are_refused(bomb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MOST_ELEMENTS", 5000)  # so that nobody waits until there are many
    with pytest.raises(ra.RevanimError, match=r"^it\.svg "):
        read_svg(BOMBS[bomb].encode(), "it.svg", lambda part: None)


def test_the_entities_of_drawing_programs_are_read() -> None:
    head = '<!DOCTYPE svg [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]><svg xmlns="&ns_svg;">'
    assert box(shapes('<rect width="3" height="4"/>', head)[0]) == [0, 0, 3, 4]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "not SVG"),
        ("hello", "not SVG"),
        ("<svg>", "not SVG"),
        ("<html></html>", "begins with <html>"),
        (f"{HEAD}</svg>", "shows nothing"),
        (f"{HEAD}<text>word</text></svg>", "turned into paths"),
        (f'{HEAD}<path d="M 0 0 L 5"/></svg>', "shows nothing"),
        (f'{HEAD}<path d="12 14"/></svg>', "shows nothing"),
        (f'{HEAD}<rect x="200" width="9" height="9"/></svg>', "shows nothing: on its page"),
        (f'{HEAD}<path d="M0 0h1e400v1z"/></svg>', "farther"),
        (f'{HEAD}<path d="M0 0h9"/></svg>', "no area"),
        (f'{HEAD}<rect width="0" height="5"/></svg>', "shows nothing"),
        ('<?xml version="1.0" encoding="no-such"?><svg/>', "not SVG"),
    ],
)
def test_what_is_no_drawing_is_refused(content: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "it.svg"
    path.write_text(content)
    with pytest.raises(ra.RevanimError, match=sentence):
        make_pose("svg", 5, source=path)


HARMLESS = {
    "letters in a style sheet": f"<style>{'a' * 60000}</style>",
    "letters in a transform": f'<g transform="{"a" * 60000}"/>',
    "brackets in a transform": f'<g transform="{"(" * 60000}"/>',
    "brackets in a style": f'<g style="{"(" * 20000}"/>',
    "an angle without end": '<g transform="rotate(1e999)"/>',
    "dashes without end": '<path d="M0 0h90" stroke="red" stroke-dasharray="1e-9"/>',
    "a value that names itself": '<g style="--a:var(--b)var(--b);--b:var(--a)var(--a);fill:var(--a)"/>',
    "a gradient that names itself": '<linearGradient id="g" href="#g"/><path fill="url(#g)" d="M0 0h1v1"/>',
    "a shut window": '<svg viewBox="0 0 0 0"><rect width="9" height="9"/></svg>',
}


@pytest.mark.parametrize("case", HARMLESS)
def test_what_means_nothing_harms_nothing(case: str) -> None:
    found = shapes(HARMLESS[case] + '<rect width="5" height="5"/>')
    assert box(found[-1]) == [0, 0, 5, 5]


@pytest.mark.parametrize(
    ("element", "what"),
    [
        ("<text>word</text>", "text"), ('<image href="it.png"/>', "pictures"), ("<foreignObject/>", "web pages"),
        ('<path filter="url(#f)" d="M0 0h1v1z"/>', "filters"), ('<path d="M0 0h1v1z Q 5"/>', "paths behind an error"),
        ('<pattern id="p"/><path fill="url(#p)" d="M0 0h1v1z"/>', "patterns"),
        ('<path style="clip-path:circle(5px)" d="M0 0h1v1z"/>', "clip paths without a path"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_said_in_one_note(element: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "it.svg"
    path.write_text(f'{HEAD}<rect width="9" height="9"/>{element}<text/></svg>')
    note = str(make_pose("svg", 5, source=path).note)
    assert note.startswith("it.svg also holds what is not read:")
    assert what in note
    assert note.count("it.svg") == 1


def test_the_outline_of_what_is_cut_off_ends_where_it_is(tmp_path: Path) -> None:
    clip = '<clipPath id="c"><circle cx="50" cy="50" r="20"/></clipPath>'
    points = pose(
        tmp_path, f'{clip}<path d="M0 50H100" stroke="red" clip-path="url(#c)"/>', 9, paint="outline", size=40
    )
    assert points[:, 0] == pytest.approx(np.linspace(-20, 20, 9), abs=0.1)


def test_the_outline_of_dashes_is_the_dashes(tmp_path: Path) -> None:
    line = '<path d="M0 50H100" fill="none" stroke="red" stroke-dasharray="20 20"/>'
    points = pose(tmp_path, line, 12, paint="outline", size=100.0) + 50
    assert sorted(np.round(points[:, 0])) == [0, 7, 13, 20, 40, 47, 53, 60, 80, 87, 93, 100]


PIECES = st.one_of(st.sampled_from("MLazCSqThV,-.019e&<é "), st.sampled_from(["9e9", "1e999", "5 5", "nan"]))
VALUES = st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text(max_size=8))
NAMES = st.sampled_from(
    [
        "d", "x", "width", "height", "r", "rx", "points", "transform", "href", "id", "viewBox", "class",
        "style", "fill", "stroke", "stroke-width", "clip-path", "mask", "marker-end", "stroke-dasharray", "opacity",
        "transform-box", "preserveAspectRatio", "orient", "markerWidth", "pathLength",
    ]
)  # fmt: skip
TAGS = st.sampled_from(
    [
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "g",
        "use",
        "svg",
        "style",
        "symbol",
        "clipPath",
        "mask",
        "marker",
        "switch",
    ]
)


def attribute(pair: tuple[str, str]) -> str:
    name, value = pair
    return f"{name}={quoteattr(value)}"


@given(st.lists(st.tuples(TAGS, st.dictionaries(NAMES, VALUES, max_size=5)), max_size=4), st.booleans())
def test_whatever_stands_in_a_drawing_it_is_a_pose_or_one_sentence(
    tmp_path: Path, elements: list[tuple[str, dict[str, str]]], outline: bool
) -> None:
    path = tmp_path / "it.svg"
    inside = "".join(f"<{tag} {' '.join(map(attribute, named.items()))}/>" for tag, named in elements)
    path.write_text(f"{HEAD}{inside}</svg>", encoding="utf-8", errors="replace")
    with contextlib.suppress(ra.RevanimError):
        pose = make_pose("svg", 9, source=path, paint="outline" if outline else "fill")
        assert pose.position.shape == (9, 3)
        assert np.isfinite(pose.position).all()


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_damaged_drawing_is_a_pose_or_one_sentence(tmp_path: Path, damage: list[tuple[int, int]]) -> None:
    content = bytearray(f'{HEAD}<g transform="rotate(9)"><path d="M0 0L5 5 9 0z"/></g></svg>'.encode())
    for at, byte in damage:
        content[at % len(content)] = byte
    path = tmp_path / "it.svg"
    path.write_bytes(content)
    with contextlib.suppress(ra.RevanimError):
        assert make_pose("svg", 9, source=path).position.shape == (9, 3)
