"""Print how well, how fast and with how many walks families of tasks are hit that nobody has seen before.

python tests/speed/poses.py [--seed S] [--small] [words that the names of the families contain]

Without a seed it draws one, and says which. Seconds are those of the processor, for machines that others use, too.
"""

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from tasks.chains import chains
from tasks.impossible import impossible
from tasks.planets import transfers
from tasks.swarms import others, swarms
from tasks.task import Task

import revanim as ra

FAMILIES = swarms, others, chains, transfers, impossible
PATIENCE = 2.0  # times its seconds: then a task is given up
HEADINGS = "task", "hit", "goal", "miss / size, median, worst", "walks, median, 90 %", "seconds, median, 90 %", "goal"
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
        return met and self.seconds <= self.task.seconds


def main() -> None:
    """Print a line for each task, and then the table of their families."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--seed", type=int, default=int(np.random.SeedSequence().generate_state(1)[0]))
    parser.add_argument("--small", action="store_true")
    given = parser.parse_args()
    print(f"seed {given.seed}\n{'task':36} {'hit':>4} {'miss/size':>9} {'seconds':>8} {'goal':>5} {'walks':>6}")
    list(ra.solve(next(tasks(0, small=True)).make(), iterations=2))  # what is loaded once is no part of any task
    chosen = [task for task in tasks(given.seed, given.small) if all(word in task.family for word in given.words)]
    results = [report(task) for task in chosen]
    print(f"\n| {' | '.join(HEADINGS)} |\n|{' --- |' * len(HEADINGS)}")
    for _, family in groupby(results, lambda result: result.task.family):
        print(row(list(family)))
    print(f"\n{sum(result.hit for result in results)} of {len(results)} goals are met, seed {given.seed};", end=" ")
    print(f"{sum(result.worse for result in results)} are worse than the start")
    print(recognition(results))


def recognition(results: list[Result]) -> str:
    """Return how many vain tasks were recognised in time, and of how many that were hit the contrary had been told."""
    vain, done = ([r for r in results if r.task.possible is possible] for possible in (False, True))
    seen, reached = sum(result.hit for result in vain), [r for r in done if r.miss < r.task.goal]
    alarms = sum(result.alarm for result in reached)
    return f"{seen} of {len(vain)} impossible tasks recognised; {alarms} false alarms on {len(reached)} that were hit"


def tasks(seed: int, small: bool) -> Iterator[Task]:
    """Yield all tasks of a seed, the families one after the other and each with random numbers of its own."""
    for family, own in zip(FAMILIES, np.random.SeedSequence(seed).spawn(len(FAMILIES)), strict=True):
        tasks = list(family(np.random.default_rng(own), small))
        yield from sorted(tasks, key=lambda task: task.family) if family is chains else tasks


def report(task: Task) -> Result:
    """Solve a task until its goal is met, or it ends, or takes far too long, and print its line."""
    result = solved(task)
    line = f"{task.family:36} {'yes' if result.hit else 'NO':>4} {result.miss:9.1e} {result.seconds:8.2f}"
    print(f"{line} {task.seconds:5g} {result.walks:6}{' WORSE' * result.worse}  {result.told}", flush=True)
    return result


def solved(task: Task) -> Result:
    """Solve a task until its goal is met, or it ends, or takes far too long."""
    scene = task.make()
    started = time.process_time()
    last: ra.Progress | None = None
    alarm = False
    try:
        for last in ra.solve(scene, task.controls, iterations=2000, starts=1000):
            alarm = alarm or (last.advice is not None and last.advice.certain)
            met = last.miss < task.goal * last.objective.size if task.possible else bool(last.advice)
            if met or time.process_time() - started > PATIENCE * task.seconds:
                break
    except ra.RevanimError as error:
        return Result(task, np.inf, time.process_time() - started, 0, worse=False, told=str(error))
    assert last is not None
    seconds, (before, _), (after, miss) = time.process_time() - started, walked(scene), walked(last.scene)
    worse = after > (1 + ROUNDING) * before
    return Result(task, miss / last.objective.size, seconds, last.evaluations, worse, last.why, alarm)


def walked(scene: ra.Scene) -> tuple[float, float]:
    """Return what a scene costs (nails first) and its largest miss, by a walk: what a solver says is not believed."""
    objective = ra.Objective(scene)
    objective.settle(objective.start)
    excess, cost, misses = objective.judge(objective.start)
    return excess + cost, max(misses)


def row(results: list[Result]) -> str:
    """Return the line of a family in the table."""
    task, hits = results[0].task, sum(result.hit for result in results)
    misses, walks, seconds = np.array([(result.miss, result.walks, result.seconds) for result in results]).T
    hit = f"{task.family} | {hits} of {len(results)} | {100 * task.share:.0f} % to {task.goal:.0e}"
    cells = (
        f"{np.median(misses):.0e}, {misses.max():.0e}",
        f"{np.median(walks):.0f}, {np.quantile(walks, 0.9):.0f}",
        f"{np.median(seconds):.2f}, {np.quantile(seconds, 0.9):.2f}",
        f"{task.seconds:g}",
    )
    return f"| {hit} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
