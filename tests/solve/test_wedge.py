"""Variants of a scene: what they differ in, what becomes of each, and farms of processes and of Dask."""

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

import revanim as ra
from revanim.scene.file import encode
from revanim.solve.farm import farm
from revanim.solve.wedge import Answer, Axis, Order, answer, best_of, evenly, put, scene_of, together, variants


@pytest.fixture
def scene() -> ra.Scene:
    """Two bodies that fall, and a third that is pinned; one of them has a place to be."""
    forces = (ra.force("gravity"), ra.force("uniform", acceleration=(0, -1, 0)))
    scene = ra.make_scene(
        np.eye(3), np.zeros((3, 3)), [1.0, 2.0, 3.0], forces=forces, frames=(1, 9), pinned=[False, False, True]
    )
    return ra.edits.add_keyframe(scene, 9, [0], position=[[0.5, 0.5, 0.0]])


def test_there_is_a_variant_for_every_combination_the_last_axis_first(scene: ra.Scene) -> None:
    found = variants(scene, [Axis("gravity.strength", (0.5, 2.0)), Axis("mass", (1.0, 3.0))])
    assert [variant.values for variant in found] == [
        {"gravity.strength": strength, "mass": mass} for strength in (0.5, 2.0) for mass in (1.0, 3.0)
    ]
    assert [variant.name for variant in found][1] == "gravity.strength 0.5, mass 3"
    assert [float(variant.scene.forces[0].values["strength"]) for variant in found] == [0.5, 0.5, 2.0, 2.0]
    assert found[3].scene.bodies.mass.tolist() == [3.0] * 3


def test_one_axis_of_a_vector_is_set_alone(scene: ra.Scene) -> None:
    assert put(scene, "uniform.acceleration.y", -9.0).forces[1].values["acceleration"].tolist() == [0, -9, 0]
    assert put(scene, "velocity.x", 2.0).bodies.velocity.tolist() == [[2, 0, 0], [2, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize(
    ("axes", "sentence"),
    [
        ([], "0 variants cannot be"),
        ([Axis("mass", ())], "0 variants cannot be"),
        ([Axis("mass", tuple(range(1, 2000))), Axis("gravity.strength", tuple(range(2000)))], "cannot be; a wedge has"),
        ([Axis("mass", (1.0,)), Axis("mass", (2.0,))], "names a quantity twice"),
        ([Axis("magic", (1.0,))], "There is nothing called 'magic' to change"),
        ([Axis("gravity.strength.x", (1.0,))], "has no x; it is a single number"),
        ([Axis("gravity.softening", (-1.0,))], "must lie between"),
    ],
)
def test_what_cannot_vary_is_refused(scene: ra.Scene, axes: list[Axis], sentence: str) -> None:
    with pytest.raises(ra.RevanimError, match=sentence):
        variants(scene, axes)


def test_a_variant_is_walked_to_its_end(scene: ra.Scene) -> None:
    told = answer(Order(encode(scene, b"")))
    playhead = ra.Playhead(scene)
    playhead.seek(9)
    assert told.facts["digest"] == playhead.digest()
    assert told.facts["energy"] == playhead.energy()
    assert np.array_equal(scene_of(told.data).bodies.state, scene.bodies.state)


def test_a_variant_is_solved(scene: ra.Scene) -> None:
    told = answer(Order(encode(scene, b""), ("velocity",), 50))
    assert told.facts["cost_after"] < 1e-6 < told.facts["cost_before"]
    playhead = ra.Playhead(scene_of(told.data))
    playhead.seek(9)
    assert np.linalg.norm(playhead.position[0] - (0.5, 0.5, 0.0)) < 1e-3


def test_one_that_cannot_be_walked_says_why_and_harms_no_other() -> None:
    push = ra.force("uniform", acceleration=(1e4, 0, 0))
    scene = ra.make_scene([[0.0, 0, 0]], [[0.0, 0, 0]], [1.0], forces=(push,), frames=(1, 500))
    told = answer(Order(encode(scene, b"")))
    assert "the walk stops there" in told.facts["why"]
    assert "digest" not in told.facts


def test_variants_are_takes_of_one_scene_the_best_in_front(scene: ra.Scene) -> None:
    found = variants(scene, [Axis("mass", evenly(1, 3, 3))])
    told = [Answer(b"", {"cost_after": cost}) for cost in (2.0, 0.5, 1.0)]
    whole = together("wedge", [(variant.name, variant.scene) for variant in found], best_of(told))
    assert whole.take == "mass 2"
    assert [take.name for take in whole.takes] == ["mass 1", "mass 3"]
    assert ra.edits.switch_take(whole, "mass 3").bodies.mass.tolist() == [3.0] * 3


# Farms


def digests(scene: ra.Scene, **given: object) -> list[str]:
    orders = [Order(encode(variant.scene, b"")) for variant in variants(scene, [Axis("mass", (1.0, 2.0, 3.0))])]
    found = dict(done for done in farm(answer, orders, **given) if done)
    return [found[number].facts["digest"] for number in range(3)]


def here(scene: ra.Scene) -> list[str]:
    return [
        answer(Order(encode(variant.scene, b""))).facts["digest"]
        for variant in variants(scene, [Axis("mass", (1.0, 2.0, 3.0))])
    ]


def test_processes_find_the_same_bits(scene: ra.Scene) -> None:
    assert digests(scene, workers=2) == here(scene)


def test_who_stops_listening_leaves_no_process_at_work() -> None:
    with closing(farm(time.sleep, [1e6] * 4, workers=2)) as results:
        assert next(results) is None
    assert multiprocessing.active_children() == []


def test_a_process_that_ends_by_itself_is_one_sentence() -> None:
    with pytest.raises(ra.RevanimError, match="has ended"):
        list(farm(os._exit, [3], workers=1))


@pytest.fixture
def cluster(tmp_path: Path, patience: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A Dask scheduler and two workers, each a process of its own, on the loopback address."""
    monkeypatch.setattr("revanim.solve.farm.PATIENCE", patience)
    address = tmp_path / "scheduler.json"
    options = ["--scheduler-file", str(address)]
    alone = ["--no-dashboard", "--host", "127.0.0.1"]
    worker = ["--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path)]
    started = [start("scheduler", *options, "--port", "0", *alone)]
    started += [start("worker", *options, *alone, *worker) for _ in range(2)]
    try:
        yield waited_for(address, patience)
    finally:
        for process in started:
            process.kill()
            process.wait()


def start(what: str, *options: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def waited_for(address: Path, patience: int) -> str:
    """Return the address of the scheduler as soon as both workers have found it."""
    distributed = pytest.importorskip("distributed")
    while not address.exists():
        time.sleep(0.1)
    with distributed.Client(scheduler_file=str(address), timeout=patience) as client:
        client.wait_for_workers(2, timeout=patience)
        return client.scheduler.address


def test_a_cluster_finds_the_same_bits(scene: ra.Scene, cluster: str) -> None:
    assert digests(scene, scheduler=cluster) == here(scene)


NOBODY = """
import sys
from importlib import import_module
farm = import_module("revanim.solve.farm")
farm.PATIENCE = 1
try:
    list(farm.farm(abs, [1], sys.argv[1]))
except farm.RevanimError as error:
    print(error)
"""


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense"])
def test_a_scheduler_that_is_not_there_is_named(address: str) -> None:
    # In a process of its own: Dask leaves the thread of a client behind that has found nobody.
    run = subprocess.run([sys.executable, "-c", NOBODY, address], capture_output=True, text=True, check=False)
    assert run.stdout == f"No Dask scheduler answers at {address}.\n"
