"""A kernel is compiled once, whoever asks, and whatever has become of the disk cache."""

import importlib.util
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import revanim as ra
from revanim.engine.code.kernel import listeners

SOURCE = """
from revanim.engine.code.kernel import kernel

@kernel("float64(float64)")
def scaled(x: float) -> float:
    return {factor} * x
"""

Load = Callable[[int], ModuleType]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Write a file with one kernel in it, as an editor would, and import it as a new process would."""

    def imported(factor: int) -> ModuleType:
        path = tmp_path / "made_here.py"
        path.write_text(SOURCE.format(factor=factor))
        os.utime(path, ns=(0, factor * 10**9))
        return import_again(path)

    return imported


def import_again(path: Path) -> ModuleType:
    """Import a file, whatever was imported from it before."""
    spec = importlib.util.spec_from_file_location("made_here", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    source = path.read_text()
    exec(compile(source, str(path), "exec"), vars(module))
    return module


def cached(folder: Path) -> list[Path]:
    """Return the files of the disk cache."""
    return sorted((folder / "__pycache__").glob("*.nb[ic]"))


def test_threads_that_ask_at_once_get_the_same_machine_code(load: Load) -> None:
    kernel, found = load(3).scaled, []
    together = threading.Barrier(4)

    def ask() -> None:
        together.wait()
        found.append(kernel.compiled)

    asking = [threading.Thread(target=ask) for _ in range(4)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len(found) == 4
    assert len(set(map(id, found))) == 1
    assert kernel(2.0) == 6.0


def test_machine_code_is_kept_on_disk(load: Load, tmp_path: Path) -> None:
    assert load(3).scaled(2.0) == 6.0
    assert len(cached(tmp_path)) == 2
    again = import_again(tmp_path / "made_here.py").scaled
    assert again(2.0) == 6.0
    assert sum(again.compiled.stats.cache_hits.values()) == 1


def test_a_file_that_was_changed_after_its_import_does_not_get_the_old_code(load: Load, tmp_path: Path) -> None:
    old = load(3)
    new = load(5)  # the same bytes of code, with another constant
    assert old.scaled(2.0) == 6.0
    assert new.scaled(2.0) == 10.0
    assert import_again(tmp_path / "made_here.py").scaled(2.0) == 10.0


@pytest.mark.parametrize("left", [0, 40])
@pytest.mark.parametrize("suffix", [".nbi", ".nbc"])
def test_a_cache_that_was_cut_off_is_made_anew(load: Load, tmp_path: Path, suffix: str, left: int) -> None:
    load(3).scaled(2.0)
    for file in cached(tmp_path):
        if file.suffix == suffix:
            file.write_bytes(file.read_bytes()[:left])
    path = tmp_path / "made_here.py"
    assert import_again(path).scaled(2.0) == 6.0
    assert import_again(path).scaled(2.0) == 6.0
    again = import_again(path).scaled
    assert again(2.0) == 6.0
    assert sum(again.compiled.stats.cache_hits.values()) == 1


FULL = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))  # bytes: every write of a cache fails, as on a full disk
import revanim as ra
play = ra.Playhead(ra.make_scene([[1, 0, 0]], [[0, 1, 0]], 1.0, [ra.force("attractor")]))
home = play.digest()
play.seek(9)
play.seek(1)
assert play.digest() == home
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of Unix")
def test_on_a_full_disk_a_scene_walks_all_the_same(tmp_path: Path) -> None:
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run([sys.executable, "-c", FULL], env=environment, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr.decode()


def test_whoever_waits_is_told_what_was_compiled_and_nothing_of_what_was_there(load: Load, tmp_path: Path) -> None:
    heard: list[str] = []
    listeners.append(heard.append)
    try:
        load(3).scaled(2.0)
        import_again(tmp_path / "made_here.py").scaled(2.0)
    finally:
        listeners.pop()
    assert heard == ["made_here"]


def test_an_attribute_may_be_called_like_a_kernel(tmp_path: Path) -> None:
    path = tmp_path / "made_here.py"
    path.write_text("import numpy as np\n" + SOURCE.format(factor="np.nan").replace("scaled", "nan"))
    assert np.isnan(import_again(path).nan(2.0))


def test_a_kernel_that_cannot_be_compiled_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "made_here.py"
    path.write_text(SOURCE.format(factor="unheard_of"))
    with pytest.raises(ra.RevanimError, match=r"^made_here\.scaled cannot be compiled.*unheard_of.*$"):
        import_again(path).scaled(2.0)
