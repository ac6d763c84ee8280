"""Many pieces of work at once: on the cores of this machine, or on those of a Dask cluster."""

import os
from collections.abc import Callable, Generator, Sequence
from importlib import import_module
from typing import Any, TypeVar

from revanim.engine.code.kernel import use_threads
from revanim.error import RevanimError

Job = TypeVar("Job")
Result = TypeVar("Result")
Done = tuple[int, Result] | None

PATIENCE = 10  # seconds until a scheduler has to answer
BEAT = 0.2  # seconds


def farm(
    work: Callable[[Job], Result], jobs: Sequence[Job], scheduler: str = "", workers: int = 0
) -> Generator[Done[Result], None, None]:
    """Yield the number of each job and its result as they are done, and None now and then while nothing is.

    `work` is a function of a module, and jobs and results travel to other processes. Without the address of a
    scheduler, such as tcp://host:8786, this machine does it, on every core if not told. Raises what a job raises; to
    close the generator ends all work.
    """
    yield from _on_cluster(work, jobs, scheduler) if scheduler else _here(work, jobs, workers or os.cpu_count() or 1)


def _here(work: Callable[[Job], Result], jobs: Sequence[Job], workers: int) -> Generator[Done[Result], None, None]:
    import multiprocessing  # slow to load, as is what stands on it
    from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context("spawn")  # a fork would take the threads' locks along, but not the threads
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(min(workers, len(jobs)), context, _begin)
    waiting = {pool.submit(work, job): index for index, job in enumerate(jobs)}
    try:
        while waiting:
            done, _ = wait(waiting, BEAT, FIRST_COMPLETED)
            for future in done:
                yield waiting.pop(future), future.result()
            if not done:
                yield None
    except BrokenProcessPool:
        raise RevanimError("A process that worked on this has ended; perhaps there was too little memory.") from None
    finally:
        for process in set(multiprocessing.active_children()) - others if waiting else ():
            process.terminate()  # which also tells the pool that there is nothing to wait for
        pool.shutdown()


def _begin() -> None:
    """Let a process leave Ctrl-C to the one that began it, and use one core: there is one process for each."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    use_threads(1)


def _on_cluster(
    work: Callable[[Job], Result], jobs: Sequence[Job], scheduler: str
) -> Generator[Done[Result], None, None]:
    try:
        distributed: Any = import_module("distributed")  # an extra: only farms need it
    except ImportError:
        raise RevanimError("A cluster needs Dask: pip install 'revanim[farm]'.") from None
    try:
        client = distributed.Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError):
        raise RevanimError("No Dask scheduler answers at {scheduler}.", scheduler=scheduler) from None
    with client, client.as_current():
        waiting = {future: index for index, future in enumerate(client.map(work, jobs, pure=False))}
        try:
            while waiting:
                done = _first(distributed, list(waiting))
                for future in done:
                    yield waiting.pop(future), future.result()
                if not done:
                    yield None
        finally:
            client.cancel(list(waiting))


def _first(distributed: Any, waiting: list[Any]) -> set[Any]:
    """Return which of the futures are done, after a beat at the latest."""
    try:
        return set(distributed.wait(waiting, BEAT, "FIRST_COMPLETED").done)
    except TimeoutError:
        return set()
