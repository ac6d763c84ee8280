"""The same bits on every processor: chaotic scenes would turn the last bit of one force into another picture.

After a change that is meant to change bits: python tests/engine/test_golden_digests.py > tests/golden/digests.json
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np

import revanim as ra
from revanim.engine.adjoint import Adjoint
from revanim.engine.code.kernel import threads
from revanim.engine.flow import flow_kinds
from revanim.engine.force import force_kinds
from revanim.engine.move import move_kinds
from revanim.engine.parameter import Floats
from revanim.engine.playhead import digest as digest_of_state
from revanim.engine.scheme import schemes
from revanim.scene.build import build_system, make_playhead
from revanim.scene.gallery import is_stored

PINNED = Path(__file__).parents[1] / "golden" / "digests.json"
CHAOTIC = ("crystal", "fan", "galaxy-collision")
SUMS = ("gravity", "coulomb", "repulsion", "lennard_jones", "flock", "field")
CROWDS = ((3, 0), (7, 2), (8, 0), (63, 0), (64, 1), (65, 0), (200, 70))  # around the borders of the forms of a sum


def digest(*arrays: Floats) -> str:
    """Return the sha256 of some arrays."""
    return hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()


def push_and_pull(name: str, count: int, massless: int) -> str:
    """Return the digest of what a force whose sums run over many numbers gives, and of its gradients."""
    random = np.random.default_rng(count)  # plain fractions, which are the same everywhere
    x, w = random.random((2, 3, count))
    mass = random.random(count) + 0.5
    mass[random.permutation(count)[:massless]] = 0.0
    system = build_system(ra.make_scene(x.T, np.zeros((count, 3)), mass, forces=[ra.force(name)]))
    kernels = system.pushes[0]
    given = (x, system.m, system.theta, system.slot, system.who, 0, bool(threads() > 1))
    found = [np.zeros_like(like) for like in (x, x, x, system.m, system.theta)]
    kernels.apply(*given, found[0])
    kernels.pull(*given, w, *found[1:])
    *rest, slopes = found
    solved = [slopes[system.layout[0, each.name]] for each in force_kinds()[name].parameters if each.graded]
    return digest(*rest, *solved)


def moved(name: str) -> str:
    """Return the digest of a second in which a move, as it is by itself, acts on bodies that fall and are stirred."""
    random = np.random.default_rng(7)
    place, speed = random.random((2, 40, 3))
    mixed = [ra.force("uniform", acceleration=(0.5, 0.0, -8.0)), ra.force("turbulence")]
    scene = ra.make_scene(place, speed, 1.0, forces=mixed, moves=[ra.move(name)], scheme="leapfrog", radius=0.125)
    playhead = ra.Playhead(scene)
    playhead.seek(25)
    return playhead.digest()


def carried(name: str) -> str:
    """Return the digest of where a flow carries bodies before a corner, and of the gradient on the way back."""
    random, kind, count = np.random.default_rng(5), flow_kinds()[name], 70
    place = (random.random((count, 3)) + 0.5) * (1.0, 1.0, not kind.planar)
    ends = np.arange(60)
    links = np.column_stack([ends, np.roll(ends, -1)]) if kind.linked else None
    flow = ra.flow(name, links=links, circulation=random.random(60 if kind.linked else count) - 0.5, walls="corner")
    scene = ra.make_scene(place, 0 * place, 1.0, flows=[flow], planar=bool(kind.planar))
    playhead = make_playhead(scene)
    playhead.seek(9)
    there, adjoint = playhead.state, Adjoint(playhead)
    adjoint.u += 1.0
    adjoint.back(1)
    return digest(there, adjoint.u, adjoint.gtheta)


def walked(name: str, frame: int) -> str:
    """Return the digest of a scene of the gallery at a frame."""
    playhead = ra.Playhead(ra.example(name))
    playhead.seek(frame)
    return playhead.digest()


def made(name: str) -> str:
    """Return the digest of a scene of the gallery as it is opened."""
    return digest_of_state(ra.example(name).bodies.state)


def stepped(scheme: str) -> str:
    """Return the digest of the crystal after five steps by a scheme."""
    playhead = ra.Playhead(ra.edits.set_scheme(ra.example("crystal"), scheme))
    playhead.step(5)
    return playhead.digest()


def every_digest() -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield scenes at home and at the end, or as they are made, and steps by every scheme, long sum, flow and move."""
    for name in CHAOTIC:
        timing = ra.example(name).timing
        yield f"{name} at home", partial(walked, name, timing.home)
        yield f"{name} at frame {timing.last}", partial(walked, name, timing.last)
    for name in ra.examples():
        if not is_stored(name):
            yield f"{name} as it is made", partial(made, name)
    for scheme in schemes():
        yield f"crystal after 5 steps of {scheme}", partial(stepped, scheme)
    for name in SUMS:
        for count, massless in CROWDS:
            light = massless if name == "gravity" else 0
            yield f"{name} of {count} bodies, {light} without mass", partial(push_and_pull, name, count, light)
    for name in flow_kinds():
        yield f"eight frames of {name}", partial(carried, name)
    for name in move_kinds():
        yield f"a second of {name}", partial(moved, name)


def digests(*beginnings: str) -> dict[str, str]:
    """Return the digests whose names begin so, or all: what is not asked for needs no machine code."""
    return {name: find() for name, find in every_digest() if name.startswith(beginnings or "")}


# The plainest processor of its family, without wide vectors and fused multiplication, is tried in test_precompiled.py.


def test_chaotic_scenes_have_the_pinned_bits() -> None:
    assert as_text(digests()) == PINNED.read_text(encoding="utf-8")


def test_they_have_them_on_one_thread_too() -> None:
    environment = {**os.environ, "NUMBA_NUM_THREADS": "1"}
    walked = subprocess.run([sys.executable, __file__], env=environment, capture_output=True, text=True, check=True)
    assert walked.stdout == PINNED.read_text(encoding="utf-8")


def as_text(digests: dict[str, str]) -> str:
    """Return digests as the file has them: those of every machine are compared as text."""
    return json.dumps(digests, indent=1) + "\n"


if __name__ == "__main__":
    print(as_text(digests(*sys.argv[1:])), end="")
