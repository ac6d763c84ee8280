"""Print what a gradient costs: in walks, against JAX, and in memory.

python tests/speed/gradient.py
"""

import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
from machine import WIDE, processor

import revanim as ra
from revanim.engine.adjoint import Adjoint
from revanim.scene.build import make_playhead

SOFTENING, SECONDS = 0.05, 1e-3
STEPS_PER_FRAME = 8
GOAL, TIMES_JAX = 2.6, 30.0 if WIDE else 20.0
# In so many steps other work on the machine often leaves a core alone: short turns, and many of them.
STEPS = {2: 16000, 10: 1600, 100: 160, 1000: 8}
TRIES = 200
LENGTHS = (1000, 10_000, 100_000)  # steps
JAX_STEPS = {100: 1000, 1000: 48}  # it stores all of them


def cloud(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return positions, velocities and masses of a random cloud."""
    random = np.random.default_rng(count)
    return random.normal(size=(count, 3)), random.normal(size=(count, 3)), np.full(count, 1 / count)


def adjoint(count: int) -> Adjoint:
    """Return a leapfrog of a cloud, at home, ready to walk there and back."""
    gravity = ra.force("gravity", softening=SOFTENING)
    fps = 1 / (SECONDS * STEPS_PER_FRAME)
    scene = ra.make_scene(
        *cloud(count), forces=[gravity], scheme="leapfrog", fps=fps, steps_per_frame=STEPS_PER_FRAME, home=0
    )
    return Adjoint(make_playhead(scene))


def there(one: Adjoint, steps: int) -> None:
    """Walk to the end."""
    one.playhead.seek(steps // STEPS_PER_FRAME)


def back(one: Adjoint) -> None:
    """Walk home with the gradient of the sum of squared distances from the origin."""
    one.clear()
    one.u += 2 * one.playhead.position.T
    one.back(0)


def seconds(work: Callable[[], None]) -> float:
    """Return how long something takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def ours(count: int) -> tuple[float, float]:
    """Return the seconds that a step takes onward and with the gradient, the best of several tries."""
    one, steps = adjoint(count), STEPS[count]
    tries = [(seconds(lambda: there(one, steps)), seconds(lambda: back(one))) for _ in range(TRIES)]
    return tuple(min(column) / steps for column in zip(*tries, strict=True))


def theirs(count: int) -> float:
    """Return the seconds that a step takes in JAX's reverse mode, after comparing the value and the gradient."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    (place, speed, mass), steps = cloud(count), JAX_STEPS[count]

    def acceleration(x: jax.Array) -> jax.Array:
        apart = x[None, :, :] - x[:, None, :]
        r2 = jnp.sum(apart * apart, axis=2) + SOFTENING**2
        return jnp.einsum("ij,ijc->ic", mass[None, :] / (r2 * jnp.sqrt(r2)), apart)

    def step(state: tuple[jax.Array, ...], _: None) -> tuple[tuple[jax.Array, ...], None]:
        x, v, a = state
        v = v + SECONDS / 2 * a
        x = x + SECONDS * v
        a = acceleration(x)
        return (x, v + SECONDS / 2 * a, a), None

    def cost(x: jax.Array, v: jax.Array) -> jax.Array:
        (x, _, _), _ = jax.lax.scan(step, (x, v, acceleration(x)), None, length=steps)
        return jnp.sum(x * x)

    gradient = jax.jit(jax.value_and_grad(cost, argnums=(0, 1)))
    value, slopes = jax.block_until_ready(gradient(place, speed))
    one = adjoint(count)
    there(one, steps)
    mine = float(np.sum(one.playhead.position**2))
    back(one)
    np.testing.assert_allclose(mine, value, rtol=1e-9)
    np.testing.assert_allclose(one.u.T, slopes[0], rtol=1e-6, atol=1e-9 * np.abs(slopes[0]).max())
    return min(seconds(lambda: jax.block_until_ready(gradient(place, speed))) for _ in range(7)) / steps


def peak(steps: int) -> float:
    """Return the largest memory of a process, in MiB, that walks so many steps there and back."""
    question = f"import gradient; gradient.report_peak({steps})"
    command = [sys.executable, "-c", question]
    return float(subprocess.run(command, cwd=sys.path[0], capture_output=True, text=True, check=True).stdout)


def report_peak(steps: int) -> None:
    """Walk there and back, and print how much memory this process has had at most, in MiB."""
    import resource

    one = adjoint(100)
    there(one, steps)
    back(one)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Print the three tables."""
    print(processor())
    # Memory first: what a process reports includes what the one that started it had.
    peak(LENGTHS[0])  # compiles what is not compiled yet
    peaks = {steps: peak(steps) for steps in LENGTHS}
    for steps, most in peaks.items():
        print(f"{steps:7} steps there and back: {most:8.2f} MiB at most")
    print(f"spread {max(peaks.values()) - min(peaks.values()):.2f} MiB (goal: within 1)")
    print(f"{'bodies':>7} {'onward us':>10} {'gradient us':>12} {'walks':>6} {'goal':>5} {'JAX us':>9} {'times':>7}")
    for count in STEPS:
        forth, home = ours(count)
        line = f"{count:7} {forth * 1e6:10.3f} {(forth + home) * 1e6:12.3f} {(forth + home) / forth:6.2f} {GOAL:5.1f}"
        print(line, end=" " if count >= 100 else "\n", flush=True)
        if count >= 100:
            reverse = theirs(count)
            print(f"{reverse * 1e6:9.1f} {reverse / (forth + home):7.1f}", f"(goal {TIMES_JAX:.0f})" * (count == 100))


if __name__ == "__main__":
    main()
