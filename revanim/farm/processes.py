"""Work on the cores of this machine, a process for each."""

from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

from revanim.engine.code.kernel import use_threads
from revanim.error import RevanimError
from revanim.scene.passed import Passed

Job = TypeVar("Job")
Result = TypeVar("Result")

BEAT = 0.2  # seconds


def in_processes(
    work: Callable[[Job], Result], jobs: Sequence[Job], processes: int, passed: Passed
) -> Generator[tuple[int, Result], None, None]:
    """Yield the number of each job and its result as they are done by so many processes of this machine."""
    import multiprocessing  # slow to load, as is what stands on it
    from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context("spawn")  # a fork would take the threads' locks along, but not the threads
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(min(processes, len(jobs)), context, _begin)
    waiting = {pool.submit(work, job): index for index, job in enumerate(jobs)}
    try:
        while waiting:
            done, _ = wait(waiting, BEAT, FIRST_COMPLETED)
            for future in done:
                yield waiting.pop(future), future.result()
            passed(1 - len(waiting) / len(jobs))
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
