"""Print how well, how fast and with how many walks families of tasks are hit that nobody has seen before.

python tests/speed/poses.py [--seed S] [--small] [--clock] [words that the names of the families contain]

Without a seed it draws one, and says which. Seconds are those of the processor, for machines that others use, too; with
--clock those of the clock, on a machine that has nothing else to do.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from machine import processor
from tasks.chains import bridges, chains
from tasks.impossible import impossible
from tasks.losses import losses
from tasks.planets import transfers
from tasks.smoke import smoke
from tasks.swarms import others, swarms
from tasks.task import Task

import revanim as ra
from revanim.solve.settling import settle

FAMILIES = swarms, others, chains, transfers, impossible, losses, bridges, smoke
PATIENCE = 2.0  # times its limit: then a task is given up
HEADINGS = (
    "family", "hit", "goal", "miss / size, median, worst", "walks, median, 90 %", "seconds, median, 90 %", "goal", "met"
)  # fmt: skip
ROUNDING = 1e-9  # of the cost at the start


@dataclass(frozen=True)
class Result:
    """What became of a task."""

    task: Task
    miss: float  # the largest of a keyframe, over the size of the scene
    seconds: float  # until it was hit, or recognised, or given up
    walks: int
    worse: bool  # than the start
    told: str = ""  # what stood in the way
    alarm: bool = False  # whether it was told on the way that the task cannot be done

    @property
    def hit(self) -> bool:
        """Whether the goal was met in time."""
        met = self.miss < self.task.goal if self.task.possible else bool(self.told)
        return met and self.seconds <= self.task.limit


def main() -> None:
    """Print a line for each task, then the table of their families, and at last what missed its goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--seed", type=int, default=int(np.random.SeedSequence().generate_state(1)[0]))
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--clock", action="store_true")
    given = parser.parse_args()
    clock = time.perf_counter if given.clock else time.process_time
    print(f"seed {given.seed}, {processor()}, seconds of the {'clock' if given.clock else 'processor'}")
    print(f"{'task':48} {'hit':>4} {'miss/size':>9} {'seconds':>8} {'goal':>5} {'walks':>6}")
    list(ra.solve(next(tasks(0, small=True)).make(), iterations=2))  # what is loaded once is no part of any task
    chosen = [task for task in tasks(given.seed, given.small) if all(word in task.family for word in given.words)]
    results = [report(task, clock) for task in chosen]
    families = [list(family) for _, family in groupby(results, lambda result: result.task.family)]
    print(f"\n| {' | '.join(HEADINGS)} |\n|{' --- |' * len(HEADINGS)}")
    for family in families:
        print(row(family[0].task.family, family))
    if swarms_together := [result for result in results if result.task.median]:
        print(row("all swarms of 30 and 300", swarms_together))
    print(f"\n{sum(map(meets, families))} of {len(families)} families meet their goals, seed {given.seed};", end=" ")
    print(f"{sum(result.worse for result in results)} tasks end worse than they start")
    print(recognition(results))
    for result in results:
        if not result.hit:
            print(f"missed: {name(result.task)}, {result.miss:.1e} after {result.seconds:.1f} s  {result.told}")


def recognition(results: list[Result]) -> str:
    """Return how many vain tasks were recognised in time, and of how many that were hit the contrary had been told."""
    vain, done = ([r for r in results if r.task.possible is possible] for possible in (False, True))
    seen, reached = sum(result.hit for result in vain), [r for r in done if r.miss < r.task.goal]
    alarms = sum(result.alarm for result in reached)
    return f"{seen} of {len(vain)} impossible tasks recognised; {alarms} false alarms on {len(reached)} that were hit"


def name(task: Task) -> str:
    """Return what a task is called."""
    return f"{task.family}: {task.sort}" if task.sort else task.family


def tasks(seed: int, small: bool) -> Iterator[Task]:
    """Yield all tasks of a seed, the families one after the other and each with random numbers of its own."""
    for family, own in zip(FAMILIES, np.random.SeedSequence(seed).spawn(len(FAMILIES)), strict=True):
        tasks = list(family(np.random.default_rng(own), small))
        yield from sorted(tasks, key=lambda task: task.family) if family is chains else tasks


def report(task: Task, clock: Callable[[], float]) -> Result:
    """Solve a task until its goal is met, or it ends, or takes far too long, and print its line."""
    result = solved(task, clock)
    line = f"{name(task):48} {'yes' if result.hit else 'NO':>4} {result.miss:9.1e} {result.seconds:8.2f}"
    print(f"{line} {task.seconds:5g} {result.walks:6}{' WORSE' * result.worse}  {result.told}", flush=True)
    return result


def solved(task: Task, clock: Callable[[], float]) -> Result:
    """Solve a task until its goal is met, or it ends, or takes far too long."""
    scene = task.make()
    started = clock()
    last: ra.Progress | None = None
    alarm = False
    try:
        for last in ra.solve(scene, task.controls, iterations=2000, starts=1000):
            alarm = alarm or (last.advice is not None and last.advice.certain)
            met = last.miss < task.goal * last.objective.size if task.possible else bool(last.advice)
            if met or clock() - started > PATIENCE * task.limit:
                break
    except ra.RevanimError as error:
        return Result(task, np.inf, clock() - started, 0, worse=False, told=str(error))
    assert last is not None
    seconds, (before, _), (after, miss) = clock() - started, walked(scene), walked(last.scene)
    worse = after > (1 + ROUNDING) * before
    return Result(task, miss / last.objective.size, seconds, last.evaluations, worse, last.why, alarm)


def walked(scene: ra.Scene) -> tuple[float, float]:
    """Return what a scene costs (nails first) and its largest miss, by a walk: what a solver says is not believed."""
    objective = ra.Objective(scene)
    settle(objective, objective.start)
    excess, cost, misses = objective.judge(objective.start)
    return excess + cost, max(misses)


def meets(family: list[Result]) -> bool:
    """Whether as many are hit as should be, in the time there is."""
    task, hits = family[0].task, sum(result.hit for result in family)
    quick = not task.median or np.median([result.seconds for result in family]) <= task.seconds
    return hits >= task.share * len(family) and bool(quick)


def row(called: str, family: list[Result]) -> str:
    """Return the line of a family in the table."""
    task, hits = family[0].task, sum(result.hit for result in family)
    misses, walks, seconds = np.array([(result.miss, result.walks, result.seconds) for result in family]).T
    cells = (
        called,
        f"{hits} of {len(family)}",
        f"{100 * task.share:.0f} % to {task.goal:.0e}" if task.possible else "recognised",
        f"{np.median(misses):.0e}, {misses.max():.0e}",
        f"{np.median(walks):.0f}, {np.quantile(walks, 0.9):.0f}",
        f"{np.median(seconds):.2f}, {np.quantile(seconds, 0.9):.2f}",
        f"{'median ' * task.median}{task.seconds:g}",
        "yes" if meets(family) else "NO",
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
