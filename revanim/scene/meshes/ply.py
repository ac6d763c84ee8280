"""PLY, the polygon file format of Stanford: text or binary, with faces, strips or points alone, and colours."""

import sys
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from revanim.engine.code.kernel import kernel
from revanim.scene.meshes.mesh import MOST_CORNERS, Mesh, check_size, damaged, triangle_mesh
from revanim.scene.meshes.pieces import Bytes, gathered
from revanim.scene.meshes.strips import strip
from revanim.scene.meshes.words import numbers_in
from revanim.scene.passed import Passed
from revanim.scene.scene import Colors, Index

TYPES = {
    "char": "i1", "uchar": "u1", "short": "i2", "ushort": "u2", "int": "i4", "uint": "u4", "float": "f4",
    "int8": "i1", "uint8": "u1", "int16": "i2", "uint16": "u2", "int32": "i4", "uint32": "u4", "float32": "f4",
    "double": "f8", "float64": "f8",
}  # fmt: skip
ORDERS = {"ascii": "=", "binary_little_endian": "<", "binary_big_endian": ">"}
HEAD_LINES, LONGEST = 1000, 4096  # of a head, and bytes of one of them
BLOCK = 1 << 20  # bytes of text that become numbers at once
RED_GREEN_BLUE = ("red", "green", "blue"), ("diffuse_red", "diffuse_green", "diffuse_blue"), ("r", "g", "b")
WIDEST = 8  # numbers of a vertex, of those that are mostly there
CORNERS = "vertex_indices", "vertex_index"


class Property(NamedTuple):
    """A column of an element; a list has a type for how many numbers it holds."""

    name: str
    kind: str
    counted: str = ""


@dataclass(frozen=True)
class Element:
    """A table in the file."""

    name: str
    count: int
    columns: list[Property]


@dataclass(frozen=True, eq=False)
class Table:
    """What an element holds: columns of numbers, and lists as how many each row has and all of them in a row."""

    numbers: dict[str, NDArray[np.generic]]
    lists: dict[str, tuple[Index, Index]]


def read_ply(path: Path, passed: Passed) -> Mesh:
    """Return the mesh in a file, or its points with no faces."""
    try:
        with path.open("rb") as file:
            order, elements = _head(file)
            for element in elements:
                check_size(path.name, element.count * (element.name == "vertex"), element.count)
            is_text = order == "="
            data = _numbers(file, _needed(elements), passed, path) if is_text else np.fromfile(file, np.uint8).data
        tables, at = dict[str, Table](), 0
        for element in elements:
            tables[element.name], at = _table(_typed(element, is_text), order, data, at, path.name)
        passed(1.0)
        kinds = {column.name: column.kind for element in elements for column in element.columns}
        return _mesh(tables, kinds, path.name)
    except (ValueError, KeyError, ArithmeticError, IndexError):
        raise damaged(path.name) from None


def _head(file: IO[bytes]) -> tuple[str, list[Element]]:
    """Return the order of bytes and the elements that a file declares."""
    order, elements = "", list[Element]()
    if file.readline(LONGEST).strip() != b"ply":
        raise ValueError
    for _ in range(HEAD_LINES):
        match file.readline(LONGEST).decode("latin-1").split():
            case ["format", kind, *_]:
                order = ORDERS[kind]
            case ["element", name, count]:
                elements.append(Element(name, int(count), []))
            case ["property", "list", counted, kind, name] if not TYPES[counted].startswith("f"):
                elements[-1].columns.append(Property(name, TYPES[kind], TYPES[counted]))
            case ["property", kind, name]:
                elements[-1].columns.append(Property(name, TYPES[kind]))
            case ["end_header"] if order and all(element.count >= 0 for element in elements):
                return order, elements
            case ["comment" | "obj_info", *_] | []:
                pass
            case _:
                raise ValueError
    raise ValueError


def _needed(elements: list[Element]) -> float:
    """Return how many numbers are in a file; of lists nobody knows before they are read."""
    has_lists = any(column.counted for element in elements for column in element.columns)
    return np.inf if has_lists else sum(element.count * len(element.columns) for element in elements)


def _numbers(file: IO[bytes], needed: float, passed: Passed, path: Path) -> memoryview:
    """Return the numbers of a text as doubles, so that what follows need not tell text from bytes."""
    found, rest, whole = array("d"), b"", path.stat().st_size
    for block in iter(lambda: file.read(BLOCK), b""):
        text = rest + block
        rest = b"" if text[-1:].isspace() else text.rsplit(None, 1)[-1]
        if len(rest) > LONGEST:
            raise ValueError
        found.frombytes(numbers_in(text[: len(text) - len(rest)]).tobytes())
        check_size(path.name, len(found) // WIDEST, 0)
        passed(0.9 * file.tell() / whole)
        if len(found) >= needed:
            break
    found.frombytes(numbers_in(rest).tobytes())
    return memoryview(found).cast("B")


def _typed(element: Element, is_text: bool) -> Element:
    """Return an element as it lies in the data: what was text is doubles now."""
    if not is_text:
        return element
    columns = [Property(column.name, "f8", column.counted and "f8") for column in element.columns]
    return Element(element.name, element.count, columns)


def _table(element: Element, order: str, data: memoryview, at: int, name: str) -> tuple[Table, int]:
    """Return what an element holds from one place in the data on, and where it ends.

    Mostly all lists are as long as those of the first row, and the table is read at once; else it is walked.
    """
    if not element.count:
        return Table({}, {}), at
    fields, lengths = list[tuple[str, str, tuple[int, ...]]](), dict[str, int]()
    for column in element.columns:
        if column.counted:
            before = np.dtype([*fields, (f"{column.name} counted", order + column.counted, ())])
            lengths[column.name] = _first(data, before, at)
            fields.append((f"{column.name} counted", order + column.counted, ()))
        fields.append((column.name, order + column.kind, (lengths[column.name],) if column.counted else ()))
    row = np.dtype(fields)
    if at + element.count * row.itemsize <= data.nbytes:
        rows = np.frombuffer(data, row, element.count, at)
        if all((rows[f"{key} counted"] == length).all() for key, length in lengths.items()):
            numbers = {column.name: rows[column.name] for column in element.columns if not column.counted}
            lists = {
                key: (np.full(len(rows), length), _whole(rows[key]).ravel())
                for key, length in lengths.items()
                if key in CORNERS
            }
            return Table(numbers, lists), at + element.count * row.itemsize
    return _walked(element, order, data, at, name)


def _whole(numbers: NDArray[np.generic]) -> Index:
    """Return numbers of vertices; of a text they may be anything."""
    with np.errstate(invalid="raise"):
        return numbers.astype(np.int64)


def _first(data: memoryview, row: np.dtype[np.void], at: int) -> int:
    """Return the last number of a row, how long the list behind it is."""
    length = int(np.frombuffer(data, row, 1, at)[row.names[-1]][0]) if row.names else 0
    if not 0 <= length <= MOST_CORNERS:
        raise ValueError
    return length


def _walked(element: Element, order: str, data: memoryview, at: int, name: str) -> tuple[Table, int]:
    """Read a table whose lists differ in length, as `_table` does."""
    whole = np.frombuffer(data, np.uint8)
    counted = whole
    if order == ORDERS["ascii"]:  # how long a list is stands among doubles
        with np.errstate(invalid="ignore"):
            counted = np.frombuffer(data, np.float64).astype(np.int64).view(np.uint8)
    kinds = [(np.dtype(order + column.kind), np.dtype(column.counted or "V")) for column in element.columns]
    sizes = np.array([(many.itemsize, many.kind == "i", kind.itemsize) for kind, many in kinds], np.int64)
    shape = len(kinds), element.count
    check_size(name, 2 * len(kinds) * element.count // WIDEST, 0)
    begin, length = np.empty(shape, np.int64), np.empty(shape, np.int64)
    at = _walk(counted, at, sizes, order == ">" or (order == "=" and sys.byteorder == "big"), begin, length)
    if at < 0:
        raise ValueError
    numbers, lists = dict[str, NDArray[np.generic]](), dict[str, tuple[Index, Index]]()
    for column, (kind, _), first, many in zip(element.columns, kinds, begin, length, strict=True):
        if column.counted and column.name not in CORNERS:
            continue
        check_size(name, 0, int(many.sum()))
        found = gathered(whole, first, first + many * kind.itemsize).view(kind)
        if column.counted:
            lists[column.name] = many, _whole(found)
        else:
            numbers[column.name] = found
    return Table(numbers, lists), at


@kernel("int64(uint8[::1], int64, int64[:,::1], boolean, int64[:,::1], int64[:,::1])")
def _walk(data: Bytes, at: int, sizes: Index, big: bool, begin: Index, length: Index) -> int:
    """Find where the numbers of each column begin in each row, and how many there are; return where the last row ends.

    `sizes` has, of each column, how many bytes say how many numbers there are, whether with a sign, and how many bytes
    each of these has; `big` is whether the first of the bytes weighs most. Returns -1 where the data ends too early.
    """
    for row in range(begin.shape[1]):
        for column in range(begin.shape[0]):
            counted, signed, size = sizes[column, 0], sizes[column, 1], sizes[column, 2]
            many = 1 - min(counted, 1)
            if counted > data.size - at:
                return -1
            for byte in range(counted):
                part = np.int64(data[at + byte if big else at + counted - 1 - byte])
                if signed and byte == 0 and part > 127:
                    return -1
                many = many << 8 | part
            at += counted
            if not 0 <= many <= (data.size - at) // size:
                return -1
            begin[column, row], length[column, row] = at, many
            at += many * size
    return at


def _mesh(tables: dict[str, Table], kinds: dict[str, str], name: str) -> Mesh:
    """Return what the tables of a file show."""
    points = tables["vertex"].numbers
    vertices = np.stack([points[axis].astype(np.float64) for axis in "xyz"], axis=1) if points else np.zeros((0, 3))
    color = _color(points, kinds)
    for table, cut in ((tables.get("face"), None), (tables.get("tristrips"), strip)):
        for counts, corners in [table.lists[key] for key in CORNERS if key in table.lists] if table else []:
            check_size(name, 0, len(corners))
            if cut is None:
                return Mesh(vertices, counts, corners, color)
            runs = np.split(corners, np.flatnonzero(corners < 0))  # -1 ends a strip
            return triangle_mesh(vertices, np.concatenate([strip(run[run >= 0]) for run in runs]), color)
    return Mesh(vertices, np.zeros(0, np.int64), np.zeros(0, np.int64), color)


def _color(points: dict[str, NDArray[np.generic]], kinds: dict[str, str]) -> Colors | None:
    """Return the colours of points, uint8[n, 3], if they have some: bytes, or parts of 1 where they are no whole."""
    for names in RED_GREEN_BLUE:
        if all(name in points for name in names):
            hues = np.stack([points[name] for name in names], axis=1).astype(np.float64)
            parts = 255.0 if kinds[names[0]][0] == "f" else 1.0
            color: Colors = np.rint(np.nan_to_num(hues * parts).clip(0, 255)).astype(np.uint8)
            return color
    return None
