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


CHAIN = {
    "factor.py": "FACTOR = 3.0",
    "bottom.py": """
from revanim.engine.code.kernel import kernel
from chain.factor import FACTOR

@kernel("float64(float64)")
def bottom(x: float) -> float:
    return FACTOR * x
""",
    "middle.py": """
from chain.bottom import bottom
from revanim.engine.code.kernel import kernel

@kernel("float64(float64)")
def middle(x: float) -> float:
    return bottom(x) + 1.0
""",
    "top.py": """
from chain.middle import middle
from revanim.engine.code.kernel import kernel

@kernel("float64(float64)")
def top(x: float) -> float:
    return middle(middle(x))
""",
}
CALL = """
from chain.bottom import bottom
from chain.middle import middle
from chain.top import top
value = top(2.0)
used = [each.compiled.stats for each in (bottom, middle, top)]
print(value, sum(sum(stats.cache_misses.values()) for stats in used))
"""


@pytest.fixture
def chain(tmp_path: Path) -> Path:
    """Write a package in which a kernel calls another file's, which calls a third file's, which names a number."""
    folder = tmp_path / "chain"
    folder.mkdir()
    for name, text in CHAIN.items():
        (folder / name).write_text(text)
    return folder


def call(chain: Path, before: str = "", **environment: str) -> tuple[float, int]:
    """Call the topmost kernel in a new process, and return its value and how many kernels had to be compiled for it."""
    path = os.pathsep.join([str(chain.parent), *sys.path])
    environment = os.environ | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"} | environment
    command = [sys.executable, "-c", before + CALL]
    value, misses = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split()
    return float(value), int(misses)


def edit(file: Path, before: str, after: str) -> None:
    """Replace a few words in a file."""
    text = file.read_text()
    assert text.count(before) == 1
    file.write_text(text.replace(before, after))


def test_a_kernel_gets_the_new_code_of_other_files_that_it_calls(chain: Path) -> None:
    assert call(chain) == (22.0, 3)
    edit(chain / "middle.py", "+ 1.0", "+ 2.0")
    assert call(chain) == (26.0, 2)
    edit(chain / "bottom.py", "FACTOR * x", "FACTOR + x")
    assert call(chain) == (12.0, 3)
    edit(chain / "factor.py", "3.0", "5.0")
    assert call(chain) == (16.0, 3)
    assert call(chain) == (16.0, 0)  # nothing is compiled where nothing has changed
    assert call(chain, "import numba\n") == (16.0, 0)  # whoever loads numba first


@pytest.mark.parametrize("name", ["NUMBA_CACHE_DIR", "NUMBA_CPU_NAME"])
def test_so_it_does_where_the_environment_says_something_to_numba(chain: Path, tmp_path: Path, name: str) -> None:
    said = {name: {"NUMBA_CACHE_DIR": str(tmp_path / "elsewhere"), "NUMBA_CPU_NAME": "generic"}[name]}
    assert call(chain, **said) == (22.0, 3)
    edit(chain / "bottom.py", "FACTOR * x", "FACTOR + x")
    assert call(chain, **said) == (10.0, 3)


LAWS = """
from revanim.engine.code.kernel import kernel_from, kernel

law = None

def twice(x):
    return law(law(x))

@kernel("float64(float64)")
def double(x):
    return 2.0 * x

@kernel("float64(float64)")
def square(x):
    return x * x

doubled, squared = [kernel_from(twice, "float64(float64)", each, law=each) for each in (double, square)]
"""


def test_kernels_that_one_function_is_filled_in_for_are_kept_apart_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "made_here.py"
    path.write_text(LAWS)
    for hits in (0, 1):
        made = import_again(path)
        assert (made.doubled(3.0), made.squared(3.0)) == (12.0, 81.0)
        assert [sum(each.compiled.stats.cache_hits.values()) for each in (made.doubled, made.squared)] == [hits] * 2


FULL = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))  # bytes: every write of a cache fails, as on a full disk
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of Unix")
def test_on_a_full_disk_kernels_are_compiled_all_the_same(chain: Path) -> None:
    assert call(chain, FULL)[0] == 22.0
    assert call(chain) == (22.0, 3)  # nothing that was cut off is taken for machine code


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
