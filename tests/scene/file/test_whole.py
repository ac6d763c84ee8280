"""Writing is whole or not at all, and what is no file stays what it is."""

import os
import re
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.scene.file.whole import write_whole

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights, links and limits")
LONGEST = 255  # bytes of a name


def only(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@posix
def test_the_rights_of_a_file_stay_and_a_new_one_has_the_usual_ones(tmp_path: Path) -> None:
    old, new, other = tmp_path / "old", tmp_path / "new", tmp_path / "other"
    old.write_bytes(b"")
    old.chmod(0o640)
    other.write_bytes(b"")
    write_whole(old, b"1")
    write_whole(new, b"2")
    assert old.stat().st_mode & 0o777 == 0o640
    assert new.stat().st_mode == other.stat().st_mode


@posix
def test_whoever_has_the_old_file_open_reads_on_in_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "file", b"old")
    with (tmp_path / "file").open("rb", buffering=0) as reader:
        write_whole(tmp_path / "file", b"new and longer")
        assert reader.read() == b"old"


def test_a_reader_who_soon_lets_go_does_not_stop_a_save(tmp_path: Path) -> None:
    write_whole(tmp_path / "file", b"old")
    reader = (tmp_path / "file").open("rb")
    closer = threading.Timer(0.2, reader.close)
    closer.start()
    write_whole(tmp_path / "file", b"new")
    closer.join()
    assert (tmp_path / "file").read_bytes() == b"new"
    assert only(tmp_path) == ["file"]


@posix
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@pytest.mark.parametrize(("path", "why"), [("gone/file", "no such file or directory"), ("folder", "it is a folder")])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, path: str, why: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(ra.RevanimError, match=f"{re.escape(str(Path(path)))} cannot be written: {why}"):
        write_whole(tmp_path / path, b"data")
    assert only(tmp_path) == ["folder"]


def test_a_path_that_no_system_has_is_refused() -> None:
    with pytest.raises(ra.RevanimError, match="cannot be written"):
        write_whole(Path("a\0b"), b"data")
    with pytest.raises(ra.RevanimError, match="cannot be read"):
        ra.load("a\0b")


@posix
def test_a_folder_that_may_not_be_written_keeps_the_old_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "file", b"old")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(ra.RevanimError, match=r"file cannot be written: permission denied\."):
            without_rights(lambda: write_whole(tmp_path / "file", b"new"))
    finally:
        tmp_path.chmod(0o700)
    assert (tmp_path / "file").read_bytes() == b"old"
    assert only(tmp_path) == ["file"]


def without_rights(act: Any) -> None:
    """Do something as somebody who may not write everywhere, as root may."""
    own = os.geteuid()
    os.seteuid(own or 65534)
    try:
        act()
    finally:
        os.seteuid(own)


@posix
def test_a_disk_that_is_full_keeps_the_old_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "file", b"old")
    with pytest.raises(ra.RevanimError, match=r"file cannot be written: (file too large|no space left)"):
        with_little_room(lambda: write_whole(tmp_path / "file", b"new" * 100_000))
    assert (tmp_path / "file").read_bytes() == b"old"
    assert only(tmp_path) == ["file"]


def with_little_room(act: Any) -> None:
    """Do something while no file may grow beyond 100 kB, which ends in the middle of a write as a full disk does."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        act()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


INTERRUPTED = """
import os, signal, sys, threading
from pathlib import Path
from revanim.scene.file.whole import write_whole
signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored in a job in the background
sync = os.fsync
os.fsync = lambda number: (os.kill(os.getpid(), signal.SIGINT), sync(number))
write_whole(Path(sys.argv[1]), b"new" * 1000)
"""


@posix
def test_an_interrupted_save_keeps_the_old_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "file", b"old")
    run = subprocess.run([sys.executable, "-c", INTERRUPTED, str(tmp_path / "file")], capture_output=True, text=True)
    assert "KeyboardInterrupt" in run.stderr
    assert (tmp_path / "file").read_bytes() == b"old"
    assert only(tmp_path) == ["file"]


# What is no file.


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "pipe.npz")
    return tmp_path / "pipe.npz"


def read_aside(pipe: Path) -> tuple[threading.Thread, list[bytes]]:
    """Read a pipe to its end in a thread, as a program at its other end does."""
    read = list[bytes]()
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    return reader, read


@posix
def test_a_pipe_stays_a_pipe_and_is_given_the_bytes(pipe: Path) -> None:
    reader, read = read_aside(pipe)
    write_whole(pipe, b"data" * 100_000)
    reader.join()
    assert read == [b"data" * 100_000]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert only(pipe.parent) == [pipe.name]


@posix
def test_a_format_that_is_written_to_and_fro_goes_into_a_pipe(pipe: Path) -> None:
    import io

    reader, read = read_aside(pipe)
    ra.export(ra.make_scene([[1, 2, 3]], [[0, 0, 0]], 1.0), pipe, (1, 2))
    reader.join()
    assert (np.load(io.BytesIO(read[0]))["position"] == [[[1, 2, 3]]] * 2).all()
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@posix
def test_a_pipe_that_nobody_reads_is_refused(pipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("revanim.scene.file.whole.WAIT", 0.0)
    with pytest.raises(ra.RevanimError, match=r"pipe\.npz cannot be written: nobody reads from that pipe\."):
        write_whole(pipe, b"data")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@posix
def test_a_device_stays_a_device_also_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/dev/null")
    write_whole(tmp_path / "link", b"data")
    write_whole(Path("/dev/null"), b"data")
    assert (tmp_path / "link").is_symlink()
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_device_that_takes_nothing_is_named() -> None:
    with pytest.raises(ra.RevanimError, match=r"/dev/full cannot be written: no space left on device\."):
        write_whole(Path("/dev/full"), b"data")
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


@posix
def test_a_socket_is_refused_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    monkeypatch.chdir(tmp_path)  # the path of a socket may have some hundred letters
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("it")
        with pytest.raises(ra.RevanimError, match=r"it cannot be written: it is a socket\."):
            write_whole(Path("it"), b"data")
        assert stat.S_ISSOCK(Path("it").stat().st_mode)


@posix
def test_the_output_itself_can_be_written_to(tmp_path: Path) -> None:
    command = f"{sys.executable} -m revanim new pendulum -o /dev/stdout | cat > out.revanim"
    ended = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True)
    assert ended.stderr == ""
    assert ra.load(tmp_path / "out.revanim").name == ra.example("pendulum").name


@posix
@pytest.mark.parametrize("suffix", [".revanim", "." + "x" * 200, ""])
def test_a_name_may_be_as_long_as_the_system_allows(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / ("n" * (LONGEST - len(suffix)) + suffix)
    for data in (b"old", b"new"):
        write_whole(path, data)
    assert path.read_bytes() == b"new"
    assert only(tmp_path) == [path.name]
