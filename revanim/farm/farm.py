"""Many pieces of work at once: on the cores of this machine, or on those of a Dask cluster."""

import os
from collections.abc import Callable, Generator, Sequence
from typing import TypeVar

from revanim.farm.cluster import on_cluster
from revanim.farm.processes import in_processes
from revanim.scene.passed import Passed, silent

Job = TypeVar("Job")
Result = TypeVar("Result")


def farm(
    work: Callable[[Job], Result],
    jobs: Sequence[Job],
    scheduler: str = "",
    processes: int = 0,
    passed: Passed = silent,
) -> Generator[tuple[int, Result], None, None]:
    """Yield the number of each job and its result as they are done.

    `work` is a function of a module, and jobs and results travel to other processes. Without the address of a
    scheduler, such as tcp://host:8786, this machine does it, on every core if not told. `passed` hears several times a
    second which part is done, and may raise to end all work, as closing the generator does. Raises what a job raises,
    and RevanimError where there is nobody to do it.
    """
    if scheduler:
        yield from on_cluster(work, jobs, scheduler, passed)
    else:
        yield from in_processes(work, jobs, processes or os.cpu_count() or 1, passed)
