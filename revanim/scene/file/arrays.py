"""Arrays as the bytes of an .npz file, and back without trusting a single one of them."""

import io
import math
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from revanim.error import RevanimError
from revanim.scene.given import ordered

SAME_DATE = (1980, 1, 1, 0, 0, 0)
UNIX = 3
KINDS = ("<i8", "<f8", "|u1", "|b1")
HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


def pack(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Return the arrays as .npz, the same bytes for the same arrays."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, array in arrays.items():
            one = io.BytesIO()
            npy.write_array(one, np.ascontiguousarray(array, array.dtype.newbyteorder("<")), allow_pickle=False)
            archive.writestr(member(f"{name}.npy"), one.getvalue())
    return out.getvalue()


def member(name: str, packed: bool = False) -> zipfile.ZipInfo:
    """Return how an archive describes a member: alike on every day, and on Windows as elsewhere."""
    info = zipfile.ZipInfo(name, SAME_DATE)
    info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    info.create_system = UNIX
    return info


def unpack(data: bytes) -> dict[str, NDArray[Any]]:
    """Return the arrays, read-only; a header that claims more than the bytes behind it is refused, not believed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        # They are stored as they are, so that all together are no larger than the file.
        if any(m.compress_type != zipfile.ZIP_STORED for m in members) or sum(m.file_size for m in members) > len(data):
            raise RevanimError("state.npz claims to hold more than it does.")
        return {member.filename.removesuffix(".npy"): _array(archive.read(member)) for member in members}


def _array(raw: bytes) -> NDArray[Any]:
    stream = io.BytesIO(raw)
    shape, fortran, kind = HEADERS[npy.read_magic(stream)](stream)
    start = stream.tell()
    if kind.str not in KINDS or fortran or math.prod(shape) * kind.itemsize != len(raw) - start:
        raise RevanimError("state.npz holds an array of an unknown kind or size.")
    array = np.frombuffer(raw, kind, offset=start).reshape(shape)
    return ordered(array, kind.type)
