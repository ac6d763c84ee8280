"""Arrays of a file are believed in nothing: not their kind, not their size, and they are never unpickled."""

import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

Members = dict[str, bytes]
Make = Callable[..., Any]


def npy(array: Any, **given: Any) -> bytes:
    out = io.BytesIO()
    np.lib.format.write_array(out, np.asarray(array), **given)
    return out.getvalue()


@pytest.fixture(scope="session")
def with_array(members: Members, zipped: Make) -> Make:
    """Return what makes the file with other bytes as one of its arrays, or with None without it."""
    with zipfile.ZipFile(io.BytesIO(members["state.npz"])) as archive:
        arrays = {name: archive.read(name) for name in archive.namelist()}

    def change(name: str, data: bytes | None) -> bytes:
        changed = {key: value for key, value in {**arrays, f"{name}.npy": data}.items() if value is not None}
        return bytes(zipped({**members, "state.npz": zipped(changed, zipfile.ZIP_STORED)}))

    return change


def test_an_array_that_may_be_is_taken(with_array: Make, opened: Make) -> None:
    assert opened(with_array("mass", npy(np.array([1.0, 2.0, 3.0])))).bodies.mass.tolist() == [1, 2, 3]


@pytest.mark.parametrize("name", ["state", "mass", "pinned", "radius", "color", "force3.push"])
def test_an_array_must_be_there_and_be_what_it_says(name: str, with_array: Make, refused: Make) -> None:
    refused(with_array(name, None), f"its array '{name}' is missing or of the wrong kind")
    for other in (np.zeros(2), np.zeros((2, 2, 2)), np.zeros(3, np.float32), np.zeros(3, "U4"), np.zeros(3, complex)):
        refused(with_array(name, npy(other)))


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("mass", np.array([1.0, -1.0, 1.0])),
        ("mass", np.array([1.0, np.nan, 1.0])),
        ("radius", np.array([1.0, np.inf, 1.0])),
        ("state", np.full((6, 3), 2**62)),
        ("state", np.full((6, 3), np.iinfo(np.int64).min)),
        ("state", np.zeros((7, 3), np.int64)),
        ("force3.push", np.full((40, 3), np.nan)),
    ],
)
def test_an_array_holds_values_that_can_be(name: str, array: Any, with_array: Make, refused: Make) -> None:
    refused(with_array(name, npy(array)))


def test_pickled_arrays_are_never_unpickled(tmp_path: Path, with_array: Make, refused: Make) -> None:
    class Bomb:
        def __reduce__(self) -> Any:
            return os.mkdir, (str(tmp_path / "boom"),)

    bomb = np.empty(3, object)
    bomb[:] = Bomb()
    refused(with_array("mass", npy(bomb, allow_pickle=True)))
    assert not (tmp_path / "boom").exists()


def header(text: str, version: tuple[int, int] = (1, 0), body: bytes = np.ones(3).tobytes()) -> bytes:
    """Return the bytes of an array that begin with a header of one's own."""
    length = struct.pack("<H" if version == (1, 0) else "<I", len(text))
    return b"\x93NUMPY" + bytes(version) + length + text.encode("latin1") + body


def test_a_header_that_tells_the_truth_is_believed(with_array: Make, opened: Make) -> None:
    for version in ((1, 0), (2, 0)):
        data = header("{'descr': '<f8', 'fortran_order': False, 'shape': (3,)}", version)
        assert opened(with_array("mass", data)) is not None


LIES = {
    "one more": header("{'descr': '<f8', 'fortran_order': False, 'shape': (4,)}"),
    "terabytes": header("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999,)}"),
    "more than numbers can say": header("{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4)}"),
    "as many as there are": header("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}"),
    "fewer than none": header("{'descr': '<f8', 'fortran_order': False, 'shape': (-3,)}"),
    "twice fewer than none": header("{'descr': '<f8', 'fortran_order': False, 'shape': (3, -1, -1)}"),
    "another order": header("{'descr': '<f8', 'fortran_order': True, 'shape': (3,)}"),
    "other bytes first": header("{'descr': '>f8', 'fortran_order': False, 'shape': (3,)}"),
    "objects": header("{'descr': '|O', 'fortran_order': False, 'shape': (3,)}"),
    "records": header("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (3,)}"),
    "no shape": header("{'descr': '<f8', 'fortran_order': False}"),
    "code": header("__import__('os').mkdir('boom')"),
    "no end": header("{" * 20000),
    "an unknown version": header("{'descr': '<f8', 'fortran_order': False, 'shape': (3,)}", (9, 9)),
    "half a header": header("{'descr': '<f8', 'fortran_order': False, 'shape': (3,)}")[:40],
    "nothing": b"",
    "nothing more": b"\x93NUMPY",
}


@pytest.mark.parametrize("name", LIES)
def test_a_header_that_lies_is_not_believed(name: str, with_array: Make, refused: Make) -> None:
    refused(with_array("mass", LIES[name]))


@given(data=st.binary(max_size=200))
def test_an_array_may_be_any_bytes(data: bytes, with_array: Make, refused: Make) -> None:
    refused(with_array("mass", data))
