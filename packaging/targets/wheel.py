"""What pip installs: the sources, a wheel for every system, and one for this system with machine code in it."""

import json
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from dev import say
from workshop import BUILD, DIST, ROOT, BuildError, call, environment, machine, said, timed, version

AWAY = {"PYTHONPATH": "", "QT_QPA_PLATFORM": "offscreen"}  # from the checkout, and without a screen
MINORS = range(11, 16)  # of the Pythons that revanim is tried on, where they are
SMOKE = ROOT / "packaging" / "smoke.py"
SEED_TAG = f"cp{sys.version_info[0]}{sys.version_info[1]}"


def build() -> list[Path]:
    """Build all three."""
    tools = environment("tools", "build", "wheel", "uv")
    for old in (*DIST.glob(f"revanim-{version()}*.whl"), *DIST.glob(f"revanim-{version()}.tar.gz")):
        old.unlink()
    with timed("Sources and wheel"):
        call(tools, "-m", "build", "--outdir", DIST, ROOT)
    plain = DIST / f"revanim-{version()}-py3-none-any.whl"
    return [DIST / f"revanim-{version()}.tar.gz", plain, seeded(tools, plain)]


def seeded(tools: Path, plain: Path) -> Path:
    """Return a copy of the wheel with machine code, which only this Python and the newest numba of today can read.

    pip prefers it where it fits. Under another numba its machine code is left aside.
    """
    say("Machine code")
    stage = BUILD / "wheel"
    shutil.rmtree(stage, ignore_errors=True)
    python = fresh(tools, stage / "python", sys.executable, plain)
    with timed("Compiled for each class of processors"):
        call(python, "-m", "revanim", "prepare", "--seed", stage / "kernels", folder=stage, extra=AWAY)
    call(tools, "-m", "wheel", "unpack", "--dest", stage, plain)
    unpacked = stage / f"revanim-{version()}"
    shutil.move(stage / "kernels", unpacked / "revanim" / "resources" / "kernels")
    call(tools, "-m", "wheel", "pack", "--dest-dir", stage, unpacked)
    tags = ["--python-tag", SEED_TAG, "--abi-tag", SEED_TAG, "--platform-tag", platform_tag()]
    name = said(tools, "-m", "wheel", "tags", *tags, stage / plain.name).splitlines()[-1]
    return Path(shutil.move(stage / name, DIST / name))


def platform_tag() -> str:
    """Return the platform of machine code made here; on Linux that of the oldest system for which Qt has a wheel."""
    if sys.platform == "linux":
        return f"manylinux_2_28_{machine()}"
    return sysconfig.get_platform().replace("-", "_").replace(".", "_")


def check(files: list[Path]) -> None:
    """Install into fresh environments, with the lowest and the newest versions of everything, and try it."""
    tools = environment("tools", "uv")
    _, plain, with_code = files
    for python in pythons():
        for resolution in ("lowest-direct", "highest"):
            say(f"{said(python, '--version')}, {resolution.partition('-')[0]} versions")
            tried = fresh(tools, BUILD / "smoke", python, f"{plain}[export]", "--resolution", resolution)
            with timed("Tried"):
                call(tried, SMOKE, folder=BUILD, extra=AWAY)
    say("With machine code")
    tried = fresh(tools, BUILD / "smoke", sys.executable, with_code)
    facts = json.loads(said(tried, "-m", "revanim", "prepare", "--json", folder=BUILD, extra=AWAY))
    print(facts)
    if facts["compiled"]:
        raise BuildError(f"{with_code.name} has no machine code for {facts['compiled']} kernels.")


def fresh(tools: Path, folder: Path, python: str | Path, *wanted: str | Path) -> Path:
    """Make an environment in which nothing but what is wanted lies, and return its Python."""
    call(tools, "-m", "uv", "venv", "--quiet", "--clear", "--python", python, folder)
    made = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    call(tools, "-m", "uv", "pip", "install", "--quiet", "--compile-bytecode", "--python", made, *wanted)
    return made


def pythons() -> Iterator[str]:
    """Yield the Pythons that are installed, on the path or by pyenv, and new enough."""
    for minor in MINORS:
        places = sorted(Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python3"))
        found = [str(place) for place in places] + [shutil.which(f"python3.{minor}") or ""]
        yield from [place for place in found if place and runs(place)][:1]


def runs(python: str) -> bool:
    """Tell whether a Python is there, and no mere pointer to one."""
    return subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0
