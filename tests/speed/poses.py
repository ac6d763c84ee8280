"""Print how well, how fast and with how many walks the benchmark poses are hit, failures included.

python tests/speed/poses.py [words that the names of the tasks contain]
"""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

import revanim as ra
from revanim.engine.parameter import Floats
from revanim.scene.poses.text import text_points

LENGTH, GRAVITY = 0.5, 4.5
ALONG, ACROSS = np.array([0.6, 0.8, 0.0]), np.array([-0.8, 0.6, 0.0])
FPS = 24
SAMPLES = 3  # poses of each sort of chain


@dataclass(frozen=True)
class Task:
    """A scene with its keyframes, what may change, and what counts as hit (miss over size) in which time."""

    name: str
    make: Callable[[], ra.Scene]
    goal: float
    seconds: float
    controls: tuple[ra.Control | str, ...] = ("velocity",)
    iterations: int = 2000


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
    """Return the sun, earth, Mars and a probe beside earth that shall meet Mars after 240 days (units: au, year)."""
    place = np.array([[0, 0, 0], [1, 0, 0], [-0.3, 1.49, 0], [1.02, 0, 0]], np.float64)
    circle = 2 * np.pi / np.sqrt(np.linalg.norm(place[1:], axis=1))
    around = np.stack([-place[1:, 1], place[1:, 0], place[1:, 2]], axis=1)
    speed = np.vstack([np.zeros(3), around / np.linalg.norm(around, axis=1)[:, None] * circle[:, None]])
    gravity = ra.force("gravity", strength=4 * np.pi**2, softening=0.0)
    scene = ra.make_scene(
        place,
        speed,
        [1.0, 3e-6, 3.2e-7, 0.0],
        [gravity],
        fps=365.25,
        steps_per_frame=4,
        planar=True,
        frames=(0, 300),
        home=0,
    )
    playhead = ra.Playhead(scene)
    playhead.seek(240)
    return ra.edits.add_keyframe(scene, 240, [3], position=playhead.position[[2]])


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
    yield Task("a probe meets Mars", probe, 1e-6, 2, (ra.Control("velocity", bodies=(3,)),))


def main() -> None:
    """Print the table, and how many goals are met."""
    wanted = sys.argv[1:]
    chosen = [task for task in tasks() if all(word in task.name for word in wanted)]
    met = 0
    heads = f"{'task':40} {'miss/size':>9} {'goal':>7} {'hit after':>9} {'seconds':>8} {'goal':>5} {'walks':>6}"
    print(heads, f"{'pause':>6}")
    for task in chosen:
        hit = report(task)
        met += hit
    print(f"{met} of {len(chosen)} goals are met")


def report(task: Task) -> bool:
    """Solve a task for at most twice its time, print its line, and return whether it was hit in time."""
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
        f" {progress.evaluations:6} {pause:6.2f}",
        flush=True,
    )
    return hit <= task.seconds


if __name__ == "__main__":
    main()
