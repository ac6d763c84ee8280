"""Print what learning costs: spirals, four shapes, a gradient in walks, and a classifier beside JAX, with its memory.

    python tests/speed/field.py

Seconds are those of the processor. JAX is compared with where it is installed (extra `bench`), once with all states
kept and once with checkpoints.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
from machine import processor

import revanim as ra
from revanim.engine.adjoint import Adjoint
from revanim.engine.parameter import Floats
from revanim.scene.build import make_playhead

FPS, SECONDS = 12, 4.0  # leapfrog, a step a frame: 48 steps
LAST = round(FPS * SECONDS) + 1
WEIGHTS = ("field.weights",)
ROUND, ITERATIONS = 100, 500  # bodies of a spiral
CLOUD, SHAPES_ITERATIONS = 300, 150
POINTS, LESSONS = 400, 60  # of the classifier
TRIES = 20
LENGTHS = (48, 480, 4800)  # steps
SIDE = 0.8  # where a class is to end


def scene(place: Floats, **field: object) -> ra.Scene:
    """Return bodies at rest in a plane that a field drives."""
    made = ra.force("field", begin=1 / FPS, seconds=SECONDS, **field)
    return ra.make_scene(place, 0 * place, 1.0, [made], fps=FPS, steps_per_frame=1, scheme="leapfrog", planar=True)


def rms(off: Floats) -> float:
    """Return the root mean square length of vectors, float64[k, c]."""
    return float(np.sqrt(np.mean(np.sum(off * off, axis=1))))


def cpu(work: Callable[[], object]) -> float:
    """Return how many seconds of the processor something takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def spirals(count: int) -> tuple[Floats, Floats]:
    """Return places on two spirals, float64[2 n, 3], and where they are on two lines."""
    s = np.linspace(0, 1, count)
    r, a = 0.15 + 0.85 * s, 3.5 * np.pi * s
    rolled = np.stack([r * np.cos(a), r * np.sin(a), 0 * s], axis=1)
    line = np.stack([np.full(count, -SIDE), 1.6 * s - 0.8, 0 * s], axis=1)
    return np.concatenate([rolled, -rolled]), np.concatenate([line, -line])


def end(learnt: ra.Scene, place: Floats) -> tuple[Floats, bool]:
    """Return where a field brings other bodies, and whether every bit comes back."""
    field = learnt.forces[0]
    playhead = ra.Playhead(ra.edits.set_forces(scene(place), [field]))
    home = playhead.digest()
    playhead.seek(LAST)
    there = playhead.position
    playhead.seek(1)
    return there, playhead.digest() == home


def unroll() -> None:
    """Train on two spirals, and try points that were not there."""
    place, target = spirals(ROUND)
    posed = ra.edits.add_keyframe(scene(place), LAST, np.arange(len(place)), position=target)
    started = time.process_time()
    found = None
    for found in ra.solve(posed, WEIGHTS, ITERATIONS):
        if found.miss < 0.02:
            break
    assert found is not None
    seconds, (other, wanted) = time.process_time() - started, spirals(1000)
    there, whole = end(found.scene, other)
    mine, _ = end(found.scene, place)
    wrong, off = int((np.sign(mine[:, 0]) != np.sign(target[:, 0])).sum()), rms(there - wanted)
    print(f"spirals: rms {found.miss:.4f} after {seconds:.1f} s and {found.evaluations} walks (goal 0.02 in 30 s),")
    print(f"  {wrong} of {len(place)} on the wrong side; unseen {off:.4f} (goal 0.1); bits back: {whole}")


def shapes() -> dict[str, Floats]:
    """Return places on a ring, a heart, a star and a square, float64[n, 3] each."""
    angle = 2 * np.pi * np.arange(CLOUD) / CLOUD
    heart = [16 * np.sin(angle) ** 3, 13 * np.cos(angle) - 5 * np.cos(2 * angle) - 2 * np.cos(3 * angle)]
    heart[1] = heart[1] - np.cos(4 * angle)
    points, turns = np.pi * np.arange(11) / 5, np.where(np.arange(11) % 2, 0.4, 0.95)
    star = turns * np.stack([np.sin(points), np.cos(points)])
    square = 0.75 * np.array([[-1, 1, 1, -1, -1], [-1, -1, 1, 1, -1]])
    flat = {
        "ring": 0.8 * np.stack([np.cos(angle), np.sin(angle)]),
        "heart": np.stack(heart) / 18,
        "star": around(star),
        "square": around(square),
    }
    return {name: np.column_stack([*rows, np.zeros(CLOUD)]) for name, rows in flat.items()}


def around(corners: Floats) -> Floats:
    """Return places evenly along a closed line through corners, float64[2, n]."""
    far = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(corners, axis=1), axis=0))])
    at = far[-1] * np.arange(CLOUD) / CLOUD
    return np.stack([np.interp(at, far, axis) for axis in corners])


def many_shapes() -> None:
    """Train one field to bring one cloud to four shapes."""
    k = np.arange(CLOUD) + 0.5
    r, angle = 0.9 * np.sqrt(k / CLOUD), 2.399963 * k
    cloud, found = np.stack([r * np.cos(angle), r * np.sin(angle), 0 * k], axis=1), None
    posed = scene(np.tile(cloud, (4, 1)), units=24, codes=4, code=np.repeat(np.arange(4.0), CLOUD))
    for which, target in enumerate(shapes().values()):
        who = which * CLOUD + np.arange(CLOUD)
        posed = ra.edits.add_keyframe(posed, LAST, who, position=target, shape=True)
    started = time.process_time()
    for found in ra.solve(posed, WEIGHTS, SHAPES_ITERATIONS):
        if max(found.misses) < 0.06:
            break
    assert found is not None
    seconds = time.process_time() - started
    told = ", ".join(f"{name} {miss:.3f}" for name, miss in zip(shapes(), found.misses, strict=True))
    print(f"four shapes: rms {told} after {seconds:.1f} s and {found.evaluations} walks (goal 0.06 in 60 s)")


def gradient_in_walks() -> None:
    """Print what value and gradient cost, over a walk."""
    playhead = make_playhead(scene(spirals(104)[0]))
    adjoint = Adjoint(playhead)

    def there() -> None:
        playhead.seek(LAST)

    def back() -> None:
        adjoint.clear()
        adjoint.u += 2 * playhead.position.T
        adjoint.back(1)

    tries = [(cpu(there), cpu(back)) for _ in range(TRIES)]
    forth, home = (min(column) for column in zip(*tries, strict=True))
    print(f"gradient: {1e3 * forth:.2f} ms there, {(forth + home) / forth:.2f} walks in all (goal 3.5)")


def points(seed: int) -> tuple[Floats, Floats]:
    """Return noisy places on two spirals, float64[n, 3], and the class of each, -1 or 1."""
    random = np.random.default_rng(seed)
    s, side = random.random(POINTS), np.where(np.arange(POINTS) % 2, 1.0, -1.0)
    r, a = 0.2 + 0.8 * s, 2.5 * np.pi * s
    place = side * np.stack([r * np.cos(a), r * np.sin(a), 0 * s]) + 0.03 * random.normal(size=(3, POINTS))
    place[2] = 0.0
    return place.T.copy(), side


def task() -> ra.Scene:
    """Return the points that are to be told apart: each class goes to a side of its own, at whatever height."""
    place, side = points(1)
    target = np.column_stack([SIDE * side, np.zeros((POINTS, 2))])
    return ra.edits.add_keyframe(
        scene(place), LAST, np.arange(POINTS), position=target, axes=(True, False, False), weight=1 / POINTS
    )


def classify() -> None:
    """Train a classifier, try it on points that were held out, and compare its gradient with JAX's."""
    started = time.process_time()
    *_, found = ra.solve(task(), WEIGHTS, LESSONS)
    seconds, (place, side) = time.process_time() - started, points(2)
    right = float(np.mean(np.sign(end(found.scene, place)[0][:, 0]) == side))
    print(f"classifier: {100 * right:.1f} % of {POINTS} points that were held out, after {seconds:.1f} s")
    objective = ra.Objective(task(), WEIGHTS)
    z = objective.start
    value, slope = objective.value_and_gradient(z)
    mine = min(cpu(lambda: objective.value_and_gradient(z)) for _ in range(TRIES))
    print(f"  value and gradient {1e3 * mine:.1f} ms", end="")
    if find_spec("jax") is None:
        print("; JAX is not installed, so there is nothing to compare with (extra bench).")
        return
    for kept in (True, False):
        theirs = jax_seconds(z, value, slope, kept)
        print(f"; JAX {'with all states kept' if kept else 'with checkpoints'} {1e3 * theirs:.1f} ms,"
              f" {theirs / mine:.1f} times (goal 3)", end="")  # fmt: skip
    print()


def jax_seconds(z: Floats, value: float, slope: Floats, kept: bool) -> float:
    """Return the seconds that JAX takes for the same network and steps, after comparing value and gradient."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    (place, side), steps, h, units = points(1), LAST - 1, 1 / FPS, 16
    first, second = 5 * units, 5 * units + 17 * units

    def bent(u: jax.Array) -> jax.Array:
        return u / jnp.sqrt(1 + u * u)

    def push(w: jax.Array, x: jax.Array, t: jax.Array) -> jax.Array:
        one = jnp.ones((len(x), 1))
        told = jnp.concatenate([x, t * one, one], axis=1)
        inner = bent(told @ w[:first].reshape(5, units))
        outer = bent(jnp.concatenate([inner, one], axis=1) @ w[first:second].reshape(units + 1, units))
        flat = jnp.array([1.0, 1.0, 0.0])
        return outer @ w[second:].reshape(units, 3) * flat / SECONDS**2

    def cost(z: jax.Array) -> jax.Array:
        w = z.reshape(4, -1)

        def step(state: tuple[jax.Array, jax.Array], k: jax.Array) -> tuple[tuple[jax.Array, jax.Array], None]:
            x, v = state
            x = x + h / 2 * v
            v = v + h * push(w[k * 4 // steps], x, (k + 0.5) / steps)
            return (x + h / 2 * v, v), None

        start = (jnp.array(place), jnp.zeros_like(place))
        (x, _), _ = jax.lax.scan(step if kept else jax.checkpoint(step), start, jnp.arange(steps))
        return jnp.mean((x[:, 0] - SIDE * side) ** 2)

    gradient = jax.jit(jax.value_and_grad(cost))
    theirs, slopes = jax.block_until_ready(gradient(z))
    np.testing.assert_allclose(value, theirs, rtol=1e-6)
    np.testing.assert_allclose(slope, slopes, rtol=1e-4, atol=1e-6 * np.abs(slope).max())
    return min(cpu(lambda: jax.block_until_ready(gradient(z))) for _ in range(TRIES))


def peak(steps: int) -> float:
    """Return the largest memory of a process, in MiB, that learns over so many steps."""
    command = [sys.executable, "-c", f"import field; field.report_peak({steps})"]
    return float(subprocess.run(command, cwd=sys.path[0], capture_output=True, text=True, check=True).stdout)


def report_peak(steps: int) -> None:
    """Compute a gradient over so many steps, and print how much memory this process has had at most, in MiB."""
    place, target = spirals(ROUND)
    finer = ra.edits.set_timing(scene(place), steps_per_frame=steps // (LAST - 1))
    objective = ra.Objective(ra.edits.add_keyframe(finer, LAST, np.arange(len(place)), position=target), WEIGHTS)
    objective.value_and_gradient(objective.start)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Print the figures."""
    print(processor())
    peak(LENGTHS[0])  # compiles what is not compiled yet
    for steps in LENGTHS:
        print(f"{steps:5} steps there and back: {peak(steps):7.1f} MiB at most")
    gradient_in_walks()
    unroll()
    many_shapes()
    classify()


if __name__ == "__main__":
    main()
