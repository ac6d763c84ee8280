"""Print how long revanim takes from the command to its splash, to its window and to the first picture in it.

    python tests/speed/start.py [PROGRAM ...] [--turns TURNS]

A PROGRAM is a Python that revanim is installed for, or the executable of a bundle; without one, the Python that runs
this and the checkout. Cold: no page of the program's files is in memory, as when the machine has just been started;
warm: the best of the turns that follow. Each turn has an empty home. The goals are 2.0 s cold and 1.2 s warm to the
picture, and 0.3 s to the splash. The seconds of the processors, until the picture is there, grow less than those of
the clock when the machine is busy.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, sleep

from machine import find_display

from revanim.session.files.log import PAINTED, SHOWN, SPLASHED

COLD, WARM = 2.0, 1.2  # seconds, the goals
PATIENCE = 300  # seconds
BEAT = 0.002


def command(program: str) -> list[str]:
    """Return what starts the window of a program."""
    return [program, "-m", "revanim"] if Path(program).name.startswith("python") else [program]


def surroundings(program: str) -> dict[str, str]:
    """Return an environment in which a program finds what it is installed with, and may keep bytecode as usual."""
    checkout = str(Path(__file__).parents[2]) if program == sys.executable else ""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": checkout}


def folders(program: str) -> list[Path]:
    """Return where the files lie that a program reads when it starts."""
    if not Path(program).name.startswith("python"):
        return [Path(program).resolve().parent]
    question = "import sys, revanim; print(*sys.path[1:], revanim.__path__[0], sep='\\n')"
    asked = [program, "-c", question]
    told = subprocess.run(
        asked, env=surroundings(program), cwd="/", stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    return [Path(line) for line in told.splitlines() if Path(line).is_dir()]


def forget(program: str) -> None:
    """Drop the files of a program from memory, as far as the system allows."""
    os.sync()
    for folder in folders(program):
        for path in folder.rglob("*"):
            if path.is_file():
                file = os.open(path, os.O_RDONLY)
                os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
                os.close(file)


def start(program: str) -> Iterator[float]:
    """Yield the seconds to the splash, the window and the first picture, and those of the processors."""
    with tempfile.TemporaryDirectory() as home:
        places = {f"XDG_{kind}_HOME": f"{home}/{kind}" for kind in ("CONFIG", "DATA", "STATE")}
        log = Path(home, "STATE", "revanim", "log", "revanim.log")
        started = perf_counter()
        running = subprocess.Popen(command(program), env=surroundings(program) | places | {"HOME": home}, cwd=home)
        try:
            for line in (SPLASHED, SHOWN, PAINTED):
                while not (log.exists() and line in log.read_text(encoding="utf-8")):
                    sleep(BEAT)
                    if running.poll() is not None or perf_counter() - started > PATIENCE:
                        raise SystemExit(f"{program} has not come up.")
                yield perf_counter() - started
        finally:
            if running.returncode is None:
                running.terminate()
                _, running.returncode, used = os.wait4(running.pid, 0)
        yield used.ru_utime + used.ru_stime


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", nargs="*", default=[sys.executable], metavar="PROGRAM")
    parser.add_argument("--turns", type=int, default=5)
    options = parser.parse_args()
    find_display()
    print(f"{'':40} {'splash':>7} {'window':>8} {'picture':>8} {'goal':>6} {'processors':>11}")
    for program in map(os.path.abspath, options.programs):  # a link stays one: that is how an environment is known
        forget(program)
        show(f"cold  {program}", *start(program), COLD)
        turns = [tuple(start(program)) for _ in range(options.turns)]
        show(f"warm  {program}", *map(min, zip(*turns, strict=True)), WARM)


def show(what: str, splash: float, window: float, picture: float, used: float, goal: float) -> None:
    """Print one row."""
    print(f"{what[:40]:40} {splash:6.2f}s {window:7.2f}s {picture:7.2f}s {goal:5.1f}s {used:10.2f}s", flush=True)


if __name__ == "__main__":
    main()
