"""An installer for Windows, for one person and without an administrator.

On Windows, with NSIS, it is built as everywhere; on Linux the same recipe runs in Wine (`wine.py`).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import wine
from bundle import FOLDER, PROGRAM, bundle
from dev import say
from fresh import PERSON, System
from screen import window
from trial import use, use_here
from weather import keep
from workshop import BUILD, DIST, ROOT, BuildError, call, install, timed, version

SCRIPT = ROOT / "packaging" / "windows" / "revanim.nsi"
USUAL = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "NSIS" / "makensis.exe"
HOME = f"/home/{PERSON}/.wine/drive_c/users/{PERSON}/AppData/Local/Programs/revanim"
COMMAND = f'#!/bin/sh\n{wine.WORDS}exec wine {HOME}/revanim.exe "$@"\n'


def build() -> list[Path]:
    """Bundle the program, and let NSIS make an installer of it."""
    if sys.platform == "win32":
        bundle()
        return [installer(FOLDER, BUILD / "icons")]
    folder = wine.bundle()
    install({"makensis": "nsis"})
    return [installer(folder, folder.parents[1] / "icons", "-XTarget amd64-unicode")]  # Wine knows no 32 bits here


def installer(folder: Path, icons: Path, *words: str, to: Path = DIST) -> Path:
    """Make an installer of a bundle, with the words that makensis needs for it."""
    makensis = shutil.which("makensis") or USUAL
    if not Path(makensis).exists():
        raise BuildError("makensis is missing. Install NSIS, for example with: choco install nsis")
    say("Installer")
    to.mkdir(exist_ok=True)
    file = to / f"revanim-{version()}-windows-x86_64-setup.exe"
    facts = {"VERSION": version(), "BUNDLE": folder, "ICON": icons / "revanim.ico", "FILE": file}
    with timed("Packed"):
        call(makensis, "-V2", *words, *(f"-D{name}={value}" for name, value in facts.items()), SCRIPT)
    return file


def check(files: list[Path]) -> None:
    """Install it silently into an empty folder, use it, and uninstall it."""
    if sys.platform != "win32":
        check_in_wine(files[0])
        return
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


def check_in_wine(file: Path) -> None:
    """Install it into an empty Windows as Wine has it, use it, and uninstall it."""
    system = wine.system()
    shutil.copy(file, system.root / "tmp" / "setup.exe")
    (system.root / "usr" / "local" / "bin" / "revanim").write_text(COMMAND, encoding="ascii")
    system.run("command made", "chmod 755 /usr/local/bin/revanim", by_root=True)
    wine.begin(system)
    wine.run(system, "installed", "wine /tmp/setup.exe /S\nwineserver --wait\n" + f"test -x {HOME}/revanim.exe")
    use(system)
    look(system)
    wine.run(system, "uninstalled", f"wine {HOME}/uninstall.exe /S\nwineserver --wait")
    wine.run(system, "nothing is left", f"test ! -e {HOME}\n! grep -F revanim.scene ~/.wine/user.reg")


def look(system: System) -> None:
    """Open the window on a file, as the registry says that a double-click does; keep pictures.

    Wine 10 does not look for types where an installer without an administrator may write them, so nothing is clicked.
    """
    system.run("screen allowed", "mkdir -p -m 1777 /tmp/.X11-unix", by_root=True)
    wine.run(system, "window", window("revanim ring.revanim", "ring", "window"))
    asked = r"wine reg query 'HKCU\Software\Classes\{}' /ve"
    wine.run(system, "type by name", f"{asked.format('.revanim')} | grep -F revanim.scene")
    opens = asked.format(r"revanim.scene\shell\open\command")
    wine.run(system, "opened by", f"""{opens} | grep -F '\\revanim.exe" "%1"'""")
    wine.run(system, "file opened", window(rf"revanim 'Z:\home\{PERSON}\solved.revanim'", "solved", "opened"))
    keep(system, ("window", "opened"), "windows-wine")
