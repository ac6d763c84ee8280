"""A job on a worker of a cluster: by the same revanim or not at all, told of as it goes on, and ended in time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import version
from threading import Event, Thread, local
from typing import Any, Generic, TypeVar

from revanim.engine.code.kernel import use_threads
from revanim.engine.grid import ARITHMETIC
from revanim.engine.halt import Halted, Switch, stand_behind
from revanim.error import RevanimError

Job = TypeVar("Job")
Result = TypeVar("Result")

BEAT = 0.2  # seconds from one look to the next, whether anybody still waits for a job
WANTED = ("executing", "long-running")  # what Dask calls a task that somebody waits for

_here = local()


def ours() -> str:
    """Return what decides the bits of a walk: the version, and the number of its arithmetic."""
    return f"{version('revanim')}, arithmetic {ARITHMETIC}"


@dataclass(frozen=True)
class Errand(Generic[Job, Result]):
    """Does jobs on workers, for somebody with this revanim; how far each is goes to a topic of the scheduler."""

    work: Callable[[Job], Result]
    topic: str
    asked_by: str = field(default_factory=ours)

    def __call__(self, number: int, job: Job) -> Result:
        """Do a job in a worker; raises RevanimError where the worker's revanim is another."""
        worker: Any = import_module("distributed").get_worker()
        if ours() != self.asked_by:
            raise other_revanim(worker.address, ours(), self.asked_by)
        use_threads(1)  # there is a worker for each core
        with _watched(worker, lambda part: worker.log_event(self.topic, (number, part))):
            return self.work(job)


def other_revanim(address: str, theirs: str, asked_by: str) -> RevanimError:
    """Return the refusal of work by a revanim whose bits may be others."""
    return RevanimError(
        "{address} has revanim {theirs}, and here is {ours}: its bits could differ; install the same there.",
        address=address,
        theirs=theirs,
        ours=asked_by,
    )


def tell(part: float) -> None:
    """Tell whoever waits for the job that this thread does which part of it is done; raises Halted if nobody does.

    It costs nothing: what is told travels at the next beat, however often a quick walk says something.
    """
    getattr(_here, "tell", lambda part: None)(part)


@contextmanager
def _watched(worker: Any, pass_on: Callable[[float], None]) -> Iterator[None]:
    """At every beat pass on which part this thread has done, and halt it once nobody waits for its task any more.

    Dask itself would let it go on.
    """
    switch, over, told, key = Switch(), Event(), [0.0], worker.get_current_task()

    def hear(part: float) -> None:
        told[0] = part
        if switch.thrown:
            raise Halted

    def look() -> None:
        passed = 0.0
        while not over.wait(BEAT):
            task = worker.state.tasks.get(key)
            if task is None or task.state not in WANTED:
                switch.throw()
            elif told[0] != passed:
                passed = told[0]
                pass_on(passed)

    _here.tell = hear
    stand_behind(switch)
    looking = Thread(target=look, daemon=True)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join()
        stand_behind(Switch())
        _here.__dict__.clear()
