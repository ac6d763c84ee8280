"""OFF, the Object File Format of Geomview, as text."""

from pathlib import Path
from typing import IO

import numpy as np

from revanim.engine.parameter import Floats
from revanim.error import RevanimError
from revanim.scene.meshes.mesh import Mesh, check_size, damaged, mesh_of
from revanim.scene.meshes.words import LONGEST, Flags, Words, blocks
from revanim.scene.passed import Passed
from revanim.scene.scene import Index


def read_off(path: Path, passed: Passed) -> Mesh:
    """Return the mesh in a file: its head, how many vertices and faces, their places, and their corners."""
    parts, used = list[tuple[Floats, Index, Index]](), 0
    try:
        with path.open("rb") as file:
            vertices, faces = _head(file, path.name)
            check_size(path.name, vertices, faces)
            texts = blocks(file, path.name, passed)
            while vertices or faces:
                words = next(texts)
                line = np.arange(words.lines)
                place = words.places(line < vertices, 0)
                count, corner = _faces(words, (line >= vertices) & (line < vertices + faces), path.name)
                parts.append((place, count, corner))
                vertices, faces, used = vertices - len(place), faces - count.size, used + corner.size
                check_size(path.name, 0, used)
    # The generator that ends too early raises StopIteration.
    except (ValueError, StopIteration):
        raise damaged(path.name) from None
    return mesh_of(parts)


def _faces(words: Words, lines: Flags, name: str) -> tuple[Index, Index]:
    """Return how many corners the faces in some lines have, and which; behind them a line may have colours."""
    size = np.zeros(words.lines, np.int64)
    size[lines] = count = words.whole(lines[words.line] & (words.place == 0))
    check_size(name, 0, count.max(initial=0))
    chosen = lines[words.line] & (words.place > 0) & (words.place <= size[words.line])
    if count.min(initial=0) < 0 or count.sum() != np.count_nonzero(chosen):
        raise ValueError
    return count, words.whole(chosen)


def _head(file: IO[bytes], name: str) -> tuple[int, int]:
    """Return how many vertices and faces follow; the name of the format may lack, and tells what a vertex has more."""
    words = _line(file)
    if words[0].upper().endswith(b"OFF"):
        if words[0].upper() not in (b"OFF", b"COFF", b"NOFF", b"CNOFF", b"STOFF") or b"BINARY" in words:
            raise RevanimError(
                "{name} is written as {kind}; of OFF, plain text in three dimensions is read.",
                name=name,
                kind=b" ".join(words)[:24].decode(errors="replace"),
            )
        words = words[1:] or _line(file)
    vertices, faces = map(int, words[:2])
    if vertices < 0 or faces < 0:
        raise damaged(name)
    return vertices, faces


def _line(file: IO[bytes]) -> list[bytes]:
    """Return the words of the next line that has some; raises StopIteration where none has."""
    every = iter(lambda: file.readline(LONGEST), b"")
    return next(words for words in (line.partition(b"#")[0].split() for line in every) if words)
