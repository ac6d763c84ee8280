"""A scene as one file, `name.revanim`: a zip of a mimetype, a readable scene.json, state.npz and a thumbnail.

The same scene gives the same bytes, and saving either succeeds or leaves the old file as it was.
"""

import io
import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from revanim.error import RevanimError
from revanim.scene.check import check
from revanim.scene.file.arrays import member, pack, unpack
from revanim.scene.file.text import scene_from_text, text_from_scene
from revanim.scene.file.whole import MB, pieces, reason, write_whole
from revanim.scene.passed import Passed, between, silent
from revanim.scene.scene import Scene
from revanim.sentence import Text

SUFFIX = ".revanim"
ZIP = b"PK"  # how it begins
MIMETYPE = "application/x-revanim+zip"
LARGEST = {"mimetype": MB, "scene.json": 16 * MB, "state.npz": 256 * MB}  # of what is packed; all else is stored
LARGEST_FILE = 4096 * MB
ENCODING = 0.8  # of the time that saving takes, where the disk is a usual one


def save(scene: Scene, path: str | os.PathLike[str], thumbnail: bytes, passed: Passed = silent) -> None:
    """Write a scene with a PNG of it; raises RevanimError, and leaves what was there, when it cannot be written."""
    data = encode(scene, thumbnail, passed=between(passed, 0.0, ENCODING))
    write_whole(Path(path), data, between(passed, ENCODING, 1.0))


def load(path: str | os.PathLike[str]) -> Scene:
    """Read a scene; whatever is wrong with the file is a RevanimError of one sentence."""
    try:
        if Path(path).stat().st_size > LARGEST_FILE or not Path(path).is_file():
            raise RevanimError("{path} is no file of a scene.", path=Path(path))
        with Path(path).open("rb") as file:
            if Path(path).suffix.lower() != SUFFIX and file.read(len(ZIP)) != ZIP:
                raise RevanimError(
                    "{name} cannot be opened: it is not a revanim file; tables of bodies and archives of other tools"
                    " are imported.",
                    name=Path(path).name,
                )
            return decode(file, Path(path).name)
    except (OSError, ValueError) as error:
        raise RevanimError("{path} cannot be read: {why}.", path=Path(path), why=reason(error)) from None


def encode(scene: Scene, thumbnail: bytes, packed: bool = True, passed: Passed = silent) -> bytes:
    """Return the bytes of a file; packing is ten times the work, and worth it for what is kept."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        members = _parts(scene, thumbnail)
        whole, done = sum(map(len, members.values())), 0
        for name, data in members.items():
            info = member(name, _is_packed(name, data) and packed)
            info.external_attr = 0o644 << 16
            info.file_size = len(data)
            with archive.open(info, "w") as file:
                for piece in pieces(data):
                    done += file.write(piece)
                    passed(done / whole)
    return out.getvalue()


def _parts(scene: Scene, thumbnail: bytes) -> Mapping[str, bytes]:
    """Return what a file is made of, in its order."""
    text, arrays = text_from_scene(check(scene))
    return {
        "mimetype": MIMETYPE.encode(),
        "scene.json": (json.dumps(text, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode(),
        "state.npz": pack(arrays),
        "thumbnail.png": thumbnail,
    }


def _is_packed(name: str, data: bytes) -> bool:
    """Whether a member is deflated: not where a reader would have to fear that a small file unpacks to gigabytes."""
    if name == "scene.json" and len(data) > LARGEST[name]:
        raise RevanimError(
            "The scene has more forces and keyframes than fit into {most} MB of text.", most=LARGEST[name] // MB
        )
    return name in ("scene.json", "state.npz") and len(data) <= LARGEST[name]


def decode(file: IO[bytes], name: Text) -> Scene:
    """Return the scene in an open file; `name` is what its faults are reported under."""
    try:
        members = _members(file)
        return check(scene_from_text(json.loads(members["scene.json"]), unpack(members["state.npz"])))
    except RevanimError as error:
        raise RevanimError("{name} cannot be opened: {why}", name=name, why=error.sentence) from None
    # What a damaged zip, json or array can raise is an open list; to the artist they are all one thing.
    except Exception:
        raise RevanimError("{name} cannot be opened: it is damaged, or not a revanim file.", name=name) from None


def thumbnail_in(path: Path) -> bytes:
    """Return the PNG that a file carries; nothing where there is none, or no such file."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("thumbnail.png") as file:
            return file.read(MB)
    # As in `decode`: whatever is wrong with it, there is no picture.
    except Exception:
        return b""


def _members(file: IO[bytes]) -> dict[str, bytes]:
    """Return the members of the archive, none larger than it may be, whatever the archive claims."""
    with zipfile.ZipFile(file) as archive:
        first = archive.infolist()[0]
        if first.filename != "mimetype" or _bounded(archive, "mimetype") != MIMETYPE.encode():
            raise RevanimError("it is not a revanim file.")
        return {name: _bounded(archive, name) for name in ("scene.json", "state.npz")}


def _bounded(archive: zipfile.ZipFile, name: str) -> bytes:
    info = archive.getinfo(name)
    if info.compress_type == zipfile.ZIP_STORED:
        return archive.read(info)
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise RevanimError("{name} in it is packed in an unknown way.", name=name)
    with archive.open(info) as file:
        data = file.read(LARGEST[name] + 1)
    if len(data) > LARGEST[name]:
        raise RevanimError("{name} in it unpacks to more than {most} MB.", name=name, most=LARGEST[name] // MB)
    return data
