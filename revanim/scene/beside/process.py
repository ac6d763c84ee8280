"""Another process that reads a file with somebody else's library: a damaged file can end it, or take all there is."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from revanim.scene.passed import Passed

MB = 1 << 20
SECONDS, SPEED = 4, 20 * MB  # that reading may take, and a second more for so many bytes
ROOM = 1024 * MB  # that it may take, beside twice the file
PAUSE = 0.05  # seconds from one look to the next
ALONE = {"OPENBLAS_NUM_THREADS": "1", "PXR_WORK_THREAD_LIMIT": "1"}
BESIDE = "--beside"  # what the bundled program runs a module by (packaging/entry.py)


def read_beside(module: str, path: Path, given: Sequence[object], file: IO[bytes], passed: Passed) -> None:
    """Let another process run a module with a path, so many seconds and bytes, and what else is given.

    What it prints comes into a file. Raises SubprocessError where it ends badly or takes too long.
    """
    size = path.stat().st_size
    seconds, room = SECONDS + size // SPEED, ROOM + 2 * size
    run = [BESIDE] if getattr(sys, "frozen", False) else ["-P", "-m"]
    command = [sys.executable, *run, module, str(path.absolute()), *map(str, (seconds, room, *given))]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=file,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        try:
            until = time.monotonic() + 10 * seconds  # where the processor has much to do, or there is no other limit
            while child.poll() is None:
                passed(0.0)
                time.sleep(PAUSE)
                if time.monotonic() > until:
                    raise subprocess.TimeoutExpired(command, seconds)
        finally:
            child.kill()
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)


def _environment() -> dict[str, str]:
    """Return the environment in which the same packages are found; each thread of theirs would ask for memory."""
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **ALONE}


def confined(seconds: int, room: int) -> IO[bytes]:
    """Bound what this process may take, and return where it prints to: what a library says is no part of that."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_DATA, (room, room))  # libraries are no part of it
    return out
