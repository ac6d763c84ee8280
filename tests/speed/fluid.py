"""Print what flows cost against gravity in the same run, how exactly they return, and how smoke hits a letter.

python tests/speed/fluid.py
"""

import time
from collections.abc import Callable
from functools import partial

import numpy as np
from machine import processor
from tasks.smoke import letter

import revanim as ra
from revanim.engine.system import System
from revanim.scene.build import build_system, make_playhead

COUNT = 2000  # bodies that all carry each other
TRIES = 5
STEPS = 100_000
SMOKE, STIRRERS = 500, 60
WALKS = 400  # iterations
GOALS = {"vortices": 0.6, "filaments": 0.4, "rms": 0.05, "seconds": 30.0}


def least(work: Callable[[], object]) -> float:
    """Return the least processor time of some tries, seconds."""
    work()
    found = []
    for _ in range(TRIES):
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return min(found)


def scene_of(name: str, count: int) -> ra.Scene:
    """Return bodies that all carry each other, or all attract each other."""
    place = np.random.default_rng(1).uniform(-1, 1, (count, 3)) * (1, 1, name != "vortices")
    number = np.arange(count)
    if name == "vortices":
        return ra.make_scene(place, 0 * place, 1.0, flows=[ra.flow(name)], planar=True)
    if name == "filaments":
        flow = ra.flow(name, links=np.column_stack([number, np.roll(number, -1)]))
        return ra.make_scene(place, 0 * place, 1.0, flows=[flow])
    return ra.make_scene(place, 0 * place, 1.0, forces=[ra.force(name)])


def pairs_a_second(name: str, count: int) -> tuple[float, float]:
    """Return how many pairs a second a force or a flow computes on one thread, and with the gradient."""
    scene = scene_of(name, count)
    system, x = build_system(scene), np.ascontiguousarray(scene.bodies.position.T)
    kernels = system.flow_items[0].kind.kernels if system.flow_items else system.pushes[0]
    given = (x, system.m, system.theta, system.slot, system.who, 0, False)
    a, gx, none, gtheta = np.zeros_like(x), np.zeros_like(x), np.zeros(0), np.zeros_like(system.theta)
    seconds = least(lambda: kernels.apply(*given, a))
    return count**2 / seconds, count**2 / least(lambda: kernels.pull(*given, x, a, gx, none, gtheta))


def speeds(count: int) -> None:
    """Print how fast each flow is against gravity."""
    gravity = pairs_a_second("gravity", count)
    for name in ("vortices", "filaments"):
        ratios = [mine / theirs for mine, theirs in zip(pairs_a_second(name, count), gravity, strict=True)]
        met = "yes" if ratios[0] >= GOALS[name] else "no"
        print(f"| {name}, pairs a second over those of gravity | {ratios[0]:.2f} | {GOALS[name]} | {met} |")
        print(f"| {name}, the same with the gradient | {ratios[1]:.2f} | | |")


def mixed(count: int, smoke: int, scheme: str) -> ra.Scene:
    """Return vortices of both signs, and smoke, in a disc."""
    random = np.random.default_rng(2)
    angle, out = random.uniform(0, 2 * np.pi, count + smoke), np.sqrt(random.uniform(0, 1, count + smoke))
    place = 1.5 * out[:, None] * np.column_stack([np.cos(angle), np.sin(angle), 0 * angle])
    circulation = np.r_[random.choice([-1, 1], count) * random.uniform(0.3, 1.0, count), np.zeros(smoke)]
    flow = ra.flow("vortices", circulation=circulation, core=0.15)
    timing = {"fps": 24, "steps_per_frame": 4, "scheme": scheme}
    return ra.make_scene(place, 0 * place, 1.0, flows=[flow], planar=True, **timing)


def lead_of(system: System, state: np.ndarray) -> float:
    """Return the root mean square of the lead, length."""
    return float(np.sqrt(np.mean(np.sum((state[6:9] * system.grid.length_unit) ** 2, axis=0))))


def returns(steps: int) -> None:
    """Print how exactly vortices and smoke return after a long walk, and what the lead and the energy are then."""
    playhead = make_playhead(mixed(60, 100, "verlet"))
    home, energy = playhead.stand, playhead.energy()
    playhead.step(steps)
    lead, drift = lead_of(playhead.system, playhead.state), abs(playhead.energy() - energy)
    playhead.step(-steps)
    bits = home.compare(playhead.stand)[1]
    print(f"| bits that differ after {steps} steps and back | {bits} | 0 | {'no' if bits else 'yes'} |")
    print(f"| lead then, root mean square over a disc of 3 | {lead:.1e} | | |")
    print(f"| energy then, by how much it differs | {drift:.1e} | | |")


def poses(smoke: int, stirrers: int, iterations: int) -> None:
    """Print how near smoke comes to a letter, and what that takes."""
    scene, started = letter("S", smoke, stirrers, 5), time.process_time()
    for progress in ra.solve(scene, iterations=iterations, starts=1):
        last = progress
    seconds = time.process_time() - started
    what = f"{smoke} bodies of smoke and {stirrers} vortices to an S"
    print(f"| {what}: root mean square miss | {last.miss:.3f} | {GOALS['rms']} | {last.miss <= GOALS['rms']} |")
    print(f"| the same: walks, seconds of processor | {last.evaluations}, {seconds:.0f} | {GOALS['seconds']:.0f} | |")


def main() -> None:
    """Print a table."""
    print(processor())
    print("| what | seen | goal | met |\n| --- | --- | --- | --- |")
    for work in (partial(speeds, COUNT), partial(returns, STEPS), partial(poses, SMOKE, STIRRERS, WALKS)):
        work()


if __name__ == "__main__":
    main()
