"""Files that are written at once or not at all, and whatever else stands at a path: it stays what it is."""

import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import IO

from revanim.error import RevanimError
from revanim.scene.passed import Passed, silent
from revanim.sentence import N_, Sentence

if sys.platform == "win32":
    fcntl = None
else:
    import fcntl

MB = 1 << 20
NEIGHBOUR, EARLIER = re.compile(r"\.revanim-[0-9a-f]{8}(\.[^.]*)?"), re.compile(r"\.(.+)\.[0-9a-f]{8}(\.[^.]*)?")
YOUNG = 10.0  # seconds
PAUSES = (0.05, 0.1, 0.2, 0.4)  # seconds between attempts
WAIT, PAUSE = 10.0, 0.05  # seconds in all, and from one look to the next, for somebody who reads a pipe
LONGEST_SUFFIX = 32  # letters that a neighbour keeps: what is longer is no kind of file
REFUSED = (
    (stat.S_ISDIR, N_("it is a folder")),
    (stat.S_ISBLK, N_("it is a disk")),
    (stat.S_ISSOCK, N_("it is a socket")),
)


def write_whole(path: Path, data: bytes, passed: Passed = silent) -> None:
    """Write a file at once or not at all."""
    with writing(path) as neighbour, neighbour.open("wb") as file:
        for piece in pieces(data):
            passed(file.tell() / len(data))
            file.write(piece)


def pieces(data: bytes) -> Iterator[memoryview]:
    """Yield the bytes a megabyte at a time: between two of them a person may think better of it."""
    view = memoryview(data)
    yield from (view[start : start + MB] for start in range(0, len(data), MB))


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """Give a file to write, with the same suffix: what is in it comes to the path if all went well.

    A regular file is replaced by it, or a new one made; a pipe and a device stay, and are given the bytes. Raises
    RevanimError where the system refuses, and where a folder, a disk or a socket is; what was there is left as it was.
    """
    try:
        with _given_to(path) if _is_stream(path) else _replacing(path) as written:
            yield written
    except OSError as error:
        raise RevanimError("{path} cannot be written: {why}.", path=path, why=reason(error)) from None


def _is_stream(path: Path) -> bool:
    """Whether bytes are given to what stands at a path, a pipe or a device, rather than put in its place."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    except ValueError as error:  # a name that no file can have
        raise RevanimError("{path} cannot be written: {why}.", path=path, why=reason(error)) from None
    for is_so, why in REFUSED:
        if is_so(mode):
            raise RevanimError("{path} cannot be written: {why}.", path=path, why=Sentence(why))
    return not stat.S_ISREG(mode)


@contextmanager
def _given_to(path: Path) -> Iterator[Path]:
    """Give a file elsewhere, and pass on its bytes in the end: many formats are written to and fro."""
    with tempfile.TemporaryDirectory(prefix="revanim-") as folder:
        passing = Path(folder) / f"whole{_kind(path)}"
        passing.touch()
        yield passing
        with passing.open("rb") as file, _opened(path) as stream:
            shutil.copyfileobj(file, stream)


def _opened(path: Path) -> IO[bytes]:
    """Open a pipe or a device as it is; nobody waits for ever until somebody reads a pipe."""
    flags, begun = os.O_WRONLY | getattr(os, "O_BINARY", 0), time.monotonic()
    while stat.S_ISFIFO(path.stat().st_mode) and sys.platform != "win32":
        try:
            stream = os.open(path, flags | os.O_NONBLOCK)
        except OSError:
            if time.monotonic() - begun > WAIT:
                raise RevanimError("{path} cannot be written: nobody reads from that pipe.", path=path) from None
            time.sleep(PAUSE)
        else:
            os.set_blocking(stream, True)
            return open(stream, "wb")  # noqa: PTH123 - it has no path of its own
    return open(os.open(path, flags), "wb")  # noqa: PTH123


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """Give a neighbour of a file, which takes its place in the end."""
    path = Path(os.path.realpath(path))  # so that a link stays a link
    neighbour = path.with_name(f".revanim-{token_hex(4)}{_kind(path)}")
    # The system itself gives it the rights of a new file; their mask can be read only by setting it for all threads.
    neighbour.touch(0o600 if path.exists() else 0o666, exist_ok=False)
    try:
        with _held(neighbour):
            tidy(path.parent, path.name)
            yield neighbour
            with neighbour.open("r+b") as file:
                os.fsync(file.fileno())
            if path.exists():
                neighbour.chmod(path.stat().st_mode & 0o777)
            _take_place(neighbour, path)
    finally:
        neighbour.unlink(missing_ok=True)


@contextmanager
def _held(neighbour: Path) -> Iterator[None]:
    """Let it be seen that somebody is at work on a file; Windows deletes no file that is open anyway."""
    if fcntl is None:
        yield
        return
    with neighbour.open("rb") as file:
        with suppress(OSError):  # some disks in a network
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def tidy(folder: Path, name: str = "") -> None:
    """Delete what was left half written in a folder by somebody who was killed.

    Earlier versions called a neighbour after its file: of those go the ones of the file with this name, or of any.
    """
    for left in folder.glob(".*"):
        if _is_neighbour(left.name, name) and _is_left(left):
            with suppress(OSError):
                left.unlink()


def _is_neighbour(name: str, other: str) -> bool:
    earlier = EARLIER.fullmatch(name)
    return bool(NEIGHBOUR.fullmatch(name) or (earlier and other in (earlier[1], "")))


def _is_left(neighbour: Path) -> bool:
    """Whether nobody is at work on a file; one that has just been made may not be held yet."""
    try:
        facts = neighbour.stat()
        if not facts.st_size and time.time() - facts.st_mtime < YOUNG:
            return False
        if fcntl is not None:
            with neighbour.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _kind(path: Path) -> str:
    """Return the suffix of a path, by which writers tell the kind of a file."""
    return path.suffix if len(path.suffix) <= LONGEST_SUFFIX else ""


def _take_place(neighbour: Path, path: Path) -> None:
    """Put a file in the place of another; Windows refuses while anybody reads that, perhaps to search for viruses."""
    for seconds in PAUSES if sys.platform == "win32" else ():
        try:
            neighbour.replace(path)
            return
        except PermissionError:
            time.sleep(seconds)
    neighbour.replace(path)


def reason(error: OSError | ValueError) -> Sentence:
    """Return why the system refused, in its own words, starting small."""
    words = (isinstance(error, OSError) and error.strerror) or str(error)
    return Sentence(words[:1].lower() + words[1:])
