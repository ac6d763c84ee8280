"""Work on a Dask cluster: who is there, what is done again elsewhere, and what is said when nobody can do it."""

from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from secrets import token_hex
from typing import Any, TypeVar
from warnings import catch_warnings, simplefilter

from revanim.error import RevanimError
from revanim.farm.errand import Errand, other_revanim, ours
from revanim.scene.passed import Passed

Job = TypeVar("Job")
Result = TypeVar("Result")

PATIENCE = 10  # seconds until a scheduler has to answer
ALONE = 30.0  # seconds in which a worker has to come where there is none, or none any more
BEAT = 0.2  # seconds


def on_cluster(
    work: Callable[[Job], Result], jobs: Sequence[Job], scheduler: str, passed: Passed
) -> Generator[tuple[int, Result], None, None]:
    """Yield the number of each job and its result as they are done by the workers of a scheduler.

    The job of a worker that dies is done again by another.
    """
    parts = dict[int, float]()
    with _connected(scheduler) as (distributed, client), _saying_what_is_wrong(scheduler, distributed):
        _check_revanim(client)
        errand, alone = Errand(work, f"revanim-{token_hex(8)}"), 0
        client.subscribe_topic(errand.topic, lambda event: parts.update([event[1]]))
        waiting = _submitted(client, errand, jobs)
        try:
            while waiting:
                done = _first(distributed, list(waiting))
                for future in done:
                    number = waiting.pop(future)
                    parts[number] = 1.0
                    yield number, future.result()
                passed(sum(parts.values()) / len(jobs))
                alone = 0 if done or client.nthreads() else alone + 1
                if alone * BEAT > ALONE:
                    raise RevanimError("The Dask scheduler at {scheduler} has no workers.", scheduler=scheduler)
        finally:
            client.cancel(list(waiting), force=True)


def workers_of(scheduler: str) -> int:
    """Return how many jobs a cluster does at a time, at least 1."""
    with _connected(scheduler) as (_, client):
        return int(sum(client.nthreads().values())) or 1


@contextmanager
def _connected(scheduler: str) -> Iterator[tuple[Any, Any]]:
    try:
        distributed: Any = import_module("distributed")  # an extra: only farms need it
    except ImportError:
        raise RevanimError("A cluster needs Dask: pip install 'revanim[farm]'.") from None
    try:
        client = distributed.Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError):
        raise RevanimError("No Dask scheduler answers at {scheduler}.", scheduler=scheduler) from None
    with client, client.as_current():
        yield distributed, client


@contextmanager
def _saying_what_is_wrong(scheduler: str, distributed: Any) -> Iterator[None]:
    try:
        yield
    except distributed.KilledWorker as error:
        raise RevanimError(
            "{count} workers have ended at the same piece of the work; perhaps they have too little memory.",
            count=error.allowed_failures + 1,
        ) from None
    except (CancelledError, OSError):
        raise RevanimError("The Dask scheduler at {scheduler} has gone away.", scheduler=scheduler) from None


def _check_revanim(client: Any) -> None:
    """Refuse workers, and a scheduler, that have another revanim or none.

    First in words of the standard library, which all of them know. A worker that comes later is asked by its errand.
    """
    here = version("revanim")
    for address, theirs in _versions(client).items():
        if isinstance(theirs, PackageNotFoundError):
            raise RevanimError("{address} has no revanim; install {version} there.", address=address, version=here)
        if theirs != here:
            raise other_revanim(address, theirs, here)
    for address, theirs in client.run(ours).items():
        if theirs != ours():
            raise other_revanim(address, theirs, ours())


def _versions(client: Any) -> dict[str, Any]:
    """Return what each worker says of its version, and the scheduler, which has to read what passes through it."""
    told: dict[str, Any] = client.run(version, "revanim", on_error="return")
    try:
        return told | {client.scheduler.address: client.run_on_scheduler(version, "revanim")}
    except PackageNotFoundError as error:
        return told | {client.scheduler.address: error}


def _submitted(client: Any, errand: Errand[Job, Result], jobs: Sequence[Job]) -> dict[Any, int]:
    with catch_warnings():
        simplefilter("ignore")  # a job is as large as its scene
        return {client.submit(errand, number, job, pure=False): number for number, job in enumerate(jobs)}


def _first(distributed: Any, waiting: list[Any]) -> set[Any]:
    """Return which of the futures are done, after a beat at the latest."""
    try:
        return set(distributed.wait(waiting, BEAT, "FIRST_COMPLETED").done)
    except TimeoutError:
        return set()
