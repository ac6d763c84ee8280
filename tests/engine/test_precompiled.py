"""Machine code that comes with the program: read where it fits, and quietly made anew where it does not."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import revanim
from revanim.engine.code import user_cache
from revanim.engine.code.precompiled import GENERIC, V3, V4, Processor
from revanim.engine.code.source import fingerprint
from revanim.resources import resource

# What a program does that walks a scene: it says where the machine code came from.
WALK = """
import json
import revanim as ra
from revanim.cli.verbs import prepare
prepare.ROOMS = ("engine",)
kernels = list(prepare.all_kernels())
ra.Playhead(ra.example("ring")).step(3)
used = [kernel.compiled.stats for kernel in kernels if "compiled" in vars(kernel)]
hits, misses = (sum(sum(stats[i].values()) for stats in used) for i in (1, 2))
print(json.dumps({"hits": hits, "misses": misses}))
"""
# The same for a few kernels of the engine that are compiled in an instant, and what comes of them.
CALL = """
import json
from revanim.engine.tried_beside import beside
from revanim.engine.tried_bottom import bottom
from revanim.engine.tried_middle import middle
from revanim.engine.tried_top import top
value = top(2.0) + beside(2.0)
used = [each.compiled.stats for each in (beside, bottom, middle, top)]
hits, misses = (sum(sum(stats[i].values()) for stats in used) for i in (1, 2))
print(json.dumps({"hits": hits, "misses": misses, "value": value}))
"""
TRIED = {
    "tried_factor.py": "FACTOR = 3.0",
    "tried_bottom.py": """
from revanim.engine.code.kernel import kernel
from revanim.engine.tried_factor import FACTOR

@kernel("float64(float64)")
def bottom(x: float) -> float:
    return FACTOR * x
""",
    "tried_middle.py": """
from revanim.engine.code.kernel import kernel
from revanim.engine.tried_bottom import bottom

@kernel("float64(float64)")
def middle(x: float) -> float:
    return bottom(x) + 1.0
""",
    "tried_top.py": """
from revanim.engine.code.kernel import kernel
from revanim.engine.tried_middle import middle

@kernel("float64(float64)")
def top(x: float) -> float:
    return middle(middle(x))
""",
    "tried_beside.py": """
from revanim.engine.code.kernel import kernel

@kernel("float64(float64)")
def beside(x: float) -> float:
    return x * x
""",
}
VALUE = 26.0  # of all of them
MADE = """
from pathlib import Path
from revanim.engine.code.precompiled import Processor, make_for
make_for(Processor(*{processor!r}), Path({folder!r}))

import runpy
import sys
import revanim as ra
from revanim.engine.tried_beside import beside
from revanim.engine.tried_top import top
ra.Playhead(ra.example("ring")).step(3)
top(2.0), beside(2.0)
sys.argv = ["", *{beginnings!r}]
runpy.run_path({golden!r}, run_name="__main__")
"""
# Of the pinned digests, as many as take no minute of compiling; the others are proved before a release.
SOME = ("crystal at home", "crystal after 5 steps of leapfrog", "a second of turn")
GOLDEN = Path(__file__).with_name("test_golden_digests.py")
OLD = """
import llvmlite.binding
llvmlite.binding.get_host_cpu_features = llvmlite.binding.FeatureMap  # those of a processor that can do nothing
"""


def run(site: Path, home: Path, program: str = CALL) -> dict[str, Any]:
    """Run a program in a new process, with revanim as it lies in a folder, and return what it says."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
    environment |= {"PYTHONPATH": str(site), "XDG_CACHE_HOME": str(home)}
    environment["PYTHONDONTWRITEBYTECODE"] = "" if site == home else "1"  # written once, where it is installed
    command = [sys.executable, "-c", program]
    ended = subprocess.run(command, env=environment, cwd=site, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert not ended.stderr
    return dict(json.loads(ended.stdout))


def install(site: Path, beginnings: tuple[str, ...] = ()) -> dict[str, str]:
    """Install the program with machine code for the plainest processors, as a wheel would, and walk with it.

    Returns the digests whose names begin so, or all.
    """
    shutil.copytree(Path(revanim.__file__).parent, site / "revanim", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(resource(), site / "revanim" / "resources", ignore=shutil.ignore_patterns("kernels"))
    for name, text in TRIED.items():
        (site / "revanim" / "engine" / name).write_text(text, encoding="utf-8")
    folder, processor = str(site / "revanim" / "resources" / "kernels"), (GENERIC.name, GENERIC.features)
    program = MADE.format(processor=processor, folder=folder, golden=str(GOLDEN), beginnings=beginnings)
    return run(site, site, program)


def pinned() -> dict[str, str]:
    """Return the pinned digests."""
    file = GOLDEN.parents[1] / "golden" / "digests.json"
    return dict(json.loads(file.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the program with what a few scenes need, and walk them."""
    site = tmp_path_factory.mktemp("site")
    found = install(site, SOME)
    (site / "digests.json").write_text(json.dumps(found), encoding="utf-8")
    return site


@pytest.fixture(scope="module")
def bare(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the program with machine code for processors of which this is none."""
    copied = Path(shutil.copytree(made, tmp_path_factory.mktemp("bare") / "site"))
    folder = next((copied / "revanim" / "resources" / "kernels").glob("*/generic"))
    folder.rename(folder.with_name("unheard-of"))
    return copied


@pytest.fixture(scope="module")
def walked(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Walk with it, and return the home in which machine code is kept since."""
    home = tmp_path_factory.mktemp("walked") / "home"
    assert run(bare, home) == {"hits": 0, "misses": 4, "value": VALUE}
    return home


@pytest.fixture
def home(walked: Path, tmp_path: Path) -> Path:
    """Return such a home that a test may change."""
    return Path(shutil.copytree(walked, tmp_path / "home"))


@pytest.fixture
def site(made: Path, tmp_path: Path) -> Path:
    """Return such an installation that a test may damage."""
    return Path(shutil.copytree(made, tmp_path / "site"))


def files(folder: Path) -> dict[Path, bytes]:
    """Return what lies in a folder."""
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_first_start_compiles_nothing_and_changes_nothing(site: Path, tmp_path: Path) -> None:
    before = files(site)
    first = run(site, tmp_path / "home", WALK)
    assert first["misses"] == 0
    assert first["hits"] > 5
    assert files(site) == before
    assert not files(tmp_path / "home")


def test_so_it_does_where_a_thread_asks_for_its_share_of_the_cores_first(site: Path, tmp_path: Path) -> None:
    as_in_the_window = "from revanim.session.threads.runner import leave_a_core\nleave_a_core()\n"
    first = run(site, tmp_path / "home", as_in_the_window + WALK)
    assert first["misses"] == 0
    assert first["hits"] > 5


def test_what_is_made_for_the_plainest_processors_has_the_pinned_bits(made: Path) -> None:
    found = json.loads((made / "digests.json").read_text(encoding="utf-8"))
    assert len(found) >= len(SOME)
    assert found.items() <= pinned().items()


@pytest.mark.long
def test_all_that_is_made_for_the_plainest_processors_has_the_pinned_bits(tmp_path: Path) -> None:
    assert install(tmp_path) == pinned()


def test_machine_code_does_not_tell_where_it_was_made(site: Path, made: Path) -> None:
    kernels = [file for file in (site / "revanim" / "resources" / "kernels").rglob("*.nb[ic]") if file.is_file()]
    assert kernels
    assert not [
        file for file in kernels if any(told in file.read_bytes() for told in (str(made).encode(), b"<module "))
    ]


def test_so_it_does_where_nothing_can_be_written(site: Path) -> None:
    assert run(site, Path(os.devnull) / "nowhere") == {"hits": 4, "misses": 0, "value": VALUE}


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:40])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def flip_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 4
    file.write_bytes(content)


def beside(code: Path) -> dict[str, Path]:
    """Return the three files of a kernel by their kinds."""
    index = code.name.rsplit(".", 2)[0]
    seal = index.partition(".")[2]
    return {".nbc": code, ".nbi": code.with_name(f"{index}.nbi"), ".sha256": code.with_name(f"{seal}.sha256")}


def harm(folder: Path, suffix: str) -> int:
    """Damage the files of a kind of the kernels that are tried, each in another way, and return how many."""
    ways = (cut_off, empty, flip_a_bit, Path.unlink)
    tried = sorted(file for file in folder.rglob("*.nbc") if "engine.tried_" in file.parent.name)
    for way, file in zip(ways, tried, strict=True):
        way(beside(file)[suffix])
    return len(ways)


@pytest.mark.parametrize("suffix", [".nbi", ".nbc", ".sha256"])
def test_what_is_damaged_is_made_anew_and_kept(site: Path, tmp_path: Path, suffix: str) -> None:
    damaged = harm(site / "revanim" / "resources" / "kernels", suffix)
    before = files(site)
    first, second = run(site, tmp_path / "home"), run(site, tmp_path / "home")
    assert (first["misses"], second["misses"]) == (damaged, 0)
    assert first["value"] == second["value"] == VALUE
    assert files(site) == before


@pytest.mark.parametrize("suffix", [".nbi", ".nbc"])
def test_what_was_kept_and_damaged_is_made_anew_too(bare: Path, home: Path, suffix: str) -> None:
    damaged = harm(home, suffix)
    first, second = run(bare, home), run(bare, home)
    assert (first["misses"], second["misses"]) == (damaged, 0)
    assert first["value"] == second["value"] == VALUE


def test_two_versions_keep_what_is_theirs_side_by_side(bare: Path, home: Path, tmp_path: Path) -> None:
    newer = Path(shutil.copytree(bare, tmp_path / "newer"))
    changed = newer / "revanim" / "engine" / "tried_top.py"
    changed.write_text("SOMETHING_NEW = 1\n" + changed.read_text(encoding="utf-8"), encoding="utf-8")
    of_the_older = files(home)
    assert run(newer, home)["misses"] == 1  # kernels that are the same are shared
    assert files(home).items() > of_the_older.items()
    assert run(bare, home)["misses"] == run(newer, home)["misses"] == 0


def test_what_no_version_has_used_for_long_is_swept_away(bare: Path, home: Path) -> None:
    root = home / "revanim" / "kernels"
    used = list(root.glob("*/*/*"))
    old, recent, strange = (root / "numba-0.1" / "generic" / "a-1", used[0].parent / "b-2", root / "notes")
    for folder in (old, recent, strange):
        folder.mkdir(parents=True)
        (folder / "file").write_text("here", encoding="ascii")
    ago = time.time() - user_cache.UNUSED
    for folder in (old, strange):
        os.utime(folder, (ago - 100, ago - 100))
    for folder in (recent, *used):
        os.utime(folder, (ago + 900, ago + 900))
    assert run(bare, home)["misses"] == 0
    assert not (root / "numba-0.1").exists()
    assert (recent / "file").exists()
    assert (strange / "file").exists()
    assert all(folder.stat().st_mtime > ago + 1000 for folder in used)  # what is used does not grow old


def test_another_processor_gets_machine_code_of_its_own(bare: Path, tmp_path: Path) -> None:
    older = Path(shutil.copytree(bare, tmp_path / "older"))
    folder = next((older / "revanim" / "resources" / "kernels").glob("*/unheard-of"))
    folder.rename(folder.with_name("x86-64-v3"))  # made for processors of which this is none
    before = files(older)
    first, second = (run(older, tmp_path / "home", OLD + CALL) for _ in range(2))
    assert first == {"hits": 0, "misses": 4, "value": VALUE}
    assert second == {"hits": 4, "misses": 0, "value": VALUE}
    assert files(older) == before


@pytest.mark.parametrize(("name", "compiled"), [("generic", False), ("x86-64-v2", True)])
def test_a_class_of_processors_can_be_tried_by_its_name(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, compiled: bool
) -> None:
    before = f"import os; os.environ['NUMBA_CPU_NAME'] = {name!r}\n"
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert (run(site, tmp_path / "home", before + CALL)["misses"] > 0) is compiled


def test_what_is_damaged_is_no_hindrance_where_nothing_can_be_written(site: Path) -> None:
    for file in (site / "revanim" / "resources" / "kernels").rglob("*.nbc"):
        file.write_bytes(b"")
    assert run(site, Path(os.devnull) / "nowhere")["hits"] == 0


def test_a_processor_belongs_to_the_classes_whose_features_it_has() -> None:
    v3, v4 = Processor("x86-64-v3", V3), Processor("x86-64-v4", V4)
    haswell = dict.fromkeys(("avx2", "fma", "bmi", "bmi2", "f16c", "lzcnt", "movbe"), True)
    assert v3.includes(haswell)
    assert not v4.includes(haswell)
    assert not v3.includes({**haswell, "fma": False})
    assert GENERIC.includes({})


def code(text: str, path: str = "") -> Any:
    return compile(text, path, "exec")


def test_the_stamp_of_a_source_is_that_of_its_code_wherever_it_lies() -> None:
    source = "A = 0.5\ndef f(x):\n    return A * x if x in {'a', 'b'} else x\n"
    assert fingerprint(code(source)) == fingerprint(code(source + "# said later", "/elsewhere.py"))
    assert fingerprint(code(source)) != fingerprint(code(source.replace("0.5", "0.25")))
    assert fingerprint(code(source)) != fingerprint(code(source.replace("A * x", "A + x")))


def test_a_kernel_is_made_anew_where_one_of_another_file_that_it_calls_has_changed(site: Path, tmp_path: Path) -> None:
    engine, kernels, home = site / "revanim" / "engine", site / "revanim" / "resources" / "kernels", tmp_path / "home"
    shipped = files(kernels)
    for changed, before, after, value in (
        ("tried_bottom.py", "FACTOR * x", "FACTOR * x - 1.0", 22.0),
        ("tried_factor.py", "3.0", "5.0", 54.0),
    ):
        old = (engine / changed).read_text(encoding="utf-8")
        (engine / changed).write_text(old.replace(before, after), encoding="utf-8")
        assert run(site, home) == {"hits": 1, "misses": 3, "value": value}
        assert run(site, home) == {"hits": 4, "misses": 0, "value": value}

    for name, text in TRIED.items():
        (engine / name).write_text(text, encoding="utf-8")
    assert run(site, home) == {"hits": 4, "misses": 0, "value": VALUE}
    assert files(kernels) == shipped
