"""A glTF document: its description, and the bytes that it is about."""

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from revanim.error import RevanimError
from revanim.sentence import Sentence

LARGEST = 300 << 20  # bytes of all buffers together
MOST_WORDS = 4_000_000  # brackets and commas of a description: in Python each value takes many bytes
JSON, BINARY = b"JSON", b"BIN\0"


@dataclass(frozen=True, eq=False)
class Document:
    """What a file describes, and its buffers; None stands for one that is nowhere."""

    name: str
    description: Mapping[str, Any]
    buffers: Sequence[bytes | None]

    def items(self, kind: str) -> Sequence[Any]:
        """Return the nodes, the meshes, or what else the description lists."""
        return self.description.get(kind) or []


def read_document(path: Path) -> Document:
    """Return the document in a .glb or .gltf file; raises ValueError, KeyError and the like where it is damaged."""
    data = path.read_bytes()
    text, binary = _chunks(data) if data[:4] == b"glTF" else (data, None)
    if sum(text.count(sign) for sign in (b"{", b"[", b",")) > MOST_WORDS:
        raise RevanimError("{name} describes more parts than are read.", name=path.name)
    description = json.loads(text)
    if not isinstance(description, dict) or not str(description["asset"]["version"]).startswith("2"):
        raise RevanimError("{name} is no glTF of version 2.", name=path.name)
    return Document(path.name, description, list(_buffers(description, binary, path)))


def _chunks(data: bytes) -> tuple[bytes, bytes | None]:
    """Return the description and the bytes of a binary file."""
    if int.from_bytes(data[4:8], "little") != 2:
        return b'{"asset": {"version": "1"}}', None
    found, at = dict[bytes, bytes](), 12
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "little"), data[at + 4 : at + 8]
        found.setdefault(kind, data[at + 8 : at + 8 + length])
        at += 8 + length
    return found[JSON], found.get(BINARY)


def _buffers(description: Mapping[str, Any], binary: bytes | None, path: Path) -> Iterator[bytes | None]:
    total = 0
    for number, buffer in enumerate(description.get("buffers") or []):
        uri = buffer.get("uri")
        if uri is None:
            held = binary if number == 0 else None
        elif uri.startswith("data:"):
            held = b64decode(uri.partition(",")[2])
        else:
            held = _beside(path, uri, LARGEST - total)
        total += len(held or b"")
        yield held


def _beside(path: Path, uri: str, most: int) -> bytes:
    """Return what lies in a file beside this one, whose name may be written with per cent signs."""
    if urlsplit(uri).scheme:
        raise RevanimError("{name} keeps its bytes in {uri!r}; only files beside it are read.", name=path.name, uri=uri)
    beside = path.parent / unquote(uri)
    try:
        if beside.stat().st_size > most:
            why = Sentence("that is more than {most} MB", most=LARGEST >> 20)
        elif not beside.is_file():
            why = Sentence("that is no file")
        else:
            return beside.read_bytes()
    except (OSError, ValueError):
        why = Sentence("it is not there, or must not be read")
    raise RevanimError("{name} needs {file}: {why}.", name=path.name, file=unquote(uri), why=why)
