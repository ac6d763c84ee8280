"""Print what losing energy costs, in bits and in processor time, beside the goals.

python tests/speed/moves.py
"""

import time
from collections.abc import Callable

import numpy as np

import revanim as ra
from revanim.engine.adjoint import Adjoint
from revanim.engine.playhead import Playhead
from revanim.scene.build import make_playhead

STEPS = 1_000_000
BODIES = 1000
BALLS = 64
TRIES = 5
HEAP = 2000
SECONDS = 20  # that a stack stands
MINUTE = 60  # seconds of film
G = 9.8
DOWN = ra.force("uniform", acceleration=(0, 0, -G))


def swarm(count: int, *moves: ra.Part) -> Playhead:
    """Return bodies that springs drive for ever."""
    random = np.random.default_rng(0)
    place = random.normal(size=(count, 3))
    forces = [ra.force("attractor", law="harmonic", strength=9.0)]
    return make_playhead(ra.make_scene(place, place[::-1], 1.0, forces=forces, moves=moves, scheme="leapfrog"))


def least(walk: Callable[[], None]) -> float:
    """Return the least processor time of some tries, seconds: other work slows a try, and so never all of them."""
    walk()
    best = np.inf
    for _ in range(TRIES):
        started = time.process_time()
        walk()
        best = min(best, time.process_time() - started)
    return best


def told(what: str, value: str, goal: str = "", met: bool = True) -> None:
    """Print a line of the table."""
    print(f"| {what} | {value} | {goal} | {'' if not goal else 'yes' if met else 'NO'} |")


def driven(count: int, frames: int, *moves: ra.Part) -> Playhead:
    """Return bodies that are pushed anew in every frame."""
    random = np.random.default_rng(1)
    push = ra.Curve(1, 1, 5.0 * random.normal(size=(frames, count, 3)))
    speed = random.normal(size=(count, 3))
    forces = [ra.force("nudge", push=push)]
    return make_playhead(ra.make_scene(0 * speed, speed, 1.0, forces=forces, moves=moves, scheme="leapfrog"))


def tell_returns() -> None:
    """Walk there and back, far, with everything that loses something."""
    moves = (ra.move("drag", rate=1e-3, quadratic=1e-3), ra.move("floor", friction=0.0, restitution=0.999, height=-0.5))
    playhead = swarm(3, *moves, ra.move("turn", rate=(0, 0, 2.0)))
    home = playhead.stand
    playhead.step(STEPS)
    erased = playhead.erased.mean()
    playhead.step(-STEPS)
    different = home.compare(playhead.stand)[1]
    what = f"bits that differ after {STEPS} steps and back, {erased:.0f} bits erased a body"
    told(what, f"{different}", "0", not different)


def tell_collisions_return() -> None:
    """Walk there and back, far, with marbles in a bowl."""
    place = 0.3 * np.random.default_rng(0).normal(size=(4, 3))
    contact, bowl = ra.move("contact", restitution=0.9), ra.move("bowl", radius=0.1, friction=0.05, height=2.0)
    forces = [DOWN, ra.force("turbulence", strength=2.0)]  # so that they do not come to rest
    playhead = make_playhead(
        ra.make_scene(place, 0 * place, 1.0, forces=forces, moves=[bowl, contact], scheme="leapfrog")
    )
    home = playhead.stand
    playhead.step(STEPS)
    erased = playhead.erased.mean()
    playhead.step(-STEPS)
    different = home.compare(playhead.stand)[1]
    told(f"the same with collisions, {erased:.0f} bits erased a body", f"{different}", "0", not different)


def tell_drag() -> None:
    """Say what drag costs, in bits over the least that physics asks for, bytes of a body's minute, and time."""
    slowed = driven(20, 24 * MINUTE, ra.move("drag", rate=1.0))
    slowed.seek(1 + 24 * MINUTE)
    minimum = 3 * MINUTE / np.log(2)  # log2 of what three speeds are contracted by
    bits = float(slowed.erased.mean())
    told("drag: bits over the least", f"{bits / minimum:.3f}", "1.4", bits < 1.4 * minimum)
    told("drag of 1/s: bytes a body-minute", f"{bits / 8 * 60 / MINUTE:.1f}", "60", bits * 60 / MINUTE < 480)
    with_drag, without = swarm(BODIES, ra.move("drag", rate=1.0)), swarm(BODIES)
    steps = 40
    extra = least(lambda: with_drag.step(steps)) - least(lambda: without.step(steps))
    each = extra / (steps * 2 * 3 * BODIES) * 1e9
    told("drag: ns a component and half step", f"{each:.0f}", "60", each < 60)


def tell_bounce() -> None:
    """Say how high a ball comes again."""
    place = np.zeros((BALLS, 3))
    place[:, 2] = np.linspace(1.0, 1.2, BALLS)
    scene = ra.make_scene(place, 0 * place, 1.0, forces=[DOWN], moves=[ra.move("floor")], scheme="leapfrog")
    playhead, highest, before = ra.Playhead(scene), np.zeros(BALLS), scene.bodies.velocity[:, 2]
    while not highest.all():
        playhead.step(1)
        speed = playhead.velocity[:, 2]
        turning = (before > 0) & (speed <= 0) & (highest == 0)
        highest[turning], before = playhead.position[turning, 2], speed
    ratio = highest / place[:, 2]
    mean, spread = ratio.mean() / 0.36, ratio.std() / 0.36
    what, seen = "ball, e 0.6, 8 sub-steps: height over wanted", f"{mean:.3f} ± {spread:.3f}"
    told(what, seen, "within 3 %", abs(mean - 1) < 0.03)


def tell_collision() -> None:
    """Say how high a ball comes again from one that is pinned."""
    place = np.zeros((2 * BALLS, 3))
    place[:, 0] = np.tile(np.arange(BALLS), 2)
    place[:, 2] = np.append(0.1 + np.linspace(1.0, 1.2, BALLS), np.full(BALLS, -0.1))
    pinned = np.arange(2 * BALLS) >= BALLS
    moves = [ra.move("contact", restitution=0.6)]
    scene = ra.make_scene(place, 0 * place, 1.0, forces=[DOWN], moves=moves, pinned=pinned, scheme="leapfrog")
    playhead, highest, before = ra.Playhead(scene), np.zeros(BALLS), np.zeros(BALLS)
    while not highest.all():
        playhead.step(1)
        speed = playhead.velocity[:BALLS, 2]
        turning = (before > 0) & (speed <= 0) & (highest == 0)
        highest[turning], before = playhead.position[:BALLS, 2][turning], speed
    ratio = (highest - 0.1) / (place[:BALLS, 2] - 0.1) / 0.36
    seen = f"{ratio.mean():.3f} ± {ratio.std():.3f}"
    told("the same on a body, `contact`", seen, "within 5 %", abs(ratio.mean() - 1) < 0.05)


def tell_stack() -> None:
    """Say how a stack of 20 stands."""
    place = np.zeros((20, 3))
    place[:, 2] = 0.1 + 0.2 * np.arange(20)
    moves = [ra.move("box", center=(0, 0, -0.5), radius=0.1), ra.move("contact", restitution=0.3)]
    for steps in (8, 32):
        scene = ra.make_scene(
            place, 0 * place, 1.0, forces=[DOWN], moves=moves, scheme="leapfrog", steps_per_frame=steps
        )
        playhead = ra.Playhead(scene)
        playhead.seek(1 + 24 * SECONDS)
        height, speed = playhead.position[:, 2], np.abs(playhead.velocity).max()
        stands = (np.diff(height) > 0.1).all() and not playhead.position[:, :2].any()
        what = f"stack of 20 after {SECONDS} s, {steps} sub-steps: height over wanted, length/s"
        told(what, f"{height[-1] / place[-1, 2]:.2f}, {speed:.0e}", "stands", bool(stands))


def tell_heap() -> None:
    """Say how long a frame of marbles takes that fall into a bowl and lie there."""
    random, apart = np.random.default_rng(0), 0.11
    cells = np.stack(np.meshgrid(*3 * (np.arange(-8, 8) + 0.5,)), axis=-1).reshape(-1, 3)
    inside = cells[np.hypot(cells[:, 0], cells[:, 1]) < 8]
    place = apart * inside[np.argsort(inside[:, 2], kind="stable")][:HEAP] + 0.002 * random.normal(size=(HEAP, 3))
    place[:, 2] += 0.9 - place[:, 2].min()
    bowl = ra.move("bowl", center=(0, 0, 1.5), size=1.5, height=1.5, radius=0.05, friction=0.05)
    moves = [bowl, ra.move("contact", radius=0.05, restitution=0.5), ra.move("drag", rate=0.5)]
    scene = ra.make_scene(place, 0 * place, 1.0, forces=[DOWN], moves=moves, scheme="leapfrog", steps_per_frame=8)
    playhead = make_playhead(scene)
    for frame in (13, 121):
        playhead.seek(frame)
        each = 1e3 * least(lambda: playhead.step(8))
        told(f"{HEAP} marbles in a bowl at frame {frame}: ms a frame", f"{each:.0f}", "40 on two cores", each < 80)


def tell_rest() -> None:
    """Say what rests, and what it costs."""
    normal = np.array([0.4, 0.0, 1.0]) / np.sqrt(1.16)
    slope = ra.move("floor", normal=tuple(normal), friction=0.5)
    flat = (ra.move("floor"), ra.move("drag", rate=0.2))
    for what, moves, place in (
        ("block on a slope at 0.8 of the limit", (slope,), [0, 0, 0]),
        ("ball at rest", flat[:1], [0, 0, 1.0]),
        ("ball at rest, with drag", flat, [0, 0, 1.0]),
    ):
        scene = ra.make_scene([place], [[0, 0, 0]], 1.0, forces=[DOWN], moves=moves, scheme="leapfrog")
        playhead = make_playhead(scene)
        playhead.seek(24 * 20)
        before = playhead.stand
        playhead.seek(24 * 21)
        moved = np.abs(playhead.state[:3] - before.state[:3]).max() * playhead.system.grid.length_unit
        bits = int(np.abs(playhead.state[6] - before.state[6]).max())
        told(f"{what}: moved in a second, bits/s", f"{moved}, {bits}", "0.0, 0", not moved and not bits)


def tell_gradient() -> None:
    """Say how many walks a gradient takes."""
    moves = (ra.move("drag", rate=0.3), ra.move("floor", height=-0.5))
    collisions = (ra.move("contact", radius=0.15, stiffness=1e4), ra.move("sphere", size=0.5, radius=0.15))
    for what, some in (("drag", moves[:1]), ("drag and a floor", moves), ("collisions", collisions)):
        playhead = swarm(BODIES, *some)
        adjoint = Adjoint(playhead)

        def walk(playhead: Playhead = playhead) -> None:
            playhead.seek(5)
            playhead.seek(1)

        def sweep(playhead: Playhead = playhead, adjoint: Adjoint = adjoint) -> None:
            playhead.seek(5)
            adjoint.u[:] = 1.0
            adjoint.back(1)

        walks = 2 * least(sweep) / least(walk)
        told(f"gradient through {what}, walks", f"{walks:.2f}", "3.5", walks < 3.5)


def main() -> None:
    """Print the table."""
    print("| what | seen | goal | met |\n| --- | --- | --- | --- |")
    for tell in (
        tell_returns, tell_collisions_return, tell_drag, tell_bounce, tell_collision, tell_rest, tell_stack, tell_heap,
        tell_gradient,
    ):  # fmt: skip
        tell()


if __name__ == "__main__":
    main()
