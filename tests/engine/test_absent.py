"""numba is loaded without scipy, which nobody else misses."""

import importlib
import subprocess
import sys
import threading

import pytest

from revanim.engine.code.absent import without

WALK = """
import sys
import revanim as ra
ra.Playhead(ra.example("ring")).step(3)
print("scipy" in sys.modules)

import numpy as np
from numba import njit
one = np.eye(3)
print((njit(lambda a, b: a @ b)(one, one) == one).all(), "scipy.linalg.cython_blas" in sys.modules)
"""


def test_a_walk_loads_no_scipy_and_who_needs_its_blas_still_gets_it() -> None:
    ended = subprocess.run([sys.executable, "-c", WALK], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["False", "True", "True"]


@pytest.fixture
def name(tmp_path, monkeypatch) -> str:
    """Return the name of a package that can be imported."""
    (tmp_path / "meadow").mkdir()
    (tmp_path / "meadow" / "__init__.py").write_text("")
    (tmp_path / "meadow" / "apple.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "meadow", raising=False)
    monkeypatch.delitem(sys.modules, "meadow.apple", raising=False)
    return "meadow"


def test_a_package_is_missing_for_the_one_who_does_not_ask_and_for_no_longer(name: str) -> None:
    with without(name):
        with pytest.raises(ImportError):
            importlib.import_module(name)
        importlib.import_module("json")
    assert importlib.import_module(f"{name}.apple")


def test_other_threads_find_it_meanwhile(name: str) -> None:
    found = []
    with without(name):
        other = threading.Thread(target=lambda: found.append(importlib.import_module(name)))
        other.start()
        other.join()
        with pytest.raises(ImportError):
            importlib.import_module(f"{name}.apple")
    assert found
    assert not sys.meta_path[0].__class__.__name__.startswith("Absent")
