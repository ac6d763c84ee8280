"""An installer for Windows, for one person and without an administrator; to be built on Windows, with NSIS."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bundle import FOLDER, PROGRAM, PYTHON, bundle
from dev import say
from trial import use_here
from workshop import BUILD, DIST, ROOT, BuildError, call, timed, version

SCRIPT = ROOT / "packaging" / "windows" / "revanim.nsi"
USUAL = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "NSIS" / "makensis.exe"


def build() -> list[Path]:
    """Bundle the program, and let NSIS make an installer of it."""
    if sys.platform != "win32":
        raise BuildError("The installer for Windows is built on Windows; .github/workflows/release.yml has the recipe.")
    makensis = shutil.which("makensis") or USUAL
    if not Path(makensis).exists():
        raise BuildError("makensis is missing. Install NSIS, for example with: choco install nsis")
    bundle()
    say("Installer")
    DIST.mkdir(exist_ok=True)
    file = DIST / f"revanim-{version()}-windows-x86_64-setup.exe"
    call(PYTHON, ROOT / "packaging" / "icons.py", BUILD / "icons", folder=BUILD)
    words = {"VERSION": version(), "BUNDLE": FOLDER, "ICON": BUILD / "icons" / "revanim.ico", "FILE": file}
    with timed("Packed"):
        call(makensis, "/V2", *(f"/D{name}={value}" for name, value in words.items()), SCRIPT)
    return [file]


def check(files: list[Path]) -> None:
    """Install it silently into an empty folder, use it, and uninstall it."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "revanim"
        with timed("Installed"):
            subprocess.run(f'"{files[0]}" /S /D={home}', check=True)  # NSIS takes all that follows /D= as the folder
        use_here(home / PROGRAM.name)
        with timed("Uninstalled"):
            # With _? it waits, instead of going on as a copy of itself.
            subprocess.run(f'"{home / "uninstall.exe"}" /S _?={home}', check=True)
        left = [path for path in home.rglob("*") if path.is_file() and path.name != "uninstall.exe"]
        if left:
            raise BuildError(f"This was left behind: {', '.join(map(str, left))}")
