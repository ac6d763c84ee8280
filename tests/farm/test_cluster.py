"""Work on a Dask cluster: the same bits whoever does it and whoever dies, and a sentence where nobody can."""

import importlib
import importlib.metadata
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest

import revanim as ra
from revanim.cli import main
from revanim.export.exporter import exporters
from revanim.export.pieces import shares
from revanim.farm import cluster as farm_cluster
from revanim.farm import errand
from revanim.farm.farm import farm
from revanim.scene.file import save
from revanim.solve.wedge import Axis, Order, answer, variants

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals")
PAINTED = [exporter.name for exporter in exporters().values() if exporter.painted]


@pytest.fixture
def file(scene: ra.Scene, tmp_path: Path) -> str:
    save(scene, tmp_path / "three.revanim", b"")
    return str(tmp_path / "three.revanim")


def orders(scene: ra.Scene) -> list[Order]:
    return [Order(variant.scene) for variant in variants(scene, [Axis("mass", (1.0, 2.0, 3.0))])]


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


# The same as without a cluster.


def test_a_wedge_is_the_same_on_a_cluster(
    file: str, cluster: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wedge = ["wedge", file, "--set", "gravity.strength=1,2", "--solve", "--iterations", "5", "--out"]
    here = told(capsys, *wedge, str(tmp_path / "here"), "--jobs", "1")
    there = told(capsys, *wedge, str(tmp_path / "there"), "--scheduler", cluster.address)
    for one, other in zip(here["variants"], there["variants"], strict=True):
        assert one["digest"] == other["digest"]
        assert (tmp_path / "here" / one["file"]).read_bytes() == (tmp_path / "there" / other["file"]).read_bytes()


@pytest.mark.parametrize("name", PAINTED)
def test_every_film_of_pictures_is_the_same_on_a_cluster(
    name: str, scene: ra.Scene, cluster: Any, tmp_path: Path
) -> None:
    suffix = exporters()[name].suffixes[0]
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    ra.export(scene, tmp_path / "here" / f"film{suffix}", order="ping-pong")
    ra.export(scene, tmp_path / "there" / f"film{suffix}", order="ping-pong", scheduler=cluster.address, pieces=3)
    here, there = (sorted((tmp_path / where).iterdir()) for where in ("here", "there"))
    assert [path.name for path in here] == [path.name for path in there]
    assert [path.read_bytes() for path in here] == [path.read_bytes() for path in there]


def test_a_shot_is_painted_from_the_command_line(
    file: str, cluster: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = told(capsys, "export", file, "-o", str(tmp_path / "x.png"), "--scheduler", cluster.address)
    assert said["frames"] == [1, 9]
    assert len(list(tmp_path.glob("x.*.png"))) == 9


@pytest.mark.parametrize(("count", "pieces"), [(1, 1), (9, 2), (10_000, 10), (3, 8)])
def test_pieces_are_even_and_leave_nothing_out(count: int, pieces: int) -> None:
    found = shares(count, pieces)
    assert [index for piece in found for index in piece] == list(range(count))
    assert len(found) == min(count, pieces)
    assert max(map(len, found)) - min(map(len, found)) <= 1


def test_what_is_one_walk_is_not_for_many(scene: ra.Scene, tmp_path: Path) -> None:
    with pytest.raises(ra.RevanimError, match="is written in one walk, which many cannot share"):
        ra.export(scene, tmp_path / "x.csv", scheduler="tcp://127.0.0.1:9")
    assert not list(tmp_path.glob("x.*"))


def test_fewer_pieces_than_none_are_refused(scene: ra.Scene, tmp_path: Path) -> None:
    with pytest.raises(ra.RevanimError, match="A film cannot have -1 pieces"):
        ra.export(scene, tmp_path / "x.png", scheduler="tcp://127.0.0.1:9", pieces=-1)


# What happens meanwhile.


def gated(
    cluster: Any, folder: Path, jobs: list[Any], work: Callable[[Any], Any], seen: Callable[[float], None]
) -> Any:
    """Return the results of jobs that wait for a file called open; `seen` hears how far they are."""
    from gate import guarded  # type: ignore[import-not-found]

    folder.mkdir()
    given = [(folder, number, work, job) for number, job in enumerate(jobs)]
    found = dict(farm(guarded, given, cluster.address, passed=seen))
    return [found[number] for number in range(len(jobs))]


def test_it_is_heard_how_far_each_worker_is(cluster: Any, tmp_path: Path) -> None:
    heard = list[float]()

    def seen(part: float) -> None:
        heard.append(part)
        if part == 0.5:  # half of both, of which none is done
            (tmp_path / "jobs" / "open").touch()

    assert gated(cluster, tmp_path / "jobs", [-1, -2], abs, seen) == [1, 2]
    assert 0.5 in heard
    assert heard[-1] == 1


@posix
def test_the_job_of_a_worker_that_is_killed_is_done_again_with_the_same_bits(
    scene: ra.Scene, cluster: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "jobs"
    killed = list[str]()

    def kill(part: float) -> None:
        if not killed and (begun := sorted(folder.iterdir())):
            killed.append(begun[0].name)
            os.kill(int(begun[0].suffix[1:]), signal.SIGKILL)
            (folder / "open").touch()

    answers = gated(cluster, folder, orders(scene), answer, kill)
    assert [one.facts["digest"] for one in answers] == [answer(order).facts["digest"] for order in orders(scene)]
    again = [path for path in folder.glob(f"{killed[0].partition('.')[0]}.*") if path.name != killed[0]]
    assert len(again) == 1


@posix
def test_a_shot_survives_a_worker_that_is_killed(file: str, cluster: Any, tmp_path: Path) -> None:
    ra.export(ra.load(file), tmp_path / "here.webp", (1, 120))
    export = [sys.executable, "-m", "revanim", "export", file, "--frames", "1:120", "-o", str(tmp_path / "there.webp")]
    with cluster.client() as client, at_work(client, *export) as painting:
        pids, busy = client.run(os.getpid), client.processing()
        os.kill(next(pid for address, pid in pids.items() if busy.get(address)), signal.SIGKILL)
        assert painting.wait() == 0
    assert (tmp_path / "here.webp").read_bytes() == (tmp_path / "there.webp").read_bytes()


def at_work(client: Any, *command: str) -> "subprocess.Popen[str]":
    """Start a command on the cluster, and return it as soon as a worker is at it."""
    given = {"stderr": subprocess.PIPE, "text": True, "preexec_fn": hear_ctrl_c}
    started = subprocess.Popen([*command, "--scheduler", client.scheduler.address], **given)
    while not any(client.processing().values()):
        assert started.poll() is None
        time.sleep(0.05)
    return started


def hear_ctrl_c() -> None:
    """Undo what a shell does to a command in the background, so that it is as at a terminal."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@posix
def test_ctrl_c_leaves_no_file_and_no_worker_at_work(scene: ra.Scene, cluster: Any, tmp_path: Path) -> None:
    from gate import jobs_at_work

    file = tmp_path / "still.revanim"
    save(ra.edits.set_forces(scene, ()), file, b"")  # what falls would leave the range long before the last frame
    folder = tmp_path / "out"
    folder.mkdir()
    command = [sys.executable, "-m", "revanim", "export", str(file), "--frames", "1:9000000"]
    export = [*command, "-o", str(folder / "x.mp4")]
    with cluster.client() as client, at_work(client, *export) as painting:
        painting.send_signal(signal.SIGINT)
        _, said = painting.communicate()
        while any(client.run(jobs_at_work).values()):
            time.sleep(0.05)
    assert (painting.returncode, said) == (130, "revanim: stopped; nothing was written.\n")
    assert not list(folder.iterdir())


# What is said when it cannot be done.

NOBODY = """
import sys
from revanim.farm import cluster, farm
cluster.PATIENCE = 1
try:
    list(farm.farm(abs, [1], sys.argv[1]))
except cluster.RevanimError as error:
    print(error)
"""


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense"])
def test_a_scheduler_that_is_not_there_is_named(address: str) -> None:
    # In a process of its own: Dask leaves the thread of a client behind that has found nobody.
    run = subprocess.run([sys.executable, "-c", NOBODY, address], capture_output=True, text=True, check=False)
    assert run.stdout == f"No Dask scheduler answers at {address}.\n"


LIES = {
    "revanim 9.9, and here is": ("importlib.metadata", "version", "9.9".format),
    "has no revanim; install": ("importlib.metadata", "version", PackageNotFoundError),
    "arithmetic 99, and here is": ("revanim.farm.errand", "ARITHMETIC", 99),
}


@pytest.mark.parametrize("sentence", LIES)
def test_a_worker_with_another_revanim_is_refused(sentence: str, cluster: Any) -> None:
    module, name, lie = LIES[sentence]
    with cluster.client() as client:
        liar = next(iter(client.run(os.getpid)))
        client.run(setattr, importlib.import_module(module), name, lie, workers=[liar])
        try:
            with pytest.raises(ra.RevanimError, match=sentence) as refused:
                list(farm(abs, [-1], cluster.address))
        finally:
            client.run(importlib.reload, importlib.import_module(module), workers=[liar])
    assert liar in str(refused.value)


def test_a_scheduler_without_revanim_is_refused(cluster: Any) -> None:
    with cluster.client() as client:
        client.run_on_scheduler(setattr, importlib.metadata, "version", PackageNotFoundError)
        try:
            with pytest.raises(ra.RevanimError, match=f"{client.scheduler.address} has no revanim; install"):
                list(farm(abs, [-1], cluster.address))
        finally:
            client.run_on_scheduler(importlib.reload, importlib.metadata)


def test_a_worker_that_comes_later_asks_for_itself(cluster: Any) -> None:
    with cluster.client() as client:
        done = client.submit(errand.Errand(abs, "far", "0.0, arithmetic 0"), 0, -1, pure=False)
        with pytest.raises(ra.RevanimError, match=r"and here is 0\.0, arithmetic 0: its bits could differ"):
            done.result()


def test_what_a_job_raises_is_raised_here(cluster: Any) -> None:
    lost = ra.make_scene([[0.0, 0, 0]], [[1000.0, 0, 0]], [1.0], frames=(1, 500))
    with pytest.raises(ra.RevanimError, match="Body 0 leaves the range of places"):
        ra.export(lost, cluster.folder / "lost.png", scheduler=cluster.address)


def test_nobody_to_do_it_and_nobody_to_ask_are_a_sentence_each(alone: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    address = alone.address
    with monkeypatch.context() as patch:
        patch.setattr(farm_cluster, "ALONE", 0.0)
        with pytest.raises(ra.RevanimError, match=f"The Dask scheduler at {address} has no workers."):
            list(farm(abs, [-1], address))
    with pytest.raises(ra.RevanimError, match=f"The Dask scheduler at {address} has gone away."):
        list(farm(abs, [-1], address, passed=lambda part: alone.scheduler.kill()))
