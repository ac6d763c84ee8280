"""Small files that would unpack to gigabytes are refused before they do."""

import io
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from revanim.scene.file import encode

Members = dict[str, bytes]
Make = Callable[..., Any]
MB = 1 << 20


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


def swollen(zipped: Make, members: Members, name: str, piece: bytes, times: int) -> bytes:
    """Return an archive of which one member unpacks to a piece many times over."""
    archive = zipped({**members, name: deflated(piece, times)}, zipfile.ZIP_STORED)
    return claim(archive, name, len(piece) * times)


def repeated(zipped: Make, count: int) -> bytes:
    """Return an archive that lists its one array, four megabytes, many times."""
    array = io.BytesIO()
    np.save(array, np.zeros(4 * MB, np.uint8))
    one = zipped({"mass.npy": array.getvalue()}, zipfile.ZIP_STORED)
    start, end = one.find(b"PK\x01\x02"), one.rfind(b"PK\x05\x06")
    listed = one[start:end] * count
    return one[:start] + listed + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(listed), start, 0)


BOMBS: dict[str, Callable[[Make, Members], bytes]] = {
    "zeros": lambda zipped, members: swollen(zipped, members, "state.npz", bytes(MB), 1500),
    "spaces": lambda zipped, members: swollen(zipped, members, "scene.json", b" " * MB, 1500),
    "a kind of zeros": lambda zipped, members: swollen(zipped, members, "mimetype", bytes(MB), 1500),
    "lists": lambda zipped, members: swollen(zipped, members, "scene.json", b"{}," * (MB // 3), 400),
    "few enough lists": lambda zipped, members: zipped(
        {**members, "scene.json": b"[" + b"{}," * (5 * MB) + b"{}]"},
    ),
    "arrays that are packed": lambda zipped, members: zipped(
        {**members, "state.npz": swollen(zipped, {}, "mass.npy", bytes(MB), 1500)}
    ),
    "arrays that say they are small": lambda zipped, members: zipped(
        {**members, "state.npz": claim(swollen(zipped, {}, "mass.npy", bytes(MB), 1500), "mass.npy", 100)}
    ),
    "one array many times": lambda zipped, members: zipped({**members, "state.npz": repeated(zipped, 65_000)}),
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
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux limits the memory of a process like this")
@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_does_not_grow_to_gigabytes(name: str, tmp_path: Path, members: Members, zipped: Make) -> None:
    path = tmp_path / "bomb.revanim"
    path.write_bytes(BOMBS[name](zipped, members))
    assert path.stat().st_size < 2 * MB
    run = subprocess.run([sys.executable, "-c", OPEN, str(path)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    sentence, kilobytes = run.stdout.splitlines()
    assert re.fullmatch(r"bomb\.revanim cannot be opened: .*\.", sentence)
    assert int(kilobytes) < 700 * 1024  # at its highest


@pytest.mark.parametrize("name", ["scene.json", "state.npz"])
@pytest.mark.parametrize("size", [0, 1, 0x7FFFFFFF, 0xFFFFFFF0])
def test_a_size_that_is_claimed_is_not_believed(name: str, size: int, whole: bytes, opened: Make) -> None:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, 99):
        scene = opened(claim(whole, name, size, method))
        assert scene is None or encode(scene, b"picture") == whole
