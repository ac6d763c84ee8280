"""Print what flows cost against gravity in the same run, how exactly they return, and how smoke hits a letter.

python tests/speed/fluid.py
"""

import time
from collections.abc import Callable
from functools import partial

import numpy as np
from machine import processor

import revanim as ra
from revanim.engine.parameter import Floats
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


def lattice(inside: Callable[[Floats, Floats], Floats], count: int) -> Floats:
    """Return so many points inside a shape, float64[count, 3], on as wide a square lattice as holds them."""
    low, high = 0.01, 1.0
    for _ in range(60):
        step = (low + high) / 2
        x, y = np.meshgrid(*2 * [np.arange(-3, 3, step) + step / 2])
        found = inside(x, y)
        low, high = (step, high) if found.sum() > count else (low, step)
    flat = np.column_stack([x[found], y[found], 0 * x[found]])
    extra = flat[: count - len(flat)] + np.array([0.01, 0.01, 0.0]) if len(flat) < count else flat[:0]
    return np.concatenate([flat, extra])[:count]


def letter(smoke: int, stirrers: int, glyph: str = "S") -> ra.Scene:
    """Return a disc of smoke among vortices at rest, which shall be an S of the same area after two seconds."""
    area, side = 4.0, int(np.sqrt(stirrers * 5 / 3))
    random = np.random.default_rng(5)
    disc = lattice(lambda x, y: x * x + y * y < area / np.pi, smoke)
    pose = ra.pose("text", 20 * smoke, source=glyph)
    own = np.ptp(pose.position, axis=0)[:2]
    grid, cell = np.zeros((64, 64), bool), own.max() / 63
    at = ((pose.position[:, :2] - pose.position[:, :2].min(axis=0)) / cell).astype(int)
    grid[at[:, 0], at[:, 1]] = True
    times = np.sqrt(area / (grid.sum() * cell**2))

    def in_letter(x: Floats, y: Floats) -> Floats:
        i, j = ((v / times + half) / cell for v, half in ((x, own[0] / 2), (y, own[1] / 2)))
        fits = (i >= 0) & (j >= 0) & (i < 64) & (j < 64)
        return fits & grid[np.clip(i, 0, 63).astype(int), np.clip(j, 0, 63).astype(int)]

    target = lattice(in_letter, smoke)
    rows = -(-stirrers // side)
    stir = np.stack(np.meshgrid(np.linspace(-1.9, 1.9, side), np.linspace(-1.6, 1.6, rows)), axis=-1).reshape(-1, 2)
    stir = np.column_stack([stir[:stirrers] + 0.05 * random.normal(size=(stirrers, 2)), np.zeros(stirrers)])
    place = np.concatenate([stir, disc])
    circulation = np.r_[0.02 * random.normal(size=stirrers), np.zeros(smoke)]
    flow = ra.flow("vortices", circulation=circulation, core=0.3)
    scene = ra.make_scene(
        place, 0 * place, 1.0, flows=[flow], planar=True, fps=24, steps_per_frame=2, frames=(1, 49), scheme="verlet"
    )
    return ra.edits.add_keyframe(scene, frame=49, bodies=range(stirrers, stirrers + smoke), position=target, shape=True)


def poses(smoke: int, stirrers: int, iterations: int) -> None:
    """Print how near smoke comes to a letter, and what that takes."""
    scene, started = letter(smoke, stirrers), time.process_time()
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
