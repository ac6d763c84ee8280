"""Print how fast a step is, as a ratio to rebound's JANUS (order 2, one thread) in the same run.

python tests/speed/steps.py
"""

import time
from collections.abc import Callable

import numba
import numpy as np
import rebound
from machine import WIDE, processor

import revanim as ra
from revanim.scene.build import make_playhead

SOFTENING = 0.05
SECONDS = 1e-3
TURNS = 40
MANY = 5.0 if WIDE else 3.0
GOALS = {2: 1.3, 10: 1.2, 100: MANY, 1000: MANY, 4000: MANY}
BOUND = 75 if WIDE else 70  # percent


def cloud(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return positions, velocities and masses of a random cloud."""
    random = np.random.default_rng(count)
    return random.normal(size=(count, 3)), random.normal(size=(count, 3)), np.full(count, 1 / count)


def janus(count: int) -> Callable[[int], None]:
    """Return what walks rebound's JANUS some steps."""
    simulation = rebound.Simulation()
    simulation.integrator = "janus"
    simulation.integrator.order = 2
    simulation.softening, simulation.dt = SOFTENING, SECONDS
    for place, speed, mass in zip(*cloud(count), strict=True):
        simulation.add(m=mass, **dict(zip(("x", "y", "z", "vx", "vy", "vz"), (*place, *speed), strict=True)))
    return simulation.steps


def ours(count: int, wide: bool) -> Callable[[int], None]:
    """Return what walks our position Verlet some steps, on one thread or on all."""
    gravity = ra.force("gravity", softening=SOFTENING)
    scene = ra.make_scene(*cloud(count), forces=[gravity], scheme="verlet", fps=125, steps_per_frame=8)
    playhead = make_playhead(scene)
    playhead.system.wide[:] = wide
    return playhead.step


@numba.njit(error_model="numpy")
def bare(y: np.ndarray, m: np.ndarray, b: np.ndarray) -> None:
    """Do what gravity does for each pair but the square root and the division: what the machine could do at best."""
    y0, y1, y2 = np.empty(16), np.empty(16), np.empty(16)
    b0, b1, b2 = np.empty(16), np.empty(16), np.empty(16)
    for first in range(0, m.size - 15, 16):
        for k in range(16):
            y0[k], y1[k], y2[k] = y[0, first + k], y[1, first + k], y[2, first + k]
            b0[k], b1[k], b2[k] = 0.0, 0.0, 0.0
        for j in range(m.size):
            z0, z1, z2, g = y[0, j], y[1, j], y[2, j], m[j]
            for k in range(16):
                d0, d1, d2 = z0 - y0[k], z1 - y1[k], z2 - y2[k]
                u = d0 * d0 + d1 * d1 + d2 * d2 + 0.0025
                c = g * (u * u * u)
                b0[k] += c * d0
                b1[k] += c * d1
                b2[k] += c * d2
        for k in range(16):
            b[0, first + k], b[1, first + k], b[2, first + k] = b0[k], b1[k], b2[k]


def race(*walks: tuple[Callable[[int], None], int]) -> list[float]:
    """Return the seconds a step of each (walk, steps), the best of many turns taken one after the other.

    Other work on the machine slows a turn, and so never all of them.
    """
    best = [float("inf")] * len(walks)
    for walk, _ in walks:
        walk(2)
    for _ in range(TURNS):
        for i, (walk, steps) in enumerate(walks):
            started = time.perf_counter()
            walk(steps)
            best[i] = min(best[i], (time.perf_counter() - started) / steps)
    return best


def same_digest(count: int) -> bool:
    """Return whether one thread and all threads come to the same bits."""
    one, all_ = ours(count, wide=False), ours(count, wide=True)
    one(5)
    all_(5)
    return bool(one.__self__.digest() == all_.__self__.digest())  # type: ignore[attr-defined]


def main() -> None:
    """Print the table."""
    print(processor())
    print(f"{'bodies':>7} {'JANUS us':>10} {'ours us':>10} {'ratio':>7} {'goal':>5} {'Mpairs/s':>9} {'threads':>8}")
    for count, goal in GOALS.items():
        steps = max(2, int(1e5 / (count * count + 20)))
        theirs, mine, wide = race(
            (janus(count), steps), (ours(count, wide=False), steps), (ours(count, wide=True), steps)
        )
        pairs = count * count / mine / 1e6
        threads = f"{mine / wide:8.2f}" if count >= 1000 else ""
        print(
            f"{count:7} {theirs * 1e6:10.3f} {mine * 1e6:10.3f} {theirs / mine:7.2f} {goal:5.1f} {pairs:9.0f} {threads}"
        )
    y, m, b = np.ascontiguousarray(cloud(4000)[0].T), np.full(4000, 1 / 4000), np.zeros((3, 4000))
    bare_walk = (lambda steps: [bare(y, m, b) for _ in range(steps)] and None), 2
    mine, best = race((ours(4000, wide=False), 2), bare_walk)
    most = 16 / best  # million pairs in a step, over its seconds
    print(
        f"the same loop without square root and division: {most:.0f} Mpairs/s;"
        f" ours is {best / mine:.0%} of it (goal {BOUND} %)"
    )
    print(f"one thread and {numba.get_num_threads()} come to the same bits at 4000 bodies: {same_digest(4000)}")


if __name__ == "__main__":
    main()
