"""The arrays of a glTF document: whole or sparse, close or with gaps, as fractions or as they are."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from revanim.engine.parameter import Floats
from revanim.scene.meshes.gltf.document import Document
from revanim.scene.meshes.mesh import check_size

KINDS = {5120: "<i1", 5121: "<u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}


def array_of(document: Document, number: int) -> Floats:
    """Return an accessor, float64[count, width]; raises ValueError and the like where its bytes are missing."""
    accessor = document.items("accessors")[number]
    count, kind, width = int(accessor["count"]), np.dtype(KINDS[accessor["componentType"]]), WIDTHS[accessor["type"]]
    if count < 0:
        raise ValueError
    check_size(document.name, count, 0)
    held = np.zeros((count, width), kind)
    if "bufferView" in accessor:
        held = _view(document, accessor["bufferView"], accessor.get("byteOffset", 0), kind, (count, width))
    if "sparse" in accessor:
        held = _replaced(document, held, accessor["sparse"])
    numbers: Floats = held.astype(np.float64)
    if accessor.get("normalized") and kind.kind in "iu":
        numbers = np.maximum(numbers / np.iinfo(kind).max, -1.0)
    return numbers


def _view(
    document: Document, number: int, offset: int, kind: np.dtype[Any], shape: tuple[int, int]
) -> NDArray[np.generic]:
    """Return numbers from a part of a buffer, whose rows may lie apart."""
    view = document.items("bufferViews")[number]
    data = document.buffers[view["buffer"]]
    begin, length = int(view.get("byteOffset", 0)), int(view["byteLength"])
    row = kind.itemsize * shape[1]
    stride = int(view.get("byteStride") or row)
    if data is None or min(begin, offset, length) < 0 or stride < row or begin + length > len(data):
        raise ValueError
    if shape[0] and offset + (shape[0] - 1) * stride + row > length:
        raise ValueError
    return np.ndarray(shape, kind, data, begin + offset, (stride, kind.itemsize))


def _replaced(document: Document, held: NDArray[np.generic], sparse: Mapping[str, Any]) -> NDArray[np.generic]:
    """Return rows of which some are given anew."""
    count, where, values = int(sparse["count"]), sparse["indices"], sparse["values"]
    if not 0 <= count <= len(held):
        raise ValueError
    kind = np.dtype(KINDS[where["componentType"]])
    rows = _view(document, where["bufferView"], where.get("byteOffset", 0), kind, (count, 1))
    fresh = held.copy()
    fresh[rows[:, 0].astype(np.int64)] = _view(
        document, values["bufferView"], values.get("byteOffset", 0), held.dtype, (count, held.shape[1])
    )
    return fresh
