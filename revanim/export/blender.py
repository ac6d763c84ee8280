"""Open in Blender: a script beside a USD file, and where Blender is."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from revanim.engine.parameter import Parameter
from revanim.error import RevanimError
from revanim.export.film import Film
from revanim.export.video import rate
from revanim.resources import resource
from revanim.scene.file.whole import write_whole

BLENDER = Parameter(
    "blender", 0.0, "", 0.0, 1.0, "Also a script that opens the file in Blender.", choices=("no", "yes")
)

PLACES: Mapping[str, tuple[str, ...]] = {  # where installers put Blender, by system
    "win32": (
        "C:/Program Files/Blender Foundation/Blender*/blender.exe",
        "C:/Program Files (x86)/Steam/steamapps/common/Blender/blender.exe",
    ),
    "darwin": (
        "/Applications/Blender*.app/Contents/MacOS/Blender",
        "~/Applications/Blender*.app/Contents/MacOS/Blender",
    ),
    "linux": (
        "/opt/blender*/blender",
        "/usr/local/blender*/blender",
        "~/blender*/blender",
        "/snap/bin/blender",
        "/var/lib/flatpak/exports/bin/org.blender.Blender",
        "~/.local/share/flatpak/exports/bin/org.blender.Blender",
        "~/.local/share/Steam/steamapps/common/Blender/blender",
    ),
}
EMPTY = "import bpy; bpy.ops.wm.read_homefile(use_empty=True)"  # without the cube that it starts with


def script_beside(path: Path) -> Path:
    """Return where the script of a USD file is."""
    return path.with_name(f"{path.stem}.blender.py")


def write_script(film: Film, path: Path) -> Path:
    """Write the script that opens the USD file at `path` in Blender; return where it is."""
    look, speed, (first, last) = film.scene.look, rate(film.scene.timing.fps), film.numbers
    fps = max(1, round(speed))
    settings = {
        "FILE": repr(path.name),
        "FPS, FPS_BASE": f"{fps}, {float(fps / speed)}",
        "FIRST, LAST": f"{first}, {last}",
        "WIDTH, HEIGHT": f"{look.picture[0]}, {look.picture[1]}",
        "POINT_SIZE": f"{look.size}",
    }
    lines = resource("blender", "open_film.py").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        name, _, rest = line.partition(" = ")
        if name in settings:
            lines[number] = f"{name} = {settings[name]}" + "".join(rest.partition("  #")[1:])
    write_whole(script_beside(path), "\n".join([*lines, ""]).encode())
    return script_beside(path)


def find_blender() -> Path | None:
    """Return the Blender that a terminal would start, or the newest where its installers put it, or None."""
    known = shutil.which("blender")
    return Path(known) if known else max(_installed(), key=_version, default=None)


def open_in_blender(script: Path) -> "subprocess.Popen[bytes]":
    """Start Blender with a script and return it at once; raises RevanimError where it cannot be started."""
    blender = find_blender()
    if blender is None:
        raise RevanimError(
            "Blender was not found; start it yourself and run {script} in its text editor.", script=script
        )
    quiet = subprocess.DEVNULL
    command = [str(blender), "--python-expr", EMPTY, "--python", str(script)]
    try:
        return subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError as error:
        raise RevanimError("{blender} cannot be started: {why}.", blender=blender, why=error.strerror) from None


def _installed() -> Iterator[Path]:
    for place in PLACES.get(sys.platform, ()):
        path = Path(place).expanduser()
        yield from Path(path.anchor).glob(str(path.relative_to(path.anchor)))


def _version(path: Path) -> list[int]:
    """Return the numbers in a path: 4.10 is newer than 4.2."""
    return [int(digits) for digits in re.findall(r"\d+", str(path))]
