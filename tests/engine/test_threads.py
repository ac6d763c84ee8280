"""How many threads share the work changes no bit."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from math import isqrt
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.alive.acting import parameters_at
from revanim.engine.binding.driven import WIDE_FROM
from revanim.engine.code.kernel import threads
from revanim.engine.move import move_kinds
from revanim.engine.playhead import Playhead
from revanim.scene.build import build_system, make_playhead

Make = Callable[..., Any]
COUNTS = [1, 2, 15, 16, 17, 31, 32, 33, 127, 128, 129, 300]  # around the borders of blocks and shares


@pytest.mark.parametrize("light", [False, True])
@pytest.mark.parametrize("count", COUNTS)
def test_one_thread_and_all_find_the_same_acceleration_and_gradient(
    variant: Any, count: int, light: bool, sample_scene: Make, sample_force: Make, places: Make
) -> None:
    mass = np.arange(count) % 3 if light and not variant.kind.divides_by_mass else np.ones(count)
    scene = sample_scene(count, [sample_force(variant, count)], mass=mass)
    system, x = build_system(scene), places(scene)
    w = np.random.default_rng(0).normal(size=x.shape)
    slot = parameters_at(system, 1)[1]
    found = []
    for wide in (False, True):
        given = (x, system.m, system.theta, slot, system.who, 0, wide)
        applied, *pulled = (np.zeros_like(like) for like in (x, x, x, system.m, system.theta))
        kernels = system.pushes[0]
        kernels.apply(*given, applied)
        kernels.pull(*given, w, *pulled)
        found.append([applied, *pulled, np.array(kernels.energy(*given))])
    for serial, wide in zip(*found, strict=True):
        assert serial.tobytes() == wide.tobytes()


@pytest.mark.parametrize("count", [129, 300])
def test_one_thread_and_all_walk_to_the_same_bits(count: int, everything: Make) -> None:
    scene = everything(count)
    system = build_system(scene)
    serial, wide = (
        Playhead(replace(system, wide=np.full_like(system.wide, wide)), scene.bodies.state, 1) for wide in (False, True)
    )
    for playhead in (serial, wide):
        playhead.seek(3)
    assert serial.digest() == wide.digest()


def test_many_pairs_are_shared_among_the_threads_but_not_a_crowd_around_a_few() -> None:
    def wide(count: int, massive: int) -> bool:
        mass = (np.arange(count) < massive).astype(float)
        random = np.random.default_rng(0)
        place = random.normal(size=(count, 3))
        (shared,) = build_system(ra.make_scene(place, 0 * place, mass, forces=[ra.force("gravity")])).wide
        return bool(shared)

    many = isqrt(WIDE_FROM) + 1
    assert wide(many, many) == (threads() > 1)
    assert not wide(many - 1, many - 1)
    assert not wide(many, 10)


def test_only_the_force_with_many_pairs_is_shared() -> None:
    many = isqrt(WIDE_FROM) + 1
    place = np.random.default_rng(0).normal(size=(many, 3))
    links = np.stack([np.arange(many - 1), np.arange(1, many)], axis=1)
    few = ra.force("coulomb", bodies=range(10))
    others = [ra.force("uniform"), few, ra.force("spring", links=links), ra.force("wall")]
    shared = build_system(ra.make_scene(place, 0 * place, 1.0, forces=[*others, ra.force("coulomb")])).wide
    assert shared.tolist() == [False, False, False, False, threads() > 1]


WALK = """
import numpy as np
import revanim as ra
from revanim.scene.build import make_playhead
random = np.random.default_rng(1)
charges = random.normal(size=720)
forces = [ra.force("gravity"), ra.force("coulomb", charge=charges), ra.force("repulsion")]
forces += [ra.force("lennard_jones", size=0.01)]
playhead = make_playhead(ra.make_scene(random.normal(size=(720, 3)), np.zeros((720, 3)), 1.0, forces=forces, fps=240))
playhead.seek(3)
print(playhead.system.wide.all(), playhead.digest(), playhead.energy().hex())
"""


def test_the_bits_do_not_depend_on_the_number_of_threads() -> None:
    words = []
    for number in ("1", "2", "3"):
        environment = {**os.environ, "NUMBA_NUM_THREADS": number}
        run = subprocess.run([sys.executable, "-c", WALK], env=environment, capture_output=True, text=True, check=True)
        words.append(run.stdout.split())
    assert words[0][0] == "False"
    assert words[1][0] == words[2][0] == str((os.cpu_count() or 1) > 1)
    assert words[0][1:] == words[1][1:] == words[2][1:]


MOVED = """
import numpy as np
import revanim as ra
import revanim.engine.binding.driven as binding
from revanim.engine.move import move_kinds
from revanim.scene.build import make_playhead
binding.SHARED_FROM = 1
random = np.random.default_rng(1)
place, speed, sizes = random.uniform(-1, 1, (300, 3)), random.normal(size=(300, 3)), random.uniform(0.1, 0.2, 300)
for kind in move_kinds().values():
    given = {each.name: sizes if each.unit == "length" else each.default * sizes * 5 for each in kind.parameters
             if each.per == "body" and each.axes == 1}
    scene = ra.make_scene(place, speed, 1.0, moves=[ra.move(kind.name, **given)], scheme="leapfrog")
    playhead = make_playhead(scene)
    playhead.seek(3)
    there = playhead.digest()
    playhead.seek(1)
    print(kind.name, there, playhead.digest(), playhead.system.wide.any())
"""


def test_the_bits_of_no_move_depend_on_the_number_of_threads() -> None:
    words = []
    for number in ("1", "2", "5"):
        environment = {**os.environ, "NUMBA_NUM_THREADS": number}
        run = subprocess.run([sys.executable, "-c", MOVED], env=environment, capture_output=True, text=True, check=True)
        words.append([line.split() for line in run.stdout.splitlines()])
    assert [line[:-1] for line in words[0]] == [line[:-1] for line in words[1]] == [line[:-1] for line in words[2]]
    assert {line[0] for line in words[0]} == set(move_kinds())
    assert {line[-1] for line in words[0]} == {"False"}
    assert {line[-1] for line in words[1] + words[2]} == {str((os.cpu_count() or 1) > 1)}


def test_two_walks_at_once_do_not_disturb_each_other(everything: Make) -> None:
    from concurrent.futures import ThreadPoolExecutor

    scene = everything(300)
    playheads = [make_playhead(scene) for _ in range(3)]
    playheads[0].seek(4)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda playhead: playhead.seek(4), playheads[1:]))
    assert len({playhead.digest() for playhead in playheads}) == 1
