"""Every value in the text of a scene may be missing, odd or anything: it is a scene or one plain sentence."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

Members = dict[str, bytes]
Make = Callable[..., Any]
Way = tuple[Any, ...]  # the keys that lead to a value


@pytest.fixture(scope="session")
def text(members: Members) -> Any:
    return json.loads(members["scene.json"])


@pytest.fixture(scope="session")
def with_text(members: Members, zipped: Make) -> Make:
    """Return what makes the file with another text."""
    return lambda text: zipped({**members, "scene.json": json.dumps(text).encode()})


def ways(value: Any, way: Way = ()) -> Iterator[Way]:
    """Yield the way to every value in a text."""
    yield way
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from ways(inner, (*way, key))


def put(text: Any, way: Way, value: Any) -> Any:
    """Return the text with another value at the end of a way."""
    if not way:
        return value
    changed = copy.deepcopy(text)
    at(changed, way[:-1])[way[-1]] = value
    return changed


def at(text: Any, way: Way) -> Any:
    for key in way:
        text = text[key]
    return text


ODD = [
    None, True, "", "abc", "5", -1, 0, 1.5, 10**6, 10**12, 2**63, 10**30, -(10**400), 1e300, -1e-300,
    float("nan"), float("inf"), [], [[]], [None], ["a"], [[1, 2], [3]], [[[1]]], [1.5] * 3, [True] * 3, {},
    {"array": "mass"}, {"array": "nothing"}, {"array": 5}, {"first": 1, "every": 1, "rows": [1]},
    {"first": 10**30, "every": 1, "rows": {"array": "force3.push"}},
]  # fmt: skip


def test_the_text_has_many_values(text: Any) -> None:
    assert len(list(ways(text))) > 80


@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.long)])
def test_every_value_may_be_odd(text: Any, with_text: Make, opened: Make, every: int) -> None:
    """Each value is odd in several ways, and each way is met at several values; all of both in the long run."""
    for number, way in enumerate(ways(text)):
        for value in ODD[number % every :: every]:
            opened(with_text(put(text, way, value)))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["array", "rows", "x"]), inner),
    max_leaves=6,
)


@given(data=st.data())
def test_every_value_may_be_anything(data: st.DataObject, text: Any, with_text: Make, opened: Make) -> None:
    way = data.draw(st.sampled_from(list(ways(text))))
    opened(with_text(put(text, way, data.draw(values))))


def test_only_what_the_artist_may_leave_out_can_be_missing(text: Any, with_text: Make, opened: Make) -> None:
    optional = {"bodies", "window", "weights", "weight", "velocity", "axes", "nail", "tolerance", "shape"}
    optional |= {"assignment", "color"}
    for way in ways(text):
        if way and isinstance(way[-1], str):
            less = copy.deepcopy(text)
            del at(less, way[:-1])[way[-1]]
            given = "forces" in way or "keyframes" in way
            plain = "look" in way and way[-1] != "look" and ("view" not in way or way[-1] == "lens")
            older = way[-2:-1] == ("values",) or way == ("arithmetic",)  # what the file is older than
            assert opened(with_text(less)) is None or (given and way[-1] in optional) or plain or older, way


@pytest.mark.parametrize("text", [b"", b"{", b"null", b"[]", b"5", b'"text"', b"\xff\xfe", b"[" * 100_000, b"{}" * 2])
def test_text_that_is_no_scene_is_refused(text: bytes, members: Members, zipped: Make, refused: Make) -> None:
    refused(zipped({**members, "scene.json": text}))


BAD: dict[str, tuple[Way, Any, str]] = {
    "a force without a name": (("forces", 0, "kind"), " ", "' ' in it is not installed, and does not fit"),
    "an unknown parameter": (("forces", 0, "values", "spin"), 1.0, "gravity needs exactly its own parameters; spin"),
    "a value out of range": (("forces", 0, "values", "strength"), 1e13, "gravity.strength must lie between"),
    "a link to nowhere": (("forces", 1, "links"), [[0, 9]], "spring names body 9"),
    "a link that is no whole number": (("forces", 1, "links"), [[0, 1.5]], "must be whole numbers"),
    "another number of bodies": (("bodies", "count"), 4, "it says that there are 4 bodies, and has 3"),
    "too fine a grid": (("bodies", "grid", "length_exponent"), -5000, "exponents of the grid must lie between"),
    "too many steps": (("timing", "steps_per_frame"), 10**9, "1000000000 steps per frame cannot be"),
    "a name that is a number": (("name",), 7, "'name' in it is missing or not a str"),
    "a trail of words": (("look", "trail"), "long", "trail must be a whole number"),
    "a body that is not there": (("keyframes", 0, "bodies"), [7], "names body 7"),
}


@pytest.mark.parametrize("name", BAD)
def test_the_sentence_says_what_is_wrong(name: str, text: Any, with_text: Make, refused: Make) -> None:
    way, value, sentence = BAD[name]
    refused(with_text(put(text, way, value)), sentence)
