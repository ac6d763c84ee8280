"""Texts read a block at a time: where a block ends makes no difference, and what is no number is no number."""

import io
from pathlib import Path

import numpy as np
import pytest
import trimesh

import revanim as ra
from revanim.scene.meshes import ply, words
from revanim.scene.meshes.mesh import Mesh
from revanim.scene.meshes.words import numbers_in
from revanim.scene.passed import silent
from revanim.scene.poses.mesh import READERS


@pytest.mark.parametrize("block", [1, 7, 64, 1 << 20])
@pytest.mark.parametrize("suffix", [".obj", ".off", ".stl", ".ply"])
def test_where_a_block_ends_makes_no_difference(
    suffix: str, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shape, path = trimesh.creation.icosphere(1), tmp_path / f"it{suffix}"
    kind, options = {".stl": ("stl_ascii", {}), ".ply": ("ply", {"encoding": "ascii"})}.get(suffix, (suffix[1:], {}))
    data = shape.export(file_type=kind, **options)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    monkeypatch.setattr(words, "BLOCK", block)
    monkeypatch.setattr(ply, "BLOCK", block)
    mesh = READERS[suffix](path, silent)
    theirs = trimesh.load_mesh(path, process=False)
    assert mesh.vertices[mesh.corners.reshape(-1, 3)] == pytest.approx(theirs.triangles, abs=1e-7)


@pytest.mark.parametrize("block", [1, 5, 1 << 20])
def test_a_line_goes_on_and_comments_end_across_blocks(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "BLOCK", block)
    text = b"v 1 2 \\\n3 # one\n\n# none\r\nf -1/2 \\\r\n 7//4\nend"
    found = list(words.blocks(Held(text), "it", silent))
    said = [bytes(one.data[a:b]) for one in found for a, b in zip(one.begin, one.end, strict=True)]
    assert said == b"v 1 2 3 f -1/2 7//4 end".split()
    assert sum(one.lines for one in found) == 3


class Held(io.BytesIO):
    """A text in memory that has the size of a file."""

    def fileno(self) -> int:
        return 0


@pytest.mark.parametrize(
    "text", ["1_0", "1d5", "- 1", "-", "1 +", "1-2", "1 2-", "nan(1)", "0x1", "1e", "1,5", "--1", ".", "1 .", "\0"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^$|unmatched"):
        numbers_in(text.encode())


@pytest.mark.parametrize("text", ["", " \n", "1 -2\t+3\r\n4e5 .5 5. -0 1e-400 nan -inf 0.1 12345678901234567890"])
def test_numbers_are_those_of_python(text: str) -> None:
    assert np.array_equal(numbers_in(text.encode()), np.array([float(word) for word in text.split()]), equal_nan=True)


@pytest.mark.parametrize("corner", ["-", "+", "1-2", "9" * 19, "2/", "1.0", "nan"])
def test_a_corner_is_a_whole_number(corner: str, tmp_path: Path) -> None:
    path = tmp_path / "it.obj"
    path.write_text(f"v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 {corner}\n")
    if corner == "2/":
        assert READERS[".obj"](path, silent).corners.tolist() == [0, 1, 1]
        return
    with pytest.raises(ra.RevanimError, match="it is damaged, or no mesh"):
        READERS[".obj"](path, silent)


@pytest.mark.parametrize("kind", ["<", ">"])
@pytest.mark.parametrize("counted", ["uchar", "char", "ushort", "int"])
def test_lists_of_any_length_are_walked(counted: str, kind: str, tmp_path: Path) -> None:
    random, path = np.random.default_rng(1), tmp_path / "it.ply"
    many = random.integers(0, 7, 50)
    corners = [random.integers(0, 9, size) for size in many]
    order = {"<": "binary_little_endian", ">": "binary_big_endian"}[kind]
    head = f"ply\nformat {order} 1.0\nelement vertex 9\n" + "".join(f"property double {axis}\n" for axis in "xyz")
    head += f"element face 50\nproperty list {counted} short vertex_index\nproperty short after\nend_header\n"
    places, size = random.normal(size=(9, 3)), np.dtype(kind + ply.TYPES[counted])
    body = places.astype(f"{kind}f8").tobytes() + b"".join(
        np.array(row.size, size).tobytes() + np.array([*row, -5], f"{kind}i2").tobytes() for row in corners
    )
    path.write_bytes(head.encode() + body)
    mesh: Mesh = READERS[".ply"](path, silent)
    assert np.array_equal(mesh.vertices, places)
    assert np.array_equal(mesh.counts, many)
    assert np.array_equal(mesh.corners, np.concatenate(corners))
    path.write_bytes(head.encode() + body[:-3])
    with pytest.raises(ra.RevanimError, match="it is damaged"):
        READERS[".ply"](path, silent)
