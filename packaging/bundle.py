"""The program as one folder that needs no Python: PyInstaller's, trimmed, with its kernels compiled."""

import hashlib
import json
import shutil
import sys
from pathlib import Path

from dev import say
from recipe import RELOCATED, STRIPPED
from workshop import BUILD, ROOT, BuildError, call, environment, epoch, install, said, size_of, timed

# What is handed on, what starts it, and where its modules lie, as each system has it.
LAYOUT = {
    "win32": ("revanim", "revanim.exe", "_internal/revanim"),
    "darwin": ("revanim.app", "Contents/MacOS/revanim", "Contents/Resources/revanim"),
}
_folder, _program, _code = LAYOUT.get(sys.platform, ("revanim", "revanim", "_internal/revanim"))
FOLDER = BUILD / "bundle" / _folder
PROGRAM = FOLDER / _program
CODE = FOLDER / _code
PYTHON = BUILD / "python" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
SOURCES = ("revanim/**/*.py", "resources/**/*", "packaging/licences/*")
RECIPE = ("bundle.py", "bundle.spec", "entry.py", "licences.py", "recipe.py")


def bundle() -> None:
    """Build the folder, unless it was built from the same sources before."""
    stamp, now = BUILD / "bundle" / "stamp", fingerprint()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == now:
        print(f"The bundle is that of these sources: {FOLDER}")
        return
    stamp.unlink(missing_ok=True)
    say("Environment for the bundle")
    with timed("Made"):
        environment("python", "pyinstaller>=6.22", f"{ROOT}[export]")
        call(PYTHON, "-m", "pip", "install", "--quiet", "--force-reinstall", "--no-deps", ROOT)
    say("Bundle")
    make(PYTHON)
    stamp.write_text(now, encoding="utf-8")


def make(python: Path) -> None:
    """Build the folder with a Python that has everything."""
    with timed("Bundled"):
        freeze(python)
    with timed("Kernels compiled"):
        precompile()
    print(f"{FOLDER}  {size_of(FOLDER) / 1e6:.0f} MB")


def freeze(python: Path) -> None:
    """Let PyInstaller collect the program, and finish what it leaves undone."""
    places: list[str | Path] = ["--distpath", FOLDER.parent, "--workpath", BUILD / "pyinstaller"]
    # Away from the checkout, so that what is installed is found.
    fixed = {"SOURCE_DATE_EPOCH": str(epoch()), "PYTHONHASHSEED": "1", "PYTHONPATH": ""}
    spec = ROOT / "packaging" / "bundle.spec"
    call(python, ROOT / "packaging" / "icons.py", BUILD / "icons", folder=BUILD)
    call(python, "-m", "PyInstaller", "--noconfirm", "--log-level=ERROR", *places, spec, folder=BUILD, extra=fixed)
    # Bytecode that neither times nor folders of this machine change.
    same: list[str | Path] = ["-x", r"[\\/]resources[\\/]", "-s", CODE.parent, "--invalidation-mode=unchecked-hash"]
    call(python, "-m", "compileall", "-q", "-f", *same, CODE)
    if sys.platform == "linux":
        install({"strip": "binutils", "patchelf": "patchelf"})
        for name in STRIPPED:
            for file in FOLDER.glob(f"_internal/{name}"):
                call("strip", "--strip-unneeded", file)
        for name in RELOCATED:
            for file in FOLDER.glob(f"_internal/{name}"):
                call("patchelf", "--remove-rpath", file)
    call(python, ROOT / "packaging" / "licences.py", CODE.parent, folder=BUILD)


def precompile() -> None:
    """Let the built program make its machine code for every class of processors, and see that nothing is missing."""
    kernels = CODE / "resources" / "kernels"
    shutil.rmtree(kernels, ignore_errors=True)
    call(PROGRAM, "prepare", "--seed", kernels, folder=BUILD)
    shutil.rmtree(BUILD / "caches", ignore_errors=True)
    facts = json.loads(said(PROGRAM, "prepare", "--json", folder=BUILD, extra=unspoilt()))
    if facts["compiled"]:
        raise BuildError(f"A first start would compile {facts['compiled']} of {facts['kernels']} kernels.")


def unspoilt() -> dict[str, str]:
    """Return the surroundings of somebody who has never started the program."""
    empty = str(BUILD / "caches")
    return {"HOME": empty, "XDG_CACHE_HOME": empty, "LOCALAPPDATA": empty}


def fingerprint() -> str:
    """Return a digest of all that goes into the bundle."""
    files = sorted(path for pattern in SOURCES for path in ROOT.glob(pattern) if path.is_file())
    files += [ROOT / "pyproject.toml", *(ROOT / "packaging" / name for name in RECIPE)]
    seen = hashlib.sha256(sys.version.encode())
    for file in files:
        if "__pycache__" not in file.parts:
            seen.update(file.read_bytes())
    return seen.hexdigest()


if __name__ == "__main__":  # with a Python that was put together by wine.py
    make(Path(sys.executable))
