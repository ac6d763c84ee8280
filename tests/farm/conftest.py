"""A real cluster: a Dask scheduler and two workers, each a process of its own, on the loopback address."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.farm import cluster as farm_cluster

COUNT = 2  # workers
PATIENCE = 600  # seconds that only a hang takes
ALONE = ["--no-dashboard", "--host", "127.0.0.1"]

# Work that says who does it, and is not done before it may be.
GATE = '''
"""Jobs of which a test sees that they are being done."""
import os
import time
from pathlib import Path

from revanim.farm.errand import tell


def wait_for(path):
    while not path.exists():
        tell(0.5)
        time.sleep(0.02)


def guarded(job):
    folder, number, work, order = job
    (folder / f"{number}.{os.getpid()}").touch()
    wait_for(folder / "open")
    return work(order)


def jobs_at_work(dask_worker):
    return len(dask_worker.active_threads)
'''


class Cluster:
    """Processes that are started, found and killed."""

    def __init__(self, folder: Path) -> None:
        self.file, self.folder = folder / "scheduler.json", folder
        self.scheduler = self._start("scheduler", "--port", "0")
        while not self.file.exists():
            time.sleep(0.05)
        self.workers: list[subprocess.Popen[bytes]] = []

    @property
    def address(self) -> str:
        with self.client() as client:
            return str(client.scheduler.address)

    def client(self) -> Any:
        distributed = pytest.importorskip("distributed")
        return distributed.Client(scheduler_file=str(self.file), timeout=PATIENCE, set_as_default=False)

    def be_whole(self) -> None:
        """Let there be as many workers as at first, and let the scheduler know of nobody else."""
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) < COUNT:
            local = ["--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder)]
            self.workers.append(self._start("worker", *local))
        with self.client() as client:
            while {*client.run(os.getpid).values()} != {each.pid for each in self.workers}:
                time.sleep(0.05)

    def close(self) -> None:
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait()

    def _start(self, what: str, *options: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--scheduler-file", str(self.file)]
        paths = os.pathsep.join(filter(None, [str(self.folder), os.environ.get("PYTHONPATH")]))
        given = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": os.environ | {"PYTHONPATH": paths}}
        return subprocess.Popen([*command, *ALONE, *options], **given)


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    pytest.importorskip("distributed")
    folder = tmp_path_factory.mktemp("cluster")
    (folder / "gate.py").write_text(GATE, encoding="utf-8")
    started = Cluster(folder)
    yield started
    started.close()


@pytest.fixture
def patient(patience: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no machine be too slow for a cluster."""
    monkeypatch.setattr(farm_cluster, "PATIENCE", patience)
    monkeypatch.setattr(farm_cluster, "ALONE", float(patience))


@pytest.fixture
def cluster(processes: Cluster, patient: None, monkeypatch: pytest.MonkeyPatch) -> Cluster:
    """Return the scheduler with two workers that live."""
    monkeypatch.syspath_prepend(processes.folder)
    processes.be_whole()
    return processes


@pytest.fixture
def alone(tmp_path: Path, patient: None) -> Iterator[Cluster]:
    """Return a scheduler without workers."""
    pytest.importorskip("distributed")
    started = Cluster(tmp_path)
    yield started
    started.close()


@pytest.fixture
def scene() -> ra.Scene:
    """Two bodies that fall, and a third that is pinned; one of them has a place to be."""
    forces = (ra.force("gravity"), ra.force("uniform", acceleration=(0, -1, 0)))
    scene = ra.make_scene(
        np.eye(3), np.zeros((3, 3)), [1.0, 2.0, 3.0], forces=forces, frames=(1, 9), home=4,
        pinned=[False, False, True], look=ra.Look(trail=3, picture=(48, 28)),
    )  # fmt: skip
    return ra.edits.add_keyframe(scene, 9, [0], position=[[0.5, 0.5, 0.0]])
