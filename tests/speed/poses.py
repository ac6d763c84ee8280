"""Print how well, how fast and with how many walks the benchmark poses are hit, failures included.

python tests/speed/poses.py [words that the names of the tasks contain]
"""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

import numpy as np

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.scene.gallery.solar_system import planets
from revanim.scene.poses.text import text_points

LENGTH, GRAVITY = 0.5, 4.5
ALONG, ACROSS = np.array([0.6, 0.8, 0.0]), np.array([-0.8, 0.6, 0.0])
FPS = 24
SAMPLES = 3  # poses of each sort of chain
YEAR, LEAVES, FLIES = 365.25, 462, 200  # days; the second from noon of 1 January 2000


@dataclass(frozen=True)
class Task:
    """A scene with its keyframes, what may change, and what counts as hit (miss over size) in which time."""

    name: str
    make: Callable[[], ra.Scene]
    goal: float
    seconds: float
    controls: tuple[ra.Control | str, ...] = ("velocity",)
    iterations: int = 2000

    @property
    def group(self) -> str:
        """The name without the number of the sample."""
        return self.name.partition(", no. ")[0]


def chain(rods: int, velocity: Floats | None = None) -> ra.Scene:
    """Return a chain that is let go from rest, or with the given velocity."""
    body = np.arange(rods + 1)
    place = np.outer(LENGTH * body, ALONG)
    forces = [
        ra.force("uniform", acceleration=(0.0, -GRAVITY, 0.0)),
        ra.force("rod", links=np.stack([body[:-1], body[1:]], axis=1), length=LENGTH),
    ]
    speed = 0 * place if velocity is None else velocity
    return ra.make_scene(
        place, speed, 1.0, forces, pinned=body == 0, planar=True, scheme="leapfrog", steps_per_frame=64
    )


def chain_poses(rods: int, seconds: tuple[float, ...], sample: int) -> ra.Scene:
    """Return a chain at rest that shall come, one after the other, where a launch nobody knows has brought it."""
    spins = 2.0 * np.random.default_rng(sample).normal(size=rods)
    launched = chain(rods, np.outer(np.r_[0.0, np.cumsum(LENGTH * spins)], ACROSS))
    playhead, scene = ra.Playhead(launched), chain(rods)
    for when in seconds:
        frame = 1 + round(when * FPS)
        playhead.seek(frame)
        scene = ra.edits.add_keyframe(scene, frame, range(1, rods + 1), position=playhead.position[1:])
    return scene


def chain_tip(rods: int, seconds: float, sample: int) -> ra.Scene:
    """Return a chain at rest whose end shall touch a place within its reach."""
    random = np.random.default_rng(sample)
    reach, angle = LENGTH * rods * random.uniform(0.3, 0.9), random.uniform(0, 2 * np.pi)
    place = reach * np.array([[np.cos(angle), np.sin(angle), 0.0]])
    return ra.edits.add_keyframe(chain(rods), 1 + round(seconds * FPS), [rods], position=place)


def cloud(count: int, targets: list[Floats], frames: list[int]) -> ra.Scene:
    """Return bodies that attract each other weakly and shall form one shape after the other."""
    place = np.random.default_rng(0).normal(size=(count, 3))
    gravity = ra.force("gravity", strength=0.2, softening=0.2)
    scene = ra.make_scene(place, 0 * place, 1 / count, [gravity], scheme="leapfrog", steps_per_frame=2)
    for frame, target in zip(frames, targets, strict=True):
        scene = ra.edits.add_keyframe(scene, frame, range(count), position=target, shape=True)
    return scene


def ring(count: int) -> Floats:
    """Return float64[count, 3] points on a circle."""
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return 1.5 * np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1)


def square(count: int) -> Floats:
    """Return float64[count, 3] points on the edges of a square."""
    corners = 1.4 * np.array([[1, 1, 0], [-1, 1, 0], [-1, -1, 0], [1, -1, 0], [1, 1, 0]], np.float64)
    way = np.linspace(0, 4, count, endpoint=False)
    return np.stack([np.interp(way, np.arange(5), axis) for axis in corners.T], axis=1)


def mirrored_eight() -> ra.Scene:
    """Return the figure eight, whose bodies shall stand mirrored when a third of the loop is over."""
    scene = ra.example("figure-eight")
    playhead = ra.Playhead(scene)
    frame = scene.timing.home + 32
    playhead.seek(frame)
    return ra.edits.add_keyframe(scene, frame, range(3), position=playhead.position * (1, -1, 1))


def probe() -> ra.Scene:
    """Return the planets on 7 April 2001 and a probe beside the Earth that shall meet Mars 200 days later.

    On these days Mars Odyssey left and arrived. A frame is a day; lengths are astronomical units, and a second a year.
    """
    names, attraction, place, speed = planets()
    scene = orbits(attraction, place, speed * YEAR)
    playhead = ra.Playhead(scene)
    playhead.seek(LEAVES)
    place, speed = playhead.position, playhead.velocity
    playhead.seek(LEAVES + FLIES)
    earth, mars = names.index("earth"), names.index("mars")
    beside = place[earth] + 0.01 * (place[earth] - place[0])
    scene = orbits(np.r_[attraction, 0.0], np.vstack([place, beside]), np.vstack([speed, speed[earth]]))
    return ra.edits.add_keyframe(scene, FLIES, [len(names)], position=playhead.position[[mars]])


def orbits(attraction: Floats, place: Floats, speed: Floats) -> ra.Scene:
    """Return bodies under their gravity, from G m in au³ / day², au and au / year."""
    gravity = ra.force("gravity", strength=attraction[0] * YEAR**2, softening=0.0)
    mass = attraction / attraction[0]
    return ra.make_scene(place, speed, mass, [gravity], fps=YEAR, steps_per_frame=4, frames=(0, 1000), home=0)


def tasks() -> Iterator[Task]:
    """Yield the benchmark set."""
    for rods in (2, 3, 4, 5):
        for when in (1.0, 1.5, 2.0):
            for sample in range(1, SAMPLES + 1):
                name = f"{rods} rods, {when} s"
                yield Task(f"tip of {name}, no. {sample}", partial(chain_tip, rods, when, sample), 1e-6, 2)
                yield Task(f"pose of {name}, no. {sample}", partial(chain_poses, rods, (when,), sample), 1e-6, 2)
    both: tuple[Any, ...] = ("velocity", "nudge")
    for times in ((1.0, 2.0), (0.5, 1.25, 2.0)):
        yield Task(f"{len(times)} poses of 3 rods, pushed", partial(chain_poses, 3, times, 1), 1e-6, 10, both)
    for count in (300, 2000):
        yield Task(f"{count} into a ring", lambda n=count: cloud(n, [ring(n)], [25]), 1e-2, 60)
        shapes = partial(lambda n: cloud(n, [ring(n), square(n)], [25, 49]), count)
        yield Task(f"{count} into a ring, then a square", shapes, 1e-2, 60, both)
    word = np.column_stack([text_points("REVANIM", 2000), np.zeros(2000)])
    yield Task("2000 into a word at frame 96", lambda: cloud(2000, [word], [96]), 1e-2, 60)
    yield Task("figure eight nudged to mirror itself", mirrored_eight, 1e-6, 10, ("nudge",))
    yield Task("a probe meets Mars", probe, 1e-6, 2, (ra.Control("velocity", bodies=(11,)),))


@dataclass(frozen=True)
class Result:
    """How far a task was, the seconds and evaluations it took, and when its goal was met."""

    task: Task
    progress: ra.Progress
    miss: float  # over the size of the scene
    hit: float  # seconds, or infinite

    @property
    def met(self) -> bool:
        """Whether the goal was met in time."""
        return self.hit <= self.task.seconds


def main() -> None:
    """Print a line for each task, and then the table of their groups."""
    wanted = sys.argv[1:]
    print(
        f"{'task':40} {'miss/size':>9} {'goal':>7} {'hit after':>9} {'seconds':>8} {'goal':>5} {'evaluations':>11}",
        f"{'pause':>6}",
    )
    results = [report(task) for task in tasks() if all(word in task.name for word in wanted)]
    print("\n| task | goal | met | largest miss / size | median seconds | median evaluations |")
    print("| --- | --- | --- | --- | --- | --- |")
    for _, group in groupby(sorted(results, key=lambda result: result.task.group), lambda result: result.task.group):
        print(row(list(group)))
    print(f"\n{sum(result.met for result in results)} of {len(results)} goals are met")


def report(task: Task) -> Result:
    """Solve a task for at most twice its time, and print its line."""
    started = last = time.perf_counter()
    hit, pause = np.inf, 0.0
    for progress in ra.solve(task.make(), task.controls, iterations=task.iterations, starts=1000):
        now = time.perf_counter()
        pause, last = max(pause, now - last), now
        miss = progress.miss / progress.objective.size
        hit = min(hit, progress.seconds) if miss < task.goal else hit
        if hit < np.inf or now - started > 2 * task.seconds:
            break
    print(
        f"{task.name:40} {miss:9.1e} {task.goal:7.0e} {hit:9.2f} {progress.seconds:8.2f} {task.seconds:5g}"
        f" {progress.evaluations:11} {pause:6.2f}",
        flush=True,
    )
    return Result(task, progress, miss, hit)


def row(results: list[Result]) -> str:
    """Return the line of a group in the table."""
    task, met = results[0].task, sum(result.met for result in results)
    seconds = np.median([result.progress.seconds for result in results])
    evaluations = np.median([result.progress.evaluations for result in results])
    goal, worst = f"{task.goal:.0e} in {task.seconds:g} s", max(result.miss for result in results)
    return f"| {task.group} | {goal} | {met} of {len(results)} | {worst:.1e} | {seconds:.2f} | {evaluations:.0f} |"


if __name__ == "__main__":
    main()
