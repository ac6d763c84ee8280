"""Files that others wrote, damaged at random: each is read, or refused in one plain sentence."""

import random
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

import revanim as ra
from revanim.scene.importer import import_scene, importers
from revanim.scene.pose import make_pose, pose_kinds

HERE = Path(__file__).parent
CASES = [path for folder in (HERE / "cases", HERE.parent / "cases") for path in sorted(folder.rglob("*.*"))]
NUMBER = re.compile(rb"[-+]?\d+\.?\d*")
ODD = [
    b"", b"0", b"-1", b"-", b"nan", b"inf", b"1e308", b"1e999", b"2147483647", b"4294967295", b"9" * 20, b"0.0000001",
    b"%", b",", b'"', b"\x00", b"{", b"}", b"[", b"url(#a)", b"\xff\xfe",
]  # fmt: skip
WORDS = [b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\0", b"\0\0\0\x80"]


def flip(some: random.Random, data: bytes, at: int) -> bytes:
    """Change one bit."""
    return data[:at] + bytes([data[at] ^ 1 << some.randrange(8)]) + data[at + 1 :]


def leave_out(some: random.Random, data: bytes, at: int) -> bytes:
    """Leave out some bytes."""
    return data[:at] + data[at + some.randrange(1, 20) :]


def put_in(some: random.Random, data: bytes, at: int) -> bytes:
    """Put in what nobody expects."""
    return data[:at] + some.choice(ODD) + data[at:]


def change_number(some: random.Random, data: bytes, at: int) -> bytes:
    """Put something odd in the place of a number that is written out."""
    found = list(NUMBER.finditer(data))
    if not found:
        return data
    number = some.choice(found)
    return data[: number.start()] + some.choice(ODD) + data[number.end() :]


def repeat(some: random.Random, data: bytes, at: int) -> bytes:
    """Write a piece again, or many times."""
    return data[:at] + data[at : at + some.randrange(1, 60)] * some.choice([1, 3, 200]) + data[at:]


def cut(some: random.Random, data: bytes, at: int) -> bytes:
    """End too early."""
    return data[:at]


def write_over(some: random.Random, data: bytes, at: int) -> bytes:
    """Write another number over a binary one."""
    return data[:at] + some.choice([*WORDS, some.randbytes(8)]) + data[at + 4 :]


DAMAGES = [flip, leave_out, put_in, change_number, repeat, cut, write_over]


def damaged(some: random.Random, data: bytes) -> bytes:
    """Return a file that is damaged in a few places."""
    for _ in range(some.choice([1, 1, 2, 3, 6])):
        data = some.choice(DAMAGES)(some, data, some.randrange(len(data))) if data else data
    return data


def readers(path: Path) -> list[Callable[[Path], object]]:
    """Return all that reads such files."""

    def posed(name: str) -> Callable[[Path], object]:
        return lambda path: make_pose(name, 20, source=path)

    suffix = path.suffix.lower()
    found = [posed(kind.name) for kind in pose_kinds().values() if suffix in kind.suffixes]
    is_imported = any(suffix in importer.suffixes for importer in importers().values())
    return [*found, *([import_scene] if is_imported else [])]


@pytest.mark.parametrize("count", [2, pytest.param(100, marks=pytest.mark.long)])
@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_a_damaged_file_is_read_or_refused_in_a_sentence(case: Path, count: int, tmp_path: Path) -> None:
    some, path = random.Random(case.name), tmp_path / case.name
    for _ in range(count):
        path.write_bytes(damaged(some, case.read_bytes()))
        for read in readers(path):
            with suppress(ra.RevanimError):  # any other exception, and any warning, is a fault
                read(path)
