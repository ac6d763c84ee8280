"""Print what a sum over very many bodies by a tree costs and errs, against all pairs and against pytreegrav.

python tests/speed/many.py
"""

import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec

import numpy as np
from machine import WIDE, processor

import revanim as ra
from revanim.engine.adjoint import Adjoint
from revanim.engine.alive.acting import acceleration, potential
from revanim.engine.code.kernel import threads, use_threads
from revanim.engine.grid import to_units
from revanim.engine.system import System
from revanim.scene.build import build_system, make_playhead

COUNTS = (10_000, 100_000)
SAMPLE = 1000  # bodies whose error is looked at
PAIRS = 6000  # bodies among which all pairs are summed, to know how long that takes
SOFTENING = 0.01
TRIES = 5
THETAS = (0.5, 0.7, 0.9)
GOALS = {"times": 130.0, "gradient": 1.6, "error": 0.02, "steps": 10.0 if WIDE else 5.0, "peer": 6.0}
PEER = "pytreegrav"


def ball(count: int) -> np.ndarray:
    """Return places evenly in a ball."""
    random = np.random.default_rng(count)
    way = random.normal(size=(count, 3))
    return way / np.linalg.norm(way, axis=1)[:, None] * np.cbrt(random.random((count, 1)))


def scene(count: int, **values: object) -> ra.Scene:
    """Return a ball of bodies that attract each other."""
    gravity = ra.force("gravity", softening=SOFTENING, **values)
    return ra.make_scene(
        ball(count), np.zeros((count, 3)), 1 / count, forces=[gravity], scheme="verlet", steps_per_frame=1
    )


def least(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Return the least time of some tries, seconds: other work slows a try, and so never all of them."""
    work()
    found = []
    for _ in range(TRIES):
        started = clock()
        work()
        found.append(clock() - started)
    return min(found)


def all_pairs(count: int) -> float:
    """Return the seconds that all pairs of so many bodies would take, as fast as some of them are summed."""
    few = min(count, PAIRS)
    given = scene(few)
    seconds = least(lambda: acceleration(alone(given), given.bodies.state, 1))
    return seconds * (count / few) ** 2


def alone(given: ra.Scene) -> System:
    """Return what drives a scene, on one thread."""
    system = build_system(given)
    system.wide[:] = False
    return system


def exactly(place: np.ndarray, mass: float, chosen: np.ndarray) -> np.ndarray:
    """Return the accelerations of some bodies, float64[k, 3], summed in full."""
    found = np.empty((len(chosen), 3))
    for k, i in enumerate(chosen):
        d = place - place[i]
        square = np.einsum("ij,ij->i", d, d) + SOFTENING**2
        found[k] = mass * (d / (square * np.sqrt(square))[:, None]).sum(axis=0)
    return found


def errors(found: np.ndarray, exact: np.ndarray) -> str:
    """Return how far the found values are from the exact ones: in the middle, and 99 % of them."""
    wrong = np.linalg.norm(found - exact, axis=1) / np.linalg.norm(exact, axis=1)
    return f"{np.median(wrong):9.1e} {np.quantile(wrong, 0.99):9.1e}"


def pulled(system: System, state: np.ndarray, w: np.ndarray) -> None:
    """Compute the derivatives of the sum of w * accelerations for all places."""
    x, (a, gx) = np.ascontiguousarray(to_units(state[:3], system.grid.length_unit)), np.zeros((2, *state[:3].shape))
    gtheta, across = np.zeros_like(system.theta), np.ascontiguousarray(w.T)
    for f, push in enumerate(system.pushes):
        wide = system.wide[f]
        push.pull(x, system.m, system.theta, system.slot, system.who, f, wide, across, a, gx, np.zeros(0), gtheta)


def tell_sums(count: int) -> None:
    """Say for some angles what the force costs and errs, and what gradient and energy cost beside it."""
    pairs, chosen = all_pairs(count), np.sort(np.random.default_rng(0).permutation(count)[:SAMPLE])
    exact, w = exactly(ball(count), 1 / count, chosen), np.random.default_rng(1).normal(size=(count, 3))
    for theta in THETAS:
        given = scene(count, sum="tree", theta=theta)
        system, state = alone(given), given.bodies.state
        force = least(partial(acceleration, system, state, 1))
        gradient, energy = least(partial(pulled, system, state, w)), least(partial(potential, system, state, 1))
        told = errors(acceleration(system, state, 1)[chosen], exact)
        line = f"{count:7} {theta:5.1f} {force * 1e3:9.1f} {pairs / force:10.1f} {told}"
        print(f"{line} {gradient / force:9.2f} {energy / force:7.2f}", flush=True)


def tell_peer(count: int) -> None:
    """Say the same of pytreegrav, whose own sum over all pairs, softened in its own way, is exact for it."""
    import pytreegrav

    place, mass = ball(count), np.full(count, 1 / count)
    chosen, soft = np.sort(np.random.default_rng(0).permutation(count)[:SAMPLE]), np.full(count, SOFTENING)
    of_some = {"softening_target": soft[chosen], "softening_source": soft, "G": 1.0, "method": "bruteforce"}
    exact = pytreegrav.AccelTarget(place[chosen], place, mass, **of_some)
    for quadrupole in (False, True):

        def force(quadrupole: bool = quadrupole) -> np.ndarray:
            return pytreegrav.Accel(place, mass, soft, G=1.0, theta=0.7, method="tree", quadrupole=quadrupole)

        seconds = least(force)
        kind = "quadrupole" if quadrupole else "monopole"
        print(f"{PEER}, {kind}: {count:7} {seconds * 1e3:9.1f} ms {errors(force()[chosen], exact)}", flush=True)


def tell_steps(count: int) -> None:
    """Say how many steps are walked in a second, and how many walks value and gradient take."""
    given = scene(count, sum="tree")
    for used in sorted({1, threads()}):
        use_threads(used)
        seconds = least(partial(make_playhead(given).step, 1), time.perf_counter)
        print(f"{count:7} bodies on {used} threads: {1 / seconds:6.1f} steps/s (goal {GOALS['steps']:.0f})")
    adjoint = Adjoint(make_playhead(given))

    def there_and_back() -> None:
        adjoint.playhead.seek(2)
        adjoint.clear()
        adjoint.u += adjoint.playhead.position.T
        adjoint.back(1)

    walks = least(there_and_back) / least(partial(make_playhead(given).step, 1))
    print(f"{count:7} bodies: value and gradient take {walks:.2f} walks", flush=True)


def main() -> None:
    """Print the tables."""
    print(processor(), f"(goals: {GOALS})")
    print(" bodies theta  force ms all pairs/    median      99 % gradient/ energy/")
    for count in COUNTS:
        tell_sums(count)
    if find_spec(PEER):
        for count in COUNTS:
            tell_peer(count)
    for count in COUNTS:
        tell_steps(count)


if __name__ == "__main__":
    main()
