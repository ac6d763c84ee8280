"""A sum by a tree has the same bits on every processor and with any number of threads.

After a change that is meant to change bits: python tests/engine/test_tree_bits.py > tests/golden/trees.json
"""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import revanim as ra
from revanim.engine.code.kernel import threads
from revanim.scene.build import build_system

PINNED = Path(__file__).parents[1] / "golden" / "trees.json"
COUNT = 3000
PROCESSORS: dict[str, Any] = {
    "this one": {},
    "this one, on one thread": {"NUMBA_NUM_THREADS": "1"},
    "this one, on five threads": {"NUMBA_NUM_THREADS": "5"},
    "the plainest": {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""},  # all is compiled for it
}
EACH = [pytest.param(name, marks=pytest.mark.long) if name == "the plainest" else name for name in PROCESSORS]


def digest_of(name: str, massless: int) -> dict[str, str]:
    """Return digests of what a force does to a crowd, and of all gradients."""
    random = np.random.default_rng(COUNT)  # plain fractions, which are the same everywhere
    x, w = random.random((2, 3, COUNT))
    mass = random.random(COUNT) + 0.5
    mass[random.permutation(COUNT)[:massless]] = 0.0
    charge = {"charge": random.random(COUNT) - 0.5} if name == "coulomb" else {}
    force = ra.force(name, sum="tree", **charge)
    system = build_system(ra.make_scene(x.T, np.zeros((COUNT, 3)), mass, forces=[force]))
    given = (x, system.m, system.theta, system.slot, system.who, 0, threads() > 1)
    found = [np.zeros_like(like) for like in (x, x, system.m, system.theta)]
    system.pushes[0].pull(*given, w, *found)
    parts = ("accelerations", "places", "masses", "parameters")
    return {
        f"{name}, {part}": hashlib.sha256(one.tobytes()).hexdigest() for part, one in zip(parts, found, strict=True)
    }


def digests() -> dict[str, str]:
    """Return the digests of both forces that a tree can sum."""
    return digest_of("gravity", 300) | digest_of("coulomb", 0)


@pytest.mark.parametrize("processor", EACH)
def test_a_sum_by_a_tree_has_the_pinned_bits_on_every_processor(processor: str) -> None:
    environment = {**os.environ, **PROCESSORS[processor]}
    found = subprocess.run([sys.executable, __file__], env=environment, capture_output=True, text=True, check=True)
    assert json.loads(found.stdout) == json.loads(PINNED.read_text(encoding="utf-8"))


if __name__ == "__main__":
    print(json.dumps(digests(), indent=1))
