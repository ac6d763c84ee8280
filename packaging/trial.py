"""What a package must stand in a fresh system: installed, used by an ordinary person, taken away without a trace."""

import json
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from dev import say
from fresh import SUITES, System, fresh
from screen import window
from weather import find_work, keep, leave_work, try_bad_weather
from workshop import BuildError, call, said, timed

Step = Callable[[System, Path], None]

# A screen without a desktop, and what most desktops bring.
AROUND = "strace xvfb xdotool imagemagick fonts-dejavu-core xdg-utils"
AROUND += " libfile-mimeinfo-perl libglib2.0-bin shared-mime-info desktop-file-utils"

MESH = Path("triangle.obj")
TRIANGLE = "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n"
ORDERS = [
    ["--help"],
    ["new", "ring", "-o", "ring.revanim"],
    ["verify", "ring.revanim"],
    ["new", "pendulum-pose", "-o", "pose.revanim"],
    ["solve", "pose.revanim", "-o", "solved.revanim"],
    ["export", "ring.revanim", "-o", "ring.mp4", "--frames", "1:12"],
    ["export", "ring.revanim", "-o", "ring.usdc", "--frames", "1:12"],
    ["export", "ring.revanim", "-o", "ring.png", "--frames", "1:12"],
    ["export", "ring.revanim", "-o", "ring.glb", "--frames", "1:12"],
    ["pose", "ring.revanim", "-o", "mesh.revanim", "--frame", "9", "--from", str(MESH)],
    ["pose", "ring.revanim", "-o", "word.revanim", "--frame", "9", "--text", "hello"],
    ["wedge", "ring.revanim", "--set", "mass=1,2", "--out", "wedge"],
]


def try_in_fresh_systems(package: Path, install: Step, upgrade: Step, remove: Step) -> None:
    """Install, use, replace and remove a package in each system; screenshots go to `dist/`."""
    for suite, title in SUITES.items():
        say(title)
        with timed(f"Tried in {title}"), fresh(suite) as system:
            system.run("there is no Python", "! ls /usr/bin/python* /usr/local/bin/python* 2>/dev/null", by_root=True)
            before = files_of(system)
            shutil.copy(package, system.root / "tmp")
            inside, name = Path("/tmp") / package.name, f"{package.suffix[1:]}-{suite}"
            install(system, inside)
            use(system)
            system.run("screen installed", f"apt-get -qq install --no-install-recommends -y {AROUND}", by_root=True)
            system.run("screen allowed", "mkdir -p -m 1777 /tmp/.X11-unix", by_root=True)
            look(system, name)
            try_bad_weather(system)
            leave_work(system)
            upgrade(system, inside)
            find_work(system, name)
            remove(system, inside)
            nothing_left(system, before)


def use(system: System) -> None:
    """Do by command line what the contract promises, and see that a first start compiles nothing."""
    (system.home() / MESH.name).write_text(TRIANGLE, encoding="ascii")
    for words in ORDERS:
        print_last(system.run(title(words), shlex.join(["revanim", *words])))
    loaded_all(json.loads(system.run("prepare", "revanim prepare --json")))
    if "Traceback" in system.run("a wrong file is refused", "revanim info /etc/hostname 2>&1 && exit 1 || test $? = 1"):
        raise BuildError(f"{system.title}: a wrong file was met with a traceback.")


def use_here(program: Path) -> None:
    """Do the same on this machine, in an empty folder."""
    with TemporaryDirectory() as folder:
        (Path(folder) / MESH.name).write_text(TRIANGLE, encoding="ascii")
        for words in ORDERS:
            with timed(f"  {title(words)}"):
                call(program, *words, folder=Path(folder))
        loaded_all(json.loads(said(program, "prepare", "--json", folder=Path(folder))))


def title(words: list[str]) -> str:
    """Return a command in a few words: what is done, and to which file."""
    return " ".join([words[0], *words[words.index("-o") + 1 :][:1]]) if "-o" in words else words[0]


def loaded_all(facts: dict[str, int]) -> None:
    """Raise where a kernel had to be compiled."""
    if facts["compiled"]:
        raise BuildError(f"{facts['compiled']} of {facts['kernels']} kernels had to be compiled.")


def print_last(words: str) -> None:
    """Print the last line of what a command said."""
    if last := words.rpartition("\n")[2]:
        print("     ", last, flush=True)


def look(system: System, name: str) -> None:
    """Open the window as an ordinary person, and a file by its type; keep pictures of both."""
    system.run("window", window("revanim ring.revanim", "ring", "window"))
    system.run("nothing was compiled", "! grep 'Compiled for this machine' .local/state/revanim/log/revanim.log")
    system.run("type by name", 'test "$(xdg-mime query filetype ring.revanim)" = application/x-revanim+zip')
    system.run("type by content", "cp ring.revanim a; gio info -a standard::content-type a | grep x-revanim+zip")
    system.run("opened by", 'test "$(xdg-mime query default application/x-revanim+zip)" = revanim.desktop')
    system.run("file opened by its type", window("xdg-open solved.revanim", "solved", "opened"))
    keep(system, ("window", "opened"), name)


def files_of(system: System) -> set[str]:
    """Return all files and folders of a system that have the name of the program, but for a person's own."""
    places = "/usr /opt /etc /var/lib /home/*/.local/share /home/*/.local/bin /home/*/.local/lib"
    named = system.run("files listed", f"find {places} -iname '*revanim*' 2>/dev/null || true", by_root=True)
    told = "/usr/share/mime /usr/share/applications /home/*/.local/share"
    told = system.run("mentions listed", f"grep -rIl revanim {told} 2>/dev/null || true", by_root=True)
    return {*named.split(), *told.split()}


def nothing_left(system: System, before: set[str]) -> None:
    """See that removal took everything away but what the person has made: scenes, preferences and caches."""
    if left := files_of(system) - before:
        raise BuildError(f"{system.title}: this was left behind: {', '.join(sorted(left))}")
    kept = system.run("of the person stays", "find . -path '*revanim*' -type f | grep -v -E '^./wedge/' | head -20")
    print(kept)
