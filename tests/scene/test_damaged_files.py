"""Whatever a file holds, it is a scene or one plain sentence: never another exception, never gigabytes of memory."""

import copy
import io
import json
import os
import pickle
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import revanim as ra
from revanim.scene.build import make_playhead
from revanim.scene.file import MIMETYPE, decode, encode

Members = dict[str, bytes]
MB = 1 << 20


def small() -> ra.Scene:
    """Return a scene of few bytes that has a force of each shape, a curve and a keyframe."""
    forces = [
        ra.force("gravity"),
        ra.force("spring", links=[[0, 1], [1, 2]]),
        ra.force("rod", links=[[0, 2]]),
        ra.force("nudge", bodies=[2], push=ra.Curve(1, 2, np.ones((40, 3)))),
    ]
    scene = ra.make_scene(np.eye(3), np.eye(3)[::-1], 1.0, forces=forces, name="small")
    return ra.edits.add_keyframe(scene, 9, [1], position=[[1, 2, 3]], window=(8, 10), weights=[2.0])


WHOLE = encode(small(), b"picture")


def opened(data: bytes) -> ra.Scene | None:
    """Return the scene in these bytes if it can be opened, and see that otherwise one plain sentence says so."""
    try:
        scene = decode(io.BytesIO(data), "the.revanim")
    except ra.RevanimError as error:
        sentence = str(error)
        assert re.fullmatch(r"the\.revanim cannot be opened: [^\n]*[^.]\.", sentence), sentence
        return None
    make_playhead(scene)  # what can be opened can be walked and saved
    encode(scene, b"")
    return scene


def refused(data: bytes, sentence: str = "cannot be opened") -> None:
    with pytest.raises(ra.RevanimError, match=sentence):
        decode(io.BytesIO(data), "the.revanim")
    assert opened(data) is None


def members() -> Members:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: Members, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else method)
    return out.getvalue()


def with_text(change: Callable[[Any], Any]) -> bytes:
    """Return the file with its scene.json changed."""
    text = json.loads(members()["scene.json"])
    changed = change(text)
    return packed({**members(), "scene.json": json.dumps(text if changed is None else changed).encode()})


def with_arrays(change: Callable[[Members], Any]) -> bytes:
    """Return the file with the members of its state.npz changed."""
    with zipfile.ZipFile(io.BytesIO(members()["state.npz"])) as archive:
        arrays = {name: archive.read(name) for name in archive.namelist()}
    change(arrays)
    return packed({**members(), "state.npz": packed(arrays, zipfile.ZIP_STORED)})


def npy(array: Any, **given: Any) -> bytes:
    out = io.BytesIO()
    np.lib.format.write_array(out, np.asarray(array), **given)
    return out.getvalue()


def test_the_file_itself_opens() -> None:
    assert opened(WHOLE) is not None
    assert opened(packed(members())) is not None
    assert opened(with_text(lambda text: None)) is not None
    assert opened(with_arrays(lambda arrays: None)) is not None


def test_a_file_cut_anywhere_is_refused() -> None:
    for length in {*range(0, len(WHOLE), 7), *range(len(WHOLE) - 120, len(WHOLE))}:
        refused(WHOLE[:length], "it is damaged, or not a revanim file")


@settings(max_examples=1000)
@given(st.integers(0, 8 * len(WHOLE) - 1))
def test_a_flipped_bit_is_refused_or_changes_nothing(bit: int) -> None:
    data = bytearray(WHOLE)
    data[bit // 8] ^= 1 << bit % 8
    scene = opened(bytes(data))
    assert scene is None or encode(scene, b"picture") == WHOLE


@given(st.binary(max_size=400))
def test_any_bytes_are_refused(data: bytes) -> None:
    refused(data)


@given(st.integers(0, len(WHOLE)), st.binary(min_size=1, max_size=60))
def test_bytes_written_over_others_are_refused_or_change_nothing(start: int, patch: bytes) -> None:
    scene = opened(WHOLE[:start] + patch + WHOLE[start + len(patch) :])
    assert scene is None or encode(scene, b"picture") == WHOLE


@pytest.mark.parametrize("name", ["mimetype", "scene.json", "state.npz"])
def test_a_missing_member_is_refused(name: str) -> None:
    refused(packed({key: data for key, data in members().items() if key != name}))


def test_a_missing_picture_is_no_harm() -> None:
    assert opened(packed({key: data for key, data in members().items() if key != "thumbnail.png"})) is not None


@pytest.mark.parametrize("kind", [b"", b"application/zip", MIMETYPE.encode() + b"2", MIMETYPE.encode() * 1000])
def test_another_kind_of_file_is_refused(kind: bytes) -> None:
    refused(packed({**members(), "mimetype": kind}), "it is not a revanim file")


def test_a_kind_that_does_not_come_first_is_refused() -> None:
    refused(packed(dict(reversed(members().items()))), "it is not a revanim file")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_packed_in_another_way_are_refused(method: int) -> None:
    refused(packed(members(), method), "packed in an unknown way")


def test_a_newer_file_is_refused_by_its_number() -> None:
    refused(with_text(lambda text: text.update(revanim=2)), r"it was made by a newer revanim \(format 2\)")
    refused(with_text(lambda text: text.update(revanim=10**30, look="gone")), "it was made by a newer revanim")


# The text.


@pytest.mark.parametrize("text", [b"", b"{", b"null", b"[]", b"5", b'"text"', b"\xff\xfe", b"[" * 100_000, b"{}" * 2])
def test_text_that_is_no_scene_is_refused(text: bytes) -> None:
    refused(packed({**members(), "scene.json": text}))


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every value in a text."""
    yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from leaves(inner, (*path, key))


def put(text: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Return the text with another value at the end of a way."""
    if not path:
        return value
    changed = copy.deepcopy(text)
    place = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return changed


TEXT = json.loads(members()["scene.json"])
WAYS = list(leaves(TEXT))
ODD = [
    None, True, "", "abc", "5", -1, 0, 1.5, 10**6, 10**12, 2**63, 10**30, -(10**400), 1e300, -1e-300,
    float("nan"), float("inf"), [], [[]], [None], ["a"], [[1, 2], [3]], [[[1]]], [1.5] * 3, [True] * 3, {},
    {"array": "mass"}, {"array": "nothing"}, {"array": 5}, {"first": 1, "every": 1, "rows": [1]},
    {"first": 10**30, "every": 1, "rows": {"array": "force3.push"}},
]  # fmt: skip


@pytest.mark.parametrize("path", WAYS, ids=lambda path: ".".join(map(str, path)) or "all")
def test_every_value_of_the_text_may_be_odd(path: tuple[Any, ...]) -> None:
    for value in ODD:
        opened(packed({**members(), "scene.json": json.dumps(put(TEXT, path, value)).encode()}))


@pytest.mark.parametrize(
    "path", [way for way in WAYS if way and isinstance(way[-1], str)], ids=".".join if False else str
)
def test_a_value_that_is_missing_is_refused_or_not_needed(path: tuple[Any, ...]) -> None:
    def remove(text: Any) -> None:
        for key in path[:-1]:
            text = text[key]
        del text[path[-1]]

    scene = opened(with_text(remove))
    optional = {"links", "bodies", "window", "weights"}  # `force` would fill these in, too
    assert scene is None or path[-1] in optional or path[0] == "keyframes"


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5) | st.just("array"), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(path=st.sampled_from(WAYS), value=values)
def test_every_value_of_the_text_may_be_anything(path: tuple[Any, ...], value: Any) -> None:
    opened(packed({**members(), "scene.json": json.dumps(put(TEXT, path, value)).encode()}))


BAD_TEXT: dict[str, tuple[tuple[Any, ...], Any, str]] = {
    "an unknown force": (("forces", 0, "kind"), "magic", "There is no force or move called 'magic'"),
    "an unknown parameter": (("forces", 0, "values", "spin"), 1.0, "gravity needs exactly its own parameters; spin"),
    "a value out of range": (("forces", 0, "values", "strength"), 1e13, "gravity.strength must lie between"),
    "a link to nowhere": (("forces", 1, "links"), [[0, 9]], "spring names body 9"),
    "a link that is no whole number": (("forces", 1, "links"), [[0, 1.5]], "must be whole numbers"),
    "an unknown scheme": (("scheme",), "rk4", "There is no scheme called 'rk4'"),
    "another number of bodies": (("bodies", "count"), 4, "it says that there are 4 bodies, and has 3"),
    "too fine a grid": (("bodies", "grid", "length_exponent"), -5000, "exponents of the grid must lie between"),
    "too many steps": (("timing", "steps_per_frame"), 10**9, "1000000000 steps per frame cannot be"),
    "a name that is a number": (("name",), 7, "'name' in it is missing or not a str"),
    "a trail of words": (("look", "trail"), "long", "trail must be a whole number"),
    "a body that is not there": (("keyframes", 0, "bodies"), [7], "names body 7"),
}


@pytest.mark.parametrize("name", BAD_TEXT)
def test_the_sentence_says_what_is_wrong(name: str) -> None:
    path, value, sentence = BAD_TEXT[name]
    refused(packed({**members(), "scene.json": json.dumps(put(TEXT, path, value)).encode()}), sentence)


# The arrays.


@pytest.mark.parametrize("name", ["state", "mass", "pinned", "radius", "color", "force3.push"])
def test_an_array_must_be_there_and_be_what_it_says(name: str) -> None:
    refused(with_arrays(lambda arrays: arrays.pop(f"{name}.npy")))
    for other in (np.zeros(2), np.zeros((2, 2, 2)), np.zeros(3, np.float32), np.zeros(3, "U4"), np.zeros(3, complex)):
        refused(with_arrays(lambda arrays, other=other: arrays.update({f"{name}.npy": npy(other)})))


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("mass", [1.0, -1.0, 1.0]),
        ("mass", [1.0, np.nan, 1.0]),
        ("radius", [1.0, np.inf, 1.0]),
        ("state", np.full((6, 3), 2**62)),
        ("state", np.full((6, 3), np.iinfo(np.int64).min)),
        ("state", np.zeros((7, 3), np.int64)),
        ("force3.push", np.full((40, 3), np.nan)),
    ],
)
def test_an_array_holds_values_that_can_be(name: str, array: Any) -> None:
    refused(with_arrays(lambda arrays: arrays.update({f"{name}.npy": npy(array)})))


def test_pickled_arrays_are_never_unpickled(tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> Any:
            return os.mkdir, (str(tmp_path / "boom"),)

    assert pickle.loads(pickle.dumps([1])) == [1]
    bomb = np.empty(3, object)
    bomb[:] = Bomb()
    refused(with_arrays(lambda arrays: arrays.update({"mass.npy": npy(bomb, allow_pickle=True)})))
    assert not (tmp_path / "boom").exists()


def header(text: str, version: tuple[int, int] = (1, 0), body: bytes = np.ones(3).tobytes()) -> bytes:
    """Return the bytes of an array that begin with a header of one's own."""
    length = struct.pack("<H" if version == (1, 0) else "<I", len(text))
    return b"\x93NUMPY" + bytes(version) + length + text.encode("latin1") + body


@pytest.mark.parametrize(
    "lie",
    [
        header("{'descr': '<f8', 'fortran_order': False, 'shape': (4,)}"),
        header("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999,)}"),
        header("{'descr': '<f8', 'fortran_order': False, 'shape': (2**62, 4)}"),
        header("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}"),
        header("{'descr': '<f8', 'fortran_order': False, 'shape': (-3,)}"),
        header("{'descr': '<f8', 'fortran_order': False, 'shape': (3, -1, -1)}"),
        header("{'descr': '<f8', 'fortran_order': True, 'shape': (3,)}"),
        header("{'descr': '>f8', 'fortran_order': False, 'shape': (3,)}"),
        header("{'descr': '|O', 'fortran_order': False, 'shape': (3,)}"),
        header("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (3,)}"),
        header("{'descr': '<f8', 'fortran_order': False}"),
        header("__import__('os').mkdir('boom')"),
        header("{" * 20000),
        header("{'descr': '<f8', 'fortran_order': False, 'shape': (3,)}", (9, 9)),
        header("{'descr': '<f8', 'fortran_order': False, 'shape': (3,)}", (3, 0))[:40],
        b"",
        b"\x93NUMPY",
    ],
)
def test_a_header_that_lies_is_not_believed(lie: bytes) -> None:
    refused(with_arrays(lambda arrays: arrays.update({"mass.npy": lie})))


@given(st.binary(max_size=200))
def test_an_array_may_be_any_bytes(data: bytes) -> None:
    refused(with_arrays(lambda arrays: arrays.update({"mass.npy": data})))


# Sizes: small files that would unpack to gigabytes.


def claim(archive: bytes, name: str, size: int, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive that claims another size for a member, and that it is packed in this way."""
    out = bytearray(archive)
    for signature, method_at, size_at, name_at in ((b"PK\x01\x02", 10, 24, 46), (b"PK\x03\x04", 8, 22, 30)):
        start = -1
        while (start := out.find(signature, start + 1)) >= 0:
            if out[start + name_at : start + name_at + len(name)] == name.encode():
                out[start + method_at : start + method_at + 2] = struct.pack("<H", method)
                out[start + size_at : start + size_at + 4] = struct.pack("<I", size)
    return bytes(out)


def deflated(piece: bytes, times: int) -> bytes:
    """Return what unpacks to a piece many times over, without packing all of it."""
    packer = zlib.compressobj(wbits=-15)
    return (packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)) * times + packer.flush()


def swollen(members: Members, name: str, piece: bytes, times: int) -> bytes:
    """Return an archive of which one member unpacks to a piece many times over."""
    archive = packed({**members, name: deflated(piece, times)}, zipfile.ZIP_STORED)
    return claim(archive, name, len(piece) * times)


def repeated(count: int) -> bytes:
    """Return an archive that lists its one array, four megabytes, many times."""
    one = packed({"mass.npy": npy(np.zeros(4 * MB, np.uint8))}, zipfile.ZIP_STORED)
    start, end = one.find(b"PK\x01\x02"), one.rfind(b"PK\x05\x06")
    listed = one[start:end] * count
    return one[:start] + listed + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(listed), start, 0)


BOMBS: dict[str, Callable[[], bytes]] = {
    "zeros": lambda: swollen(members(), "state.npz", bytes(MB), 1500),
    "spaces": lambda: swollen(members(), "scene.json", b" " * MB, 1500),
    "a kind of zeros": lambda: swollen(members(), "mimetype", bytes(MB), 1500),
    "lists": lambda: swollen(members(), "scene.json", b"{}," * (MB // 3), 400),
    "few enough lists": lambda: packed({**members(), "scene.json": b"[" + b"{}," * (5 * MB) + b"{}]"}),
    "arrays that are packed": lambda: packed({**members(), "state.npz": swollen({}, "mass.npy", bytes(MB), 1500)}),
    "arrays that say they are small": lambda: packed(
        {**members(), "state.npz": claim(swollen({}, "mass.npy", bytes(MB), 1500), "mass.npy", 100)}
    ),
    "one array many times": lambda: packed({**members(), "state.npz": repeated(65_000)}),
}


OPEN = """
import resource, sys
import revanim as ra
import numpy
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + 900 * 2**20,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))  # seconds: gigabytes that are read one after the other take longer
try:
    ra.load(sys.argv[1])
except ra.RevanimError as error:
    print(error)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux limits the memory of a process like this")
@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_does_not_grow_to_gigabytes(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bomb.revanim"
    path.write_bytes(BOMBS[name]())
    assert path.stat().st_size < 2 * MB
    run = subprocess.run([sys.executable, "-c", OPEN, str(path)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    sentence, megabytes = run.stdout.splitlines()
    assert re.fullmatch(r"bomb\.revanim cannot be opened: .*\.", sentence)
    assert int(megabytes) < 700


@pytest.mark.parametrize("name", ["scene.json", "state.npz"])
@pytest.mark.parametrize("size", [0, 1, 0x7FFFFFFF, 0xFFFFFFF0])
def test_a_size_that_is_claimed_is_not_believed(name: str, size: int) -> None:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, 99):
        scene = opened(claim(WHOLE, name, size, method))
        assert scene is None or encode(scene, b"picture") == WHOLE


# Things that are no files.


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ra.RevanimError, match=f"{tmp_path.name} is no file"):
        ra.load(tmp_path)
    with pytest.raises(ra.RevanimError, match=r"gone\.revanim cannot be read: no such file or directory"):
        ra.load(tmp_path / "gone.revanim")
    (tmp_path / "empty.revanim").write_bytes(b"")
    with pytest.raises(ra.RevanimError, match=r"empty\.revanim cannot be opened: it is damaged, or not a revanim file"):
        ra.load(tmp_path / "empty.revanim")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_devices_and_pipes_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(ra.RevanimError, match="is no file"):
            ra.load(path)
