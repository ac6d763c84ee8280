"""Places among the arrays of NumPy: those that are called so, and never colours or velocities.

Only the heads of arrays are read to choose among them, and then one frame of what is chosen: a small file can unfold
to any size.
"""

import math
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as layout
from numpy.typing import NDArray

from revanim.error import RevanimError
from revanim.scene.file.arrays import HEADERS
from revanim.scene.passed import Passed
from revanim.scene.tables.moments import moment_of
from revanim.scene.tables.titles import MOMENT, PLACE, read_title, vector
from revanim.sentence import NOTHING, Sentence

MB = 1 << 20
LARGEST = 256 * MB  # of what is taken
MOST_ARRAYS = 4096
USUAL = ("position", "positions", "pos", "points", "coords", "coordinates", "xyz", "vertices")  # before other names
OTHERS = (  # names of what is no place, whatever its shape
    "color colors colour colours rgb rgba cd normal normals tangent tangents uv uvs texcoord force forces acc"
    " acceleration accelerations momentum momenta spin spins faces triangles tri cells elements edges links bonds"
    " rotation rotations quaternion scale scales size sizes gradient bounds box lattice"
)

Array = NDArray[Any]


@dataclass(frozen=True)
class Head:
    """What a file says of one of its arrays, or of a field of one."""

    name: str
    member: str  # of the file
    shape: tuple[int, ...]
    kind: np.dtype[Any]
    field: str = ""

    @property
    def numeric(self) -> bool:
        """Whether it holds plain numbers."""
        return self.kind.kind in "fiu"

    @property
    def lying(self) -> bool:
        """Whether its rows are the axes."""
        return len(self.shape) == 2 and self.shape[0] in (2, 3) and self.shape[1] > 4

    @property
    def fits(self) -> bool:
        """Whether it may hold places: [n, 2 to 4], such an array for each frame, or the axes first."""
        return self.numeric and len(self.shape) in (2, 3) and (self.shape[-1] in (2, 3, 4) or self.lying)


@dataclass(frozen=True)
class Holder:
    """A file of one array, or the archive of several that it is."""

    path: Path
    archive: zipfile.ZipFile | None

    @property
    def file(self) -> str:
        """What it is called."""
        return self.path.name


def read_places(path: Path, frame: float, passed: Passed) -> tuple[Array, Sentence]:
    """Return the places of one frame in a file of NumPy, numbers [n, 2 or 3], and what to say of other frames.

    Raises RevanimError that says what was found where no array is plainly that of the places. What would run as code
    when it is loaded is not.
    """
    try:
        if not zipfile.is_zipfile(path):
            return _places(Holder(path, None), frame, passed)
        with zipfile.ZipFile(path) as archive:
            return _places(Holder(path, archive), frame, passed)
    except RevanimError:
        raise
    # What a damaged archive or array can raise is an open list.
    except Exception:
        raise RevanimError(
            "{name} cannot be read: it is damaged, or holds more than plain numbers.", name=path.name
        ) from None


def _places(holder: Holder, frame: float, passed: Passed) -> tuple[Array, Sentence]:
    heads = list(_heads(holder))
    chosen, index, note = _parts(heads, holder.file), None, NOTHING
    if not chosen:
        raise _refusal(heads, holder.file)
    if len(chosen[0].shape) == (3 if len(chosen) == 1 else 2):
        index, note = _frame(holder, heads, chosen[0].shape[0], frame, passed)
    read = [_read(holder, part, index, passed) for part in chosen]
    return (_as_rows(read[0], chosen[0], holder.file) if len(read) == 1 else np.stack(read, axis=-1)), note


def _parts(heads: Sequence[Head], file: str) -> list[Head]:
    """Return the array that holds places, or those of x, y and perhaps z; none where that is not plain."""
    fitting = [head for head in heads if head.fits and not _is_other(head.name)]
    named = [head for head in fitting if _is_place(head.name, heads)]
    if named:
        return [min(named, key=lambda head: USUAL.index(head.name.lower()) if head.name.lower() in USUAL else 99)]
    axes = [heads[column] for column in vector([head.name for head in heads], PLACE, file)]
    if axes and all(head.numeric and head.shape == axes[0].shape and len(head.shape) in (1, 2) for head in axes):
        return axes
    unknown = [head for head in fitting if not read_title(head.name).quantity]
    alone = len(heads) == 1 or (len(unknown) == 1 and unknown[0].kind.kind == "f")
    return unknown if alone else []


def _is_other(name: str) -> bool:
    """Whether a name is that of what is no place."""
    return not set(OTHERS.split()).isdisjoint(re.split(r"\W|_", name.lower()))


def _is_place(name: str, heads: Sequence[Head]) -> bool:
    title = read_title(name)
    if title.quantity != PLACE or title.number is not None:
        return False
    return title.axis is None or (name.lower() == "x" and not any(head.name.lower() == "y" for head in heads))


def _refusal(heads: Sequence[Head], file: str) -> RevanimError:
    if not heads:
        return RevanimError("{name} holds no array.", name=file)
    found = ", ".join(f"{head.name} {head.shape}" for head in heads[:8])
    return RevanimError(
        "{name} holds no array of numbers that is plainly that of places, called such as position and of the shape"
        " [n, 3] or [frames, n, 3]; it holds {found}.",
        name=file,
        found=found,
    )


def _frame(holder: Holder, heads: Sequence[Head], count: int, frame: float, passed: Passed) -> tuple[int, Sentence]:
    """Return which of the frames is asked for: by the numbers that the file has for them, or counted from 0."""
    numbers = np.arange(count, dtype=np.float64)
    for head in sorted(heads, key=lambda head: not head.name.lower().startswith("frame")):
        if read_title(head.name).quantity == MOMENT and head.shape == (count,) and head.numeric:
            numbers = _read(holder, head, None, passed).astype(np.float64)
            break
    chosen, note = moment_of(numbers, frame, holder.file)
    return int(np.flatnonzero(numbers == chosen)[0]), note


def _as_rows(read: Array, head: Head, file: str) -> Array:
    """Return places as rows of x, y and perhaps z; a fourth number, where there is one, is a weight of 1."""
    rows = read.T if head.lying else read
    if rows.shape[1] == 4:
        if not (rows[:, 3] == 1).all() and read_title(head.name).quantity != PLACE:
            raise _refusal([head], file)
        rows = rows[:, :3]
    return rows


def _heads(holder: Holder) -> Iterator[Head]:
    """Yield what a file says of each array that it holds, or of the fields of one with fields."""
    if holder.archive is None:
        yield from _fields(holder, holder.file, holder.file)
        return
    members = [name for name in holder.archive.namelist() if name.endswith(".npy")]
    if len(members) > MOST_ARRAYS:
        raise RevanimError("{name} holds {count} arrays; that is not read.", name=holder.file, count=len(members))
    for member in members:
        yield from _fields(holder, member, member.removesuffix(".npy"))


def _fields(holder: Holder, member: str, name: str) -> Iterator[Head]:
    with _opened(holder, member) as file:
        shape, _, kind = _begin(file, _size(holder, member))
    if kind.names is None:
        yield Head(name, member, shape, kind)
    for field in kind.names or ():
        inner = kind[field]
        yield Head(field, member, (*shape, *inner.shape), inner.base, field)


def _opened(holder: Holder, member: str) -> IO[bytes]:
    return holder.archive.open(member) if holder.archive else holder.path.open("rb")


def _size(holder: Holder, member: str) -> int:
    return holder.archive.getinfo(member).file_size if holder.archive else holder.path.stat().st_size


def _begin(file: IO[bytes], size: int) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """Read the head of an array: its shape, whether columns come first, and its kind.

    Raises ValueError where it claims another size than there is, or the array could run as code.
    """
    shape, columns_first, kind = HEADERS[layout.read_magic(file)](file)
    if kind.hasobject or math.prod(shape) * kind.itemsize != size - file.tell():
        raise ValueError(shape)
    return shape, columns_first, kind


def _read(holder: Holder, head: Head, frame: int | None, passed: Passed) -> Array:
    """Return an array, or one frame of it."""
    with _opened(holder, head.member) as file:
        shape, columns_first, kind = _begin(file, _size(holder, head.member))
        if frame is not None and not columns_first:
            shape = shape[1:]
            for _ in _parts_of(file, frame * math.prod(shape) * kind.itemsize, passed):
                pass
        size = math.prod(shape) * kind.itemsize
        if size > LARGEST:
            raise RevanimError(
                "{name} in {file} has {size} MB; up to {most} are read.",
                name=head.name,
                file=holder.file,
                size=size // MB,
                most=LARGEST // MB,
            )
        array = np.frombuffer(bytearray().join(_parts_of(file, size, passed)), kind)
    array = array.reshape(shape, order="F" if columns_first else "C")
    some = array[head.field] if head.field else array
    return some[frame] if frame is not None and columns_first else some


def _parts_of(file: IO[bytes], size: int, passed: Passed) -> Iterator[bytes]:
    """Yield so many bytes a megabyte at a time: between two of them a person may think better of it."""
    done = 0
    while done < size:
        part = file.read(min(MB, size - done))
        if not part:
            raise ValueError(size)
        done += len(part)
        passed(done / size)
        yield part
